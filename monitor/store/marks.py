"""What readers say of flags: right or wrong, one mark an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.store import times
from monitor.store.connections import Connections
from monitor.store.rows import Mark

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from monitor.store.rows import Verdict


class Marks(Connections):
    """The store's side that listens to readers."""

    def mark(
        self, article_id: int, verdict: Verdict, *, note: str | None = None, now: datetime
    ) -> Mark:
        """Keep a reader's word on an article's flag, in the place of an earlier one.

        Args:
            article_id: An article that is stored.
            verdict: Whether it was flagged, or left out, rightly.
            note: The reader's own words.
            now: When it was said.
        """
        with self.write() as db:
            moment = times.written(now)
            db.execute(_SAVE, {"id": article_id, "verdict": verdict, "note": note, "at": moment})
            mark = mark_of(db, article_id)
            assert mark is not None
            return mark

    def marks(self) -> list[Mark]:
        """All marks, the last given first."""
        with self.read() as db:
            rows = db.execute(f"{_ALL} ORDER BY marks.marked_at DESC, articles.id DESC")
            return [_mark(row) for row in rows]


def mark_of(db: sqlite3.Connection, article_id: int) -> Mark | None:
    """An article's mark; None where it has none."""
    row = db.execute(f"{_ALL} WHERE articles.id = ?", (article_id,)).fetchone()
    return None if row is None else _mark(row)


_SAVE = """
INSERT INTO marks (article_id, verdict, label, note, marked_at)
SELECT article_id, :verdict, label, :note, :at FROM scores WHERE article_id = :id
ON CONFLICT (article_id) DO UPDATE SET
    verdict = excluded.verdict, label = excluded.label, note = excluded.note,
    marked_at = excluded.marked_at
"""
_ALL = """
SELECT articles.id, articles.url, articles.title, sources.name AS paper,
    marks.verdict, marks.label, marks.note, marks.marked_at
FROM marks
JOIN articles ON articles.id = marks.article_id
JOIN sources ON sources.key = articles.source
"""


def _mark(row: sqlite3.Row) -> Mark:
    return Mark(
        article_id=row["id"],
        url=row["url"],
        title=row["title"],
        paper=row["paper"],
        verdict=row["verdict"],
        label=row["label"],
        note=row["note"],
        marked_at=times.read(row["marked_at"]),
    )
