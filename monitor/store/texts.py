"""A page's texts: the current one in front, all others kept, whatever order they come in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from crawler.items import Article
from monitor.store import times

if TYPE_CHECKING:
    import sqlite3


class Change(Enum):
    """What an article did to what was stored."""

    NEW = "the page had no text"
    SAME = "the current text was seen again"
    REVISED = "its text is now the current one"
    OLDER = "its text is kept as a revision"


@dataclass(frozen=True, kw_only=True)
class Version:
    """One text of a page and the time it was seen."""

    article: Article
    """As last fetched, but ``fetched_at`` is when this text was first fetched."""
    seen_at: datetime

    @property
    def rank(self) -> tuple[datetime, str]:
        """The highest is current; the digest settles a tie, so that order does not matter."""
        return self.seen_at, self.article.digest

    def merged_with(self, other: Version) -> Version:
        """Both sightings of one text as one: the later one's fields, the whole span."""
        later = max(self, other, key=lambda version: version.seen_at)
        first_at = min(self.article.fetched_at, other.article.fetched_at)
        return replace(later, article=replace(later.article, fetched_at=first_at))


@dataclass(frozen=True, kw_only=True)
class Stored:
    """What became of an article."""

    article_id: int
    change: Change
    is_latest: bool
    """Whether the page was never seen later, so that its reading is the one to keep."""


def store_text(db: sqlite3.Connection, article: Article, *, now: datetime) -> Stored:
    """Keep an article's text; its page must be stored.

    The outcome is the same for any order and repetition of a page's articles: each
    distinct text is kept once, and the one seen last is current.

    Args:
        db: In a transaction.
        article: As the crawl read it.
        now: When the page counts as found, if it is new.
    """
    version = Version(article=article, seen_at=article.fetched_at)
    row = db.execute("SELECT * FROM articles WHERE page = ?", (article.key,)).fetchone()
    if row is None:
        article_id = _insert(db, version, now=now)
        return Stored(article_id=article_id, change=Change.NEW, is_latest=True)
    current = _version(row, page=article.key)
    is_latest = version.rank >= current.rank
    change = _change(db, row, current=current, version=version)
    return Stored(article_id=row["id"], change=change, is_latest=is_latest)


def replace_text(db: sqlite3.Connection, article_id: int, article: Article) -> None:
    """Put another reading of the same response in the place of the current text.

    Where the two differ, the old one becomes a revision. What is known of when the page was
    fetched stays.

    Args:
        db: In a transaction.
        article_id: An article that is stored.
        article: The page as it is read now.
    """
    row = db.execute("SELECT * FROM articles WHERE id = ?", (article_id,)).fetchone()
    current = _version(row, page=row["page"])
    same_fetch = replace(article, fetched_at=current.article.fetched_at)
    version = Version(article=same_fetch, seen_at=current.seen_at)
    if article.digest != current.article.digest:
        version = _taken_out(db, article_id, version)
        if not row["is_pruned"]:
            _keep(db, article_id, current)
    _update(db, article_id, version)


def revisions_of(db: sqlite3.Connection, article_id: int, *, page: str) -> list[Version]:
    """Every other text of an article, the one seen last first."""
    sql = "SELECT * FROM revisions WHERE article_id = ? ORDER BY seen_at DESC, digest"
    return [_version(row, page=page) for row in db.execute(sql, (article_id,))]


def article_of(row: sqlite3.Row, *, page: str) -> Article:
    """The article in a row of ``articles`` or ``revisions``."""
    return Article(
        source=row["source"],
        url=row["url"],
        key=page,
        title=row["title"],
        sapo=row["sapo"],
        body=row["body"],
        author=row["author"],
        published_at=times.read_or_none(row["published_at"]),
        published_rule=row["published_rule"],
        published_raw=row["published_raw"],
        has_time=bool(row["has_time"]),
        witness_at=times.read_or_none(row["witness_at"]),
        is_date_disputed=bool(row["is_date_disputed"]),
        original_source=row["original_source"],
        category=row["category"],
        family=row["family"],
        fetched_at=times.read(row["fetched_at"]),
        digest=row["digest"],
    )


