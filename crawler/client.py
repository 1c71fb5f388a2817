"""Asks one source's sites for pages, and stops asking once a site has had enough."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from scrapy import Request

from crawler.dating.text import VIETNAM
from crawler.errors import FetchError
from crawler.middlewares.budget import SENT
from crawler.middlewares.certificates import TRUSTS_ANY
from crawler.middlewares.conditional import VALIDATOR
from crawler.middlewares.guard import SITES
from crawler.outcomes import (
    PAUSE_STATUSES,
    TRANSPORT_ERRORS,
    UNTOLD_PAUSE,
    check_answer,
    failure_of,
)
from crawler.urls import site_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from scrapy.core.engine import ExecutionEngine
    from scrapy.http import Response

    from crawler.items import Source, Validator

_TROUBLES_IN_A_ROW = 3
"""After so many, a site is taken for down or unwilling and left alone in this crawl: else
one dead host would spend the whole deadline on timeouts."""

_TROUBLES = frozenset({"dns", "tls", "timeout", "refused", "challenge"})


class SourceClient:
    """The requests of one source's crawl, one after the other.

    Args:
        engine: Of the running crawl; its downloader middlewares apply.
        sites: Where requests and their redirects may go.
        clock: The present moment.
        trusts_any: Whether bad certificates pass; see ``trusts_any_certificate``.
    """

    def __init__(
        self,
        engine: ExecutionEngine,
        *,
        sites: frozenset[str],
        clock: Callable[[], datetime],
        trusts_any: bool = False,
    ) -> None:
        self._engine = engine
        self._trusts_any = trusts_any
        self._sites = sites
        self._clock = clock
        self._closed: dict[str, FetchError] = {}
        self._troubles: Counter[str] = Counter()
        self.retry_after: timedelta | None = None
        """The longest pause a site asked for so far."""
        self.sent: Counter[str] = Counter()
        """Requests by site, redirects and robots.txt included."""

    async def get(self, url: str, *, validator: Validator | None = None) -> Response:
        """Fetch an address, after redirects.

        Args:
            url: Absolute.
            validator: Makes it a conditional request.

        Returns:
            A response with a status of 200 to 299, or 304 to a conditional request.

        Raises:
            FetchError: Anything else; at once, without a request, where the site is closed.
        """
        site = site_of(url)
        if site in self._closed:
            raise self._closed[site]
        try:
            response = await self._ask(url, validator=validator)
        except FetchError as error:
            self._note(site, error)
            raise
        del self._troubles[site]
        return response

    def is_closed(self, url: str) -> bool:
        """Whether nothing more may be asked of the address's site in this crawl."""
        return site_of(url) in self._closed

    async def _ask(self, url: str, *, validator: Validator | None) -> Response:
        try:
            meta = {
                SITES: self._sites,
                VALIDATOR: validator,
                SENT: self.sent,
                TRUSTS_ANY: self._trusts_any,
            }
            request = Request(url, meta=meta)
            response = await self._engine.download_async(request)
        except TRANSPORT_ERRORS as error:
            raise failure_of(error) from error
        if response.status != 304 or validator is None:
            check_answer(response, now=self._clock())
        return response

    def _note(self, site: str, error: FetchError) -> None:
        pause = error.retry_after
        if pause is None and error.status in PAUSE_STATUSES:
            pause = UNTOLD_PAUSE
        if pause is not None:
            self.retry_after = max(pause, self.retry_after or timedelta())
        is_trouble = error.kind in _TROUBLES or (error.status or 0) >= 500
        if is_trouble:
            self._troubles[site] += 1
        else:
            del self._troubles[site]
        if error.closes_site or self._troubles[site] >= _TROUBLES_IN_A_ROW:
            self._closed[site] = error


def trusts_any_certificate(source: Source, now: datetime) -> bool:
    """Whether a source may be read although its certificate is bad."""
    leave = source.insecure_tls
    return leave is not None and leave.holds(now.astimezone(VIETNAM).date())
