"""One source's crawl from its entries to its report."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Literal

from crawler.client import SourceClient, trusts_any_certificate
from crawler.dating.witnesses import Witnesses
from crawler.entries import EntryReader
from crawler.errors import FetchError, ReadingError
from crawler.items import Article, EntryVisit, Link, Skimmed, SourceReport
from crawler.pages import PageAddress, PageReader
from crawler.revisiting import Revisits
from crawler.triage import Triage
from crawler.urls import is_article_url, moved_sites, page_key, site_of, sites_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scrapy.core.engine import ExecutionEngine

    from crawler.entries import EntryAnswer
    from crawler.feeds import FoundLink
    from crawler.items import CrawlJob, Entry, FailureKind, Record, SourceTask

logger = logging.getLogger(__name__)


class SourceVisit:
    """What one crawl does at one source, told as records.

    Args:
        task: The source, and what is known of it.
        job: Whose limits hold.
        engine: Of the running crawl.
        emit: Takes each record as it comes; the report is the last one.
        clock: The present moment.
    """

    def __init__(
        self,
        task: SourceTask,
        *,
        job: CrawlJob,
        engine: ExecutionEngine,
        emit: Callable[[Record], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._task = task
        self._source = task.source
        self._limits = job.limits
        self._emit = emit
        self._clock = clock
        self._started_at = clock()
        self._sites = sites_of(task.source)
        self._key = partial(page_key, moved=moved_sites(task.source))
        self._client = SourceClient(
            engine,
            sites=self._sites,
            clock=clock,
            trusts_any=trusts_any_certificate(task.source, job.started_at),
        )
        self._entries = EntryReader(
            self._client,
            accept=self._is_ours,
            started_at=job.started_at,
            since=task.since,
        )
        self._pages = PageReader(
            self._client,
            source=task.source,
            clock=clock,
            # Whoever asks for a page wants it read.
            triage=None if task.pages else Triage(job.trigger_words),
            keeps_raw=job.keep_raw,
        )
        self._revisits = Revisits(
            self._client,
            pages=PageReader(self._client, source=task.source, clock=clock, keeps_raw=job.keep_raw),
            emit=emit,
        )
        self._seen = {link.key for link in task.pending}
        self._witnesses = Witnesses()
        self._witnesses.call(task.pending, now=self._started_at)
        self._visits: list[EntryVisit] = []
        self._new_links: list[Link] = []
        self._asked = 0
        self._articles = 0
        self._skimmed = 0

    async def run(self) -> None:
        """Read the entries, then the pages, then report.

        Cancelled among the entries, it leaves no report: the source was not finished.
        Cancelled among the pages, it reports; what was not fetched is told as left.
        """
        if self._task.pages:
            frontier = self._explicit(self._task.pages)
            await self._read_pages(frontier, budget=len(frontier))
            self._report(left=len(frontier) - self._asked)
            return
        for entry in self._source.entries:
            await self._visit_entry(entry)
        frontier = self._frontier()
        try:
            await self._read_pages(frontier, budget=self._limits.pages_per_source)
            await self._revisits.run(self._task.revisits)
        finally:
            self._report(left=len(frontier) - self._asked)

    def _explicit(self, urls: Iterable[str]) -> list[PageAddress]:
        pages = (PageAddress(url=url, key=self._key(url)) for url in urls)
        return list({page.key: page for page in pages}.values())

    async def _visit_entry(self, entry: Entry) -> None:
        validator = self._task.validators.get(entry.url)
        try:
            answer = await self._entries.read(entry, validator=validator)
        except (FetchError, ReadingError) as error:
            self._visits.append(_failed(entry, error.kind, error.detail))
        except Exception as error:
            # One entry's job ends here: markup from the wild finds the parsers' own mistakes,
            # and the other entries shall go on.
            logger.warning("entry not read", exc_info=True, extra={"url": entry.url})
            self._visits.append(_failed(entry, "parse", type(error).__name__))
        else:
            self._visits.append(self._take(entry, answer))

    def _take(self, entry: Entry, answer: EntryAnswer) -> EntryVisit:
        ours = [found for found in answer.links if self._is_ours(found.url)]
        new = [self._link(found, entry=entry) for found in ours if self._is_new(found)]
        self._new_links += new
        # A feed may date a page that another entry has led to already.
        told = (self._link(found, entry=entry) for found in ours if found.dated_at)
        met = (link for link in told if link.key in self._seen)
        self._witnesses.call(met, now=self._clock())
        outcome: Literal["unchanged", "read"] = "unchanged" if answer.is_unchanged else "read"
        for link in new:
            self._emit(link)
        return EntryVisit(
            url=entry.url,
            kind=entry.kind,
            outcome=outcome,
            links=len(ours),
            new_links=len(new),
            validator=answer.validator,
        )

    def _is_ours(self, url: str) -> bool:
        return site_of(url) in self._sites and is_article_url(url, pattern=self._source.article_url)

    def _is_new(self, found: FoundLink) -> bool:
        """Whether a link was never met before; asked once, it counts as met."""
        since = self._task.since
        if since is not None and found.dated_at is not None and found.dated_at < since:
            return False
        key = self._key(found.url)
        if key in self._task.known or key in self._seen:
            return False
        self._seen.add(key)
        return True

    def _link(self, found: FoundLink, *, entry: Entry) -> Link:
        return Link(
            source=self._source.key,
            url=found.url,
            key=self._key(found.url),
            found_in=entry.url,
            title=found.title,
            dated_at=found.dated_at,
            dated_by=found.dated_by,
        )

    def _frontier(self) -> list[PageAddress]:
        """Older finds first, so that none waits for ever; then the newest."""
        newest = sorted(self._new_links, key=_dated_at, reverse=True)
        links = [*self._task.pending, *newest]
        return [PageAddress(url=link.url, key=link.key) for link in links]

    async def _read_pages(self, frontier: list[PageAddress], *, budget: int) -> None:
        for page in frontier:
            if self._asked >= budget:
                return
            if self._client.is_closed(page.url):
                continue
            record = await self._pages.read(page)
            self._asked += 1
            self._articles += isinstance(record, Article)
            self._skimmed += isinstance(record, Skimmed)
            if isinstance(record, Article | Skimmed):
                record = self._witnesses.hear(record)
            self._emit(record)

    def _report(self, *, left: int) -> None:
        self._emit(
            SourceReport(
                source=self._source.key,
                started_at=self._started_at,
                finished_at=self._clock(),
                entries=tuple(self._visits),
                pages=self._asked,
                articles=self._articles,
                skimmed=self._skimmed,
                left=left,
                revisited=self._revisits.asked,
                requests=dict(self._client.sent),
                retry_after=self._client.retry_after,
            )
        )


def _failed(entry: Entry, kind: FailureKind, detail: str) -> EntryVisit:
    return EntryVisit(url=entry.url, kind=entry.kind, outcome="failed", failure=kind, detail=detail)


def _dated_at(link: Link) -> datetime:
    return link.dated_at or datetime.min.replace(tzinfo=UTC)
