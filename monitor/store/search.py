"""Search over all that was read, with or without tone marks, and lists of the newest."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

from monitor.store import times
from monitor.store.article_rows import Hit
from monitor.store.connections import Connections
from monitor.store.prints import copies_of
from monitor.store.readings import place_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection
    from datetime import datetime

_PIECE = re.compile(r'"([^"]*)"|([^\s"]+)')
_FOLDED = str.maketrans("đĐðÐ", "dDdD")
"""The same letters as in the view ``folded_articles``; the index folds all others."""

_MARK = "\x02"
"""Before a match in the highlighted text: no printed text holds it."""

_EXCERPT_LENGTH = 240
_BEFORE_MATCH = 80


class Search(Connections):
    """The store's side that finds articles."""

    def search(
        self,
        query: str,
        *,
        limit: int,
        flagged_only: bool = False,
        topic: str | None = None,
        source: str | None = None,
        province: str | None = None,
        units: Collection[str] | None = None,
        since: datetime | None = None,
    ) -> list[Hit]:
        """Articles whose title, sapo or body hold all words, the last stored first.

        Args:
            query: Words in any case, spelling or Unicode form; ``dang vien`` finds
                ``đảng viên``. Words in double quotes are a phrase. Nothing in it is syntax
                beyond that. A query without a letter or digit finds nothing.
            limit: How many at most.
            flagged_only: Stories only: of the topic, or of any.
            topic: Key of a topic: articles that were scored for it, with what it makes of them.
            source: Key of the source.
            province: Today's name of the province the article is about.
            units: Codes of the table of units; an article names one of them.
            since: Published then or later (where undated: found).
        """
        match = match_expression(query)
        if not match:
            return []
        filters = _filters(
            flagged_only, topic=topic, source=source, province=province, units=units, since=since
        )
        parameters = {"match": match, "mark": _MARK, "limit": limit, **filters}
        with self.read() as db:
            return [_hit(db, row, row["marked"]) for row in db.execute(_MATCHES, parameters)]

    def latest(
        self,
        *,
        limit: int,
        flagged_only: bool = False,
        topic: str | None = None,
        source: str | None = None,
        province: str | None = None,
        units: Collection[str] | None = None,
        since: datetime | None = None,
    ) -> list[Hit]:
        """The articles stored last, newest first, by the same filters as ``search``.

        Stories stand in the order in which they became stories.
        """
        filters = _filters(
            flagged_only, topic=topic, source=source, province=province, units=units, since=since
        )
        sql = _LATEST_STORIES if flagged_only else _LATEST
        with self.read() as db:
            return [_hit(db, row, "") for row in db.execute(sql, {"limit": limit, **filters})]


def match_expression(query: str) -> str:
    """The query in FTS5's syntax: every word a quoted string, all of them required.

    Empty where the query holds no letter or digit.
    """
    # Lone surrogates come from a terminal in another encoding and cannot be bound.
    text = query.encode("utf-8", "ignore").decode().replace("\x00", " ")
    folded = unicodedata.normalize("NFC", text).translate(_FOLDED)
    pieces = (phrase or word for phrase, word in _PIECE.findall(folded))
    return " ".join(f'"{piece}"' for piece in pieces if any(map(str.isalnum, piece)))


_MATCHES = """
SELECT cards.*, highlight(search_index, 2, :mark, '') AS marked
FROM search_index JOIN topic_cards AS cards ON cards.id = search_index.rowid
WHERE search_index MATCH :match
    AND iif(:topic IS NULL, cards.leads, cards.topic = :topic)
    AND (NOT :flagged_only OR cards.flagged_at IS NOT NULL)
    AND (:source IS NULL OR cards.source = :source)
    AND (:province IS NULL OR cards.province = :province)
    AND (:units IS NULL OR cards.id IN (
        SELECT article_id FROM article_units WHERE unit IN (SELECT value FROM json_each(:units))
    ))
    AND (:since IS NULL OR cards.dated_at >= :since)
ORDER BY search_index.rowid DESC LIMIT :limit
"""
_LATEST = """
SELECT * FROM topic_cards
WHERE iif(:topic IS NULL, leads, topic = :topic)
    AND (:source IS NULL OR source = :source)
    AND (:province IS NULL OR province = :province)
    AND (:units IS NULL OR id IN (
        SELECT article_id FROM article_units WHERE unit IN (SELECT value FROM json_each(:units))
    ))
    AND (:since IS NULL OR dated_at >= :since)
ORDER BY id DESC LIMIT :limit
"""
_LATEST_STORIES = """
SELECT * FROM topic_cards
WHERE flagged_at IS NOT NULL
    AND iif(:topic IS NULL, leads, topic = :topic)
    AND (:source IS NULL OR source = :source)
    AND (:province IS NULL OR province = :province)
    AND (:units IS NULL OR id IN (
        SELECT article_id FROM article_units WHERE unit IN (SELECT value FROM json_each(:units))
    ))
    AND (:since IS NULL OR dated_at >= :since)
ORDER BY flagged_at DESC, id DESC LIMIT :limit
"""


def _filters(
    flagged_only: bool,
    *,
    topic: str | None,
    source: str | None,
    province: str | None,
    units: Collection[str] | None,
    since: datetime | None,
) -> dict[str, str | bool | None]:
    return {
        "flagged_only": flagged_only,
        "topic": topic,
        "source": source,
        "province": province,
        "units": json.dumps(sorted(units)) if units is not None else None,
        "since": times.written_or_none(since),
    }


def _hit(db: sqlite3.Connection, row: sqlite3.Row, marked: str) -> Hit:
    return Hit(
        article_id=row["id"],
        url=row["url"],
        title=row["title"],
        source=row["source"],
        paper=row["paper"],
        province=row["province"],
        published_at=times.read_or_none(row["published_at"]),
        has_time=bool(row["has_time"]),
        found_at=times.read(row["found_at"]),
        topic=row["topic"],
        label=row["label"],
        value=row["value"],
        excerpt=_excerpt(row["sapo"], row["body"], match_at=marked.find(_MARK)),
        copies=copies_of(db, row["id"]) if row["flagged_at"] else (),
        place=place_of(row),
    )


def _excerpt(sapo: str | None, body: str, *, match_at: int) -> str:
    """Words around the match in the body; the beginning of the text where it is elsewhere.

    The index folds letter for letter, so the offset in its text is one in ours.
    """
    if match_at < 0:
        return _shortened(sapo or body, 0)
    start = max(0, match_at - _BEFORE_MATCH)
    if start:
        start = body.find(" ", start, match_at) + 1 or start
    return _shortened(body, start)


def _shortened(text: str, start: int) -> str:
    piece = text[start : start + _EXCERPT_LENGTH]
    if start + _EXCERPT_LENGTH < len(text):
        piece = piece.rpartition(" ")[0] or piece
        piece = f"{piece.rstrip()} …"
    return f"… {piece}" if start else piece
