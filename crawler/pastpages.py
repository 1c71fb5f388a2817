"""Reads the pages of past days at one source, within the requests that a run may make."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crawler.dating.witnesses import Witnesses
from crawler.dayrange import day_of, days_of_article, median_day, side_of, side_of_link
from crawler.items import Article, Failure, Skimmed
from crawler.pages import PageAddress, PageReader
from crawler.triage import Triage
from crawler.urls import is_article_url, moved_sites, page_key, site_of, sites_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from crawler.client import SourceClient
    from crawler.dayrange import Side
    from crawler.feeds import FoundLink
    from crawler.items import CrawlJob, Record, SourceTask

_PAGES_A_STEP = 10
"""Pages after which what was read is told as a step: so many are read again after a crash."""

_STORIES_PAST = 3
"""Stories in a row from before the first day that end a listing page without dates."""


class PastPages:
    """The pages that a backfill's walks lead to, each asked for once and never if it is stored.

    Args:
        task: With a backfill.
        job: Whose trigger words hold.
        client: Asks for the pages.
        emit: Takes each link and what its page gave.
        clock: The present moment.
    """

    def __init__(
        self,
        task: SourceTask,
        *,
        job: CrawlJob,
        client: SourceClient,
        emit: Callable[[Record], None],
        clock: Callable[[], datetime],
    ) -> None:
        assert task.backfill is not None
        self._plan = task.backfill
        self._days = task.backfill.days
        self._source = task.source
        self._sites = sites_of(task.source)
        self._key = partial(page_key, moved=moved_sites(task.source))
        self._client = client
        self._emit = emit
        self._clock = clock
        self._reader = PageReader(
            client,
            source=task.source,
            clock=clock,
            triage=Triage(job.trigger_words),
            keeps_raw=job.keep_raw,
        )
        self._witnesses = Witnesses()
        self._met = dict(task.backfill.known)
        self.asked = 0
        """Requests so far; whoever asks for a listing or a sitemap counts it here too."""
        self.articles = 0
        self.skimmed = 0
        self.wanted = 0
        """In an estimate: pages that would be asked for."""

    def may_ask(self, url: str) -> bool:
        """Whether a request is left, and the address's site wants to hear it."""
        return self.asked < self._plan.requests and not self._client.is_closed(url)

    def is_ours(self, url: str) -> bool:
        """Whether an address is an article of the source."""
        return site_of(url) in self._sites and is_article_url(url, pattern=self._source.article_url)

    def day_of(self, link: FoundLink) -> date | None:
        """The day of a page: as a listing shows it, as its address says, or as it is stored."""
        if link.dated_at is not None:
            return day_of(link.dated_at)
        named = days_of_article(link.url)
        if named is not None and named.count == 1:
            return named.first
        return self._met.get(self._key(link.url))

    def are_dated(self, links: Sequence[FoundLink]) -> bool:
        """Whether the day of at least half of the pages is known."""
        return 2 * sum(self.day_of(link) is not None for link in links) >= len(links)

    async def read_dated(
        self, links: Sequence[FoundLink], *, entry: str, on_step: Callable[[], None]
    ) -> bool:
        """Read the pages of the days wanted; those without a date where most are of them.

        Returns:
            Whether all of them were asked for.
        """
        middle = median_day(map(self.day_of, links))
        is_within = middle is not None and side_of(middle, self._days) == "within"
        takes_undated = is_within or not self.are_dated(links)
        for link in links:
            side = side_of_link(link, self._days)
            if side == "within" or (side is None and takes_undated):
                if not await self._read(link, entry=entry):
                    return False
                self._step(on_step)
        return True

    async def read_undated(
        self,
        links: Sequence[FoundLink],
        *,
        entry: str,
        on_step: Callable[[], None],
        asks_last_first: bool,
    ) -> bool:
        """Read a listing page whose dates only its stories tell.

        Stories from before the first day, a few in a row, end the page.

        Args:
            links: In the page's order, newest first.
            entry: Where they were found.
            on_step: Called now and then.
            asks_last_first: Where the last story is newer than the days wanted, so are the
                others, and are not asked for.

        Returns:
            Whether nothing more is to be read of it.
        """
        if asks_last_first:
            if not await self._read(links[-1], entry=entry):
                return False
            if self._side(links[-1]) == "after":
                return True
        past = 0
        for link in links:
            if not await self._read(link, entry=entry):
                return False
            self._step(on_step)
            past = past + 1 if self._side(link) == "before" else 0
            if past == _STORIES_PAST:
                break
        return True

    def _side(self, link: FoundLink) -> Side | None:
        day = self.day_of(link)
        return None if day is None else side_of(day, self._days)

    async def _read(self, found: FoundLink, *, entry: str) -> bool:
        """Read one page, if it is not met already; False where that must wait."""
        key = self._key(found.url)
        if key in self._met or not self.is_ours(found.url):
            return True
        if self._plan.is_estimate:
            self._met[key] = None
            self.wanted += 1
            return True
        if not self.may_ask(found.url):
            return False
        link = found.link(source=self._source.key, key=key, found_in=entry)
        self._witnesses.call([link], now=self._clock())
        record = await self._reader.read(PageAddress(url=found.url, key=key))
        if isinstance(record, Failure) and record.kind == "stopped":
            return False  # the site has had what it may get today
        self.asked += 1
        if isinstance(record, Article | Skimmed):
            record = self._witnesses.hear(record)
        self._note(key, record)
        self._emit(link)
        self._emit(record)
        return True

    def _note(self, key: str, record: Record) -> None:
        self.articles += isinstance(record, Article)
        self.skimmed += isinstance(record, Skimmed)
        published_at = getattr(record, "published_at", None)
        self._met[key] = None if published_at is None else day_of(published_at)

    def _step(self, on_step: Callable[[], None]) -> None:
        if self.asked % _PAGES_A_STEP == 0 and not self._plan.is_estimate:
            on_step()
