"""Flagged articles as a digest tells them: copies of one story as one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.extractor.reprints import merged_figures
from monitor.items import Story
from monitor.quotation import sentence_that_matters
from monitor.store import times
from monitor.store.prints import copies_of, original_id
from monitor.store.readings import figures_of, place_of, score_of
from monitor.store.subscriptions import scope_of

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from monitor.items import Subscription


def stories_between(
    db: sqlite3.Connection,
    since_at: datetime,
    until_at: datetime,
    *,
    subscription: Subscription,
    told_too: bool = False,
) -> list[Story]:
    """Stories that were flagged after ``since_at`` and not after ``until_at``, oldest first.

    Of the copies of a story the original is told, or the one with the highest score; it
    stands where the first of them would. What several topics flag is told once.

    Args:
        db: To read from.
        since_at: Excluded.
        until_at: Included.
        subscription: Decides topics and provinces.
        told_too: Whether stories that stood in its daily digests are among them.
    """
    parameters = {
        "since": times.written(since_at),
        "until": times.written(until_at),
        "subscription": None if told_too else subscription.name,
        **scope_of(subscription),
    }
    groups: dict[int, list[sqlite3.Row]] = {}
    for row in db.execute(_STORIES, parameters):
        groups.setdefault(row["group_id"], []).append(row)
    return [_told(db, rows) for rows in groups.values()]


# A row an article and topic. An article that was never compared tells a story of its own.
# Those that the subscription was told of are skipped with all their copies.
_STORIES = """
SELECT cards.*, coalesce(prints.group_id, cards.id) AS group_id, pages.is_backfilled,
    pages.state = 'gone' AS is_gone
FROM topic_cards AS cards
JOIN articles ON articles.id = cards.id
JOIN pages ON pages.key = articles.page
LEFT JOIN prints ON prints.article_id = cards.id
WHERE cards.flagged_at > :since AND cards.flagged_at <= :until
    AND (:topics IS NULL OR cards.topic IN (SELECT value FROM json_each(:topics)))
    AND (:provinces IS NULL OR cards.province IN (SELECT value FROM json_each(:provinces)))
    AND NOT EXISTS (
        SELECT 1 FROM digest_stories AS told
        WHERE told.told_to = :subscription AND told.article_id = cards.id
    )
    AND NOT EXISTS (
        SELECT 1 FROM prints AS copy
        JOIN digest_stories AS told ON told.article_id = copy.article_id
        WHERE told.told_to = :subscription AND copy.group_id = prints.group_id
    )
    AND NOT EXISTS (
        SELECT 1 FROM articles AS twin JOIN scores AS twin_score ON twin_score.article_id = twin.id
        WHERE twin.url = cards.url AND twin.id < cards.id
            AND twin_score.topic = cards.topic AND twin_score.flagged_at IS NOT NULL
    )
ORDER BY cards.flagged_at, cards.id
"""


def _told(db: sqlite3.Connection, rows: list[sqlite3.Row]) -> Story:
    """The story that some new articles tell."""
    original = original_id(db, rows[0]["id"]) if len(rows) > 1 else None
    told = max(
        rows, key=lambda row: (row["id"] == original, row["value"], -row["id"], row["topic"])
    )
    flags = [row for row in rows if row["id"] == told["id"]]
    flags.sort(key=lambda row: (-row["value"], row["topic"]))
    return replace(
        _story(db, told),
        topics=tuple(row["topic"] for row in flags),
        # A regular visit has found the news, whoever else prints it.
        is_backfilled=all(row["is_backfilled"] for row in rows),
    )


def _story(db: sqlite3.Connection, row: sqlite3.Row) -> Story:
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
    )
