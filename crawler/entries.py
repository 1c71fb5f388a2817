"""Reads one entry of a source (feed, sitemap, listing page) to the links it holds."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crawler.errors import FetchError, ReadingError
from crawler.feeds import FoundLink, parse_feed, parse_listing, parse_sitemap
from crawler.items import Validator
from crawler.outcomes import encoding_of, validator_of
from crawler.urls import fill_dates

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scrapy.http import Response

    from crawler.client import SourceClient
    from crawler.feeds import Sitemap, SitemapChild
    from crawler.items import Entry

_HOME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_MOST_DEPTH = 2
"""Sitemap indexes below the entry that are followed."""

_RECENT = timedelta(days=3)
"""Children of a sitemap index that changed within are read; the press changes the others
only to fix old pages."""

_FEWEST_CHILDREN = 2
_SPARE_CHILDREN = 5
"""Sections, beside one child a day."""

_MORNING_HOURS = 6
"""Until then an entry with a date in its address is read for the day before as well: the
last stories of the evening came after its last visit."""


@dataclass(frozen=True, kw_only=True)
class EntryAnswer:
    """What an entry gave."""

    links: tuple[FoundLink, ...] = ()
    validator: Validator | None = None
    is_unchanged: bool = False


class EntryReader:
    """Reads the entries of one source.

    Args:
        client: Asks for them.
        accept: Whether an address is an article of the source; for listings.
        started_at: Of the crawl; gives the day for dated addresses.
        since: How far back a sitemap index is followed, where that is more than usual.
    """

    def __init__(
        self,
        client: SourceClient,
        *,
        accept: Callable[[str], bool],
        started_at: datetime,
        since: datetime | None,
    ) -> None:
        self._client = client
        self._accept = accept
        self._started_at = started_at
        self._recent_from = min(started_at - _RECENT, since or started_at)

    async def read(self, entry: Entry, *, validator: Validator | None) -> EntryAnswer:
        """Ask for an entry and everything below it.

        Args:
            entry: Its address may hold date fields.
            validator: Of its last visit; not used with date fields, which name another
                document each day.

        Returns:
            Its links, in its order, and the validator to keep with them.

        Raises:
            FetchError: No answer, or not the one asked for.
            ReadingError: The answer could not be read, or holds no link at all.
        """
        addresses = self._addresses(entry)
        if addresses == [entry.url]:
            return await self._read_one(entry, entry.url, validator=validator)
        found: list[FoundLink] = []
        failures: list[FetchError | ReadingError] = []
        for address in addresses:
            try:
                found += (await self._read_one(entry, address, validator=None)).links
            except (FetchError, ReadingError) as error:
                failures.append(error)
        if len(failures) == len(addresses):
            raise failures[0]
        return EntryAnswer(links=tuple(found))

    def _addresses(self, entry: Entry) -> list[str]:
        local = self._started_at.astimezone(_HOME_ZONE)
        days = [local.date()]
        if local.hour < _MORNING_HOURS:
            days.append(local.date() - timedelta(days=1))
        return list(dict.fromkeys(fill_dates(entry.url, day=day) for day in days))

    async def _read_one(
        self, entry: Entry, address: str, *, validator: Validator | None
    ) -> EntryAnswer:
        response = await self._client.get(address, validator=validator)
        if response.status == 304:
            return EntryAnswer(validator=validator, is_unchanged=True)
        links, is_index = await self._links_of(entry, response)
        if not links:
            raise ReadingError("empty", f"no link in this {entry.kind}")
        # An index that stays the same says nothing about the files below it, and a dated
        # address is another document tomorrow.
        keeps = not is_index and address == entry.url
        return EntryAnswer(links=tuple(links), validator=validator_of(response) if keeps else None)

    async def _links_of(self, entry: Entry, response: Response) -> tuple[Sequence[FoundLink], bool]:
        if entry.kind == "feed":
            return parse_feed(response.body, base_url=response.url), False
        if entry.kind == "sitemap":
            sitemap = parse_sitemap(response.body, base_url=response.url)
            below = await self._follow(sitemap)
            return [*sitemap.links, *below], bool(sitemap.children)
        listed = parse_listing(
            response.body,
            base_url=response.url,
            accept=self._accept,
            encoding=encoding_of(response),
        )
        return listed, False

    async def _follow(self, root: Sitemap) -> list[FoundLink]:
        queue = deque((child, 1) for child in self._newest(root.children))
        asked: set[str] = set()
        found: list[FoundLink] = []
        failure: FetchError | ReadingError | None = None
        while queue:
            child, depth = queue.popleft()
            if child.url in asked:
                continue
            asked.add(child.url)
            try:
                response = await self._client.get(child.url)
                sitemap = parse_sitemap(response.body, base_url=response.url)
            except (FetchError, ReadingError) as error:
                failure = failure or error
                continue
            found += sitemap.links
            if depth < _MOST_DEPTH:
                queue += ((below, depth + 1) for below in self._newest(sitemap.children))
        if failure is not None and not found:
            raise failure
        return found

    def _newest(self, children: Sequence[SitemapChild]) -> list[SitemapChild]:
        """Those that changed lately, or else the last two; newest first.

        Some indexes stamp every child with the present moment: one file a day and a few
        sections are enough.
        """
        ordered = sorted(children, key=_age_key, reverse=True)
        recent = [
            child
            for child in ordered
            if child.modified_at is not None and child.modified_at >= self._recent_from
        ]
        days = (self._started_at - self._recent_from).days
        return recent[: days + _SPARE_CHILDREN] or ordered[:_FEWEST_CHILDREN]


def _age_key(child: SitemapChild) -> tuple[datetime, list[int]]:
    """Numbers in the address break ties: ``news-2026-11`` is later than ``news-2026-9``."""
    modified_at = child.modified_at or datetime.min.replace(tzinfo=UTC)
    return modified_at, [int(digits) for digits in re.findall(r"[0-9]{1,18}", child.url)]
