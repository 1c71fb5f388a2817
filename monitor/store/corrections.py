"""Figures that a paper changed on its page, as they were and as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from monitor.extractor import article_text
from monitor.extractor.reprints import changed_figures
from monitor.items import Correction, Figure
from monitor.store import times
from monitor.store.readings import figures_of
from monitor.store.texts import revisions_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime

    from crawler.items import Article

_FIGURE = TypeAdapter(Figure)


def store_corrections(
    db: sqlite3.Connection,
    article_id: int,
    article: Article,
    figures: Sequence[Figure],
    *,
    now: datetime,
) -> None:
    """Keep what a new text corrects; the stored reading is still that of the text before.

    Args:
        db: In a transaction, with the text before among the revisions.
        article_id: Whose text has changed.
        article: The new text.
        figures: What is read in it.
        now: When it is stored.
    """
    before = figures_of(db, article_id)
    if not before or not figures:
        return
    old = revisions_of(db, article_id, page=article.key)[0].article
    pairs = changed_figures(
        before,
        figures,
        old_text=article_text(old.sapo, old.body),
        new_text=article_text(article.sapo, article.body),
    )
    written = times.written(now)
    db.executemany(_SAVE, ((article_id, written, *map(_json, pair)) for pair in pairs))


def corrections_of(db: sqlite3.Connection, article_id: int) -> tuple[Correction, ...]:
    """What an article's paper corrected, oldest first."""
    rows = db.execute(f"{_ALL} WHERE corrections.article_id = ? {_ORDER}", (article_id,))
    return tuple(_correction(row) for row in rows)


def corrections_between(
    db: sqlite3.Connection, since_at: datetime, until_at: datetime, *, subscription: str
) -> list[Correction]:
    """Corrections of stories that stood in a subscription's daily digest, oldest first.

    One of a story that was not told yet is none to its readers.
    """
    window = (times.written(since_at), times.written(until_at), subscription)
    return [_correction(row) for row in db.execute(f"{_ALL} {_TOLD} {_ORDER}", window)]


_SAVE = "INSERT INTO corrections (article_id, found_at, before, after) VALUES (?, ?, ?, ?)"
_ALL = """
SELECT corrections.*, articles.url, articles.title, sources.name AS paper
FROM corrections
JOIN articles ON articles.id = corrections.article_id
JOIN sources ON sources.key = articles.source
"""
_TOLD = """
WHERE corrections.found_at > ? AND corrections.found_at <= ?
    AND corrections.article_id IN (SELECT article_id FROM digest_stories WHERE told_to = ?)
"""
_ORDER = "ORDER BY corrections.id"


def _json(figure: Figure) -> str:
    return _FIGURE.dump_json(figure).decode()


def _correction(row: sqlite3.Row) -> Correction:
    return Correction(
        article_id=row["article_id"],
        url=row["url"],
        title=row["title"],
        paper=row["paper"],
        found_at=times.read(row["found_at"]),
        before=_FIGURE.validate_json(row["before"]),
        after=_FIGURE.validate_json(row["after"]),
    )
