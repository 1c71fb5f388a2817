"""Seed files are read into sources and provinces."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest

from crawler.items import Entry, JsonKeys, Predecessor, Province
from crawler.sources import Seeds, load_sources
from tests.crawler.written_seeds import GIA_LAI, HA_NAM, JSON_PAPER, NATIONAL, write


@pytest.fixture
def seeds(tmp_path: Path) -> Seeds:
    return load_sources(write(tmp_path, a_canuoc=NATIONAL, b_gialai=GIA_LAI, c_hanam=HA_NAM))


def test_provinces_come_by_code_with_what_they_were_formed_from(seeds: Seeds) -> None:
    assert seeds.provinces == (
        Province(code="37", name="Ninh Bình"),
        Province(
            code="52",
            name="Gia Lai",
            formed_on=date(2025, 7, 1),
            formed_from=("Gia Lai", "Bình Định"),
        ),
    )


def test_sources_follow_their_provinces_and_national_ones_come_last(seeds: Seeds) -> None:
    named = [(source.key, source.province) for source in seeds.sources]

    assert named == [
        ("bao-ha-nam", "Ninh Bình"),
        ("bao-gia-lai", "Gia Lai"),
        ("ca-nuoc", None),
    ]


def test_a_source_is_read_in_full(seeds: Seeds) -> None:
    source = seeds.sources[1]

    assert (source.name, source.kind, source.family) == ("Báo Gia Lai", "paper", "zce")
    assert source.article_url == r"-post\d+\.html$"
    assert (source.interval, source.delay) == (timedelta(minutes=30), timedelta(seconds=2))
    assert source.entries == (
        Entry(
            url="https://gialai.example/rss/home.rss",
            kind="feed",
            certainty="inferred",
            note="never tried",
        ),
        Entry(
            url="https://gialai.example/{year}-{month:02d}.xml", kind="sitemap", certainty="seen"
        ),
        Entry(url="https://gialai.example/chinh-tri", kind="listing", certainty="checked"),
    )
    assert source.predecessors == (
        Predecessor(
            name="Báo Bình Định",
            host="binhdinh.example",
            province="Bình Định",
            until=date(2025, 6, 30),
        ),
    )


def test_a_succeeded_source_keeps_its_last_day_and_its_heir(seeds: Seeds) -> None:
    source = seeds.sources[0]

    assert (source.succeeded_by, source.until) == ("bao-gia-lai", date(2025, 6, 30))
    assert not source.watched


def test_names_saved_decomposed_become_the_names_everybody_else_writes(tmp_path: Path) -> None:
    write(tmp_path, gialai=unicodedata.normalize("NFD", GIA_LAI))

    assert load_sources(tmp_path).provinces[0].formed_from == ("Gia Lai", "Bình Định")


def test_hidden_files_and_other_files_are_no_seeds(tmp_path: Path) -> None:
    write(tmp_path, gialai=GIA_LAI)
    (tmp_path / "._gialai.yaml").write_bytes(b"\x00\x05")
    (tmp_path / "README.md").write_text("seeds")

    assert len(load_sources(tmp_path).sources) == 1


def test_json_lists_say_where_things_are_or_are_understood_by_themselves(tmp_path: Path) -> None:
    (source,) = load_sources(write(tmp_path, json=JSON_PAPER)).sources
    first, second, listing = source.entries
    assert (first.kind, second.kind, listing.kind) == ("json", "json", "listing")
    assert first.keys == JsonKeys(
        items="data.list", address="https://json.example/tin/{category.slug}/{slug}"
    )
    assert second.keys is None