_INSERT = """
INSERT INTO articles (
    page, found_at, source, url, title, sapo, body, author, published_at, published_rule,
    published_raw, has_time, witness_at, is_date_disputed, original_source, category,
    family, digest, fetched_at, seen_at
) VALUES (
    :page, :found_at, :source, :url, :title, :sapo, :body, :author, :published_at,
    :published_rule, :published_raw, :has_time, :witness_at, :is_date_disputed,
    :original_source, :category, :family, :digest, :fetched_at, :seen_at
)
"""
_UPDATE = """
UPDATE articles SET
    source = :source, url = :url, title = :title, sapo = :sapo, body = :body,
    author = :author, published_at = :published_at, published_rule = :published_rule,
    published_raw = :published_raw, has_time = :has_time, witness_at = :witness_at,
    is_date_disputed = :is_date_disputed, original_source = :original_source, category = :category,
    family = :family, digest = :digest, fetched_at = :fetched_at, seen_at = :seen_at,
    is_pruned = 0, pruned_at = NULL
WHERE id = :article_id
"""
_KEEP = """
INSERT INTO revisions (
    article_id, source, url, title, sapo, body, author, published_at, published_rule,
    published_raw, has_time, witness_at, is_date_disputed, original_source, category,
    family, digest, fetched_at, seen_at
) VALUES (
    :article_id, :source, :url, :title, :sapo, :body, :author, :published_at,
    :published_rule, :published_raw, :has_time, :witness_at, :is_date_disputed,
    :original_source, :category, :family, :digest, :fetched_at, :seen_at
)
"""


def _change(
    db: sqlite3.Connection, row: sqlite3.Row, *, current: Version, version: Version
) -> Change:
    article_id = row["id"]
    if version.article.digest == current.article.digest:
        _update(db, article_id, version.merged_with(current))
        return Change.SAME
    version = _taken_out(db, article_id, version)
    if version.rank < current.rank:
        _keep(db, article_id, version)
        return Change.OLDER
    if not row["is_pruned"]:  # or there is nothing left to keep
        _keep(db, article_id, current)
    _update(db, article_id, version)
    return Change.REVISED


def _taken_out(db: sqlite3.Connection, article_id: int, version: Version) -> Version:
    """The version merged with the revision of the same text, which is removed."""
    key = (article_id, version.article.digest)
    sql = "SELECT * FROM revisions WHERE article_id = ? AND digest = ?"
    row = db.execute(sql, key).fetchone()
    if row is None:
        return version
    db.execute("DELETE FROM revisions WHERE article_id = ? AND digest = ?", key)
    return version.merged_with(_version(row, page=version.article.key))


def _insert(db: sqlite3.Connection, version: Version, *, now: datetime) -> int:
    columns = {**_columns(version), "page": version.article.key, "found_at": times.written(now)}
    return int(db.execute(_INSERT, columns).lastrowid or 0)


def _update(db: sqlite3.Connection, article_id: int, version: Version) -> None:
    db.execute(_UPDATE, {**_columns(version), "article_id": article_id})


def _keep(db: sqlite3.Connection, article_id: int, version: Version) -> None:
    db.execute(_KEEP, {**_columns(version), "article_id": article_id})


def _version(row: sqlite3.Row, *, page: str) -> Version:
    return Version(article=article_of(row, page=page), seen_at=times.read(row["seen_at"]))


def _columns(version: Version) -> dict[str, str | bool | None]:
    article = version.article
    return {
        "source": article.source,
        "url": article.url,
        "title": article.title,
        "sapo": article.sapo,
        "body": article.body,
        "author": article.author,
        "published_at": times.written_or_none(article.published_at),
        "published_rule": article.published_rule,
        "published_raw": article.published_raw,
        "has_time": article.has_time,
        "witness_at": times.written_or_none(article.witness_at),
        "is_date_disputed": article.is_date_disputed,
        "original_source": article.original_source,
        "category": article.category,
        "family": article.family,
        "digest": article.digest,
        "fetched_at": times.written(article.fetched_at),
        "seen_at": times.written(version.seen_at),
    }
