"""One source's crawl from its entries to its report."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from crawler.client import SourceClient, trusts_any_certificate
from crawler.dating.witnesses import Witnesses
from crawler.finding import LinkFinder
from crawler.items import Article, Skimmed, SourceReport
from crawler.pages import PageAddress, PageReader
from crawler.revisiting import Revisits
from crawler.triage import Triage
from crawler.urls import moved_sites, page_key, sites_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scrapy.core.engine import ExecutionEngine

    from crawler.items import CrawlJob, Link, Record, SourceTask


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
        self._key = partial(page_key, moved=moved_sites(task.source))
        self._client = SourceClient(
            engine,
            sites=sites_of(task.source),
            clock=clock,
            trusts_any=trusts_any_certificate(task.source, job.started_at),
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
        self._witnesses = Witnesses()
        self._witnesses.call(task.pending, now=self._started_at)
        self._finder = LinkFinder(
            task,
            job=job,
            client=self._client,
            witnesses=self._witnesses,
            emit=emit,
            clock=clock,
        )
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
        await self._finder.run()
        frontier = self._frontier()
        try:
            await self._read_pages(frontier, budget=self._limits.pages_per_source)
            await self._revisits.run(self._task.revisits)
        finally:
            self._report(left=len(frontier) - self._asked)

    def _explicit(self, urls: Iterable[str]) -> list[PageAddress]:
        pages = (PageAddress(url=url, key=self._key(url)) for url in urls)
        return list({page.key: page for page in pages}.values())

    def _frontier(self) -> list[PageAddress]:
        """Older finds first, so that none waits for ever; then the newest."""
        newest = sorted(self._finder.new_links, key=_dated_at, reverse=True)
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
                entries=tuple(self._finder.visits),
                pages=self._asked,
                articles=self._articles,
                skimmed=self._skimmed,
                left=left,
                revisited=self._revisits.asked,
                requests=dict(self._client.sent),
                retry_after=self._client.retry_after,
                gap=self._finder.gap,
            )
        )


def _dated_at(link: Link) -> datetime:
    return link.dated_at or datetime.min.replace(tzinfo=UTC)
