"""Puts right what was written while the clock was ahead: nothing done lies in the future."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.planning import JITTER, LONGEST_PAUSE, Schedule
from monitor.store import times
from monitor.store.connections import Connections

if TYPE_CHECKING:
    import sqlite3

SLACK = timedelta(minutes=2)
"""Ahead of ``now`` a moment may lie: its writer had the lock that we waited for."""

_A_DAY_AND_A_MORNING = timedelta(hours=25)
"""To the beginning of tomorrow's budget, at most."""

_DONE_AT = (
    ("sources", "last_crawled_at"),
    ("sources", "last_success_at"),
    ("sources", "first_reached_at"),
    ("sources", "failing_since_at"),
    ("entries", "last_visit_at"),
    ("entries", "last_success_at"),
    ("entries", "failing_since_at"),
    ("entries", "reach_at"),
    ("entry_documents", "read_at"),
    ("gaps", "since_at"),
    ("gaps", "found_at"),
    ("gaps", "tried_at"),
    ("pages", "found_at"),
    ("pages", "checked_at"),
    ("pages", "gone_at"),
    ("articles", "found_at"),
    ("articles", "fetched_at"),
    ("articles", "seen_at"),
    ("articles", "pruned_at"),
    ("revisions", "fetched_at"),
    ("revisions", "seen_at"),
    ("skimmed_pages", "found_at"),
    ("skimmed_pages", "seen_at"),
    ("scores", "flagged_at"),
    ("corrections", "found_at"),
    ("marks", "marked_at"),
    ("crawl_runs", "started_at"),
    ("crawl_runs", "ended_at"),
    ("digests", "recorded_at"),
    ("deliveries", "sent_at"),
    ("watch", "began_at"),
    ("alerts", "since_at"),
    ("alerts", "opened_at"),
    ("alerts", "told_at"),
    ("alerts", "over_since_at"),
    ("alerts", "closed_at"),
)
"""Moments at which something was done. When papers say they published is theirs to say."""


class ClockFaults(Connections):
    """The store's side that survives a clock that was wrong."""

    def bring_back(self, now: datetime, *, schedule: Schedule) -> int:
        """Let what was done in the future be done now, and what was planned from there follow.

        Sources keep the pause that was planned for them; failed pages and deliveries that
        were put off by the wrong clock are tried at once. Digests end where they were made,
        so that the next one begins there; what they told stays as it was decided, since some
        readers may have it already. Where no clock was wrong, nothing changes.

        Args:
            now: By a clock that is right, or is all there is.
            schedule: Says how far ahead a visit can be planned at all.

        Returns:
            How many moments were changed.
        """
        moments = {
            "now": times.written(now),
            "latest": times.written(now + SLACK),
            "before": times.written(now - timedelta(microseconds=1)),
        }
        with self.write() as db:
            moved = _bring_plans_back(db, now, moments, schedule)
            moved += db.execute(_DIGESTS_END, moments).rowcount
            for table, column in _DONE_AT:
                sql = f"UPDATE {table} SET {column} = :now WHERE {column} > :latest"  # noqa: S608 - constants
                moved += db.execute(sql, moments).rowcount
            if moved:
                db.execute(_DELIVERIES_WAIT, moments)
            return moved


# What is planned to follow a check that has not happened yet, is due.
_PAGES_WAIT = """
UPDATE pages SET
    next_try_at = iif(next_try_at IS NULL, NULL, :now),
    next_revisit_at = iif(next_revisit_at IS NULL, NULL, :now)
WHERE checked_at > :latest AND (next_try_at > :now OR next_revisit_at > :now)
"""
_DIGESTS_END = """
UPDATE digests SET until_at = :before, since_at = min(since_at, :before) WHERE until_at > :latest
"""
_DELIVERIES_WAIT = """
UPDATE deliveries SET next_try_at = :now WHERE state = 'waiting' AND next_try_at > :now
"""
_AHEAD = """
SELECT key, last_crawled_at, next_due_at, retry_not_before_at, interval_seconds FROM sources
WHERE last_crawled_at > :latest OR next_due_at > :latest
"""
_REPLAN = "UPDATE sources SET next_due_at = ?, retry_not_before_at = ? WHERE key = ?"


def _bring_plans_back(
    db: sqlite3.Connection, now: datetime, moments: dict[str, str], schedule: Schedule
) -> int:
    moved = db.execute(_PAGES_WAIT, moments).rowcount
    for row in db.execute(_AHEAD, moments).fetchall():
        due_at, pause_at = _replanned(row, now, schedule)
        if (due_at, pause_at) != (row["next_due_at"], row["retry_not_before_at"]):
            db.execute(_REPLAN, (due_at, pause_at, row["key"]))
            moved += 1
    return moved


def _replanned(
    row: sqlite3.Row, now: datetime, schedule: Schedule
) -> tuple[str | None, str | None]:
    """When a source is due, and until when its site asked for a pause."""
    due_at = times.read_or_none(row["next_due_at"])
    pause_at = times.read_or_none(row["retry_not_before_at"])
    crawled_at = times.read_or_none(row["last_crawled_at"])
    if crawled_at is not None and crawled_at > now + SLACK:
        ahead = crawled_at - now
        moved = [at - ahead if at is not None else None for at in (due_at, pause_at)]
        return times.written_or_none(moved[0]), times.written_or_none(moved[1])
    asked = pause_at is not None and pause_at > now
    if due_at is None or asked or due_at <= now + _furthest(row, schedule):
        return row["next_due_at"], row["retry_not_before_at"]
    return times.written(now), row["retry_not_before_at"]


def _furthest(row: sqlite3.Row, schedule: Schedule) -> timedelta:
    """The longest pause that planning gives a source."""
    own = timedelta(seconds=row["interval_seconds"] or 0)
    written = max(own, schedule.interval or timedelta(), schedule.bounds.most, LONGEST_PAUSE)
    return max(written * (1 + JITTER), _A_DAY_AND_A_MORNING)
