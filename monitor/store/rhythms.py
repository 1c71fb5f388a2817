"""What planning needs to know of sources: when they published, what their sites were asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.health import silence
from monitor.planning import Schedule, Spending, Standing
from monitor.rhythm import WINDOW, Rhythm, learn
from monitor.store import times
from monitor.store.budgets import requests_of
from monitor.store.connections import Connections
from monitor.store.revisits import next_revisit_of
from monitor.store.rows import SourcePlan

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection

    from monitor.items import Silence


class Rhythms(Connections):
    """The store's side that knows how sources are planned."""

    def source_plans(self, now: datetime, *, schedule: Schedule) -> list[SourcePlan]:
        """Of each watched source what is expected, by key."""
        with self.read() as db:
            rows = db.execute("SELECT * FROM sources WHERE watched ORDER BY key").fetchall()
            return [_plan(db, row, now=now, schedule=schedule) for row in rows]


def silences(db: sqlite3.Connection, sources: Collection[str]) -> list[Silence]:
    """Of some sources those that answer and are unusually silent, the longest missed first."""
    rows = [row for row in db.execute(_ANSWERING).fetchall() if row["key"] in sources]
    found = [silent for row in rows if (silent := _silence(db, row)) is not None]
    return sorted(found, key=lambda silent: -silent.expected)


_ANSWERING = """
SELECT * FROM sources
WHERE watched AND succeeded_by IS NULL AND failing_since_at IS NULL
    AND first_reached_at IS NOT NULL AND last_success_at IS NOT NULL
ORDER BY key
"""


def _silence(db: sqlite3.Connection, row: sqlite3.Row) -> Silence | None:
    answered_at = times.read(row["last_success_at"])
    # Twice the window: a silence may be as long as what it is measured by.
    published = _published(db, row["key"], since=answered_at - 2 * WINDOW)
    return silence(
        row["name"],
        published,
        kind=row["kind"],
        since=times.read(row["first_reached_at"]),
        answered_at=answered_at,
    )


def standing_of(
    db: sqlite3.Connection, source: str, *, now: datetime, schedule: Schedule
) -> Standing:
    """What the next visit of a source depends on; its failures are those that are stored.

    Args:
        db: In a transaction, with all of the last visit stored.
        source: Its key.
        now: The present moment.
        schedule: Of the watch.
    """
    row = db.execute("SELECT * FROM sources WHERE key = ?", (source,)).fetchone()
    entries = db.execute("SELECT count(*) FROM entries WHERE source = ?", (source,)).fetchone()[0]
    per_visit = row["requests_per_visit"]
    own = row["interval_seconds"]
    return Standing(
        source=source,
        rhythm=_rhythm(db, row),
        spending=Spending(
            left=max(0, schedule.requests_per_day - requests_of(db, source, at=now)),
            # robots.txt, and each entry once
            per_visit=max(1.0, 1.0 + entries if per_visit is None else per_visit),
        ),
        interval=None if own is None else timedelta(seconds=own),
        failures=row["failures"],
        revisit_at=next_revisit_of(db, source),
    )


_PUBLISHED = """
SELECT substr(min(coalesce(
        iif(articles.has_time, articles.published_at, NULL),
        iif(skimmed_pages.has_time, skimmed_pages.published_at, NULL),
        pages.found_at
    ), pages.found_at), 1, 13) AS hour, count(*) AS articles
FROM pages
LEFT JOIN articles ON articles.page = pages.key
LEFT JOIN skimmed_pages ON skimmed_pages.page = pages.key
WHERE pages.source = :source AND pages.found_at > :since
    AND pages.failure_kind IS NOT 'not-article'
GROUP BY hour
"""


def _rhythm(db: sqlite3.Connection, row: sqlite3.Row) -> Rhythm:
    since = times.read_or_none(row["first_reached_at"])
    until = times.read_or_none(row["last_success_at"])
    if since is None or until is None:
        return learn({}, kind=row["kind"], since=None, until=None)
    published = _published(db, row["key"], since=max(since, until - WINDOW))
    return learn(published, kind=row["kind"], since=since, until=until)


def _published(db: sqlite3.Connection, source: str, *, since: datetime) -> dict[datetime, int]:
    """New articles by the hour they came in."""
    parameters = {"source": source, "since": times.written(since)}
    return {
        datetime.fromisoformat(f"{hour['hour']}:00:00+00:00"): hour["articles"]
        for hour in db.execute(_PUBLISHED, parameters)
    }


def _plan(
    db: sqlite3.Connection, row: sqlite3.Row, *, now: datetime, schedule: Schedule
) -> SourcePlan:
    rhythm = _rhythm(db, row)
    own = row["interval_seconds"]
    due_at = times.read_or_none(row["next_due_at"])
    asked_at = times.read_or_none(row["retry_not_before_at"])
    return SourcePlan(
        key=row["key"],
        name=row["name"],
        next_visit_at=max((at for at in (due_at, asked_at) if at is not None), default=None),
        articles_per_day=round(rhythm.articles_per_day, 2),
        requests_today=requests_of(db, row["key"], at=now),
        requests_per_day=schedule.requests_per_day,
        interval=schedule.interval if own is None else timedelta(seconds=own),
    )
