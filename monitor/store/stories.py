"""Flagged articles as a digest tells them: copies of one story as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.extractor.reprints import merged_figures
from monitor.items import Story
from monitor.quotation import sentence_that_matters
from monitor.store import times
from monitor.store.prints import copies_of, original_id
from monitor.store.readings import figures_of, place_of, score_of

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime


def stories_between(db: sqlite3.Connection, since_at: datetime, until_at: datetime) -> list[Story]:
    """Stories that were flagged after ``since_at`` and not after ``until_at``, oldest first.

    Of the copies of a story the original is told, or the one with the highest score; it
    stands where the first of them would.
    """
    window = {"since": times.written(since_at), "until": times.written(until_at)}
    groups: dict[int, list[sqlite3.Row]] = {}
    for row in db.execute(_STORIES, window):
        groups.setdefault(row["group_id"], []).append(row)
    return [_told(db, rows) for rows in groups.values()]


# An article that was never compared tells a story of its own. Those that stood in a digest
# are skipped with all their copies.
_STORIES = """
SELECT cards.*, coalesce(prints.group_id, cards.id) AS group_id, pages.is_backfilled,
    pages.state = 'gone' AS is_gone
FROM cards
JOIN articles ON articles.id = cards.id
JOIN pages ON pages.key = articles.page
LEFT JOIN prints ON prints.article_id = cards.id
WHERE cards.flagged_at > :since AND cards.flagged_at <= :until
    AND cards.id NOT IN (SELECT article_id FROM digest_stories)
    AND NOT EXISTS (
        SELECT 1 FROM digest_stories JOIN prints AS copy USING (article_id)
        WHERE copy.group_id = prints.group_id
    )
    AND NOT EXISTS (
        SELECT 1 FROM articles AS twin JOIN scores AS twin_score ON twin_score.article_id = twin.id
        WHERE twin.url = cards.url AND twin.id < cards.id AND twin_score.flagged_at IS NOT NULL
    )
ORDER BY cards.flagged_at, cards.id
"""


def _told(db: sqlite3.Connection, rows: list[sqlite3.Row]) -> Story:
    """The story that some new articles tell."""
    original = original_id(db, rows[0]["id"]) if len(rows) > 1 else None
    told = max(rows, key=lambda row: (row["id"] == original, row["value"], -row["id"]))
    # A regular visit has found the news, whoever else prints it.
    is_backfilled = all(row["is_backfilled"] for row in rows)
    return _story(db, told, is_backfilled=is_backfilled)


def _story(db: sqlite3.Connection, row: sqlite3.Row, *, is_backfilled: bool) -> Story:
    score = score_of(row)
    figures = figures_of(db, row["id"])
    copies = copies_of(db, row["id"])
    others = [(copy.paper, figures_of(db, copy.article_id)) for copy in copies]
    return Story(
        article_id=row["id"],
        url=row["url"],
        title=row["title"],
        paper=row["paper"],
        published_at=times.read_or_none(row["published_at"]),
        has_time=bool(row["has_time"]),
        is_date_disputed=bool(row["is_date_disputed"]),
        found_at=times.read(row["flagged_at"]),
        sentence=sentence_that_matters(score, figures, title=row["title"]),
        score=score,
        place=place_of(row),
        figures=merged_figures(row["paper"], figures, others),
        original_source=row["original_source"],
        copies=copies,
        is_gone=bool(row["is_gone"]),
        is_backfilled=is_backfilled,
    )
