"""Pages that are looked at again: which, when, and what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler.items import Article, Failure, Gone, Revisit, Unchanged, Validator
from monitor.items import SOLE, Withdrawal
from monitor.planning import next_revisit_at
from monitor.store import times
from monitor.store.connections import Connections
from monitor.store.pages import pause_after

if TYPE_CHECKING:
    import sqlite3

REVISITS_LIMIT = 20
"""Pages one crawl is told to look at again; the others stay due."""

NEAR_MISS = 0.03
"""Score of an article that is no story but would be with a few words more: some two points. So
near the border readers call one in thirty a story, and hardly any further off."""

NEAR_MISS_AFTER = timedelta(days=1)
"""A near miss is looked at once. All other pages never: 95 of 100 are about something else,
and a second look at each would double what the sites are asked for, to find next to nothing."""

CONFIRMED_AFTER = timedelta(hours=1)
"""A page that is gone is asked for once more before long: some are away for a minute."""


class Revisits(Connections):
    """The store's side that knows what to look at again."""

    def due_revisits(
        self, source_key: str, *, now: datetime, limit: int = REVISITS_LIMIT
    ) -> tuple[Revisit, ...]:
        """Pages of a source to be looked at again: stories first, then those due longest."""
        parameters = {"source": source_key, "now": times.written(now), "limit": limit}
        with self.read() as db:
            return tuple(_revisit(row) for row in db.execute(_DUE, parameters))

    def withdrawals_since(
        self, since_at: datetime, until_at: datetime, *, subscription: str = SOLE
    ) -> list[Withdrawal]:
        """Stories told in a digest whose pages were taken off in a window, and stayed off.

        Args:
            since_at: Excluded.
            until_at: Included.
            subscription: Whose daily digests.
        """
        window = (times.written(since_at), times.written(until_at), subscription)
        with self.read() as db:
            return [_withdrawal(row) for row in db.execute(_WITHDRAWN, window)]


def next_revisit_of(db: sqlite3.Connection, source: str) -> datetime | None:
    """When the next of a source's pages is to be looked at again; None where none is."""
    sql = "SELECT min(next_revisit_at) FROM pages WHERE source = ? AND next_revisit_at IS NOT NULL"
    return times.read_or_none(db.execute(sql, (source,)).fetchone()[0])


def store_unchanged(db: sqlite3.Connection, unchanged: Unchanged) -> None:
    """Note that a page answered that it is what it was."""
    seen = {"key": unchanged.key, "at": times.written(unchanged.seen_at)}
    db.execute(_SEEN_PAGE, seen)
    db.execute(_SEEN_TEXT, seen)


def store_validator(db: sqlite3.Connection, article: Article) -> None:
    """Keep what came with a page's current text to ask whether it has changed."""
    validator = article.validator or Validator()
    db.execute(_VALIDATED, (validator.etag, validator.last_modified, article.key))


def plan_revisit(
    db: sqlite3.Connection,
    record: Article | Unchanged | Gone | Failure,
    *,
    revisits: tuple[timedelta, ...],
    is_news: bool = False,
) -> None:
    """Plan when a page is looked at again; to be called after its record is stored.

    A story of the topic is looked at again after each of ``revisits``; a near miss once; what
    was already old when it was first read, or is no article, never.

    Args:
        db: In a transaction.
        record: The page's last answer, or why there was none.
        revisits: After the first reading.
        is_news: The page was there when it was last asked for, and is gone.
    """
    if isinstance(record, Failure) and record.kind == "stopped":
        return  # it was not asked for, and is due as before
    row = db.execute(_WATCHED, (record.key,)).fetchone()
    at = _next_at(row, record, revisits) if row is not None else None
    if is_news and at is not None:
        at = min(at, times.read(row["checked_at"]) + CONFIRMED_AFTER)
    planned = (times.written_or_none(at), record.key)
    db.execute("UPDATE pages SET next_revisit_at = ? WHERE key = ?", planned)


_DUE = """
SELECT pages.url, pages.key, pages.etag, pages.last_modified FROM pages
JOIN articles ON articles.page = pages.key
JOIN scores ON scores.article_id = articles.id AND scores.leads
WHERE pages.source = :source AND pages.next_revisit_at <= :now
ORDER BY scores.flagged_at IS NULL, pages.next_revisit_at, pages.key
LIMIT :limit
"""
_WITHDRAWN = """
SELECT articles.id, articles.url, articles.title, sources.name AS paper, pages.gone_at
FROM pages
JOIN articles ON articles.page = pages.key
JOIN sources ON sources.key = articles.source
WHERE pages.gone_at > ? AND pages.gone_at <= ? AND pages.state = 'gone'
    AND articles.id IN (SELECT article_id FROM digest_stories WHERE told_to = ?)
ORDER BY pages.gone_at, articles.id
"""
_SEEN_PAGE = """
UPDATE pages SET
    state = 'read', checked_at = :at, attempts = 0, next_try_at = NULL, gone_at = NULL,
    failure_kind = NULL, failure_detail = NULL
WHERE key = :key AND (checked_at IS NULL OR checked_at <= :at)
"""
_SEEN_TEXT = "UPDATE articles SET seen_at = :at WHERE page = :key AND seen_at < :at"
_VALIDATED = "UPDATE pages SET etag = ?, last_modified = ? WHERE key = ?"
_WATCHED = """
SELECT
    articles.found_at, articles.published_at, scores.value, pages.attempts, pages.checked_at,
    scores.flagged_at IS NOT NULL OR EXISTS (
        SELECT 1 FROM digest_stories WHERE digest_stories.article_id = articles.id
    ) AS is_story
FROM articles
JOIN scores ON scores.article_id = articles.id AND scores.leads
JOIN pages ON pages.key = articles.page
WHERE articles.page = ?
"""


def _next_at(
    row: sqlite3.Row,
    record: Article | Unchanged | Gone | Failure,
    revisits: tuple[timedelta, ...],
) -> datetime | None:
    read_at = times.read(row["found_at"])
    published_at = times.read_or_none(row["published_at"]) or read_at
    if not revisits or read_at - published_at > max(revisits):
        return None
    once = (NEAR_MISS_AFTER,) if row["value"] >= NEAR_MISS else ()
    steps = revisits if row["is_story"] else once
    if isinstance(record, Failure):
        return _after_failure(row, record, is_watched=bool(steps))
    seen_at = record.fetched_at if isinstance(record, Article) else record.seen_at
    return next_revisit_at(read_at, seen_at, revisits=steps)


def _after_failure(row: sqlite3.Row, failure: Failure, *, is_watched: bool) -> datetime | None:
    """Like any page that could not be read: ever later, and given up in the end."""
    pause = pause_after(max(row["attempts"], 1))
    if pause is None or not is_watched:
        return None
    return failure.seen_at + max(pause, failure.retry_after or timedelta())


def _revisit(row: sqlite3.Row) -> Revisit:
    etag, last_modified = row["etag"], row["last_modified"]
    has_any = etag is not None or last_modified is not None
    validator = Validator(etag=etag, last_modified=last_modified) if has_any else None
    return Revisit(url=row["url"], key=row["key"], validator=validator)


def _withdrawal(row: sqlite3.Row) -> Withdrawal:
    return Withdrawal(
        article_id=row["id"],
        url=row["url"],
        title=row["title"],
        paper=row["paper"],
        gone_at=times.read(row["gone_at"]),
    )
