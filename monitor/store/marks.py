"""What readers say of flags: right or wrong, one mark an article and topic."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from monitor.errors import InputError
from monitor.items import Label, Verdict
from monitor.store import times
from monitor.store.article_rows import Mark
from monitor.store.connections import Connections

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Word:
    """What a reader says of a flag that a digest told."""

    article_id: int
    topic: str
    """Key."""
    label: Label
    """As it was told: the article may have been scored anew since."""
    verdict: Verdict


class Marks(Connections):
    """The store's side that listens to readers."""

    def mark(
        self,
        article_id: int,
        verdict: Verdict,
        *,
        topic: str | None = None,
        note: str | None = None,
        now: datetime,
    ) -> Mark:
        """Keep a reader's word on an article's flag, in the place of an earlier one.

        Args:
            article_id: An article that is stored.
            verdict: Whether it was flagged, or left out, rightly.
            topic: Key of the topic that is meant; None is the one that leads.
            note: The reader's own words.
            now: When it was said.

        Raises:
            InputError: The article was not scored for the topic.
        """
        parameters = {"id": article_id, "topic": topic, "verdict": verdict, "note": note}
        with self.write() as db:
            row = db.execute(_SAVE, {**parameters, "at": times.written(now)}).fetchone()
            if row is None:
                raise InputError(
                    f"article {article_id} was not scored for '{topic}'; "
                    "`diembao reread --apply` scores what is stored"
                )
            return next(one for one in marks_of(db, article_id) if one.topic == row["topic"])

    def verdicts(self, articles: Iterable[int]) -> dict[tuple[int, str], Verdict]:
        """The word that counts, by article and key of the topic; nothing where there is none."""
        with self.read() as db:
            rows = db.execute(_VERDICTS, (json.dumps(sorted(articles)),))
            return {(row["article_id"], row["topic"]): row["verdict"] for row in rows}

    def marks(self) -> list[Mark]:
        """All marks, the last given first."""
        with self.read() as db:
            rows = db.execute(f"{_ALL} ORDER BY marks.marked_at DESC, articles.id DESC")
            return [_mark(row) for row in rows]


def marks_of(db: sqlite3.Connection, article_id: int) -> list[Mark]:
    """An article's marks, one a topic that has any."""
    rows = db.execute(f"{_ALL} WHERE articles.id = ? ORDER BY marks.topic", (article_id,))
    return [_mark(row) for row in rows]


def save_word(db: sqlite3.Connection, word: Word, *, now: datetime) -> Verdict | None:
    """Keep a reader's word on a flag as it was told; the same word again changes nothing.

    Args:
        db: In a transaction.
        word: On an article that was scored for the topic.
        now: When it was said.

    Returns:
        What was said before; None for nothing.
    """
    known = {one.topic: one.verdict for one in marks_of(db, word.article_id)}
    before = known.get(word.topic)
    if before != word.verdict:
        db.execute(_SAVE_WORD, {**asdict(word), "at": times.written(now)})
    return before


_SAVE_WORD = """
INSERT INTO marks (article_id, topic, verdict, label, note, marked_at)
VALUES (:article_id, :topic, :verdict, :label, NULL, :at)
ON CONFLICT (article_id, topic) DO UPDATE SET
    verdict = excluded.verdict, label = excluded.label, note = NULL,
    marked_at = excluded.marked_at
"""
_VERDICTS = """
SELECT article_id, topic, verdict FROM marks
WHERE article_id IN (SELECT value FROM json_each(?))
"""
_SAVE = """
INSERT INTO marks (article_id, topic, verdict, label, note, marked_at)
SELECT article_id, topic, :verdict, label, :note, :at FROM scores
WHERE article_id = :id AND iif(:topic IS NULL, leads, topic = :topic)
ON CONFLICT (article_id, topic) DO UPDATE SET
    verdict = excluded.verdict, label = excluded.label, note = excluded.note,
    marked_at = excluded.marked_at
RETURNING topic
"""
_ALL = """
SELECT articles.id, articles.url, articles.title, sources.name AS paper,
    marks.topic, marks.verdict, marks.label, marks.note, marks.marked_at
FROM marks
JOIN articles ON articles.id = marks.article_id
JOIN sources ON sources.key = articles.source
"""


def _mark(row: sqlite3.Row) -> Mark:
    return Mark(
        article_id=row["id"],
        url=row["url"],
        title=row["title"],
        paper=row["paper"],
        topic=row["topic"],
        verdict=row["verdict"],
        label=row["label"],
        note=row["note"],
        marked_at=times.read(row["marked_at"]),
    )
