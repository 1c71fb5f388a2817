"""The one Scrapy spider: visits the sources of a job side by side until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import os
from collections import defaultdict
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Spider

from crawler.backfill import SourceBackfill
from crawler.settings import PARALLEL_SOURCES
from crawler.survey import SourceSurvey
from crawler.urls import sites_of
from crawler.visit import SourceVisit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from crawler.items import CrawlJob, Record, SourceTask

logger = logging.getLogger(__name__)

_PARENT_CHECK_SECONDS = 1.0


class SourceSpider(Spider):
    """Crawls sources as coroutines instead of callbacks.

    A source is read in one fixed order (robots.txt, entries, pages, report) and one request
    at a time, which a coroutine says line by line; Scrapy gives the downloader, the slots,
    and the middlewares. Nothing passes the scheduler or the item pipelines.
    """

    name = "sources"

    def __init__(
        self,
        *,
        job: CrawlJob,
        emit: Callable[[Record], None],
        parent_id: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._job = job
        self._emit = emit
        self._parent_id = parent_id
        self._places = asyncio.Semaphore(PARALLEL_SOURCES)
        self._sites: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.unwritten: OSError | None = None
        """Why a record could not be written, which ends the crawl."""

    async def start(self) -> AsyncIterator[Any]:
        """Crawl everything; ends early at the deadline or without a parent.

        Yields:
            Nothing: requests go straight to the downloader. A signal cancels it.
        """
        visits = asyncio.ensure_future(self._visit_all())
        orphaned = asyncio.ensure_future(self._orphaned())
        try:
            await asyncio.wait(
                {visits, orphaned},
                timeout=self._job.limits.deadline.total_seconds(),
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            await _end(orphaned)
            await _end(visits)
        return
        yield  # Scrapy wants an asynchronous generator

    async def _visit_all(self) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                for task in self._job.tasks:
                    group.create_task(self._visit(task))
        except* OSError as unwritten:
            # Failures of requests are translated where they arise: what comes up here is
            # the pipe to whoever reads our records.
            self.unwritten = next(
                error for error in unwritten.exceptions if isinstance(error, OSError)
            )

    async def _visit(self, task: SourceTask) -> None:
        async with AsyncExitStack() as held:
            # Sources that share a site take turns: what it refuses to one, the next one knows
            # before it asks. Locked in one order, so that no two wait for each other.
            for site in sorted(sites_of(task.source)):
                await held.enter_async_context(self._sites[site])
            await held.enter_async_context(self._places)
            try:
                await self._visit_of(task).run()
            except OSError:
                raise  # the records cannot be written: the whole crawl ends
            except Exception:
                # One source's job ends here, without a report, and the others go on.
                logger.exception("source not finished", extra={"source": task.source.key})

    def _visit_of(self, task: SourceTask) -> SourceVisit | SourceSurvey | SourceBackfill:
        return _kind_of_visit(task)(
            task,
            job=self._job,
            engine=self.crawler.engine,
            emit=self._emit,
            clock=lambda: datetime.now(UTC) + self._job.clock_ahead,
        )

    async def _orphaned(self) -> None:
        """Return when the process that started us is gone: nobody would read the rest."""
        while os.getppid() == self._parent_id:
            await asyncio.sleep(_PARENT_CHECK_SECONDS)


def _kind_of_visit(task: SourceTask) -> type[SourceVisit | SourceSurvey | SourceBackfill]:
    if task.backfill is not None:
        return SourceBackfill
    return SourceSurvey if task.survey else SourceVisit


async def _end(task: asyncio.Future[None]) -> None:
    """Cancel a task, wait for its last words, and raise what went wrong in it, if anything."""
    task.cancel()
    await asyncio.wait({task})
    if not task.cancelled():
        task.result()
