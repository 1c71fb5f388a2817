"""Shows a backfill while it works: a bar a source on a terminal, plain lines in a log."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from crawler.items import Article, Failure, Gone, Skimmed, SourceReport, Walked
from monitor.backfill_estimates import days_covered, time_left
from monitor.cli.live_bar import LiveBar
from monitor.cli.output import notes
from monitor.watch import now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.items import Record, Source, Walk
    from monitor.backfilling import Order
    from monitor.watch import Watch


class BackfillProgress(LiveBar):
    """Counts requests and stories by source; says which day was reached and what time is left.

    Args:
        watch: For its words.
        sources: Whose past is read.
        order: The days, and the requests allowed.
    """

    def __init__(self, watch: Watch, sources: Sequence[Source], order: Order) -> None:
        self._watch = watch
        self._order = order
        self._names = {source.key: source.name for source in sources}
        self._lock = threading.Lock()
        self._started_at = now()
        self._stories: Counter[str] = Counter()
        self._asked: Counter[str] = Counter()
        self._unstepped: Counter[str] = Counter()
        self._walks: dict[str, Walk] = {}
        bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[left]}"),
            console=notes,
            transient=True,
        )
        super().__init__(bar)
        self._tasks = {
            source.key: self._bar.add_task(source.name, total=order.requests, left="")
            for source in sources
        }

    @property
    def asked(self) -> int:
        """Requests of all sources."""
        return self._asked.total()

    def observe(self, record: Record) -> None:
        """Take note of a record; called from the crawl's threads."""
        with self._lock:
            if isinstance(record, Article | Skimmed | Gone | Failure):
                self._count_page(record)
            elif isinstance(record, Walked):
                self._count_step(record)
            elif isinstance(record, SourceReport):
                self._show(record.source)

    def _count_page(self, page: Article | Skimmed | Gone | Failure) -> None:
        self._stories[page.source] += isinstance(page, Article | Skimmed)
        self._asked[page.source] += 1
        self._unstepped[page.source] += 1
        if isinstance(page, Failure):
            notes.print(f"{page.source}: {page.url}: {page.kind}: {page.detail}")
        self._show(page.source)

    def _count_step(self, step: Walked) -> None:
        """Of a step's requests those for pages are counted already."""
        self._asked[step.source] += step.requests - self._unstepped.pop(step.source, 0)
        before = self._walks.get(step.source)
        self._walks[step.source] = step.walk
        if step.walk.failure is not None and (before is None or before.failure is None):
            notes.print(
                f"{step.source}: {step.walk.entry}: {step.walk.failure}: {step.walk.detail}"
            )
        self._show(step.source)
        if not notes.is_terminal:
            notes.print(self._line(step.source))

    def _show(self, source: str) -> None:
        self._bar.update(
            self._tasks[source],
            completed=self._asked[source],
            description=f"{self._names[source]} · {self._reached(source)}",
            left=self._left(source),
        )

    def _line(self, source: str) -> str:
        asked, budget = self._asked[source], self._order.requests
        requests = self._watch.wording.say("backfill.requests", count=asked, budget=budget)
        parts = (requests, self._reached(source), self._left(source))
        return f"{self._names[source]}: " + " · ".join(part for part in parts if part)

    def _reached(self, source: str) -> str:
        wording = self._watch.wording
        stories = wording.say("backfill.stories", count=self._stories[source])
        walk = self._walks.get(source)
        if walk is None or walk.reached_on is None:
            return stories
        return f"{stories} · {wording.say('backfill.reached', day=wording.day(walk.reached_on))}"

    def _left(self, source: str) -> str:
        walk = self._walks.get(source)
        left = time_left(
            now() - self._started_at,
            asked=self._asked[source],
            budget=self._order.requests,
            covered=days_covered([walk], self._order.days) if walk else 0,
            days=self._order.days.count,
        )
        if left is None:
            return ""
        return self._watch.wording.say("backfill.left", time=self._watch.wording.duration(left))
