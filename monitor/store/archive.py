"""One article with everything known of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.urls import page_key
from monitor.errors import InputError
from monitor.store import times
from monitor.store.archived import archive_place_of
from monitor.store.article_rows import Revision, StoredArticle, StoredScore
from monitor.store.connections import Connections
from monitor.store.corrections import corrections_of
from monitor.store.marks import marks_of
from monitor.store.prints import copies_of
from monitor.store.readings import figures_of, place_of, whole_score_of
from monitor.store.texts import article_of, revisions_of

if TYPE_CHECKING:
    import sqlite3


_ID = re.compile(r"[0-9]{1,18}")


class Archive(Connections):
    """The store's side that shows articles."""

    def article(self, id_or_address: int | str) -> StoredArticle:
        """An article by its id (also as text), its URL in any spelling, or its page key.

        Raises:
            InputError: No such article.
        """
        with self.read() as db:
            row = _row(db, id_or_address)
            if row is None:
                raise InputError(f"there is no article {id_or_address} in {self.path}")
            return _stored(db, row)


_WHOLE = """
SELECT
    articles.*, pages.state, sources.name AS paper,
    places.province, places.province_then, places.unit,
    places.district, places.today, places.candidates, places.code, places.named,
    (SELECT min(digest_id) FROM digest_stories WHERE article_id = articles.id) AS digest_id
FROM articles
JOIN pages ON pages.key = articles.page
JOIN sources ON sources.key = articles.source
JOIN places ON places.article_id = articles.id
WHERE articles.id = ?
"""
_SCORES = "SELECT * FROM scores WHERE article_id = ? ORDER BY NOT leads, value DESC, topic"
_BY_ADDRESS = """
SELECT id FROM articles WHERE page IN (:address, :key) OR url = :address
UNION SELECT articles.id FROM pages JOIN articles ON articles.page = pages.key
WHERE pages.url = :address
ORDER BY id
"""


def _row(db: sqlite3.Connection, id_or_address: int | str) -> sqlite3.Row | None:
    address = str(id_or_address).strip()
    if _ID.fullmatch(address):
        article_id = int(address)
    else:
        parameters = {"address": address, "key": _key(address)}
        found = db.execute(_BY_ADDRESS, parameters).fetchone()
        if found is None:
            return None
        article_id = found["id"]
    row: sqlite3.Row | None = db.execute(_WHOLE, (article_id,)).fetchone()
    return row


def _key(address: str) -> str:
    """The page key of an address; what is none stays as it is."""
    try:
        return page_key(address)
    except ValueError:
        return address


def _stored(db: sqlite3.Connection, row: sqlite3.Row) -> StoredArticle:
    versions = revisions_of(db, row["id"], page=row["page"])
    scores = _scores(db, row["id"])
    return StoredArticle(
        id=row["id"],
        paper=row["paper"],
        article=article_of(row, page=row["page"]),
        found_at=times.read(row["found_at"]),
        seen_at=times.read(row["seen_at"]),
        state=row["state"],
        topic=scores[0].topic,
        score=scores[0].score,
        flagged_at=scores[0].flagged_at,
        mark=scores[0].mark,
        scores=scores,
        place=place_of(row),
        figures=figures_of(db, row["id"]),
        digest_id=row["digest_id"],
        revisions=tuple(
            Revision(article=version.article, seen_at=version.seen_at) for version in versions
        ),
        is_pruned=bool(row["is_pruned"]),
        pruned_at=times.read_or_none(row["pruned_at"]),
        archived=archive_place_of(row),
        copies=copies_of(db, row["id"]),
        corrections=corrections_of(db, row["id"]),
    )


def _scores(db: sqlite3.Connection, article_id: int) -> tuple[StoredScore, ...]:
    marks = {mark.topic: mark for mark in marks_of(db, article_id)}
    return tuple(
        StoredScore(
            topic=row["topic"],
            score=whole_score_of(row),
            flagged_at=times.read_or_none(row["flagged_at"]),
            mark=marks.get(row["topic"]),
        )
        for row in db.execute(_SCORES, (article_id,))
    )
