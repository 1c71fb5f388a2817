"""How sources have fared, and how much there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.store import times
from monitor.store.connections import Connections
from monitor.store.discovery import gap_in
from monitor.store.rows import Counts, EntryState, SourceState

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime

    from crawler.items import Gap


class States(Connections):
    """The store's side that accounts for itself."""

    def source_states(self) -> list[SourceState]:
        """Every source that was ever in the seeds, by key, with its entries by URL."""
        with self.read() as db:
            return source_states_of(db)

    def watching_since(self) -> datetime:
        """When the database was made."""
        with self.read() as db:
            return times.read(db.execute("SELECT began_at FROM watch").fetchone()[0])

    def newest_moment(self) -> datetime | None:
        """The latest moment that was written down; None before the first crawl.

        A clock that shows an earlier one has gone back, or was ahead.
        """
        with self.read() as db:
            return times.read_or_none(db.execute(_NEWEST_MOMENT).fetchone()[0])

    def counts(self) -> Counts:
        """How much there is of everything."""
        with self.read() as db:
            pages = _by_state(db, "SELECT state, count(*) FROM pages GROUP BY state")
            deliveries = _by_state(db, "SELECT state, count(*) FROM deliveries GROUP BY state")
            return Counts(
                sources=_number(db, "SELECT count(*) FROM sources"),
                watched=_number(db, "SELECT count(*) FROM sources WHERE watched"),
                pages=sum(pages.values()),
                pages_by_state=pages,
                articles=_number(db, "SELECT count(*) FROM articles"),
                skimmed=_number(db, "SELECT count(*) FROM skimmed_pages"),
                flagged=_number(
                    db, "SELECT count(*) FROM scores WHERE flagged_at IS NOT NULL AND leads"
                ),
                flagged_by_topic=_by_state(db, _BY_TOPIC),
                revisions=_number(db, "SELECT count(*) FROM revisions"),
                figures=_number(db, "SELECT count(*) FROM figures"),
                digests=_number(db, "SELECT count(*) FROM digests"),
                deliveries_by_state=deliveries,
            )


_BY_TOPIC = "SELECT topic, count(*) FROM scores WHERE flagged_at IS NOT NULL GROUP BY topic"
_NEWEST_MOMENT = """
SELECT max(moment) FROM (
    SELECT max(started_at) AS moment FROM crawl_runs
    UNION ALL SELECT max(recorded_at) FROM digests
)
"""


def _number(db: sqlite3.Connection, sql: str) -> int:
    return int(db.execute(sql).fetchone()[0])


def _by_state(db: sqlite3.Connection, sql: str) -> dict[str, int]:
    return dict(db.execute(sql).fetchall())


def source_states_of(db: sqlite3.Connection) -> list[SourceState]:
    """Every source that was ever in the seeds, by key."""
    entries: dict[str, list[EntryState]] = {}
    for row in db.execute("SELECT * FROM entries ORDER BY source, url"):
        entries.setdefault(row["source"], []).append(_entry_state(row))
    gaps = {row["source"]: gap_in(row) for row in db.execute("SELECT * FROM gaps")}
    rows = db.execute("SELECT * FROM sources ORDER BY key")
    return [
        _source_state(row, entries.get(row["key"], ()), gap=gaps.get(row["key"])) for row in rows
    ]


def _source_state(
    row: sqlite3.Row, entries: Sequence[EntryState], *, gap: Gap | None
) -> SourceState:
    return SourceState(
        key=row["key"],
        name=row["name"],
        kind=row["kind"],
        home=row["home"],
        province=row["province"],
        succeeded_by=row["succeeded_by"],
        watched=bool(row["watched"]),
        last_crawled_at=times.read_or_none(row["last_crawled_at"]),
        last_success_at=times.read_or_none(row["last_success_at"]),
        failing_since_at=times.read_or_none(row["failing_since_at"]),
        failures=row["failures"],
        failure_kind=row["failure_kind"],
        failure_detail=row["failure_detail"],
        next_due_at=times.read_or_none(row["next_due_at"]),
        retry_not_before_at=times.read_or_none(row["retry_not_before_at"]),
        entries=tuple(entries),
        gap=gap,
    )


def _entry_state(row: sqlite3.Row) -> EntryState:
    return EntryState(
        url=row["url"],
        kind=row["kind"],
        outcome=row["outcome"],
        links=row["links"],
        new_links=row["new_links"],
        last_visit_at=times.read_or_none(row["last_visit_at"]),
        last_success_at=times.read_or_none(row["last_success_at"]),
        failing_since_at=times.read_or_none(row["failing_since_at"]),
        failure_kind=row["failure_kind"],
        failure_detail=row["failure_detail"],
        asked_because=row["asked_because"],
        reaches_back=None if row["reaches_back"] is None else bool(row["reaches_back"]),
        newest_at=times.read_or_none(row["newest_at"]),
    )
