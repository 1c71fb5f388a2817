"""Which sources answered in a window of time, by the log of crawls."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.store import times

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What the log says of a window."""

    sources: frozenset[str]
    """Keys of those that answered."""
    unsure: frozenset[str]
    """Keys of those that were asked in crawls of an older version, which did not note who
    answered."""
    moments: tuple[datetime, ...]
    """When crawls that read anything began and ended."""
    known_since: datetime | None
    """What was before is not in the log any more; None where the log is empty."""


def answers_between(db: sqlite3.Connection, since_at: datetime, until_at: datetime) -> Answers:
    """Who answered after ``since_at`` and not after ``until_at``."""
    window = {"since": times.written(since_at), "until": times.written(until_at)}
    sources: set[str] = set()
    unsure: set[str] = set()
    moments = []
    for row in db.execute(_RUNS, window):
        summary = json.loads(row["summary"])
        if not summary["reached"]:
            continue
        moments += [times.read(row["started_at"]), times.read(row["ended_at"])]
        answered: Collection[str] | None = summary.get("answered")
        if answered is None:
            unsure.update(json.loads(row["sources"]))
        else:
            sources.update(answered)
    return Answers(
        sources=frozenset(sources),
        unsure=frozenset(unsure),
        moments=tuple(moments),
        known_since=_known_since(db),
    )


def _known_since(db: sqlite3.Connection) -> datetime | None:
    """The log's beginning: with the watch, unless its first crawl was let go of since."""
    first = db.execute("SELECT id, started_at FROM crawl_runs ORDER BY id LIMIT 1").fetchone()
    if first is None:
        return None
    if first["id"] == 1:
        return times.read(db.execute("SELECT began_at FROM watch").fetchone()[0])
    return times.read(first["started_at"])


_RUNS = """
SELECT started_at, ended_at, sources, summary FROM crawl_runs
WHERE ended_at > :since AND ended_at <= :until AND summary IS NOT NULL
"""
