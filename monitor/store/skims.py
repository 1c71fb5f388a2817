"""Pages that hold no word of the topic: kept by title and date, so that they count as looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.store import times
from monitor.store.pages import store_read

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from crawler.items import Skimmed


def store_skimmed(db: sqlite3.Connection, skimmed: Skimmed, *, now: datetime) -> bool:
    """Note a skimmed page; one that is an article already stays one.

    Args:
        db: In a transaction.
        skimmed: As the crawl met it.
        now: When the page counts as found, if it is new.

    Returns:
        Whether it was not known before. One whose row was pruned is known: it gets its row
        again, as of when it was found.
    """
    known = db.execute(_KNOWN, (skimmed.key,)).fetchone()
    store_read(db, skimmed, now=now)
    columns = {
        "page": skimmed.key,
        "found_at": known["found_at"] if known is not None else times.written(now),
        "seen_at": times.written(skimmed.fetched_at),
        "url": skimmed.url,
        "title": skimmed.title,
        "published_at": times.written_or_none(skimmed.published_at),
        "published_rule": skimmed.published_rule,
        "published_raw": skimmed.published_raw,
        "has_time": skimmed.has_time,
    }
    is_stored = bool(db.execute(_INSERT, columns).rowcount)
    if not is_stored:
        db.execute(_UPDATE, columns)
    return is_stored and known is None


def forget_skimmed(db: sqlite3.Connection, page: str) -> None:
    """To be called when a page became an article."""
    db.execute("DELETE FROM skimmed_pages WHERE page = ?", (page,))


_KNOWN = "SELECT found_at FROM pages WHERE key = ? AND state = 'read' AND failure_kind IS NULL"
_INSERT = """
INSERT INTO skimmed_pages (
    page, found_at, seen_at, url, title, published_at, published_rule, published_raw, has_time
)
SELECT
    :page, :found_at, :seen_at, :url, :title, :published_at, :published_rule, :published_raw,
    :has_time
WHERE NOT EXISTS (SELECT 1 FROM articles WHERE page = :page)
ON CONFLICT (page) DO NOTHING
"""
_UPDATE = """
UPDATE skimmed_pages SET
    seen_at = :seen_at, url = :url, title = :title, published_at = :published_at,
    published_rule = :published_rule, published_raw = :published_raw, has_time = :has_time
WHERE page = :page AND seen_at <= :seen_at
"""
