"""Figures of stories with what is needed to compare them across articles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from monitor.progress import Told
from monitor.store import times
from monitor.store.connections import Connections
from monitor.store.readings import figure_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection
    from datetime import date


class ToldFigures(Connections):
    """The store's side that compares figures."""

    def told_figures(
        self,
        *,
        province: str | None = None,
        units: Collection[str] | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> list[Told]:
        """Admissions and targets in stories of the topic, by organisation.

        Args:
            province: Today's name of the province the story is about.
            units: Codes of the table of units; the organisation is of one of them.
            since: Figures whose period ends before are left out.
            until: Figures whose period begins after are left out.
        """
        window = {
            "province": province,
            "units": json.dumps(sorted(units)) if units is not None else None,
            "since": times.written_day_or_none(since),
            "until": times.written_day_or_none(until),
        }
        with self.read() as db:
            return [told_of(row) for row in db.execute(_FIGURES, window)]


_FIGURES = """
SELECT figures.*, cards.url, cards.paper, cards.province, cards.dated_at,
    coalesce(prints.group_id, cards.id) AS group_id
FROM figures
JOIN cards ON cards.id = figures.article_id
LEFT JOIN prints ON prints.article_id = cards.id
WHERE cards.flagged_at IS NOT NULL
    AND figures.metric IN ('admitted', 'target') AND figures.org IS NOT NULL
    AND (:province IS NULL OR cards.province = :province)
    AND (:units IS NULL OR figures.place_code IN (SELECT value FROM json_each(:units)))
    AND (:since IS NULL OR figures.period_to IS NULL OR figures.period_to >= :since)
    AND (:until IS NULL OR figures.period_from IS NULL OR figures.period_from <= :until)
ORDER BY cards.dated_at, figures.id
"""


def told_of(row: sqlite3.Row) -> Told:
    """The figure in a row that has the columns of ``figures`` and what is told of its article."""
    return Told(
        figure=figure_of(row),
        article_id=row["article_id"],
        group_id=row["group_id"],
        url=row["url"],
        paper=row["paper"],
        province=row["province"],
        told_at=times.read(row["dated_at"]),
    )
