"""Subscriptions and topics as the store knows them: since when, and under which key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from monitor.store import times
from monitor.store.connections import Connections

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from monitor.items import Subscription


class Subscriptions(Connections):
    """The store's side that knows for whom and for what articles are read."""

    def sync_subscriptions(self, names: Iterable[str]) -> None:
        """Take note of the subscriptions that are configured.

        The first begin with the watch. One that joins later begins where the last daily
        digest of anybody ended, so that none of what comes is lost to it when it only takes
        another's place.
        """
        with self.read() as db:
            known = {row["name"] for row in db.execute("SELECT name FROM subscriptions")}
        new = [(name,) for name in names if name not in known]
        if new:
            with self.write() as db:
                db.executemany(_SAVE_SUBSCRIPTION, new)

    def began_at(self, subscription: str) -> datetime:
        """Where a subscription's first window begins."""
        with self.read() as db:
            row = db.execute(_BEGAN, (subscription,)).fetchone()
        return times.read(row["began_at"])

    def sync_topics(self, names: Mapping[str, str]) -> None:
        """Take note of the topics that are configured, and give each its key.

        Args:
            names: What the topics are called in their files, by their keys. What older
                versions stored under the name is found under the key from now on.
        """
        with self.read() as db:
            known = dict(db.execute("SELECT key, name FROM topics").fetchall())
        new = {key: name for key, name in names.items() if known.get(key) != name}
        if not new:
            return
        with self.write() as db:
            for key, name in new.items():
                if key not in known and name in known:
                    _give_key(db, key, name=name)
                db.execute(_SAVE_TOPIC, (key, name))


def scope_of(subscription: Subscription) -> dict[str, str | None]:
    """What a subscription asks for, as parameters of SQL: ``topics`` and ``provinces``."""
    return {
        "topics": _listed(subscription.topics),
        "provinces": _listed(subscription.provinces),
    }


def _listed(names: tuple[str, ...]) -> str | None:
    return json.dumps(names) if names else None


_SAVE_SUBSCRIPTION = """
INSERT OR IGNORE INTO subscriptions (name, began_at)
VALUES (?, (SELECT max(until_at) FROM digests WHERE edition = 'daily'))
"""
_BEGAN = """
SELECT coalesce(
    (SELECT subscriptions.began_at FROM subscriptions WHERE name = ?), watch.began_at
) AS began_at FROM watch
"""
_SAVE_TOPIC = """
INSERT INTO topics (key, name) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET name = excluded.name
"""


def _give_key(db: sqlite3.Connection, key: str, *, name: str) -> None:
    parameters = {"key": key, "name": name}
    db.execute("UPDATE OR IGNORE scores SET topic = :key WHERE topic = :name", parameters)
    db.execute("UPDATE OR IGNORE marks SET topic = :key WHERE topic = :name", parameters)
    db.execute("DELETE FROM topics WHERE key = :name", parameters)
