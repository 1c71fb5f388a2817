"""Keeps every request, redirect hop and robots.txt fetch on the source's own public hosts."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Self

from scrapy.exceptions import CannotResolveHostError
from scrapy.utils.httpobj import urlparse_cached

from crawler.addresses import refusal_of
from crawler.errors import FetchError
from crawler.middlewares.resolver import ALLOW_LOOPBACK, GuardedResolver
from crawler.urls import site_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

SITES = "sites"
"""Request meta: the sites (``crawler.urls.site_of``) the request may go to."""


class GuardMiddleware:
    """Refuses foreign sites, other schemes and literal private addresses.

    It stands below Scrapy's RedirectMiddleware, whose followed request comes in here again,
    so that each hop is seen. Names are checked by the resolver, at the moment of connecting.
    """

    def __init__(self, *, allow_loopback: bool) -> None:
        self._allow_loopback = allow_loopback

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it from the crawl's settings."""
        return cls(allow_loopback=crawler.settings.getbool(ALLOW_LOOPBACK))

    def process_request(self, request: Request) -> None:
        """Let a request go on, or refuse it.

        Raises:
            FetchError: Of kind ``guard``.
        """
        reason = self._reason_against(request)
        if reason is not None:
            raise FetchError("guard", reason)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Tell a name that was refused from one that does not exist.

        Raises:
            FetchError: Of kind ``guard``, where the resolver refused the name's addresses.
        """
        if not isinstance(exception, CannotResolveHostError):
            return
        # The reactor is the one that is installed when the crawl runs, not at import.
        from twisted.internet import reactor

        resolver = getattr(reactor, "nameResolver", None)
        host = urlparse_cached(request).hostname or ""
        if isinstance(resolver, GuardedResolver) and host in resolver.refusals:
            raise FetchError("guard", f"{host}: {resolver.refusals[host]}") from exception

    def _reason_against(self, request: Request) -> str | None:
        parts = urlparse_cached(request)
        if parts.scheme not in {"http", "https"}:
            return f"scheme {parts.scheme} is not http or https"
        if site_of(request.url) not in request.meta.get(SITES, ()):
            return f"{parts.netloc} is not a site of the source"
        with suppress(ValueError):  # a name, for the resolver to judge
            return refusal_of(parts.hostname or "", allow_loopback=self._allow_loopback)
        return None
