"""Reads the past of sources through the crawler, run after run, as far as requests reach."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crawler.dayrange import day_of, first_walks
from crawler.items import Backfill, DayRange, Source, SourceReport, SourceTask, Walk, Walked
from crawler.urls import sites_of
from monitor.backfill_estimates import days_covered, estimate
from monitor.errors import InputError
from monitor.jobs import batches, crawl_batch, crawl_job
from monitor.watch import now

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from crawler.items import Record
    from monitor.backfill_estimates import Estimate
    from monitor.jobs import Observer
    from monitor.watch import Watch
    from monitor.workers import CrawlWorker


SHARE_FOR_NEWS = 1 / 3
"""Of a site's requests a day, kept for the regular visits."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is wanted of a source's past."""

    days: DayRange
    requests: int
    """To each source in this run: listings, sitemaps and pages together."""


@dataclass(frozen=True, kw_only=True)
class BackfillState:
    """How far a source's backfill has come, in all runs."""

    source: Source
    days: DayRange
    walks: tuple[Walk, ...]
    """All of them, those never begun as well."""
    requests: int
    new: int
    flagged: int

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to be read."""
        return all(walk.is_done for walk in self.walks)

    @property
    def covered(self) -> int:
        """Days looked through."""
        return days_covered(self.walks, self.days)


def check(watch: Watch, sources: Sequence[Source], *, at: datetime) -> None:
    """Refuse sources whose past cannot be read now.

    Raises:
        InputError: A source has no entries, its site has asked for a pause, or has had what it
            may get today.
    """
    paused = watch.store.paused_sources(at)
    for source in sources:
        if not source.entries:
            raise InputError(f"{source.key}: has no feed, sitemap or listing to look back in")
        if source.key in paused:
            until = paused[source.key].astimezone(watch.config.zone)
            raise InputError(
                f"{source.key}: its site asked for a pause until {until:%Y-%m-%d %H:%M}"
            )
        if not allowance(watch, source, at=at):
            raise InputError(
                f"{source.key}: its site has had today's requests for looking back; "
                "go on tomorrow, or raise crawl.requests_per_day"
            )


def allowance(watch: Watch, source: Source, *, at: datetime) -> int:
    """Requests that looking back may make to a source's sites today.

    A part of the day's budget is left for what is new.
    """
    budget = watch.config.crawl.requests_per_day
    spent = watch.store.requests_by_site(at)
    most = max((spent.get(site, 0) for site in sites_of(source)), default=0)
    return max(budget - math.ceil(budget * SHARE_FOR_NEWS) - most, 0)


def state_of(watch: Watch, source: Source, days: DayRange) -> BackfillState:
    """How far the backfill of these days has come."""
    begun = {one.walk.entry: one for one in watch.store.backfill_walks(source.key, days)}
    walks = tuple(
        begun[walk.entry].walk if walk.entry in begun else walk
        for walk in first_walks(source, days)
    )

    def total(name: str) -> int:
        return sum(getattr(one, name) for one in begun.values())

    return BackfillState(
        source=source,
        days=days,
        walks=walks,
        requests=total("requests"),
        new=total("new"),
        flagged=total("flagged"),
    )


def begin(watch: Watch, sources: Sequence[Source], days: DayRange) -> None:
    """Let all walks begin anew where all have come to their end: somebody asks once more."""
    if all(state_of(watch, source, days).is_done for source in sources):
        for source in sources:
            watch.store.forget_backfill(source.key, days)


def backfill(
    watch: Watch,
    sources: Sequence[Source],
    order: Order,
    *,
    worker: CrawlWorker,
    observe: Observer | None = None,
) -> None:
    """Go on with the backfill of sources until it is done or its requests are spent.

    Each step is stored with all it led to: whatever ends this, another call goes on there.
    The crawler is started anew at each deadline of a crawl, so that regular visits find the
    sources free now and then.

    Raises:
        CrawlError: The child did not do its job.
        StoreError: The database cannot be written.
    """
    groups = batches(sources, watch.config.crawl.batch)
    with ThreadPoolExecutor(watch.config.crawl.workers) as crawls:
        running = [
            crawls.submit(_Rounds(watch, order, worker=worker, observe=observe).run, group)
            for group in groups
        ]
        try:
            for one in running:
                one.result()
        except BaseException:
            worker.stop()
            raise


def look(
    watch: Watch, sources: Sequence[Source], order: Order, *, worker: CrawlWorker
) -> list[Estimate]:
    """Ask the sitemaps and the first listing pages how much there is; no story is stored.

    Raises:
        CrawlError: The child did not do its job.
    """
    steps: defaultdict[str, list[Walked]] = defaultdict(list)

    def take(record: Record) -> None:
        if isinstance(record, Walked):
            steps[record.source].append(record)
        elif isinstance(record, SourceReport):
            watch.store.count_requests(record.requests, at=record.finished_at)

    started_at = now()
    for batch in batches(sources, watch.config.crawl.batch):
        with watch.claimed(batch) as free:
            tasks = tuple(_estimating(watch, source, order) for source in free)
            if tasks:
                worker.crawl(crawl_job(watch, tasks, started_at), take)
    return [
        estimate(
            source.key,
            steps[source.key],
            days=order.days,
            today=day_of(started_at),
            pace=max(watch.config.crawl.delay, source.delay or watch.config.crawl.delay),
        )
        for source in sources
    ]


class _Rounds:
    """One batch of sources, crawled again as long as only the deadline has ended a crawl."""

    def __init__(
        self, watch: Watch, order: Order, *, worker: CrawlWorker, observe: Observer | None
    ) -> None:
        self._watch = watch
        self._order = order
        self._worker = worker
        self._observe = observe
        self._spent: Counter[str] = Counter()

    def run(self, sources: Sequence[Source]) -> None:
        """Crawl until nothing is left that this run may ask for."""
        deadline = self._watch.config.crawl.limits.deadline
        while sources and not self._worker.is_stopped:
            before = Counter(self._spent)
            started_at = now()
            crawl_batch(
                self._watch,
                sources,
                worker=self._worker,
                task_for=self._task,
                observe=self._note,
            )
            if now() - started_at < deadline:
                return
            sources = [one for one in sources if self._goes_on(one, before)]

    def _goes_on(self, source: Source, before: Counter[str]) -> bool:
        has_moved = self._spent[source.key] > before[source.key]
        is_allowed = self._spent[source.key] < self._order.requests
        return has_moved and is_allowed and not self._state(source).is_done

    def _state(self, source: Source) -> BackfillState:
        return state_of(self._watch, source, self._order.days)

    def _task(self, watch: Watch, source: Source) -> SourceTask:
        left = self._order.requests - self._spent[source.key]
        left = min(left, allowance(watch, source, at=now()))
        return task_of(watch, self._state(source), requests=left)

    def _note(self, record: Record) -> None:
        if isinstance(record, Walked):
            self._spent[record.source] += record.requests
        if self._observe is not None:
            self._observe(record)


def task_of(watch: Watch, state: BackfillState, *, requests: int) -> SourceTask:
    """What a crawl shall do to go on from a state."""
    plan = Backfill(
        days=state.days,
        requests=requests,
        walks=tuple(walk for walk in state.walks if not walk.is_done),
        known=watch.store.page_days(state.source.key),
    )
    return SourceTask(source=state.source, backfill=plan)


def _estimating(watch: Watch, source: Source, order: Order) -> SourceTask:
    task = task_of(watch, state_of(watch, source, order.days), requests=order.requests)
    assert task.backfill is not None
    return replace(task, backfill=replace(task.backfill, is_estimate=True))
