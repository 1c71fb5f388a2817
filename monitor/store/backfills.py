"""Backfills: how far the walks into a source's past have come, and what they brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from crawler.dayrange import day_of
from crawler.items import DayRange, Walk
from monitor.store import times
from monitor.store.connections import Connections

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from crawler.items import Walked

_WALK = TypeAdapter(Walk)


@dataclass(frozen=True, kw_only=True)
class WalkState:
    """A walk that was begun."""

    source: str
    days: DayRange
    walk: Walk
    requests: int
    """Spent on it, in all runs."""
    new: int
    """Pages it led to that were not stored before."""
    flagged: int
    stepped_at: datetime


class Backfills(Connections):
    """The store's side that knows what of the past was read."""

    def backfill_walks(self, source_key: str, days: DayRange) -> list[WalkState]:
        """The walks begun for these very days."""
        with self.read() as db:
            rows = db.execute(_OF_DAYS, (source_key, *_written(days)))
            return [_state(row) for row in rows]

    def unfinished_backfills(self) -> list[tuple[str, DayRange]]:
        """Sources and days with a walk that has not come to its end, oldest step first."""
        with self.read() as db:
            states = [_state(row) for row in db.execute(_ALL)]
        open_ones = ((one.source, one.days) for one in states if not one.walk.is_done)
        return list(dict.fromkeys(open_ones))

    def forget_backfill(self, source_key: str, days: DayRange) -> None:
        """Let the walks of these days begin anew; the pages they led to stay."""
        with self.write() as db:
            db.execute(_FORGET, (source_key, *_written(days)))

    def page_days(self, source_key: str) -> dict[str, date | None]:
        """Every page of a source that was asked for, with the day it was published if known."""
        with self.read() as db:
            return {
                row["key"]: day_of(times.read(row["published_at"])) if row["published_at"] else None
                for row in db.execute(_PAGE_DAYS, (source_key,))
            }


def store_walk(
    db: sqlite3.Connection, step: Walked, *, new: int, flagged: int, now: datetime
) -> None:
    """Keep where a walk stands; to be called in the transaction that stores its pages.

    Args:
        db: In a transaction.
        step: The walk's latest step.
        new: Pages stored for the first time since the step before.
        flagged: Of them, stories of the topic.
        now: The present moment.
    """
    columns = (step.source, *_written(step.days), step.walk.entry)
    walk = _WALK.dump_json(step.walk).decode()
    counts = (step.requests, new, flagged, times.written(now))
    db.execute(_STEP, (*columns, walk, *counts))


def note_backfilled(db: sqlite3.Connection, keys: Iterable[str]) -> None:
    """Mark pages as found while looking back: where they have no date, they are not news."""
    db.executemany("UPDATE pages SET is_backfilled = 1 WHERE key = ?", ((key,) for key in keys))


_OF_DAYS = """
SELECT * FROM backfill_walks WHERE source = ? AND first_day = ? AND last_day = ? ORDER BY entry
"""
_ALL = "SELECT * FROM backfill_walks ORDER BY stepped_at"
_FORGET = "DELETE FROM backfill_walks WHERE source = ? AND first_day = ? AND last_day = ?"
# What waits in the list of the regular visits may as well be read now.
_PAGE_DAYS = """
SELECT pages.key, coalesce(articles.published_at, skimmed_pages.published_at) AS published_at
FROM pages
LEFT JOIN articles ON articles.page = pages.key
LEFT JOIN skimmed_pages ON skimmed_pages.page = pages.key
WHERE pages.source = ? AND pages.state != 'found'
"""
_STEP = """
INSERT INTO backfill_walks
    (source, first_day, last_day, entry, walk, requests, new, flagged, stepped_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (source, first_day, last_day, entry) DO UPDATE SET
    walk = excluded.walk, requests = requests + excluded.requests, new = new + excluded.new,
    flagged = flagged + excluded.flagged, stepped_at = excluded.stepped_at
"""


def _written(days: DayRange) -> tuple[str, str]:
    return days.first.isoformat(), days.last.isoformat()


def _state(row: sqlite3.Row) -> WalkState:
    first, last = date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])
    return WalkState(
        source=row["source"],
        days=DayRange(first=first, last=last),
        walk=_WALK.validate_json(row["walk"]),
        requests=row["requests"],
        new=row["new"],
        flagged=row["flagged"],
        stepped_at=times.read(row["stepped_at"]),
    )
