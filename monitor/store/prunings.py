"""Lets go of what no digest needs, a small transaction at a time.

Which pages are known, what they are called, how they were scored, and all that a digest told
or a reader marked stays.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.store import times
from monitor.store.connections import Connections
from monitor.store.opening import connect, told

PER_TRANSACTION = 500
"""Rows: a crawl that wants to store waits for some milliseconds only."""


class Prunings(Connections):
    """The store's side that forgets."""

    def count_prunable(self, what: str, *, before: datetime) -> int:
        """How many there are to let go of.

        Args:
            what: A key of ``PRUNABLE``.
            before: Older ones only.
        """
        with self.read() as db:
            sql = f"SELECT count(*) FROM ({PRUNABLE[what].chosen})"  # noqa: S608 - constants
            return int(db.execute(sql, {"before": times.written(before)}).fetchone()[0])

    def prune(self, what: str, *, before: datetime, now: datetime) -> int:
        """Let go of all that is older; how many there were.

        Interrupted at any moment, what is done is done, and the rest waits for the next time.

        Args:
            what: A key of ``PRUNABLE``.
            before: Older ones only.
            now: The present moment.

        Raises:
            StoreError: The database cannot be written.
        """
        return sum(iter(lambda: self._prune_some(what, before=before, now=now), 0))

    def vacuum(self) -> None:
        """Give the room of what was let go back to the disk; nobody can write meanwhile.

        It needs as much room again as the database will have.

        Raises:
            StoreError: Another process uses the database, or the disk is full.
        """
        with told(self.path), closing(connect(self.path, patience=timedelta())) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _prune_some(self, what: str, *, before: datetime, now: datetime) -> int:
        kind = PRUNABLE[what]
        parameters = {"before": times.written(before)}
        with self.write() as db:
            rows = db.execute(f"{kind.chosen} LIMIT {PER_TRANSACTION}", parameters).fetchall()
            for row in rows:
                kind.prune(db, row, times.written(now))
            return len(rows)


@dataclass(frozen=True)
class _Kind:
    """Something that can be let go of."""

    chosen: str
    """Selects what is older than ``:before``."""
    prune: Callable[[sqlite3.Connection, sqlite3.Row, str], None]
    """Lets go of one row of it, at a moment."""


# An article that is a story, was told, or was judged by a reader, is kept as it is.
_NEEDED = """
EXISTS (SELECT 1 FROM scores WHERE scores.article_id = articles.id AND flagged_at IS NOT NULL)
    OR EXISTS (SELECT 1 FROM digest_stories WHERE digest_stories.article_id = articles.id)
    OR EXISTS (SELECT 1 FROM marks WHERE marks.article_id = articles.id)
"""
_SKIMMED = "SELECT page FROM skimmed_pages WHERE found_at < :before"
_TEXTS = f"""
SELECT id FROM articles
WHERE found_at < :before AND seen_at < :before AND NOT is_pruned AND NOT ({_NEEDED})
"""  # noqa: S608 - a constant
_REVISIONS = f"""
SELECT revisions.article_id, revisions.digest FROM revisions
JOIN articles ON articles.id = revisions.article_id
WHERE revisions.seen_at < :before AND NOT ({_NEEDED})
"""  # noqa: S608 - a constant
_RUNS = "SELECT id FROM crawl_runs WHERE started_at < :before"

# The digest stays that of the text, so that the same text is known when it is seen again.
_EMPTY = """
UPDATE articles SET sapo = NULL, body = '', is_pruned = 1, pruned_at = ? WHERE id = ?
"""


def _prune_skimmed(db: sqlite3.Connection, row: sqlite3.Row, _now: str) -> None:
    db.execute("DELETE FROM skimmed_pages WHERE page = ?", (row["page"],))


def _prune_text(db: sqlite3.Connection, row: sqlite3.Row, now: str) -> None:
    db.execute(_EMPTY, (now, row["id"]))


def _prune_revision(db: sqlite3.Connection, row: sqlite3.Row, _now: str) -> None:
    key = (row["article_id"], row["digest"])
    db.execute("DELETE FROM revisions WHERE article_id = ? AND digest = ?", key)


def _prune_run(db: sqlite3.Connection, row: sqlite3.Row, _now: str) -> None:
    db.execute("DELETE FROM crawl_runs WHERE id = ?", (row["id"],))


PRUNABLE = {
    "skimmed": _Kind(_SKIMMED, _prune_skimmed),
    "texts": _Kind(_TEXTS, _prune_text),
    "revisions": _Kind(_REVISIONS, _prune_revision),
    "runs": _Kind(_RUNS, _prune_run),
}
"""What can be let go of, by its key in the settings."""
