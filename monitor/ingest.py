"""Turns a crawl's records into rows: one transaction a source, and nothing before it is whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from crawler.items import (
    Article,
    Failure,
    Gone,
    Link,
    Skimmed,
    SourceReport,
    Survey,
    Unchanged,
    Walked,
)
from monitor.items import ArchivePlace
from monitor.planning import Schedule
from monitor.store.archived import store_archive_place
from monitor.store.backfills import note_backfilled, store_walk
from monitor.store.corrections import store_corrections
from monitor.store.pages import store_failure, store_gone, store_link, store_read
from monitor.store.prints import store_print
from monitor.store.readings import store_reading
from monitor.store.revisits import plan_revisit, store_unchanged, store_validator
from monitor.store.rows import IngestSummary
from monitor.store.skims import forget_skimmed, store_skimmed
from monitor.store.texts import Change, store_text
from monitor.store.visits import store_report, store_stop

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

    from crawler.items import Record
    from monitor.items import Reading
    from monitor.store import Store

__all__ = ["Ingest", "IngestSummary"]


def _clock() -> datetime:
    return datetime.now(UTC)


def _no_archive(_: Article) -> ArchivePlace | None:
    return None


def _nothing(_: sqlite3.Connection, __: _Tally) -> _Tally:
    return _Tally()


@dataclass(frozen=True, kw_only=True)
class _Fetched:
    """An article, and where the response lies that it was read from."""

    article: Article
    archived: ArchivePlace | None


@dataclass
class _Batch:
    """What one source's crawl has told so far."""

    links: list[Link] = field(default_factory=list)
    fetched: list[_Fetched] = field(default_factory=list)
    skimmed: list[Skimmed] = field(default_factory=list)
    unchanged: list[Unchanged] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def add(self, record: Link | _Fetched | Skimmed | Unchanged | Gone | Failure) -> None:
        match record:
            case Link():
                self.links.append(record)
            case _Fetched():
                self.fetched.append(record)
            case Skimmed():
                self.skimmed.append(record)
            case Unchanged():
                self.unchanged.append(record)
            case Gone():
                self.gone.append(record)
            case Failure():
                self.failures.append(record)


