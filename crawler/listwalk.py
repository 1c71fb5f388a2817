"""Walks the pages of a list downwards until it meets what is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.errors import FetchError, ReadingError
from crawler.items import Document
from crawler.jsonlists import next_of_json, parse_json_list
from crawler.listings import ListingPage, parse_listing
from crawler.outcomes import encoding_of, validator_of
from crawler.reach import EntryAnswer, Reach, Sight
from crawler.urls import page_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from scrapy.http import Response

    from crawler.client import SourceClient
    from crawler.items import Entry, Validator


@dataclass
class PageBudget:
    """How many further pages of lists may be asked for, all lists of a visit together."""

    left: int


class ListWalker:
    """Reads listings and JSON lists, page by page.

    A page is followed by its next one while it does not reach back to what was known. The
    walk ends at the list's end, at a page that repeats those before it, and with the budget:
    calendars and pagers without end run into one of these.

    Args:
        client: Asks for pages.
        accept: Whether an address is an article of the source.
        validators: By URL.
        budget: Shared by the source's lists.
        now: The crawl's beginning.
    """

    def __init__(
        self,
        client: SourceClient,
        *,
        accept: Callable[[str], bool],
        validators: Mapping[str, Validator],
        budget: PageBudget,
        now: datetime,
    ) -> None:
        self._client = client
        self._accept = accept
        self._validators = validators
        self._budget = budget
        self._now = now

    async def read(self, entry: Entry, address: str, reach: Reach) -> EntryAnswer:
        """Read a list from its first page on, and from where an earlier visit left it.

        Raises:
            FetchError: The first page got no answer.
            ReadingError: It could not be read, or holds no article.
        """
        validator = None if reach.asks_anew else self._validators.get(address)
        response = await self._client.get(address, validator=validator)
        walk = _Walk(entry=entry, reach=reach, accept=self._accept, now=self._now)
        if response.status == 304:
            walk.answer.validator = validator
            walk.answer.is_unchanged = True
        else:
            walk.answer.validator = validator_of(response)
            await self._follow(walk, walk.take(response), asks_anew=reach.asks_anew)
        if reach.resume is not None and not walk.sight.is_enough:
            await self._follow(walk, reach.resume, asks_anew=True)
        return walk.sight.judge(walk.answer)

    async def _follow(self, walk: _Walk, next_url: str | None, *, asks_anew: bool) -> None:
        while next_url is not None:
            if self._budget.left <= 0:
                walk.answer.resume = next_url
                return
            self._budget.left -= 1
            try:
                next_url = await self._further(walk, next_url, asks_anew=asks_anew)
            except (FetchError, ReadingError) as error:
                if error.kind == "empty":
                    walk.sight.see_end()
                else:
                    walk.answer.resume = next_url
                return

    async def _further(self, walk: _Walk, url: str, *, asks_anew: bool) -> str | None:
        validator = None if asks_anew else self._validators.get(url)
        response = await self._client.get(url, validator=validator)
        if response.status == 304:
            walk.answer.documents.append(Document(url=url, validator=validator))
            walk.sight.see_unchanged()
            return None
        next_url = walk.take(response)
        walk.answer.documents.append(Document(url=url, validator=validator_of(response)))
        walk.answer.is_unchanged = False
        return next_url


class _Walk:
    """One walk through one list."""

    def __init__(
        self, *, entry: Entry, reach: Reach, accept: Callable[[str], bool], now: datetime
    ) -> None:
        self.answer = EntryAnswer()
        self.sight = Sight(reach, accept=accept, now=now)
        self._entry = entry
        self._accept = accept
        self._seen: set[str] = set()
        self._pages: set[str] = set()

    def take(self, response: Response) -> str | None:
        """Take in a page; the address of the next one, where it is wanted.

        Raises:
            ReadingError: It could not be read, or holds no article.
        """
        page = self._parse(response)
        # Boxes stand on every page: a page is judged by what those before did not show.
        fresh = {page_key(link.url) for link in page.links} - self._seen
        is_repeated, is_first = not fresh, not self._pages
        self._seen |= fresh
        self._pages.add(response.url)
        self.answer.links += page.links
        self.sight.see(
            [link for link in column if page_key(link.url) in fresh] for column in page.columns
        )
        if is_repeated or self.sight.is_enough or page.next_url in self._pages:
            return None
        if page.next_url is None and not is_first:
            self.sight.see_end()
        return page.next_url

    def _parse(self, response: Response) -> ListingPage:
        if self._entry.kind == "listing":
            return parse_listing(
                response.body,
                base_url=response.url,
                accept=self._accept,
                encoding=encoding_of(response),
            )
        links = parse_json_list(
            response.body, base_url=response.url, accept=self._accept, keys=self._entry.keys
        )
        next_url = next_of_json(response.body, url=response.url)
        return ListingPage(links=links, columns=[links], next_url=next_url)
