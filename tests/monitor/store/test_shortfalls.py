"""What an article lacks to be flagged is kept, also in a database from before it was."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlite_utils import Database

from monitor.ingest import Ingest
from monitor.items import Shortfall
from monitor.store import Store
from monitor.store.migrations import MIGRATIONS
from monitor.store.opening import APPLICATION_ID
from monitor.store.steps import NAMES
from tests.monitor.store.builders import FLAGGED, IRRELEVANT, NOON, TOPIC, article, source, url_of

if TYPE_CHECKING:
    from pathlib import Path

    from monitor.items import Reading

SHORT = Shortfall(points=0.6, lacks=("head", "section"))
NEAR = replace(IRRELEVANT, scores={TOPIC: replace(IRRELEVANT.score, shortfall=SHORT)})


def shortfall_after(store: Store, reading: Reading) -> Shortfall | None:
    batch = Ingest(store, extract=lambda _: reading, clock=lambda: NOON)
    batch.add(article())
    batch.finish(now=NOON)
    return store.article(url_of("mot")).score.shortfall


def test_it_comes_back_as_it_went_in(store: Store) -> None:
    assert shortfall_after(store, NEAR) == SHORT


def test_a_flagged_story_has_none(store: Store) -> None:
    assert shortfall_after(store, FLAGGED) is None


def test_a_database_from_before_keeps_it_too(tmp_path: Path) -> None:
    path = tmp_path / "cu.sqlite3"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    MIGRATIONS.apply(Database(connection), stop_before=NAMES[NAMES.index("shortfalls")])
    connection.execute("INSERT INTO watch (id, began_at) VALUES (1, '2026-11-01T00:00:00.000000Z')")
    connection.close()
    with Store.open(path, now=NOON) as store:
        store.sync_sources([source()], now=NOON)
        assert shortfall_after(store, NEAR) == SHORT
