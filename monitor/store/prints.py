"""Which articles tell one story: their sketches, and the groups that overlap verifies."""

from __future__ import annotations

import json
import struct
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from monitor.extractor import article_text
from monitor.extractor.copies import (
    LEAST_OVERLAP,
    LEAST_SHARED_VALUES,
    LEAST_SIZE_RATIO,
    Print,
    agree,
    overlap,
    sketch,
)
from monitor.extractor.reprints import Printed, original_of
from monitor.items import Copy
from monitor.store import times

if TYPE_CHECKING:
    import sqlite3

WINDOW: Final = timedelta(days=30)
"""Between two copies at most: later it is a story told again."""

_MOST_VERIFIED: Final = 12
"""Candidates that are compared in vain, those that share most first."""


_MOST_TOLD: Final = 50
"""Copies of a story that are named; no story has as many papers."""


def store_print(db: sqlite3.Connection, article_id: int) -> None:
    """Group a stored article with the copies of its story; its reading must be stored.

    Only articles of the topic are grouped. Which articles end up together does not depend on
    the order they come in: an article whose text changed leaves, and those that stay are
    compared anew.

    Args:
        db: In a transaction.
        article_id: Whose current text, label or date may have changed.
    """
    article = db.execute(_CURRENT, (article_id,)).fetchone()
    known = db.execute("SELECT * FROM prints WHERE article_id = ?", (article_id,)).fetchone()
    if known is not None:
        same = known["digest"] == article["digest"] and known["dated_at"] == article["dated_at"]
        if same and article["is_flagged"]:
            return
        _leave(db, article_id, group_id=known["group_id"])
    if article["is_flagged"]:
        _enter(db, article)


def store_missing_prints(db: sqlite3.Connection) -> None:
    """Group the stories of a database that is older than the grouping."""
    for row in db.execute(_MISSING).fetchall():
        store_print(db, row["article_id"])


def copies_of(db: sqlite3.Connection, article_id: int) -> tuple[Copy, ...]:
    """The other articles that tell an article's story: the original first, then by date.

    Two links that led to one page are no copies of each other.
    """
    rows = db.execute(_GROUP, {"id": article_id, "most": _MOST_TOLD}).fetchall()
    printed = {row["id"]: _printed(row) for row in rows}
    if len(printed) < 2:
        return ()
    original = original_of(list(printed.values()))
    seen = {printed[article_id].url}
    copies = []
    for one in printed.values():
        if one.url not in seen:
            seen.add(one.url)
            copies.append(_copy(one, is_original=one == original))
    return tuple(sorted(copies, key=lambda copy: not copy.is_original))


def original_id(db: sqlite3.Connection, article_id: int) -> int | None:
    """The article that an article's story was first printed as, where that can be told."""
    rows = db.execute(_GROUP, {"id": article_id, "most": _MOST_TOLD}).fetchall()
    original = original_of([_printed(row) for row in rows])
    return original.article_id if original else None


_CURRENT = """
SELECT articles.id, articles.sapo, articles.body, articles.digest,
    coalesce(articles.published_at, articles.found_at) AS dated_at,
    scores.flagged_at IS NOT NULL AS is_flagged
FROM articles JOIN scores ON scores.article_id = articles.id AND scores.leads
WHERE articles.id = ?
"""
_MISSING = """
SELECT article_id FROM scores
WHERE flagged_at IS NOT NULL AND leads AND article_id NOT IN (SELECT article_id FROM prints)
ORDER BY article_id
"""
_GROUP = """
SELECT articles.id, articles.url, sources.name AS paper, articles.published_at,
    articles.has_time, articles.original_source
FROM (
    SELECT other.article_id, other.dated_at
    FROM prints AS own JOIN prints AS other ON other.group_id = own.group_id
    WHERE own.article_id = :id
    ORDER BY other.article_id != :id, other.dated_at, other.article_id LIMIT :most
) AS prints
JOIN articles ON articles.id = prints.article_id
JOIN sources ON sources.key = articles.source
ORDER BY prints.dated_at, articles.id
"""
_SAVE = """
INSERT INTO prints (article_id, group_id, digest, dated_at, triples, sketch)
VALUES (:id, :id, :digest, :dated_at, :triples, :sketch)
"""
_SAVE_VALUE = "INSERT OR IGNORE INTO sketch_values (value, article_id) VALUES (?, ?)"
_FORGET_VALUES = """
DELETE FROM sketch_values WHERE article_id = :id AND value IN (
    SELECT json_each.value FROM prints, json_each(prints.sketch) WHERE prints.article_id = :id
)
"""
_CANDIDATES = """
SELECT shared.article_id, prints.group_id FROM (
    SELECT sketch_values.article_id, count(*) AS number
    FROM json_each(:sketch) AS own JOIN sketch_values ON sketch_values.value = own.value
    WHERE sketch_values.article_id != :id
    GROUP BY sketch_values.article_id HAVING number >= :least
) AS shared
JOIN prints ON prints.article_id = shared.article_id
WHERE prints.dated_at BETWEEN :from AND :until
    AND min(length(prints.triples), :size) > :ratio * max(length(prints.triples), :size)
ORDER BY shared.number DESC, shared.article_id
"""