@dataclass
class _Tally:
    """The summary as it grows."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    answered: list[str] = field(default_factory=list)

    def summary(self) -> IngestSummary:
        return IngestSummary(
            **self.counts, failures=dict(self.failures), answered=tuple(self.answered)
        )

    def add(self, other: _Tally) -> None:
        self.counts.update(other.counts)
        self.failures.update(other.failures)
        self.answered += other.answered


class Ingest:
    """Stores one crawl.

    A source's records are collected until its report comes. Its pages, articles, scores,
    figures and places are then committed together with its validators, so that a crash at
    any moment repeats work and loses none.

    Args:
        store: Where to.
        extract: What the extractor makes of an article. It runs before the transaction
            begins, so that other writers wait only for the writing.
        schedule: How the next visits are planned.
        archive: Keeps an article's response and says where. It is asked as each article
            comes, so that no more than one response is held in memory.
        clock: Tells when a find is stored. It is asked inside the transaction: whoever
            holds the write lock then knows that no earlier find is still on its way.
    """

    def __init__(
        self,
        store: Store,
        *,
        extract: Callable[[Article], Reading],
        schedule: Schedule | None = None,
        archive: Callable[[Article], ArchivePlace | None] = _no_archive,
        clock: Callable[[], datetime] = _clock,
    ) -> None:
        self._store = store
        self._extract = extract
        self._schedule = schedule or Schedule()
        self._archive = archive
        self._clock = clock
        self._batches: dict[str, _Batch] = {}
        self._unstored: set[str] = set()
        self._finished: set[str] = set()
        self._tally = _Tally()

    def add(self, record: Record) -> None:
        """Take one record; a SourceReport stores all there is of its source, a step so far.

        Whatever ``extract`` raises is passed on. Nothing of the source is stored then, its
        validators neither, so that the next crawl meets the same pages again; ``finish``
        marks it as stopped, so that this is not at once.

        Raises:
            StoreError: The database cannot be written to.
        """
        if isinstance(record, SourceReport):
            self._store_source(record.source, partial(self._store_report, report=record))
            self._finished.add(record.source)
            return
        if isinstance(record, Walked):
            fetched = self._batches.get(record.source, _Batch()).fetched
            keys = [one.article.key for one in fetched]
            self._store_source(record.source, partial(self._store_walk, step=record, keys=keys))
            return
        batch = self._batches.setdefault(record.source, _Batch())
        if isinstance(record, Article):
            batch.add(_Fetched(article=replace(record, raw=None), archived=self._archive(record)))
        elif not isinstance(record, Survey):  # told to people; nothing of it is kept
            batch.add(record)

    def finish(
        self,
        *,
        now: datetime,
        expected: Iterable[str] = (),
        detail: str = "no report came",
        is_interrupted: bool = False,
    ) -> IngestSummary:
        """Store what came from sources without a report, and mark those as stopped.

        Their validators stay as they were, so that the entries are read again.

        Args:
            now: The end of the crawl.
            expected: Keys of the sources that were to be crawled, so that one that never
                told anything is marked too. To be left out for a recrawl.
            detail: Why reports may be missing, for the source's state.
            is_interrupted: The crawl was ended on purpose: nobody is marked, and what is
                left stays due as it was.

        Returns:
            What the crawl brought, all sources together.

        Raises:
            StoreError: The database cannot be written to.
        """
        stop = partial(self._store_stop, now=now, detail=detail)
        silent = {*self._batches, *self._unstored, *expected} - self._finished
        for source in sorted(silent if not is_interrupted else ()):
            self._store_source(source, partial(stop, source=source))
        for source in sorted(self._batches):
            self._store_source(source, _nothing)  # came late, or nobody is to be marked
        return self._tally.summary()

    def _store_source(
        self, source: str, close: Callable[[sqlite3.Connection, _Tally], _Tally]
    ) -> None:
        """Commit a source's batch together with what ``close`` writes, told what came of it."""
        batch = self._batches.pop(source, _Batch())
        self._unstored.add(source)
        fetched = [
            replace(one, article=self._store.with_witness(one.article)) for one in batch.fetched
        ]
        readings = [(one, self._extract(one.article)) for one in fetched]
        with self._store.write() as db:
            tally = self._store_batch(db, batch, readings)
            tally.add(close(db, tally))
        self._unstored.discard(source)
        self._tally.add(tally)

    def _store_walk(
        self, db: sqlite3.Connection, tally: _Tally, *, step: Walked, keys: list[str]
    ) -> _Tally:
        new, flagged = tally.counts["new"], tally.counts["flagged"]
        store_walk(db, step, new=new, flagged=flagged, now=self._clock())
        note_backfilled(db, keys)
        return _Tally()

    def _store_report(self, db: sqlite3.Connection, _: _Tally, *, report: SourceReport) -> _Tally:
        reached = store_report(db, report, now=self._clock(), schedule=self._schedule)
        failures = [visit.failure for visit in report.entries if visit.failure is not None]
        return _Tally(
            Counter(sources=1, reached=int(reached)),
            Counter(failures),
            [report.source] if reached else [],
        )

    def _store_stop(
        self, db: sqlite3.Connection, _: _Tally, *, source: str, now: datetime, detail: str
    ) -> _Tally:
        store_stop(db, source, now=now, detail=detail, schedule=self._schedule)
        return _Tally(Counter(sources=1), Counter(stopped=1))

    def _store_batch(
        self, db: sqlite3.Connection, batch: _Batch, readings: list[tuple[_Fetched, Reading]]
    ) -> _Tally:
        now = self._clock()
        tally = _Tally()
        for link in batch.links:
            store_link(db, link, now=now)
        for fetched, reading in readings:
            self._store_article(db, fetched, reading, now=now, tally=tally)
        for skimmed in batch.skimmed:
            is_new = store_skimmed(db, skimmed, now=now)
            tally.counts.update(new=is_new, skimmed=is_new)
        for unchanged in batch.unchanged:
            store_unchanged(db, unchanged)
            plan_revisit(db, unchanged, revisits=self._schedule.revisits)
        for gone in batch.gone:
            is_news = store_gone(db, gone, now=now)
            plan_revisit(db, gone, revisits=self._schedule.revisits, is_news=is_news)
            tally.counts["gone"] += is_news
        for failure in batch.failures:
            store_failure(db, failure, now=now)
            plan_revisit(db, failure, revisits=self._schedule.revisits)
            tally.failures[failure.kind] += 1
        tally.counts["unchanged"] += len(batch.unchanged)
        tally.counts["pages"] += len(readings) + len(batch.skimmed)
        tally.counts["pages"] += len(batch.gone) + len(batch.failures)
        return tally

    def _store_article(
        self,
        db: sqlite3.Connection,
        fetched: _Fetched,
        reading: Reading,
        *,
        now: datetime,
        tally: _Tally,
    ) -> None:
        article = fetched.article
        store_read(db, article, now=now)
        forget_skimmed(db, article.key)
        stored = store_text(db, article, now=now)
        store_archive_place(db, stored, fetched.archived)
        if stored.is_latest:
            if stored.change is Change.REVISED:
                store_corrections(db, stored.article_id, article, reading.figures, now=now)
            flagged = store_reading(db, stored.article_id, reading, now=now)
            store_print(db, stored.article_id)
            store_validator(db, article)
            plan_revisit(db, article, revisits=self._schedule.revisits)
            tally.counts["flagged"] += flagged
        tally.counts["new"] += stored.change is Change.NEW
        tally.counts["revised"] += stored.change is Change.REVISED
