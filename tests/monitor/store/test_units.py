"""Articles and figures are found by the units they name, also after an update of the file."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from monitor.extractor.gazetteer.asking import asked_for
from monitor.ingest import Ingest
from monitor.items import Place, Reading
from monitor.store import Store
from monitor.store.migrations import MIGRATIONS
from monitor.store.opening import APPLICATION_ID
from monitor.store.steps import NAMES
from tests.monitor.store.builders import FLAGGED, NOON, article, source, url_of

if TYPE_CHECKING:
    from pathlib import Path

YEN_NINH, PHU_LUONG, YEN_TRACH = "63-05614", "63-168", "34-05620"
THAI_NGUYEN_TODAY = "34-19"

THEN = Place(
    province="Thái Nguyên",
    province_then="Thái Nguyên",
    unit="xã Yên Ninh",
    district="huyện Phú Lương",
    today=("xã Yên Trạch",),
    code=YEN_NINH,
    named=(YEN_NINH, PHU_LUONG),
)
NOW = replace(THEN, unit="xã Yên Trạch", district=None, code=YEN_TRACH, named=(YEN_TRACH,))
PROVINCE = Place(
    province="Thái Nguyên", province_then="Thái Nguyên", code=THAI_NGUYEN_TODAY, candidates=("a",)
)
PLACES = {"then": THEN, "now": NOW, "province": PROVINCE}


def reading(place: Place) -> Reading:
    figure = replace(FLAGGED.figures[0], place_code=place.code)
    return replace(FLAGGED, place=place, figures=(figure, FLAGGED.figures[1]))


def ingest(store: Store, name: str, place: Place) -> None:
    batch = Ingest(store, extract=lambda _: reading(place), clock=lambda: NOON)
    batch.add(article(name))
    batch.finish(now=NOON)


@pytest.fixture
def filled(store: Store) -> Store:
    for name, place in PLACES.items():
        ingest(store, name, place)
    return store


def found(store: Store, query: str) -> set[str]:
    hits = store.latest(limit=9, units=asked_for(query).codes)
    searched = store.search("chi bộ", limit=9, units=asked_for(query).codes)
    assert {hit.url for hit in searched} <= {hit.url for hit in hits}
    return {name for name in PLACES for hit in hits if hit.url == url_of(name)}


def test_a_place_comes_back_as_it_went_in(filled: Store) -> None:
    assert [filled.article(url_of(name)).place for name in PLACES] == list(PLACES.values())
    assert filled.latest(limit=1)[0].place == PROVINCE


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("xã Yên Ninh, huyện Phú Lương", {"then", "now"}),
        ("xã Yên Trạch, Thái Nguyên", {"then", "now"}),
        ("huyện Phú Lương", {"then", "now"}),
        ("tỉnh Thái Nguyên", {"then", "now", "province"}),
        ("Bắc Kạn", set()),
        ("xã Phú Lương, Thái Nguyên", set()),
    ],
)
def test_articles_are_found_by_old_and_new_names(
    filled: Store, query: str, names: set[str]
) -> None:
    assert found(filled, query) == names


def test_figures_are_found_by_the_unit_of_their_organisation(filled: Store) -> None:
    hits = filled.figures_of_units(asked_for("huyện Phú Lương").codes, limit=9)
    assert {hit.url for hit in hits} == {url_of("then"), url_of("now")}
    assert {hit.figure.metric for hit in hits} == {"admitted"}
    assert filled.figures_of_units([YEN_NINH], limit=9, metric="target") == []


def test_another_reading_takes_the_place_of_the_one_before(filled: Store) -> None:
    changed = replace(article("then"), body="Văn bản đã sửa, chi bộ kết nạp.", digest="f" * 64)
    batch = Ingest(filled, extract=lambda _: reading(PROVINCE), clock=lambda: NOON)
    batch.add(changed)
    batch.finish(now=NOON)
    assert found(filled, "xã Yên Ninh, huyện Phú Lương") == {"now"}


def test_a_database_from_before_goes_on_and_says_what_it_does_not_know(tmp_path: Path) -> None:
    path = tmp_path / "cu.sqlite3"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    MIGRATIONS.apply(Database(connection), stop_before=NAMES[NAMES.index("units")])
    connection.execute("INSERT INTO watch (id, began_at) VALUES (1, '2026-11-01T00:00:00.000000Z')")
    columns = {row[1] for row in connection.execute("PRAGMA table_info(places)")}
    connection.close()
    assert "code" not in columns
    with Store.open(path, now=NOON) as store:
        store.sync_sources([source()], now=NOON)
        ingest(store, "before", Place(province="Gia Lai", province_then="Gia Lai"))
        assert store.count_unplaced() == 1
        ingest(store, "then", THEN)
        assert store.count_unplaced() == 1
        assert found(store, "huyện Phú Lương") == {"then"}
