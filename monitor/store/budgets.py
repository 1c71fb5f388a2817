"""What sites were asked for: requests by site and day, across all crawls."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.planning import local_day
from monitor.store.connections import Connections

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import datetime

_KEPT = timedelta(days=60)
"""Older days are forgotten; nobody asks for them."""


class Budgets(Connections):
    """The store's side that counts requests."""

    def requests_by_site(self, at: datetime) -> dict[str, int]:
        """Requests that sites got on a moment's day in Vietnam; those with none are left out."""
        with self.read() as db:
            rows = db.execute(_OF_DAY, (_day(at),))
            return {row["site"]: row["requests"] for row in rows}

    def count_requests(self, requests: Mapping[str, int], *, at: datetime) -> None:
        """Add requests of a crawl that leaves nothing else behind."""
        with self.write() as db:
            store_requests(db, requests, at=at)


def store_requests(db: sqlite3.Connection, requests: Mapping[str, int], *, at: datetime) -> None:
    """Add requests to their sites' day.

    Args:
        db: In a transaction.
        requests: By site.
        at: When the crawl ended; its requests count for that day.
    """
    day = _day(at)
    db.executemany(_ADD, ((site, day, count) for site, count in requests.items()))
    db.execute("DELETE FROM site_requests WHERE day < ?", (_day(at - _KEPT),))


def requests_of(db: sqlite3.Connection, source: str, *, at: datetime) -> int:
    """Requests of a day to that site of a source which got most."""
    row = db.execute(_OF_SOURCE, (source, _day(at))).fetchone()
    return int(row[0])


_OF_DAY = "SELECT site, requests FROM site_requests WHERE day = ?"
_OF_SOURCE = """
SELECT coalesce(max(requests), 0) FROM source_hosts
JOIN site_requests ON site_requests.site = source_hosts.host
WHERE source_hosts.source = ? AND site_requests.day = ?
"""
_ADD = """
INSERT INTO site_requests (site, day, requests) VALUES (?, ?, ?)
ON CONFLICT (site, day) DO UPDATE SET requests = requests + excluded.requests
"""


def _day(at: datetime) -> str:
    return local_day(at).isoformat()
