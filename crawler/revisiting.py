"""Looks again at pages that were read before: edited, withdrawn, or as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.pages import PageAddress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from crawler.client import SourceClient
    from crawler.items import Record, Revisit
    from crawler.pages import PageReader


class Revisits:
    """The pages of one source that a crawl asks for again.

    Args:
        client: Of the source's crawl.
        pages: Reads what has changed, whatever it is about.
        emit: Takes each record as it comes.
    """

    def __init__(
        self, client: SourceClient, *, pages: PageReader, emit: Callable[[Record], None]
    ) -> None:
        self._client = client
        self._pages = pages
        self._emit = emit
        self.asked = 0
        """Pages asked for so far, answered or not."""

    async def run(self, revisits: Iterable[Revisit]) -> None:
        """Ask for each page; one whose site wants no more requests stays due."""
        for revisit in revisits:
            if self._client.is_closed(revisit.url):
                continue
            page = PageAddress(url=revisit.url, key=revisit.key, validator=revisit.validator)
            record = await self._pages.read(page)
            self.asked += 1
            self._emit(record)
