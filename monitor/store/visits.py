"""A source's crawl as it ended: its entries' answers, its validators, when it is due again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler.items import FailureKind
from monitor.store import times

if TYPE_CHECKING:
    import sqlite3

    from crawler.items import EntryVisit, SourceReport

LONGEST_PAUSE = timedelta(days=1)
"""Between two crawls of a failing source: a site that is back is in the next digest."""


def next_due_at(
    now: datetime, *, interval: timedelta, failures: int, retry_after: timedelta | None = None
) -> datetime:
    """When a source is to be crawled again.

    Args:
        now: The end of the crawl.
        interval: Between two crawls that go well.
        failures: Crawls in a row that failed; each doubles the interval, to a day at most
            (or to the interval, where that is longer).
        retry_after: The pause the site asked for.
    """
    doubled = interval * (1 << min(failures, 20))
    pause = min(doubled, max(interval, LONGEST_PAUSE))
    return now + max(pause, retry_after or timedelta())


@dataclass(frozen=True, kw_only=True)
class _Outcome:
    """What a crawl means for its source."""

    ended_at: datetime
    reached: bool
    failure: tuple[FailureKind, str] | None
    retry_after: timedelta | None = None


def store_report(db: sqlite3.Connection, report: SourceReport, *, interval: timedelta) -> bool:
    """Keep how a source and its entries answered; to be called after all they led to.

    A report without entries is that of a recrawl and leaves the source's health and, if
    it has entries, its schedule alone.

    Args:
        db: In the transaction that stores the source's other records.
        report: The source's last record.
        interval: Between two crawls, where the source has none of its own.

    Returns:
        Whether at least one entry answered; in a recrawl, whether a page did.
    """
    for visit in report.entries:
        _store_visit(db, report, visit)
    outcome = _outcome(report)
    if report.entries or not _has_entries(db, report.source):
        _store_outcome(db, report.source, outcome, interval=interval)
    elif report.retry_after is not None:
        _store_pause(db, report.source, report.finished_at + report.retry_after)
    return outcome.reached


def store_stop(
    db: sqlite3.Connection, source: str, *, now: datetime, detail: str, interval: timedelta
) -> None:
    """Note that a source's crawl ended without a report; its validators stay as they were."""
    outcome = _Outcome(ended_at=now, reached=False, failure=("stopped", detail))
    _store_outcome(db, source, outcome, interval=interval)


_VISITED = """
INSERT INTO entries (source, url, kind) VALUES (?, ?, ?) ON CONFLICT (source, url) DO NOTHING
"""
_ANSWERED = """
UPDATE entries SET
    outcome = :outcome, links = :links, new_links = :new_links, last_visit_at = :at,
    last_success_at = :at, failing_since_at = NULL
WHERE source = :source AND url = :url
"""
_FAILED = """
UPDATE entries SET
    outcome = 'failed', links = 0, new_links = 0, last_visit_at = :at,
    failing_since_at = coalesce(failing_since_at, :at),
    failure_kind = :failure, failure_detail = :detail
WHERE source = :source AND url = :url
"""
_VALIDATED = "UPDATE entries SET etag = ?, last_modified = ? WHERE source = ? AND url = ?"
# A report told twice counts once.
_REACHED = """
UPDATE sources SET
    last_crawled_at = :at, last_success_at = :at, failing_since_at = NULL, failures = 0,
    failure_kind = coalesce(:kind, failure_kind),
    failure_detail = coalesce(:detail, failure_detail),
    next_due_at = :next_due_at, retry_not_before_at = :retry_not_before_at
WHERE key = :source AND (last_crawled_at IS NULL OR last_crawled_at < :at)
"""
_UNREACHED = """
UPDATE sources SET
    last_crawled_at = :at, failing_since_at = coalesce(failing_since_at, :at),
    failures = failures + 1, failure_kind = coalesce(:kind, failure_kind),
    failure_detail = coalesce(:detail, failure_detail),
    next_due_at = :next_due_at, retry_not_before_at = :retry_not_before_at
WHERE key = :source AND (last_crawled_at IS NULL OR last_crawled_at < :at)
"""


def _outcome(report: SourceReport) -> _Outcome:
    failed = [visit for visit in report.entries if visit.outcome == "failed"]
    failure: tuple[FailureKind, str] | None = None
    if failed:
        failure = (failed[0].failure or "parse", failed[0].detail or "")
    elif not report.entries and not report.articles and not report.skimmed:
        failure = ("empty", "no entry to look at")
    return _Outcome(
        ended_at=report.finished_at,
        reached=failure is None or len(failed) < len(report.entries),
        failure=failure,
        retry_after=report.retry_after,
    )


def _store_visit(db: sqlite3.Connection, report: SourceReport, visit: EntryVisit) -> None:
    db.execute(_VISITED, (report.source, visit.url, visit.kind))
    columns = {
        "source": report.source,
        "url": visit.url,
        "outcome": visit.outcome,
        "links": visit.links,
        "new_links": visit.new_links,
        "at": times.written(report.finished_at),
        "failure": visit.failure,
        "detail": visit.detail,
    }
    db.execute(_FAILED if visit.outcome == "failed" else _ANSWERED, columns)
    # "Unchanged" may come without validators: those we asked with are still good.
    if visit.outcome == "read" or visit.validator is not None:
        etag = visit.validator.etag if visit.validator is not None else None
        modified = visit.validator.last_modified if visit.validator is not None else None
        db.execute(_VALIDATED, (etag, modified, report.source, visit.url))


def _store_outcome(
    db: sqlite3.Connection, source: str, outcome: _Outcome, *, interval: timedelta
) -> None:
    sql = "SELECT interval_seconds, failures FROM sources WHERE key = ?"
    row = db.execute(sql, (source,)).fetchone()
    own = row["interval_seconds"]
    kind, detail = outcome.failure or (None, None)
    due_at = next_due_at(
        outcome.ended_at,
        interval=interval if own is None else timedelta(seconds=own),
        failures=0 if outcome.reached else row["failures"] + 1,
        retry_after=outcome.retry_after,
    )
    asked = outcome.retry_after
    columns = {
        "source": source,
        "at": times.written(outcome.ended_at),
        "kind": kind,
        "detail": detail,
        "next_due_at": times.written(due_at),
        "retry_not_before_at": None if asked is None else times.written(outcome.ended_at + asked),
    }
    db.execute(_REACHED if outcome.reached else _UNREACHED, columns)


def _store_pause(db: sqlite3.Connection, source: str, until_at: datetime) -> None:
    sql = "UPDATE sources SET retry_not_before_at = ? WHERE key = ?"
    db.execute(sql, (times.written(until_at), source))


def _has_entries(db: sqlite3.Connection, source: str) -> bool:
    sql = "SELECT 1 FROM entries WHERE source = ? LIMIT 1"
    return db.execute(sql, (source,)).fetchone() is not None
