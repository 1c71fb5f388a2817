"""Sources: the list kept in step with the seeds, what is due, what a crawl needs to know."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.items import Validator
from crawler.urls import site_of
from monitor.store import times
from monitor.store.connections import Connections
from monitor.store.discovery import (
    document_validators,
    entry_pasts,
    forget_entry,
    gap_of,
    recent_finds,
    silence_of,
)
from monitor.store.rekeying import rekey_moved
from monitor.store.rows import CrawlState
from monitor.store.witnesses import LINK_COLUMNS, link_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

    from crawler.items import Source

KNOWN_LIMIT = 5_000
"""Newest keys of a source that a crawl is told: 50 days of the busiest papers (100 pages a
day), years of a district's portal. A page that is listed longer is read again, and found
unchanged."""

PENDING_LIMIT = 100
"""Waiting pages handed to one crawl: more than twice what it reads."""


class Sources(Connections):
    """The store's side that knows sources."""

    def sync_sources(self, sources: Iterable[Source], *, now: datetime) -> None:
        """Take over what the seeds say; how the sources have fared is kept.

        A source that is not among them any more is no longer watched; its pages stay.
        A new one is due at ``now``. Pages of a predecessor that has moved to a source's home
        are told apart from the home's no longer.
        """
        with self.write() as db:
            db.execute("UPDATE sources SET watched = 0")
            for source in sources:
                _save_source(db, source, now=now)
                _save_hosts(db, source)
                _save_entries(db, source)
                rekey_moved(db, source)

    def watched_keys(self) -> list[str]:
        """Keys of watched sources, in order."""
        with self.read() as db:
            return [row["key"] for row in db.execute(_WATCHED)]

    def due_sources(self, now: datetime) -> list[str]:
        """Keys of watched sources whose time has come, longest overdue first."""
        with self.read() as db:
            rows = db.execute(_DUE, {"now": times.written(now)})
            return [row["key"] for row in rows]

    def paused_sources(self, now: datetime) -> dict[str, datetime]:
        """Sources whose sites asked to be left alone, and until when."""
        sql = "SELECT key, retry_not_before_at FROM sources WHERE retry_not_before_at > ?"
        with self.read() as db:
            rows = db.execute(sql, (times.written(now),)).fetchall()
        return {row["key"]: times.read(row["retry_not_before_at"]) for row in rows}

    def crawl_state(
        self,
        source_key: str,
        *,
        now: datetime,
        known_limit: int = KNOWN_LIMIT,
        pending_limit: int = PENDING_LIMIT,
    ) -> CrawlState:
        """What the next crawl of a source needs to know.

        Args:
            source_key: The source.
            now: Failed pages whose pause has passed by then are pending again.
            known_limit: How many of the newest keys at most.
            pending_limit: How many waiting pages at most. Those beyond it count as known:
                their turn comes when the others are read.
        """
        parameters = {
            "source": source_key,
            "now": times.written(now),
            "known_limit": known_limit,
            "pending_limit": pending_limit,
        }
        with self.read() as db:
            pending = tuple(link_of(row) for row in db.execute(_PENDING, parameters))
            known = {row["key"] for row in db.execute(_KNOWN, parameters)}
            validators = {
                row["url"]: Validator(etag=row["etag"], last_modified=row["last_modified"])
                for row in db.execute(_VALIDATORS, parameters)
            }
            past, gap = entry_pasts(db, source_key), gap_of(db, source_key)
            waiting = {link.key for link in pending}
            return CrawlState(
                validators=document_validators(db, source_key) | validators,
                known=frozenset(known - waiting),
                pending=pending,
                past=past,
                gap=gap,
                recent=recent_finds(db, source_key, past, gap),
                silence=silence_of(db, source_key),
            )

    def pages_of(self, source_key: str, *, since: datetime) -> list[str]:
        """Addresses of a source's articles published (where undated: found) since then.

        They are those to fetch again in a recrawl, newest first.
        """
        parameters = {"source": source_key, "since": times.written(since)}
        with self.read() as db:
            return [row["url"] for row in db.execute(_PAGES_OF, parameters)]

    def source_of_url(self, url: str) -> str | None:
        """Key of the source an address belongs to, by host; None where no source has it.

        Where several share a host, the one that is at home there wins over one that took
        the host over, then the one with the longest home above the address.
        """
        host = _host(url)
        with self.read() as db:
            homes = {row["source"]: row["home"] for row in db.execute(_AT_HOST, {"host": host})}

        def nearness(key: str) -> tuple[bool, int]:
            home = homes[key]
            is_below = _path(url).startswith(_path(home))
            return _host(home) == host, len(_path(home)) if is_below else 0

        return max(sorted(homes), key=nearness, default=None)


