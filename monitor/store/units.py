"""What is told of units, whatever they are called in the article: figures of organisations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from monitor.store import times
from monitor.store.article_rows import FigureHit
from monitor.store.connections import Connections
from monitor.store.readings import figure_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from monitor.items import Metric


class Units(Connections):
    """The store's side that knows units by their codes."""

    def figures_of_units(
        self,
        units: Collection[str],
        *,
        limit: int,
        metric: Metric | None = None,
        since: datetime | None = None,
    ) -> list[FigureHit]:
        """Figures of organisations of some units, the last published first.

        Args:
            units: Codes of the table of units.
            limit: How many at most.
            metric: Only this one.
            since: In articles published then or later (where undated: found).
        """
        parameters = {
            "units": json.dumps(sorted(units)),
            "limit": limit,
            "metric": metric,
            "since": times.written_or_none(since),
        }
        with self.read() as db:
            rows = db.execute(_FIGURES, parameters).fetchall()
        return [
            FigureHit(
                article_id=row["article_id"],
                url=row["url"],
                title=row["title"],
                paper=row["paper"],
                published_at=times.read_or_none(row["published_at"]),
                has_time=bool(row["has_time"]),
                figure=figure_of(row),
            )
            for row in rows
        ]

    def count_unplaced(self) -> int:
        """Articles of a province that were read before units were looked for."""
        with self.read() as db:
            count: int = db.execute(_UNPLACED).fetchone()[0]
        return count


_FIGURES = """
SELECT figures.*, cards.url, cards.title, cards.paper, cards.published_at, cards.has_time
FROM figures JOIN cards ON cards.id = figures.article_id
WHERE figures.place_code IN (SELECT value FROM json_each(:units))
    AND (:metric IS NULL OR figures.metric = :metric)
    AND (:since IS NULL OR cards.dated_at >= :since)
ORDER BY cards.dated_at DESC, figures.id LIMIT :limit
"""
_UNPLACED = "SELECT count(*) FROM places WHERE province IS NOT NULL AND code IS NULL"