def _enter(db: sqlite3.Connection, article: sqlite3.Row) -> None:
    article_id = article["id"]
    taken = Print(article_text(article["sapo"], article["body"]))
    values = sketch(taken)
    columns = {
        "id": article_id,
        "digest": article["digest"],
        "dated_at": article["dated_at"],
        "triples": _packed(taken.triples),
        "sketch": json.dumps(values),
    }
    db.execute(_SAVE, columns)
    db.executemany(_SAVE_VALUE, ((value, article_id) for value in values))
    _join(db, article_id, taken)


def _leave(db: sqlite3.Connection, article_id: int, *, group_id: int) -> None:
    """Take an article out; it may have been the link between those that stay."""
    db.execute(_FORGET_VALUES, {"id": article_id})
    db.execute("DELETE FROM prints WHERE article_id = ?", (article_id,))
    sql = "SELECT article_id FROM prints WHERE group_id = ? ORDER BY article_id"
    staying = [row["article_id"] for row in db.execute(sql, (group_id,))]
    for one in staying:
        db.execute("UPDATE prints SET group_id = article_id WHERE article_id = ?", (one,))
    for one in staying:
        _join(db, one, _print(db, one))


def _join(db: sqlite3.Connection, article_id: int, taken: Print) -> None:
    """Unite an article's group with those of its copies under their smallest id.

    A group is joined by one verified member; its others need not be compared.
    """
    own = db.execute("SELECT * FROM prints WHERE article_id = ?", (article_id,)).fetchone()
    groups, in_vain = {own["group_id"]}, 0
    for row in _candidates(db, own):
        if row["group_id"] in groups:
            continue
        if _is_copy(db, taken, row["article_id"]):
            groups.add(row["group_id"])
        else:
            in_vain += 1
        if in_vain == _MOST_VERIFIED:
            break
    for group in groups - {min(groups)}:
        db.execute("UPDATE prints SET group_id = ? WHERE group_id = ?", (min(groups), group))


def _candidates(db: sqlite3.Connection, own: sqlite3.Row) -> list[sqlite3.Row]:
    dated_at = times.read(own["dated_at"])
    parameters = {
        "id": own["article_id"],
        "sketch": own["sketch"],
        "least": LEAST_SHARED_VALUES,
        "size": len(own["triples"]),
        "ratio": LEAST_SIZE_RATIO,
        "from": times.written(dated_at - WINDOW),
        "until": times.written(dated_at + WINDOW),
    }
    return db.execute(_CANDIDATES, parameters).fetchall()


def _is_copy(db: sqlite3.Connection, taken: Print, article_id: int) -> bool:
    row = db.execute("SELECT triples FROM prints WHERE article_id = ?", (article_id,)).fetchone()
    part = overlap(taken.triples, _unpacked(row["triples"]))
    return part >= LEAST_OVERLAP and agree(taken, _print(db, article_id), part=part)


def _packed(triples: frozenset[int]) -> bytes:
    return struct.pack(f"<{len(triples)}q", *triples)


def _unpacked(triples: bytes) -> frozenset[int]:
    return frozenset(struct.unpack(f"<{len(triples) // 8}q", triples))


def _print(db: sqlite3.Connection, article_id: int) -> Print:
    row = db.execute("SELECT sapo, body FROM articles WHERE id = ?", (article_id,)).fetchone()
    return Print(article_text(row["sapo"], row["body"]))


def _printed(row: sqlite3.Row) -> Printed:
    return Printed(
        article_id=row["id"],
        paper=row["paper"],
        url=row["url"],
        published_at=times.read_or_none(row["published_at"]),
        has_time=bool(row["has_time"]),
        credit=row["original_source"],
    )


def _copy(one: Printed, *, is_original: bool) -> Copy:
    return Copy(
        article_id=one.article_id,
        paper=one.paper,
        url=one.url,
        published_at=one.published_at,
        is_original=is_original,
    )
