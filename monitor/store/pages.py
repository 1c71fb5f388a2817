"""Pages: found in an entry, then read, gone or failed; the latest answer counts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.store import times

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from crawler.items import Article, Failure, Gone, Link, Skimmed

MOST_ATTEMPTS = 8
"""Failures in a row after which a page is given up: about five days."""

# A listing or a translation is none less tomorrow.
_SETTLED = frozenset({"not-article"})

_FIRST_PAUSE = timedelta(hours=1)
_LONGEST_PAUSE = timedelta(days=2)


def pause_after(attempts: int) -> timedelta | None:
    """How long a page rests after so many failures in a row; None where it is given up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return min(_FIRST_PAUSE * (1 << (attempts - 1)), _LONGEST_PAUSE)


def store_link(db: sqlite3.Connection, link: Link, *, now: datetime) -> None:
    """Keep a link as a page to be read; a page that is known keeps its state."""
    db.execute(
        _FOUND,
        {
            "key": link.key,
            "url": link.url,
            "source": link.source,
            "found_at": times.written(now),
            "found_in": link.found_in or None,
            "title": link.title,
            "dated_at": times.written_or_none(link.dated_at),
            "dated_by": link.dated_by,
        },
    )


def store_read(db: sqlite3.Connection, page: Article | Skimmed, *, now: datetime) -> None:
    """Note that a page was read or skimmed."""
    _ensure(db, page, now=now)
    db.execute(_ANSWERED, _answer(page, "read", page.fetched_at))


def store_gone(db: sqlite3.Connection, gone: Gone, *, now: datetime) -> bool:
    """Note that a page answers 404 or 410. An article read from it earlier stays.

    Returns:
        Whether an article was read from it, and it was there when it was last asked for.
    """
    _ensure(db, gone, now=now)
    db.execute(_ANSWERED, _answer(gone, "gone", gone.seen_at))
    return bool(db.execute(_WITHDRAWN, (times.written(now), gone.key)).rowcount)


def store_failure(db: sqlite3.Connection, failure: Failure, *, now: datetime) -> None:
    """Note that a page could not be read, and when to try again.

    The same failure told twice counts once. ``stopped`` is not the page's fault: it does
    not count as an attempt. A page that is no article was read, and is not asked for again;
    the reason is kept. A page that was read or is gone stays so.
    """
    _ensure(db, failure, now=now)
    sql = "SELECT state, attempts, checked_at FROM pages WHERE key = ?"
    page = db.execute(sql, (failure.key,)).fetchone()
    seen_at = times.written(failure.seen_at)
    if page["checked_at"] is not None and page["checked_at"] >= seen_at:
        return
    was_tried = failure.kind != "stopped"
    attempts = page["attempts"] + was_tried
    is_waiting = page["state"] in ("found", "failed")
    db.execute(
        _FAILED,
        {
            "key": failure.key,
            "state": _state_after(failure) if is_waiting and was_tried else page["state"],
            "checked_at": seen_at,
            "attempts": attempts,
            "kind": failure.kind,
            "detail": failure.detail,
            "next_try_at": _next_try_at(failure, attempts) if is_waiting else None,
        },
    )


_FOUND = """
INSERT INTO pages (key, url, source, found_at, found_in, title, dated_at, dated_by, state)
VALUES (:key, :url, :source, :found_at, :found_in, :title, :dated_at, :dated_by, 'found')
ON CONFLICT (key) DO UPDATE SET
    source = excluded.source,
    title = coalesce(title, excluded.title),
    dated_by = iif(dated_at IS NULL, excluded.dated_by, dated_by),
    dated_at = coalesce(dated_at, excluded.dated_at)
"""
# A source that changed its key in the seeds takes its pages along.
_ENSURE = """
INSERT INTO pages (key, url, source, found_at, state) VALUES (?, ?, ?, ?, 'found')
ON CONFLICT (key) DO UPDATE SET source = excluded.source
"""
_ANSWERED = """
UPDATE pages SET
    state = :state, checked_at = :checked_at, attempts = 0, next_try_at = NULL,
    failure_kind = NULL, failure_detail = NULL, gone_at = iif(:state = 'gone', gone_at, NULL)
WHERE key = :key AND (checked_at IS NULL OR checked_at <= :checked_at)
"""
_WITHDRAWN = """
UPDATE pages SET gone_at = ?
WHERE key = ? AND state = 'gone' AND gone_at IS NULL AND key IN (SELECT page FROM articles)
"""
_FAILED = """
UPDATE pages SET
    state = :state, checked_at = :checked_at, attempts = :attempts,
    failure_kind = :kind, failure_detail = :detail, next_try_at = :next_try_at
WHERE key = :key
"""


def _ensure(
    db: sqlite3.Connection, record: Article | Skimmed | Gone | Failure, *, now: datetime
) -> None:
    db.execute(_ENSURE, (record.key, record.url, record.source, times.written(now)))


def _answer(record: Article | Skimmed | Gone, state: str, checked_at: datetime) -> dict[str, str]:
    return {"key": record.key, "state": state, "checked_at": times.written(checked_at)}


def _state_after(failure: Failure) -> str:
    return "read" if failure.kind in _SETTLED else "failed"


def _next_try_at(failure: Failure, attempts: int) -> str | None:
    """None is at once for a page that was not tried, and never for one that was."""
    asked = failure.retry_after or timedelta()
    if failure.kind == "stopped":
        return times.written(failure.seen_at + asked) if asked else None
    if failure.kind in _SETTLED:
        return None
    pause = pause_after(attempts)
    return None if pause is None else times.written(failure.seen_at + max(pause, asked))
