"""Reads one entry of a source (feed, sitemap, JSON list, listing) to the links it holds."""

from __future__ import annotations

import logging
from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.dating.text import VIETNAM
from crawler.errors import FetchError, ReadingError
from crawler.feeds import parse_feed, parse_sitemap
from crawler.items import Document
from crawler.listwalk import ListWalker, PageBudget
from crawler.outcomes import validator_of
from crawler.reach import EntryAnswer, Reach, Sight
from crawler.sitemapfiles import files_to_read
from crawler.urls import fill_dates

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime

    from crawler.client import SourceClient
    from crawler.feeds import Sitemap
    from crawler.items import Entry, Validator

logger = logging.getLogger(__name__)

_MOST_DEPTH = 2
"""Sitemap indexes below the entry that are followed."""

_MOST_DEEPER = 20
"""Files beside those that the entry itself names: indexes of indexes may have no end."""

_RECENT = timedelta(days=3)
"""Files of a sitemap index that hold it are read; the press changes the others only to fix old
pages."""

_OVERLAP = timedelta(days=1)
"""So much of what was read before an entry's last answer is read again."""

_MOST_DAYS = 7
_MORNING_HOURS = 6
"""Until then an entry with a date in its address is read for the day before as well: the
last stories of the evening came after its last visit."""


