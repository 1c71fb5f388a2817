"""Shows a crawl while it works: a bar on a terminal, plain lines in a log."""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from crawler.items import Article, Failure, Skimmed, SourceReport
from monitor.cli.live_bar import LiveBar
from monitor.cli.output import notes

if TYPE_CHECKING:
    from crawler.items import Record, Source
    from monitor.watch import Watch


class CrawlProgress(LiveBar):
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
        bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed}/{task.total}"),
            TimeElapsedColumn(),
            console=notes,
            transient=True,
        )
        super().__init__(bar)
        self._task = self._bar.add_task(self._say("crawl.starting"), total=len(sources))

    def observe(self, record: Record) -> None:
        """Take note of a record; called from the crawl's threads."""
        with self._lock:
            if isinstance(record, (Article, Skimmed)):
                self._pages += 1
                self._describe(record.source)
            elif isinstance(record, Failure):
                notes.print(f"{record.source}: {record.url}: {record.kind}: {record.detail}")
            elif isinstance(record, SourceReport):
                self._finish(record)

    def _finish(self, report: SourceReport) -> None:
        for line in _failures(report):
            notes.print(line)
        self._bar.advance(self._task)
        self._describe(report.source)
        is_unreached = report.entries and all(one.outcome == "failed" for one in report.entries)
        if not notes.is_terminal and not is_unreached:
            name = self._names.get(report.source, report.source)
            notes.print(
                self._say("crawl.finished", source=name, count=report.articles + report.skimmed)
            )

    def _describe(self, source: str) -> None:
        name = self._names.get(source, source)
        self._bar.update(
            self._task, description=self._say("crawl.progress", count=self._pages, source=name)
        )


def _failures(report: SourceReport) -> list[str]:
    """A line for each way in which entries failed: a site that is down fails in all alike."""
    alike: defaultdict[tuple[str | None, str | None], list[str]] = defaultdict(list)
    for visit in report.entries:
        if visit.outcome == "failed":
            alike[visit.failure, visit.detail].append(visit.url)
    return [
        f"{report.source}: {_first_of(urls)}: {kind}: {detail}"
        for (kind, detail), urls in alike.items()
    ]


def _first_of(urls: list[str]) -> str:
    return urls[0] if len(urls) == 1 else f"{urls[0]} (+{len(urls) - 1})"
