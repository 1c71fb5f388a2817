"""Walks one source's sitemaps and listings backwards, and tells each step it has taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.client import SourceClient, trusts_any_certificate
from crawler.items import SourceReport, Walked
from crawler.pastpages import PastPages
from crawler.urls import sites_of
from crawler.walking import Walker

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from scrapy.core.engine import ExecutionEngine

    from crawler.items import CrawlJob, Record, SourceTask, Walk


class SourceBackfill:
    """What one crawl reads of a source's past, told as records; the last one is the report.

    Takes what ``crawler.visit.SourceVisit`` takes.
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
        assert task.backfill is not None
        self._source = task.source
        self._plan = task.backfill
        self._emit = emit
        self._clock = clock
        self._started_at = clock()
        self._client = SourceClient(
            engine,
            sites=sites_of(task.source),
            clock=clock,
            trusts_any=trusts_any_certificate(task.source, job.started_at),
        )
        self._pages = PastPages(task, job=job, client=self._client, emit=emit, clock=clock)
        self._told_requests = 0
        self._told_wanted = 0

    async def run(self) -> None:
        """Go on with each walk until it is done or the requests are spent; then report.

        Cancelled, it reports what it has read; the walks stay where their last steps were.
        """
        left = len(self._plan.walks)
        try:
            for walk in self._plan.walks:
                walker = Walker(
                    walk, plan=self._plan, client=self._client, pages=self._pages, tell=self._tell
                )
                left -= (await walker.run()).is_done
        finally:
            self._report(left=left)

    def _tell(self, walk: Walk, span: timedelta | None) -> None:
        self._emit(
            Walked(
                source=self._source.key,
                days=self._plan.days,
                walk=walk,
                requests=self._pages.asked - self._told_requests,
                links=self._pages.wanted - self._told_wanted,
                span=span,
            )
        )
        self._told_requests = self._pages.asked
        self._told_wanted = self._pages.wanted

    def _report(self, *, left: int) -> None:
        self._emit(
            SourceReport(
                source=self._source.key,
                started_at=self._started_at,
                finished_at=self._clock(),
                pages=self._pages.asked,
                articles=self._pages.articles,
                skimmed=self._pages.skimmed,
                left=left,
                retry_after=self._client.retry_after,
                requests=dict(self._client.sent),
            )
        )
