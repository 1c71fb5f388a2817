"""Shows a crawl while it works: a bar on a terminal, plain lines in a log."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from crawler.items import Article, Failure, SourceReport
from monitor.cli.output import notes

if TYPE_CHECKING:
    from types import TracebackType

    from crawler.items import Record, Source
    from monitor.watch import Watch


class CrawlProgress:
    """Counts finished sources and read pages; tells every failure in a line.

    Args:
        watch: For its words.
        sources: What is crawled.
    """

    def __init__(self, watch: Watch, sources: list[Source]) -> None:
        self._say = watch.wording.say
        self._names = {source.key: source.name for source in sources}
        self._lock = threading.Lock()
        self._pages = 0
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed}/{task.total}"),
            TimeElapsedColumn(),
            console=notes,
            transient=True,
        )
        self._task = self._bar.add_task(self._say("crawl.starting"), total=len(sources))

    def __enter__(self) -> CrawlProgress:
        if notes.is_terminal:
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def observe(self, record: Record) -> None:
        """Take note of a record; called from the crawl's threads."""
        with self._lock:
            if isinstance(record, Article):
                self._pages += 1
                self._describe(record.source)
            elif isinstance(record, Failure):
                notes.print(f"{record.source}: {record.url}: {record.kind}: {record.detail}")
            elif isinstance(record, SourceReport):
                self._finish(record)

    def _finish(self, report: SourceReport) -> None:
        for visit in report.entries:
            if visit.outcome == "failed":
                notes.print(f"{report.source}: {visit.url}: {visit.failure}: {visit.detail}")
        self._bar.advance(self._task)
        self._describe(report.source)
        if not notes.is_terminal:
            name = self._names.get(report.source, report.source)
            notes.print(self._say("crawl.finished", source=name, count=report.articles))

    def _describe(self, source: str) -> None:
        name = self._names.get(source, source)
        self._bar.update(
            self._task, description=self._say("crawl.progress", count=self._pages, source=name)
        )
