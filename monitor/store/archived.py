"""Where the raw responses of articles lie, and which articles are to be read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.items import ArchivePlace
from monitor.store import times
from monitor.store.connections import Connections
from monitor.store.texts import Change

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection
    from datetime import datetime

    from crawler.items import DatedBy
    from monitor.store.texts import Stored


class Archived(Connections):
    """The store's side that knows the archive of responses."""

    def article_ids(
        self, *, since: datetime | None = None, sources: Collection[str] = ()
    ) -> list[int]:
        """Articles published (where undated: found) since then, in the order they were stored.

        Those of which neither text nor response is left cannot be read again.

        Args:
            since: None for all.
            sources: Keys; empty for all.
        """
        with self.read() as db:
            rows = db.execute(_IDS, (times.written_or_none(since),) * 2)
            return [row["id"] for row in rows if not sources or row["source"] in sources]

    def dated_by(self, page: str) -> DatedBy | None:
        """How the entry that named a page knew its date; None where it told none."""
        with self.read() as db:
            row = db.execute("SELECT dated_by FROM pages WHERE key = ?", (page,)).fetchone()
            return row["dated_by"] if row is not None else None

    def forget_archived(self, before: str) -> int:
        """Forget what lies in files whose names come before one; how many articles lost theirs.

        To be called before the files go.
        """
        with self.write() as db:
            return db.execute(_FORGET, (before,)).rowcount


def store_archive_place(db: sqlite3.Connection, stored: Stored, place: ArchivePlace | None) -> None:
    """Note where the response lies that an article was read from.

    Args:
        db: In the transaction that stores the article.
        stored: What became of the article.
        place: None where the response was not kept; an older record of the same text is
            as good, one of another text is not.
    """
    if not stored.is_latest or (place is None and stored.change is Change.SAME):
        return
    columns = (place.file, place.offset) if place is not None else (None, None)
    db.execute(_SAVE, (*columns, stored.article_id))


def archive_place_of(row: sqlite3.Row) -> ArchivePlace | None:
    """The place in a row of ``articles``."""
    if row["archive_file"] is None:
        return None
    return ArchivePlace(file=row["archive_file"], offset=row["archive_offset"])


_IDS = """
SELECT id, source FROM articles
WHERE (? IS NULL OR coalesce(published_at, found_at) >= ?)
    AND (NOT is_pruned OR archive_file IS NOT NULL)
ORDER BY id
"""
_FORGET = """
UPDATE articles SET archive_file = NULL, archive_offset = NULL WHERE archive_file < ?
"""
_SAVE = "UPDATE articles SET archive_file = ?, archive_offset = ? WHERE id = ?"
