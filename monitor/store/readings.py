"""What the extractor made of an article's current text: score, place and figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from monitor.items import Figure, Place, Reason, Score, Shortfall
from monitor.store import times

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

    from monitor.items import Reading

_REASONS = TypeAdapter(tuple[Reason, ...])
_TEXTS = TypeAdapter(tuple[str, ...])
_SHORTFALL = TypeAdapter(Shortfall)


def store_reading(
    db: sqlite3.Connection, article_id: int, reading: Reading, *, now: datetime
) -> bool:
    """Put a reading in the place of the one before.

    Args:
        db: In a transaction.
        article_id: Whose text was read.
        reading: What the extractor made of it.
        now: When the article became a story of a topic, if it just did.

    Returns:
        Whether the article is flagged and was not before, by whatever topic.
    """
    is_new = _store_scores(db, article_id, reading, now=now)
    _store_place(db, article_id, reading.place)
    db.execute("DELETE FROM figures WHERE article_id = ?", (article_id,))
    db.executemany(_SAVE_FIGURE, _figure_columns(article_id, reading.figures))
    return is_new


def _store_scores(
    db: sqlite3.Connection, article_id: int, reading: Reading, *, now: datetime
) -> bool:
    """Scores of topics that it was not read for now are of another text, and go."""
    rows = db.execute("SELECT topic, flagged_at FROM scores WHERE article_id = ?", (article_id,))
    flagged = {row["topic"]: row["flagged_at"] for row in rows if row["flagged_at"] is not None}
    db.execute("DELETE FROM scores WHERE article_id = ?", (article_id,))
    leading = reading.topic
    for topic, score in reading.scores.items():
        flagged_at = flagged.get(topic, times.written(now)) if score.is_flagged else None
        told = (*_score_columns(score), flagged_at, topic == leading)
        db.execute(_SAVE_SCORE, (article_id, topic, *told))
    return reading.is_flagged and not flagged


def _store_place(db: sqlite3.Connection, article_id: int, place: Place) -> None:
    lists = (place.today, place.candidates, place.named)
    today, candidates, named = (_TEXTS.dump_json(texts).decode() for texts in lists)
    told = (place.province, place.province_then, place.unit, place.district)
    db.execute(_SAVE_PLACE, (article_id, *told, today, candidates, place.code, named))
    db.execute("DELETE FROM article_units WHERE article_id = ?", (article_id,))
    codes = {*place.named, *((place.code,) if place.code else ())}
    rows = ((code, article_id) for code in sorted(codes))
    db.executemany("INSERT INTO article_units (unit, article_id) VALUES (?, ?)", rows)


def score_of(row: sqlite3.Row) -> Score:
    """The score of a flagged story, in a row that has the columns of ``scores``."""
    reasons = _REASONS.validate_json(row["reasons"])
    return Score(label=row["label"], value=row["value"], reasons=reasons)


def whole_score_of(row: sqlite3.Row) -> Score:
    """The score of any article, with what it lacks to be flagged."""
    written = row["shortfall"]
    shortfall = _SHORTFALL.validate_json(written) if written else None
    return replace(score_of(row), shortfall=shortfall)


def _score_columns(score: Score) -> tuple[str, float, str, str | None]:
    shortfall = _SHORTFALL.dump_json(score.shortfall).decode() if score.shortfall else None
    return score.label, score.value, _REASONS.dump_json(score.reasons).decode(), shortfall


def place_of(row: sqlite3.Row) -> Place:
    """The place in a row that has the columns of ``places``."""
    return Place(
        province=row["province"],
        province_then=row["province_then"],
        unit=row["unit"],
        district=row["district"],
        today=_TEXTS.validate_json(row["today"]),
        candidates=_TEXTS.validate_json(row["candidates"]),
        code=row["code"],
        named=_TEXTS.validate_json(row["named"]),
    )


def figures_of(db: sqlite3.Connection, article_id: int) -> tuple[Figure, ...]:
    """An article's figures in the order of the reading."""
    rows = db.execute("SELECT * FROM figures WHERE article_id = ? ORDER BY id", (article_id,))
    return tuple(figure_of(row) for row in rows)


_SAVE_SCORE = """
INSERT INTO scores (article_id, topic, label, value, reasons, shortfall, flagged_at, leads)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_SAVE_PLACE = """
INSERT OR REPLACE INTO places (
    article_id, province, province_then, unit, district, today, candidates, code, named
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_SAVE_FIGURE = """
INSERT INTO figures (
    article_id, metric, value, value_max, unit, qualifier, basis, period, period_from,
    period_to, org, evidence, start_offset, end_offset, note, place_code
) VALUES (
    :article_id, :metric, :value, :value_max, :unit, :qualifier, :basis, :period, :period_from,
    :period_to, :org, :evidence, :start_offset, :end_offset, :note, :place_code
)
"""


def _figure_columns(
    article_id: int, figures: Iterable[Figure]
) -> list[dict[str, str | float | None]]:
    return [
        {
            "article_id": article_id,
            "metric": figure.metric,
            "value": figure.value,
            "value_max": figure.value_max,
            "unit": figure.unit,
            "qualifier": figure.qualifier,
            "basis": figure.basis,
            "period": figure.period,
            "period_from": times.written_day_or_none(figure.period_from),
            "period_to": times.written_day_or_none(figure.period_to),
            "org": figure.org,
            "evidence": figure.evidence,
            "start_offset": figure.start,
            "end_offset": figure.end,
            "note": figure.note,
            "place_code": figure.place_code,
        }
        for figure in figures
    ]


def figure_of(row: sqlite3.Row) -> Figure:
    """The figure in a row that has the columns of ``figures``."""
    return Figure(
        metric=row["metric"],
        value=row["value"],
        value_max=row["value_max"],
        unit=row["unit"],
        qualifier=row["qualifier"],
        basis=row["basis"],
        period=row["period"],
        period_from=times.read_day_or_none(row["period_from"]),
        period_to=times.read_day_or_none(row["period_to"]),
        org=row["org"],
        evidence=row["evidence"],
        start=row["start_offset"],
        end=row["end_offset"],
        note=row["note"],
        place_code=row["place_code"],
    )
