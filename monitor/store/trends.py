"""What trends are counted from: when stories were told where, and their admissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.store import times
from monitor.store.connections import Connections
from monitor.store.subscriptions import scope_of
from monitor.store.told import told_of
from monitor.trends import ToldStory

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.items import Subscription
    from monitor.progress import Told


class Trends(Connections):
    """The store's side that looks back over weeks."""

    def told_between(
        self, since_at: datetime, until_at: datetime, *, subscription: Subscription
    ) -> tuple[list[ToldStory], list[Told]]:
        """Articles that any of a subscription's topics flags, and the admissions they tell.

        Args:
            since_at: Published then or later (where undated: found).
            until_at: And before.
            subscription: Decides topics and provinces.
        """
        window = {
            "since": times.written(since_at),
            "until": times.written(until_at),
            **scope_of(subscription),
        }
        with self.read() as db:
            rows = db.execute(_TOLD, window).fetchall()
        stories = {
            row["card_id"]: ToldStory(
                group_id=row["group_id"],
                province=row["province"],
                told_at=times.read(row["dated_at"]),
            )
            for row in rows
        }
        return list(stories.values()), [told_of(row) for row in rows if row["id"] is not None]


# A row an article that any of the topics flags and an admission it tells, if any.
_TOLD = """
SELECT figures.*, cards.id AS card_id, cards.url, cards.paper, cards.province, cards.dated_at,
    coalesce(prints.group_id, cards.id) AS group_id
FROM cards
LEFT JOIN prints ON prints.article_id = cards.id
LEFT JOIN figures ON figures.article_id = cards.id
    AND figures.metric = 'admitted' AND figures.org IS NOT NULL
WHERE cards.flagged_at IS NOT NULL AND cards.dated_at >= :since AND cards.dated_at < :until
    AND (:provinces IS NULL OR cards.province IN (SELECT value FROM json_each(:provinces)))
    AND EXISTS (
        SELECT 1 FROM scores
        WHERE scores.article_id = cards.id AND scores.flagged_at IS NOT NULL
            AND (:topics IS NULL OR scores.topic IN (SELECT value FROM json_each(:topics)))
    )
"""
