"""The archive answers in Vietnamese, with or without marks, and nothing typed can break it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from monitor.store.search import match_expression
from tests.monitor.store.builders import GIA_LAI, HOUR, NOON, article, ingest, source

if TYPE_CHECKING:
    from monitor.store import Store


@pytest.fixture
def archive(store: Store) -> Store:
    """Three articles of one paper; only the last is a story."""
    ingest(
        store,
        article("hoa", title="Chợ hoa Hòa Bình", body="Uỷ ban xã mở chợ.", published_at=None),
        article("nuoc", title="Tin Ðà Rằng", body="Nước lên.", published_at=NOON - 48 * HOUR),
        article("dang", title="Phát triển đảng viên", body="Lễ kết nạp ở Đức Cơ."),
    )
    return store


def pages(store: Store, query: str) -> list[str]:
    hits = store.search(query, limit=10)
    return [hit.url.rpartition("/")[2].removesuffix(".html") for hit in hits]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dang vien", ["dang"]),
        ("ĐẢNG VIÊN", ["dang"]),
        (unicodedata.normalize("NFD", "đảng viên"), ["dang"]),
        ("duc co", ["dang"]),
        ("Hoà", ["hoa"]),
        ("hoà bình", ["hoa"]),
        ("ủy ban", ["hoa"]),
        ("Đà Rằng", ["nuoc"]),
        ("da rang", ["nuoc"]),
        ("vien phat", ["dang"]),
        ('"phat trien dang"', ["dang"]),
        ('"dang phat trien"', []),
        ("đảng, viên!", ["dang"]),
        ("không-có-đâu", []),
        ("", []),
        ("*** - ()", []),
    ],
)
def test_words_are_found_in_any_spelling(archive: Store, query: str, found: list[str]) -> None:
    assert pages(archive, query) == found


def test_decomposed_text_is_found_too(store: Store) -> None:
    ingest(store, article(title=unicodedata.normalize("NFD", "Đại hội chi bộ")))
    assert pages(store, "dai hoi") == pages(store, "Đại hội") == ["mot"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(query=st.text(max_size=20))
@example(query='"')
@example(query='dang" OR "x')
@example(query="title:dang")
@example(query="dang NOT vien")
@example(query="NEAR(dang vien)")
@example(query="dang*")
@example(query="^dang -vien {a}:b")
@example(query="dang\x00vien")
@example(query="\ud800")
@example(query="²½Ⅷ")
def test_nothing_typed_breaks_the_search(archive: Store, query: str) -> None:
    archive.search(query, limit=3)


def test_syntax_is_searched_as_words() -> None:
    assert match_expression("dang OR vien*") == '"dang" "OR" "vien*"'


def test_the_last_stored_comes_first_and_no_more_than_asked(archive: Store) -> None:
    ingest(archive, article("moi", title="Phát triển đảng viên mới"))
    assert pages(archive, "phat trien") == ["moi", "dang"]
    assert len(archive.search("phat trien", limit=1)) == 1
    assert [hit.title for hit in archive.latest(limit=2)] == [
        "Phát triển đảng viên mới",
        "Phát triển đảng viên",
    ]


def test_hits_can_be_narrowed(archive: Store) -> None:
    archive.sync_sources([source(), source("khac")], now=NOON)
    ingest(archive, article("xa", source="khac", title="Hòa vốn"))
    word = "hoa"
    assert [hit.source for hit in archive.search(word, limit=9)] == ["khac", GIA_LAI]
    assert [hit.source for hit in archive.search(word, limit=9, source="khac")] == ["khac"]
    assert archive.search(word, limit=9, flagged_only=True) == []
    (story,) = archive.latest(limit=9, flagged_only=True)
    assert (story.label, story.province, story.paper) == ("main", "Gia Lai", "Bao Gia Lai")
    assert archive.latest(limit=9, province="Gia Lai") == [story]
    assert "nuoc" not in [hit.url for hit in archive.latest(limit=9, since=NOON - 24 * HOUR)]
    assert len(archive.latest(limit=9, since=NOON - 24 * HOUR)) == 3


def test_an_excerpt_shows_the_match_as_it_is_printed(store: Store) -> None:
    before, after = "Chuyện khác. " * 40, " Chuyện sau." * 40
    ingest(store, article(sapo="Mở đầu.", body=f"{before}Đảng bộ Đức Cơ họp.{after}"))
    (hit,) = store.search("duc co", limit=1)
    assert "Đảng bộ Đức Cơ họp." in hit.excerpt
    assert hit.excerpt.startswith("… ")
    assert hit.excerpt.endswith(" …")
    assert len(hit.excerpt) < 260
    (by_title,) = store.search("bài", limit=1)
    assert by_title.excerpt == "Mở đầu."


def test_a_changed_text_is_found_by_its_new_words_only(store: Store) -> None:
    ingest(store, article(body="Bản đầu nói về lúa."))
    ingest(store, article(body="Bản sửa nói về ngô.", fetched_at=NOON + HOUR))
    assert pages(store, "ngo") == ["mot"]
    assert pages(store, "lua") == []
    with store.write() as db:
        db.execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")
        db.execute("DELETE FROM revisions")
        db.execute("DELETE FROM scores")
        db.execute("DELETE FROM places")
        db.execute("DELETE FROM articles")
        db.execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")
