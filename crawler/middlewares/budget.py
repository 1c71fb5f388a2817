"""Counts every request a site gets, and sends none beyond what the job allows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Self

from crawler.errors import FetchError
from crawler.urls import site_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy import Request
    from scrapy.crawler import Crawler

REQUESTS_LEFT = "DIEMBAO_REQUESTS_LEFT"
"""Setting: how many requests each site may get in this crawl."""

SENT = "sent"
"""Request meta: the ``Counter`` of requests by site of whoever asks."""


class BudgetMiddleware:
    """The last look before the downloader: what passes it is sent.

    It stands below the redirect and retry middlewares, so that each hop and each second try
    counts. Sources of a crawl that share a site share its budget.
    """

    def __init__(self, requests_left: Mapping[str, int]) -> None:
        self._left = requests_left
        self._sent: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it from the crawl's settings."""
        return cls(crawler.settings.getdict(REQUESTS_LEFT))

    def process_request(self, request: Request) -> None:
        """Count a request, or refuse it.

        Raises:
            FetchError: Of kind ``stopped``, with ``closes_site`` set, where the site has had
                all it may get.
        """
        site = site_of(request.url)
        left = self._left.get(site)
        if left is not None and self._sent[site] >= left:
            raise FetchError("stopped", "the day's requests are spent", closes_site=True)
        self._sent[site] += 1
        sent = request.meta.get(SENT)
        if isinstance(sent, Counter):
            sent[site] += 1