_WATCHED = "SELECT key FROM sources WHERE watched ORDER BY key"
_DUE = """
SELECT key FROM sources
WHERE watched AND (next_due_at IS NULL OR next_due_at <= :now)
    AND (retry_not_before_at IS NULL OR retry_not_before_at <= :now)
ORDER BY next_due_at, key
"""
_PENDING = f"""
SELECT {LINK_COLUMNS} FROM pages
WHERE source = :source AND state IN ('found', 'failed')
    AND (next_try_at <= :now OR (state = 'found' AND next_try_at IS NULL))
ORDER BY failure_kind IS NOT NULL, coalesce(dated_at, found_at) DESC, key
LIMIT :pending_limit
"""  # noqa: S608 - a constant
_KNOWN = """
SELECT key FROM pages WHERE source = :source ORDER BY found_at DESC, key LIMIT :known_limit
"""
_VALIDATORS = """
SELECT url, etag, last_modified FROM entries
WHERE source = :source AND (etag IS NOT NULL OR last_modified IS NOT NULL)
"""
_PAGES_OF = """
SELECT url FROM articles
WHERE source = :source AND coalesce(published_at, found_at) >= :since
ORDER BY coalesce(published_at, found_at) DESC, id DESC
"""
_AT_HOST = """
SELECT source_hosts.source, sources.home FROM source_hosts
JOIN sources ON sources.key = source_hosts.source
WHERE host = :host
"""
_SAVE_SOURCE = """
INSERT INTO sources
    (key, name, kind, home, province, succeeded_by, watched, interval_seconds, next_due_at)
VALUES
    (:key, :name, :kind, :home, :province, :succeeded_by, :watched, :interval_seconds, :now)
ON CONFLICT (key) DO UPDATE SET
    name = excluded.name, kind = excluded.kind, home = excluded.home,
    province = excluded.province, succeeded_by = excluded.succeeded_by,
    watched = excluded.watched, interval_seconds = excluded.interval_seconds
"""
_SAVE_ENTRY = """
INSERT INTO entries (source, url, kind) VALUES (?, ?, ?)
ON CONFLICT (source, url) DO UPDATE SET kind = excluded.kind
"""


def _save_source(db: sqlite3.Connection, source: Source, *, now: datetime) -> None:
    db.execute(
        _SAVE_SOURCE,
        {
            "key": source.key,
            "name": source.name,
            "kind": source.kind,
            "home": source.home,
            "province": source.province,
            "succeeded_by": source.succeeded_by,
            "watched": source.watched,
            "interval_seconds": times.seconds_or_none(source.interval),
            "now": times.written(now),
        },
    )


def _save_hosts(db: sqlite3.Connection, source: Source) -> None:
    addresses = [source.home, *(entry.url for entry in source.entries)]
    hosts = {_host(address) for address in addresses}
    hosts.update(_host(f"//{former.host}") for former in source.predecessors)
    db.execute("DELETE FROM source_hosts WHERE source = ?", (source.key,))
    rows = ((host, source.key) for host in hosts)
    db.executemany("INSERT INTO source_hosts (host, source) VALUES (?, ?)", rows)


def _save_entries(db: sqlite3.Connection, source: Source) -> None:
    """Keep the entries' state; forget those that the seeds no longer name."""
    kept = {entry.url for entry in source.entries}
    stored = db.execute("SELECT url FROM entries WHERE source = ?", (source.key,)).fetchall()
    for row in stored:
        if row["url"] not in kept:
            db.execute("DELETE FROM entries WHERE source = ? AND url = ?", (source.key, row["url"]))
            forget_entry(db, source.key, row["url"])
    rows = ((source.key, entry.url, entry.kind) for entry in source.entries)
    db.executemany(_SAVE_ENTRY, rows)


def _host(url: str) -> str:
    """Host and port as compared; empty for what is not an absolute URL."""
    try:
        return site_of(url)
    except ValueError:
        return ""


def _path(url: str) -> str:
    return urlsplit(url).path
