"""Reads robots.txt before anything else of a host, and keeps to it (RFC 9309)."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from protego import Protego
from scrapy import Request, signals
from scrapy.exceptions import StopDownload
from scrapy.utils.httpobj import urlparse_cached

from crawler.errors import FetchError
from crawler.middlewares.budget import SENT
from crawler.middlewares.certificates import TRUSTS_ANY
from crawler.middlewares.conditional import VALIDATOR
from crawler.middlewares.guard import SITES
from crawler.middlewares.slots import raise_delay
from crawler.outcomes import (
    PAUSE_STATUSES,
    TRANSPORT_ERRORS,
    UNTOLD_PAUSE,
    check_answer,
    failure_of,
)
from crawler.urls import site_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

PRODUCT = "diembao"
"""The product token robots.txt addresses us by; the first part of our User-Agent."""

_IS_ROBOTS = "is_robots"
_ANY_SIZE = "download_maxsize"

_ROBOTS_BYTES = 512 * 1024
"""RFC 9309, section 2.5, asks for at least 500 KiB to be read; what follows is not waited for."""

_BYTES = "robots_bytes"

_MOST_DELAY_SECONDS = 30.0
"""Longer Crawl-delays are cut to this, the most that Bing's documentation offers too: beyond
it a site could not be read within one crawl at all."""


class RobotsMiddleware:
    """Holds every request of a host back until its robots.txt is read, once a crawl.

    Scrapy's own middleware lets requests through that wait while robots.txt is on its way. A
    client error means there are no rules; a server error, an unreachable host or too many
    redirects close the host for this crawl (RFC 9309, section 2.3.1).
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[tuple[str, bool], asyncio.Task[Protego | None]] = {}
        crawler.signals.connect(self.stop_when_enough, signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for a crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request go on, or refuse it.

        Raises:
            FetchError: Of kind ``robots`` where the rules forbid it; of the kind that kept
                robots.txt from being read, with ``closes_site`` set.
        """
        if request.meta.get(_IS_ROBOTS):
            return
        rules = await self._rules_for(request)
        if rules is not None and not rules.can_fetch(request.url, PRODUCT):
            raise FetchError("robots", "forbidden by robots.txt")

    def stop_when_enough(self, data: bytes, request: Request) -> None:
        """End the download of a robots.txt that is longer than what is read of it.

        Raises:
            StopDownload: Scrapy's word for that; what has come is the response.
        """
        if not request.meta.get(_IS_ROBOTS):
            return
        request.meta[_BYTES] = request.meta.get(_BYTES, 0) + len(data)
        if request.meta[_BYTES] >= _ROBOTS_BYTES:
            raise StopDownload(fail=False)

    async def _rules_for(self, request: Request) -> Protego | None:
        # Who accepts a bad certificate reads the rules on those terms, and for itself only.
        asker = (urlparse_cached(request).netloc, bool(request.meta.get(TRUSTS_ANY)))
        if asker not in self._rules:
            self._rules[asker] = asyncio.ensure_future(self._read(request))
        # Not shielded: a waiter is cancelled only when the whole crawl stops.
        return await self._rules[asker]

    async def _read(self, request: Request) -> Protego | None:
        response = await self._fetch(request)
        if 400 <= response.status < 500:
            return None
        rules = Protego.parse(response.body[:_ROBOTS_BYTES].decode("utf-8-sig", errors="replace"))
        self._slow_down(request, rules)
        return rules

    async def _fetch(self, request: Request) -> Response:
        parts = urlparse_cached(request)
        ask = Request(
            f"{parts.scheme}://{parts.netloc}/robots.txt",
            meta={
                _IS_ROBOTS: True,
                _ANY_SIZE: 0,
                SITES: request.meta.get(SITES, ()),
                VALIDATOR: None,
                SENT: request.meta.get(SENT),
                TRUSTS_ANY: request.meta.get(TRUSTS_ANY, False),
            },
        )
        try:
            response = await self._crawler.engine.download_async(ask)
            # 428 and 429 are client errors by number, but "not now" is no permission.
            if response.status in PAUSE_STATUSES or not 400 <= response.status < 500:
                check_answer(response, now=datetime.now(UTC))
        except FetchError as error:
            raise _closing(error) from error
        except TRANSPORT_ERRORS as error:
            raise _closing(failure_of(error)) from error
        return response

    def _slow_down(self, request: Request, rules: Protego) -> None:
        delay = rules.crawl_delay(PRODUCT)
        if delay:
            seconds = min(float(delay), _MOST_DELAY_SECONDS)
            raise_delay(self._crawler, site_of(request.url), seconds=seconds)


def _closing(error: FetchError) -> FetchError:
    untold = UNTOLD_PAUSE if error.status in PAUSE_STATUSES else None
    return FetchError(
        error.kind,
        f"robots.txt: {error.detail}",
        status=None,  # a missing rule book says nothing about the page that waited for it
        retry_after=untold if error.retry_after is None else error.retry_after,
        closes_site=True,
    )
