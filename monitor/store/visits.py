"""A source's crawl as it ended: its entries' answers, its validators, when it is due again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler.items import FailureKind
from monitor.planning import next_due_at
from monitor.store import times
from monitor.store.budgets import store_requests
from monitor.store.discovery import store_discovery
from monitor.store.rhythms import standing_of

if TYPE_CHECKING:
    import sqlite3

    from crawler.items import EntryVisit, SourceReport
    from monitor.planning import Schedule

_NEWEST_VISIT = 0.3
"""Weight of the latest visit in what a visit takes."""


@dataclass(frozen=True, kw_only=True)
class _Outcome:
    """What a crawl means for its source."""

    ended_at: datetime
    reached: bool
    is_cut: bool = False
    """Whether it was not asked at all, for want of requests: no word on its health."""
    failure: tuple[FailureKind, str] | None
    retry_after: timedelta | None = None


def store_report(
    db: sqlite3.Connection, report: SourceReport, *, now: datetime, schedule: Schedule
) -> bool:
    """Keep how a source and its entries answered; to be called after all they led to.

    A report without entries is that of a recrawl and leaves the source's health and, if
    it has entries, its schedule alone.

    Args:
        db: In the transaction that stores the source's other records.
        report: The source's last record.
        now: When it is stored: what is found later may tell the source's rhythm.
        schedule: How the next visit is planned.

    Returns:
        Whether at least one entry answered; in a recrawl, whether a page did.
    """
    for visit in report.entries:
        _store_visit(db, report, visit)
    store_requests(db, report.requests, at=report.finished_at)
    if report.retry_after is not None:
        _store_pause(db, report.source, report.finished_at + report.retry_after)
    store_discovery(db, report)
    outcome = _outcome(report)
    if report.entries or not _has_entries(db, report.source):
        _store_cost(db, report)
        _store_outcome(db, report.source, outcome, now=now, schedule=schedule)
    return outcome.reached


def store_stop(
    db: sqlite3.Connection, source: str, *, now: datetime, detail: str, schedule: Schedule
) -> None:
    """Note that a source's crawl ended without a report; its validators stay as they were."""
    outcome = _Outcome(ended_at=now, reached=False, failure=("stopped", detail))
    _store_outcome(db, source, outcome, now=now, schedule=schedule)


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
    first_reached_at = coalesce(first_reached_at, :now),
    failure_kind = coalesce(:kind, failure_kind),
    failure_detail = coalesce(:detail, failure_detail)
WHERE key = :source AND (last_crawled_at IS NULL OR last_crawled_at < :at)
"""
_UNREACHED = """
UPDATE sources SET
    last_crawled_at = :at, failing_since_at = coalesce(failing_since_at, :at),
    failures = failures + 1, failure_kind = coalesce(:kind, failure_kind),
    failure_detail = coalesce(:detail, failure_detail)
WHERE key = :source AND (last_crawled_at IS NULL OR last_crawled_at < :at)
"""
_COST = """
UPDATE sources SET requests_per_visit =
    coalesce((1 - :weight) * requests_per_visit + :weight * :requests, :requests)
WHERE key = :source
"""
# The pause is the site's: it holds for all who ask there. One that is over is forgotten.
_PAUSED = """
UPDATE sources SET retry_not_before_at = max(coalesce(retry_not_before_at, ''), :until)
WHERE key = :source OR key IN (
    SELECT other.source FROM source_hosts AS own JOIN source_hosts AS other USING (host)
    WHERE own.source = :source
)
"""
_PLANNED = """
UPDATE sources SET
    next_due_at = :due_at,
    retry_not_before_at = iif(retry_not_before_at > :now, retry_not_before_at, NULL)
WHERE key = :source
"""


def _outcome(report: SourceReport) -> _Outcome:
    failed = [visit for visit in report.entries if visit.outcome == "failed"]
    is_cut = bool(failed) and all(visit.failure == "stopped" for visit in failed)
    failure: tuple[FailureKind, str] | None = None
    if failed:
        failure = (failed[0].failure or "parse", failed[0].detail or "")
    elif not report.entries and not report.articles and not report.skimmed:
        failure = ("empty", "no entry to look at")
    return _Outcome(
        ended_at=report.finished_at,
        reached=failure is None or len(failed) < len(report.entries),
        is_cut=is_cut,
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
    db: sqlite3.Connection, source: str, outcome: _Outcome, *, now: datetime, schedule: Schedule
) -> None:
    if outcome.reached or not outcome.is_cut:
        kind, detail = outcome.failure or (None, None)
        columns = {
            "source": source,
            "at": times.written(outcome.ended_at),
            "now": times.written(now),
            "kind": kind,
            "detail": detail,
        }
        if not db.execute(_REACHED if outcome.reached else _UNREACHED, columns).rowcount:
            return  # told before, and planned then
    _store_plan(db, source, outcome, schedule=schedule)


def _store_plan(
    db: sqlite3.Connection, source: str, outcome: _Outcome, *, schedule: Schedule
) -> None:
    ended_at = outcome.ended_at
    standing = standing_of(db, source, now=ended_at, schedule=schedule)
    standing = replace(standing, retry_after=outcome.retry_after)
    due_at = next_due_at(ended_at, standing=standing, schedule=schedule)
    planned = {"source": source, "due_at": times.written(due_at), "now": times.written(ended_at)}
    db.execute(_PLANNED, planned)


def _store_cost(db: sqlite3.Connection, report: SourceReport) -> None:
    """Learn what a visit takes beside its pages."""
    if not report.requests:
        return
    requests = sum(report.requests.values()) - report.pages - report.revisited
    cost = {"source": report.source, "requests": max(1.0, requests), "weight": _NEWEST_VISIT}
    db.execute(_COST, cost)


def _store_pause(db: sqlite3.Connection, source: str, until_at: datetime) -> None:
    db.execute(_PAUSED, {"source": source, "until": times.written(until_at)})


def _has_entries(db: sqlite3.Connection, source: str) -> bool:
    sql = "SELECT 1 FROM entries WHERE source = ? LIMIT 1"
    return db.execute(sql, (source,)).fetchone() is not None