class EntryReader:
    """Reads the entries of one source.

    Args:
        client: Asks for them.
        accept: Whether an address is an article of the source; for listings.
        started_at: Of the crawl; gives the day for dated addresses.
        since: How far back a sitemap index is followed, where that is more than usual.
        validators: By URL, as ``SourceTask.validators``.
        list_pages: How many second and further pages are asked for, all lists together.
    """

    def __init__(
        self,
        client: SourceClient,
        *,
        accept: Callable[[str], bool],
        started_at: datetime,
        since: datetime | None = None,
        validators: Mapping[str, Validator] | None = None,
        list_pages: int = 0,
    ) -> None:
        self._client = client
        self._accept = accept
        self._started_at = started_at
        self._since = since or started_at
        self._validators = validators or {}
        self._walker = ListWalker(
            client,
            accept=accept,
            validators=self._validators,
            budget=PageBudget(list_pages),
            now=started_at,
        )

    async def read(self, entry: Entry, reach: Reach | None = None) -> EntryAnswer:
        """Ask for an entry and everything below it.

        Args:
            entry: Its address may hold date fields.
            reach: How far back.

        Returns:
            Its links, in its order, and the validators to keep with them.

        Raises:
            FetchError: No answer, or not the one asked for.
            ReadingError: The answer could not be read, or holds no link at all.
        """
        reach = reach or Reach()
        if "{" in entry.url:
            return await self._read_days(entry, reach)
        return await self._read_at(entry, entry.url, reach)

    async def read_in_any_case(self, entry: Entry, reach: Reach | None = None) -> EntryAnswer:
        """As ``read``; what nobody foresaw is a reading that failed as well.

        One entry's job ends here: markup from the wild finds the parsers' own mistakes, and
        the other entries shall go on.

        Raises:
            FetchError: No answer, or not the one asked for.
            ReadingError: The answer could not be read, or holds no link at all.
        """
        try:
            return await self.read(entry, reach)
        except (FetchError, ReadingError):
            raise
        except Exception as error:
            logger.warning("entry not read", exc_info=True, extra={"url": entry.url})
            raise ReadingError("parse", type(error).__name__) from error

    async def _read_days(self, entry: Entry, reach: Reach) -> EntryAnswer:
        """An address a day: read for each day since its last answer, each whole in itself."""
        answer, failure = EntryAnswer(is_unchanged=True), None
        days = self._days(reach)
        addresses = dict.fromkeys(fill_dates(entry.url, day=day) for day in days)
        for address in addresses:
            try:
                one = await self._read_at(entry, address, Reach())
            except (FetchError, ReadingError) as error:
                failure = failure or error
                continue
            answer.links += one.links
            answer.documents += [Document(url=address, validator=one.validator), *one.documents]
            answer.is_unchanged = answer.is_unchanged and one.is_unchanged
        if failure is not None and not answer.documents:
            raise failure
        sight = self._sight(reach)
        if len(days) < _MOST_DAYS:
            sight.see_end()
        return sight.judge(answer)

    def _days(self, reach: Reach) -> list[date]:
        local = self._started_at.astimezone(VIETNAM)
        first = local.date() - timedelta(days=int(local.hour < _MORNING_HOURS))
        for known_at in reach.moments:
            first = min(first, known_at.astimezone(VIETNAM).date())
        count = min((local.date() - first).days + 1, _MOST_DAYS)
        return [local.date() - timedelta(days=back) for back in range(count)]

    async def _read_at(self, entry: Entry, address: str, reach: Reach) -> EntryAnswer:
        if entry.kind in ("listing", "json"):
            answer = await self._walker.read(entry, address, reach)
        elif entry.kind == "sitemap":
            answer = await self._read_sitemap(address, reach)
        else:
            answer = await self._read_feed(address, reach)
        if not answer.links and not answer.is_unchanged:
            raise ReadingError("empty", f"no link in this {entry.kind}")
        return answer

    async def _read_feed(self, address: str, reach: Reach) -> EntryAnswer:
        validator = self._validators.get(address)
        response = await self._client.get(address, validator=validator)
        if response.status == 304:
            return EntryAnswer(validator=validator, is_unchanged=True)
        links = parse_feed(response.body, base_url=response.url)
        sight = self._sight(reach)
        sight.see([links])
        return sight.judge(EntryAnswer(links=links, validator=validator_of(response)))

    async def _read_sitemap(self, address: str, reach: Reach) -> EntryAnswer:
        validator = None if reach.asks_anew else self._validators.get(address)
        response = await self._client.get(address, validator=validator)
        sight = self._sight(reach)
        if response.status == 304:
            answer = EntryAnswer(validator=validator, is_unchanged=True)
            below: Sequence[str] = reach.past.documents
        else:
            sitemap = parse_sitemap(response.body, base_url=response.url)
            answer = EntryAnswer(links=list(sitemap.links), validator=validator_of(response))
            if sitemap.links:
                sight.see_set(sitemap.links)
            below = self._files(sitemap, reach)
        files = _Files(answer, sight, failure=None)
        await self._follow(files, below, reach)
        if files.failure is not None:
            # What failed is asked for again, though the index itself stays as it is.
            answer.validator = None
            if not answer.links and not answer.is_unchanged:
                raise files.failure
        return sight.judge(answer)

    async def _follow(self, files: _Files, below: Sequence[str], reach: Reach) -> None:
        queue = deque((url, 1) for url in below)
        asked: set[str] = set()
        while queue:
            url, depth = queue.popleft()
            if url in asked:
                continue
            if len(asked) >= len(below) + _MOST_DEEPER:
                files.failure = files.failure or ReadingError("size", "sitemaps without end")
                return
            asked.add(url)
            try:
                sitemap = await self._file(files, url, asks_anew=reach.asks_anew)
            except (FetchError, ReadingError) as error:
                files.failure = files.failure or error
                continue
            if sitemap is not None and depth < _MOST_DEPTH:
                queue += ((each, depth + 1) for each in self._files(sitemap, reach))

    async def _file(self, files: _Files, url: str, *, asks_anew: bool) -> Sitemap | None:
        validator = None if asks_anew else self._validators.get(url)
        response = await self._client.get(url, validator=validator)
        if response.status == 304:
            files.take_unchanged(Document(url=url, validator=validator))
            return None
        sitemap = parse_sitemap(response.body, base_url=response.url)
        files.take(Document(url=url, validator=validator_of(response)), sitemap)
        return sitemap

    def _files(self, sitemap: Sitemap, reach: Reach) -> list[str]:
        recent_from = min(self._started_at - _RECENT, self._since)
        for known_at in reach.moments:
            recent_from = min(recent_from, known_at - _OVERLAP)
        chosen = files_to_read(sitemap.children, recent_from=recent_from, now=self._started_at)
        return [child.url for child in chosen]

    def _sight(self, reach: Reach) -> Sight:
        return Sight(reach, accept=self._accept, now=self._started_at)


class _Files:
    """What the files of a sitemap index bring to its answer."""

    def __init__(
        self, answer: EntryAnswer, sight: Sight, *, failure: FetchError | ReadingError | None
    ) -> None:
        self._answer = answer
        self._sight = sight
        self._brought = bool(answer.links)
        self.failure = failure

    def take(self, document: Document, sitemap: Sitemap) -> None:
        self._answer.documents.append(document)
        self._answer.links += sitemap.links
        self._brought = self._brought or bool(sitemap.links)
        if sitemap.links:
            self._answer.is_unchanged = False
            self._sight.see_set(sitemap.links)

    def take_unchanged(self, document: Document) -> None:
        self._answer.documents.append(document)
        self._answer.is_unchanged = not self._brought
        self._sight.see_unchanged()
