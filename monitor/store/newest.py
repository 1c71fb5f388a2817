"""The newest stories with the times of their last changes, for those who follow them all."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor.items import Subscription
from monitor.store import times
from monitor.store.connections import Connections
from monitor.store.stories import stories_between

if TYPE_CHECKING:
    import sqlite3

    from monitor.items import Story

_ALL = Subscription()
_PRINTS_A_STORY = 4
"""Articles looked at for each story that is wanted: the most printed have a dozen copies."""


class Newest(Connections):
    """The store's side that is followed from afar."""

    def newest_stories(self, limit: int) -> list[tuple[Story, datetime]]:
        """The stories flagged last, whoever was told of them, the newest first.

        Copies of a story are one, with the figures of all.

        Args:
            limit: How many at most.

        Returns:
            Each with when it last changed: a text of it, its copies, or that it was taken off.
        """
        with self.read() as db:
            since_at = _since(db, limit * _PRINTS_A_STORY)
            until_at = datetime.max.replace(tzinfo=UTC)
            stories = stories_between(db, since_at, until_at, subscription=_ALL, told_too=True)
            newest = stories[-limit:][::-1]
            return [(story, _changed_at(db, story)) for story in newest]


def _since(db: sqlite3.Connection, articles: int) -> datetime:
    row = db.execute(_FLAGGED, (articles,)).fetchone()
    return times.read(row["flagged_at"]) if row else datetime.min.replace(tzinfo=UTC)


def _changed_at(db: sqlite3.Connection, story: Story) -> datetime:
    articles = [story.article_id, *(copy.article_id for copy in story.copies)]
    row = db.execute(_CHANGED, (json.dumps(articles),)).fetchone()
    return times.read(row["changed_at"])


_FLAGGED = """
SELECT flagged_at FROM scores WHERE flagged_at IS NOT NULL
ORDER BY flagged_at DESC LIMIT 1 OFFSET ?
"""
_CHANGED = """
SELECT max(
    max(articles.fetched_at), max(coalesce(pages.gone_at, '')), max(coalesce(scores.flagged_at, ''))
) AS changed_at
FROM articles
JOIN pages ON pages.key = articles.page
JOIN scores ON scores.article_id = articles.id
WHERE articles.id IN (SELECT value FROM json_each(?))
"""
