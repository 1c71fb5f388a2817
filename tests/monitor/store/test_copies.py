"""Copies of a story are one story, in whatever order the papers come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.digest import decide
from monitor.ingest import Ingest
from monitor.items import Figure
from monitor.store import Store
from tests.monitor.extractor.reprinted import ORIGINAL, OTHER_WARD, REPRINTS, ceremony, text
from tests.monitor.store.builders import (
    FLAGGED,
    HOUR,
    IRRELEVANT,
    MINUTE,
    NOON,
    article,
    report,
    source,
    url_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.items import Article
    from monitor.items import Digest, Reading

PAPERS = ("bao-phu-tho", "bao-yen-bai", "vietnam-vn", "bao-nhan-dan")
WHOLE = REPRINTS["verbatim"]


def printed(paper: str, body: str = WHOLE, **changes: Any) -> Article:
    return article("tin", source=paper, body=body, title=f"Tin của {paper}", **changes)


def extract(read: Article) -> Reading:
    """A story where anybody is admitted, with the number that the commune gives for itself."""
    if "kết nạp" not in read.body:
        return IRRELEVANT
    return replace(FLAGGED, figures=tuple(_figures(read)))


def _figures(read: Article) -> list[Figure]:
    found = [value for value in (23, 24) if f"kết nạp {value} đảng viên" in read.body]
    evidence = "Đảng bộ xã Lâm Thao kết nạp {} đảng viên"
    sentences = {value: evidence.format(value) for value in found}
    return [
        Figure(metric="admitted", value=value, org="Đảng bộ xã", evidence=said, start=0, end=9)
        for value, said in sentences.items()
    ]


def opened(path: Path) -> Store:
    store = Store.open(path, now=NOON - HOUR)
    store.sync_sources([source(paper) for paper in PAPERS], now=NOON - HOUR)
    return store


@pytest.fixture
def papers(tmp_path: Path) -> Store:
    return opened(tmp_path / "papers.sqlite3")


def ingest(store: Store, *articles: Article, now: datetime = NOON) -> None:
    for one in articles:
        batch = Ingest(store, extract=extract, clock=lambda: now)
        batch.add(one)
        batch.add(report(one.source, finished_at=now))
        batch.finish(now=now)


def decided(store: Store, *, day: int = 21, now: datetime = NOON) -> Digest:
    """Record the digest of everything since the last one."""
    last = store.last_digest()
    since_at = last.until_at if last else NOON - HOUR
    digest = decide(
        store.stories_since(since_at, now),
        day=date(2026, 11, day),
        since_at=since_at,
        until_at=now,
        checked=store.checked(since_at, now),
        corrections=store.corrections_since(since_at, now),
    )
    store.record_digest(digest, deliveries=[], now=now)
    return digest


def groups(store: Store, urls: list[str]) -> set[frozenset[str]]:
    stored = [store.article(url) for url in urls]
    return {frozenset((one.article.url, *(copy.url for copy in one.copies))) for one in stored}


BODIES = {
    "goc": WHOLE,
    "dan-lai": REPRINTS["all at once"],
    "cat": REPRINTS["cut at the end"],
    "le-tan-mai": ceremony(),
    "le-vinh-hung": OTHER_WARD,
    "le-tan-mai-lai": text(ORIGINAL[0], ceremony()),
    "khac": "Giá cà phê kết nạp " * 30,
}


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(sorted(BODIES)), revised=st.sampled_from(sorted(BODIES)))
def test_any_order_of_arrival_gives_the_same_groups(
    tmp_path_factory: pytest.TempPathFactory, order: list[str], revised: str
) -> None:
    pages = {
        name: article(name, source=PAPERS[number % len(PAPERS)], body=body)
        for number, (name, body) in enumerate(BODIES.items())
    }
    # One page held another of the stories before: what it was leaves no trace.
    before = replace(pages[revised], body=WHOLE, digest="0" * 64, fetched_at=NOON - MINUTE)
    with opened(tmp_path_factory.mktemp("order") / "one.sqlite3") as store:
        ingest(store, before, *(pages[name] for name in order))
        found = groups(store, [page.url for page in pages.values()])
    urls = {name: page.url for name, page in pages.items()}
    assert found == {
        frozenset((urls["goc"], urls["dan-lai"], urls["cat"])),
        frozenset((urls["le-tan-mai"], urls["le-tan-mai-lai"])),
        frozenset((urls["le-vinh-hung"],)),
        frozenset((urls["khac"],)),
    }


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_copies_are_told_as_one_story_of_the_original(papers: Store, order: tuple[int]) -> None:
    copies = [
        printed(PAPERS[0]),
        printed(PAPERS[1], REPRINTS["with a lead"], published_at=NOON - 3 * HOUR),
        printed(PAPERS[2], REPRINTS["mended"], original_source="Báo Phú Thọ"),
    ]
    papers.sync_sources(
        [source(PAPERS[0], name="Báo Phú Thọ"), *map(source, PAPERS[1:3])], now=NOON
    )
    ingest(papers, *(copies[number] for number in order))
    (story,) = papers.stories_since(NOON - HOUR, NOON)
    assert story.paper == "Báo Phú Thọ"
    assert [(copy.paper, copy.is_original) for copy in story.copies] == [
        ("Bao Yen Bai", False),
        ("Vietnam Vn", False),
    ]
    stored = papers.article(copies[2].url)
    assert [(copy.paper, copy.is_original) for copy in stored.copies] == [
        ("Báo Phú Thọ", True),
        ("Bao Yen Bai", False),
    ]


def test_contradicting_figures_of_two_papers_stand_side_by_side(papers: Store) -> None:
    ingest(papers, printed(PAPERS[0]), printed(PAPERS[1], REPRINTS["one figure corrected"]))
    (story,) = papers.stories_since(NOON - HOUR, NOON)
    assert {(figure.value, figure.paper) for figure in story.figures} == {
        (23, "Bao Phu Tho"),
        (24, "Bao Yen Bai"),
    }


def test_a_copy_of_a_story_that_was_told_is_no_new_story_and_is_counted(papers: Store) -> None:
    ingest(papers, printed(PAPERS[0]), printed(PAPERS[1]))
    first = decided(papers)
    assert (len(first.stories), first.checked.flagged, first.checked.copies) == (1, 2, 1)
    assert papers.article(url_of("tin", PAPERS[1])).digest_id == 1

    later = NOON + HOUR
    ingest(papers, printed(PAPERS[2]), printed(PAPERS[3], ceremony()), now=later)
    second = decided(papers, day=22, now=later)
    assert [story.paper for story in second.stories] == ["Bao Nhan Dan"]
    assert (second.checked.flagged, second.checked.copies) == (2, 1)
    assert len(papers.article(url_of("tin", PAPERS[0])).copies) == 2


def test_an_edit_of_the_page_is_a_revision_and_no_copy(papers: Store) -> None:
    edited = printed(PAPERS[0], REPRINTS["mended"], fetched_at=NOON + MINUTE)
    ingest(papers, printed(PAPERS[0]), edited)
    stored = papers.article(url_of("tin", PAPERS[0]))
    assert (stored.copies, len(stored.revisions)) == ((), 1)


def test_the_same_words_months_later_are_another_story(papers: Store) -> None:
    ingest(papers, printed(PAPERS[0]))
    ingest(papers, printed(PAPERS[1], published_at=NOON + timedelta(days=31)))
    assert len(papers.stories_since(NOON - HOUR, NOON)) == 2


def test_a_page_that_leaves_the_topic_leaves_its_copies(papers: Store) -> None:
    ingest(papers, *map(printed, PAPERS[:3]))
    off_topic = printed(PAPERS[0], "Tin đã gỡ.", fetched_at=NOON + MINUTE)
    ingest(papers, off_topic)
    assert papers.article(off_topic.url).copies == ()
    assert len(papers.article(url_of("tin", PAPERS[1])).copies) == 1


def test_search_says_where_else_a_story_is_printed(papers: Store) -> None:
    ingest(papers, printed(PAPERS[0]), printed(PAPERS[1]))
    assert [len(hit.copies) for hit in papers.search("làng mộc", limit=5)] == [1, 1]


def test_a_corrected_figure_of_a_story_that_was_told_is_told_with_both_values(
    papers: Store,
) -> None:
    ingest(papers, printed(PAPERS[0]), printed(PAPERS[3], ceremony()))
    decided(papers)
    later = NOON + HOUR
    edited = REPRINTS["one figure corrected"]
    ingest(papers, printed(PAPERS[0], edited, fetched_at=later), now=later)
    digest = decided(papers, day=22, now=later)
    assert digest.stories == ()
    (correction,) = digest.corrections
    assert (correction.before.value, correction.after.value) == (23, 24)
    assert (correction.paper, correction.found_at) == ("Bao Phu Tho", later)
    assert papers.article(correction.article_id).corrections == (correction,)
    assert decided(papers, day=23, now=later + HOUR).corrections == ()


def test_a_figure_corrected_before_its_story_is_told_is_only_kept(papers: Store) -> None:
    edited = printed(PAPERS[0], REPRINTS["one figure corrected"], fetched_at=NOON + MINUTE)
    ingest(papers, printed(PAPERS[0]), edited)
    digest = decided(papers)
    assert [figure.value for figure in digest.stories[0].figures] == [24]
    assert digest.corrections == ()
    assert len(papers.article(edited.url).corrections) == 1


def test_stories_of_an_older_database_are_grouped_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "older.sqlite3"
    with opened(path) as store:
        ingest(store, printed(PAPERS[0]), printed(PAPERS[1]))
        with store.write() as db:
            for table in ("sketch_values", "prints", "corrections"):
                db.execute(f"DROP TABLE {table}")
            db.execute("DELETE FROM _sqlite_migrations WHERE name = 'copies'")
    with Store.open(path) as store:
        assert len(store.article(url_of("tin", PAPERS[0])).copies) == 1
