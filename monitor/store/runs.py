"""Crawl runs: what was begun, how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from monitor.errors import InputError
from monitor.store import times
from monitor.store.connections import Connections
from monitor.store.rows import CrawlRun, IngestSummary

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

_KEYS = TypeAdapter(tuple[str, ...])
_SUMMARY = TypeAdapter(IngestSummary)


class Runs(Connections):
    """The store's side that keeps the log of crawls."""

    def begin_run(self, now: datetime, sources: Iterable[str]) -> int:
        """Note that a batch of sources is being crawled; the run's id."""
        keys = _KEYS.dump_json(tuple(sources)).decode()
        with self.write() as db:
            cursor = db.execute(
                "INSERT INTO crawl_runs (started_at, sources) VALUES (?, ?)",
                (times.written(now), keys),
            )
            return int(cursor.lastrowid or 0)

    def end_run(self, run_id: int, now: datetime, summary: IngestSummary) -> None:
        """Note how a batch ended.

        Raises:
            InputError: No such run.
        """
        with self.write() as db:
            cursor = db.execute(
                "UPDATE crawl_runs SET ended_at = ?, summary = ? WHERE id = ?",
                (times.written(now), _SUMMARY.dump_json(summary).decode(), run_id),
            )
            if not cursor.rowcount:
                raise InputError(f"there is no crawl run {run_id} in {self.path}")

    def last_runs(self, number: int) -> list[CrawlRun]:
        """The newest runs, newest first."""
        with self.read() as db:
            rows = db.execute("SELECT * FROM crawl_runs ORDER BY id DESC LIMIT ?", (number,))
            return [_run(row) for row in rows]


def _run(row: sqlite3.Row) -> CrawlRun:
    summary = row["summary"]
    return CrawlRun(
        id=row["id"],
        started_at=times.read(row["started_at"]),
        ended_at=times.read_or_none(row["ended_at"]),
        sources=_KEYS.validate_json(row["sources"]),
        summary=None if summary is None else _SUMMARY.validate_json(summary),
    )
