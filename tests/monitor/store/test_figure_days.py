"""Periods of figures are kept as days, also in a database from before they were."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from monitor.ingest import Ingest
from monitor.store import Store
from monitor.store.migrations import MIGRATIONS
from monitor.store.opening import APPLICATION_ID
from monitor.store.steps import NAMES
from tests.monitor.store.builders import FLAGGED, NOON, article, source, url_of

if TYPE_CHECKING:
    from pathlib import Path

Days = tuple[date | None, date | None]


def ingest(store: Store, days: Days) -> None:
    first, last = days
    figure = replace(FLAGGED.figures[0], period_from=first, period_to=last)
    reading = replace(FLAGGED, figures=(figure,))
    batch = Ingest(store, extract=lambda _: reading, clock=lambda: NOON)
    batch.add(article())
    batch.finish(now=NOON)


def days_of(store: Store) -> list[Days]:
    figures = store.article(url_of("mot")).figures
    return [(figure.period_from, figure.period_to) for figure in figures]


@pytest.mark.parametrize(
    "days",
    [(date(2022, 1, 1), date(2022, 9, 30)), (None, date(2023, 12, 31)), (None, None)],
)
def test_the_days_of_a_period_come_back_as_they_went_in(store: Store, days: Days) -> None:
    ingest(store, days)
    assert days_of(store) == [days]


def test_a_database_from_before_keeps_them_too(tmp_path: Path) -> None:
    path = tmp_path / "cu.sqlite3"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    MIGRATIONS.apply(Database(connection), stop_before=NAMES[NAMES.index("figure_days")])
    connection.execute("INSERT INTO watch (id, began_at) VALUES (1, '2026-11-01T00:00:00.000000Z')")
    before = {row[1] for row in connection.execute("PRAGMA table_info(figures)")}
    connection.close()
    assert "period_from" not in before
    with Store.open(path, now=NOON) as store:
        store.sync_sources([source()], now=NOON)
        ingest(store, (date(2026, 1, 1), None))
        assert days_of(store) == [(date(2026, 1, 1), None)]
