"""Leaves a site alone for the rest of the crawl once it has asked for a pause."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.errors import FetchError
from crawler.outcomes import PAUSE_STATUSES, retry_after_of
from crawler.urls import site_of

if TYPE_CHECKING:
    from datetime import timedelta

    from scrapy import Request
    from scrapy.http import Response


class PauseMiddleware:
    """Remembers 428, 429 and 503 by site, for all sources of the crawl that share the site.

    Scrapy would ask again after some milliseconds and never reads Retry-After. The pause
    itself is kept by whoever plans the next crawl: it is told in the SourceReport.
    """

    def __init__(self) -> None:
        self._paused: dict[str, tuple[int, timedelta | None]] = {}

    def process_request(self, request: Request) -> None:
        """Let a request go on unless its site asked for a pause.

        Raises:
            FetchError: Of kind ``status``, with the pause that was asked for.
        """
        pause = self._paused.get(site_of(request.url))
        if pause is None:
            return
        status, retry_after = pause
        raise FetchError(
            "status",
            f"{status} to an earlier request",
            status=status,
            retry_after=retry_after,
            closes_site=True,
        )

    def process_response(self, request: Request, response: Response) -> Response:
        """Remember a pause and hand the response on."""
        if response.status in PAUSE_STATUSES:
            pause = retry_after_of(response, now=datetime.now(UTC))
            self._paused[site_of(request.url)] = (response.status, pause)
        return response
