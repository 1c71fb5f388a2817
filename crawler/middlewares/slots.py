"""Gives each site one connection and one pause, whatever the port or the redirect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.urls import site_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

SLOT = "download_slot"


class SiteSlotMiddleware:
    """Names the download slot of a request after its site.

    Scrapy's own slots are host names without the port, and a followed redirect keeps the slot
    of the address it came from.
    """

    def process_request(self, request: Request) -> None:
        """Put the request into its site's slot."""
        request.meta[SLOT] = site_of(request.url)


def raise_delay(crawler: Crawler, site: str, *, seconds: float) -> None:
    """Lengthen the pause between two requests to a site; a longer one stays.

    Args:
        crawler: The running crawl.
        site: As ``crawler.urls.site_of`` names it.
        seconds: The least pause from now on.
    """
    downloader = crawler.engine.downloader
    planned = downloader.per_slot_settings.setdefault(site, {})
    planned["delay"] = max(seconds, planned.get("delay", 0.0))
    if site in downloader.slots:
        downloader.slots[site].delay = planned["delay"]
