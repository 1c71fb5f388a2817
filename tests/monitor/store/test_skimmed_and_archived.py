"""Pages known by their title alone, and where the responses of the others lie."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from crawler.items import Skimmed
from crawler.urls import page_key
from monitor.errors import InputError
from monitor.ingest import Ingest
from monitor.items import ArchivePlace
from monitor.store import IngestSummary, Store
from monitor.store.migrations import MIGRATIONS
from monitor.store.opening import APPLICATION_ID
from monitor.store.rereads import store_reread
from monitor.store.steps import NAMES
from tests.monitor.archived import response_of
from tests.monitor.store.builders import (
    FLAGGED,
    HOUR,
    IRRELEVANT,
    MINUTE,
    NOON,
    SENTENCE,
    article,
    extract,
    link,
    report,
    url_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crawler.items import Article, Record

FIRST = ArchivePlace(file="2026-11-20.warc.gz", offset=380)
SECOND = ArchivePlace(file="2026-11-21.warc.gz", offset=7)


def skimmed(page: str = "mot", **changes: object) -> Skimmed:
    fields = {
        "source": "bao-gia-lai",
        "url": url_of(page),
        "key": page_key(url_of(page)),
        "title": "Được mùa lúa",
        "published_at": NOON - HOUR,
        "published_rule": "meta",
        "published_raw": "2026-11-20T11:00",
        "has_time": True,
        "fetched_at": NOON,
    }
    return Skimmed(**{**fields, **changes})  # type: ignore[arg-type]  # one class, many kinds


def put(
    store: Store, *records: Record, archive: Callable[[Article], ArchivePlace | None] | None = None
) -> IngestSummary:
    """Store a crawl of Báo Gia Lai that ended well."""
    keeps = {"archive": archive} if archive else {}
    batch = Ingest(store, extract=extract, clock=lambda: NOON, **keeps)
    for record in (*records, report()):
        batch.add(record)
    return batch.finish(now=NOON)


def rows(store: Store) -> list[tuple[object, ...]]:
    with store.read() as db:
        sql = "SELECT page, title, published_at, published_rule, has_time FROM skimmed_pages"
        return [tuple(row) for row in db.execute(sql)]


def test_a_skimmed_page_is_read_and_dated_and_no_article(store: Store) -> None:
    put(store, link("mot"), skimmed())
    assert rows(store) == [
        (page_key(url_of("mot")), "Được mùa lúa", "2026-11-20T04:00:00.000000Z", "meta", 1)
    ]
    counts = store.counts()
    assert (counts.pages_by_state, counts.articles, counts.skimmed) == ({"read": 1}, 0, 1)
    assert store.crawl_state("bao-gia-lai", now=NOON).pending == ()
    with pytest.raises(InputError):
        store.article(url_of("mot"))


def test_it_is_counted_among_the_pages_of_the_crawl_and_of_the_digests_proof(store: Store) -> None:
    summary = put(store, skimmed("mot"), skimmed("hai"), article("ba"))
    assert (summary.pages, summary.new, summary.skimmed) == (3, 3, 2)
    assert store.checked(NOON - MINUTE, NOON).pages == 3
    assert store.checked(NOON, NOON + HOUR).pages == 0


def test_told_again_it_counts_once(store: Store) -> None:
    put(store, skimmed())
    again = put(store, skimmed(title="Được mùa lúa nếp", fetched_at=NOON + HOUR))
    assert (again.pages, again.new, again.skimmed) == (1, 0, 0)
    assert [row[1] for row in rows(store)] == ["Được mùa lúa nếp"]


def test_an_older_sighting_changes_nothing(store: Store) -> None:
    put(store, skimmed(fetched_at=NOON))
    put(store, skimmed(title="Cũ", fetched_at=NOON - HOUR))
    assert [row[1] for row in rows(store)] == ["Được mùa lúa"]


def test_recrawled_it_becomes_an_article(store: Store) -> None:
    put(store, skimmed())
    summary = put(store, article(body=SENTENCE, fetched_at=NOON + HOUR))
    assert (summary.new, summary.flagged) == (1, 1)
    assert (rows(store), store.counts().articles, store.counts().skimmed) == ([], 1, 0)


def test_an_article_that_is_skimmed_later_stays_one(store: Store) -> None:
    put(store, article(body=SENTENCE))
    summary = put(store, skimmed(fetched_at=NOON + HOUR))
    assert (summary.new, summary.skimmed, rows(store)) == (0, 0, [])
    assert store.article(url_of("mot")).score == FLAGGED.score


def test_the_place_of_a_response_is_stored_with_its_article(store: Store) -> None:
    asked: list[bytes] = []

    def keep(fetched: Article) -> ArchivePlace:
        assert fetched.raw is not None
        asked.append(fetched.raw.body)
        return FIRST

    put(store, response_of("mot", fetched_at=NOON), archive=keep)
    stored = store.article(url_of("mot"))
    assert (stored.archived, len(asked), stored.article.raw) == (FIRST, 1, None)


@pytest.mark.parametrize(
    ("body", "place", "expected"),
    [
        ("Tin trong tỉnh.", SECOND, SECOND),
        ("Tin trong tỉnh.", None, FIRST),  # the same text as good as the first time
        ("Tin đã sửa.", SECOND, SECOND),
        ("Tin đã sửa.", None, None),
    ],
)
def test_the_place_is_that_of_the_current_text(
    store: Store, body: str, place: ArchivePlace | None, expected: ArchivePlace | None
) -> None:
    put(store, article(), archive=lambda _: FIRST)
    put(store, article(body=body, fetched_at=NOON + HOUR), archive=lambda _: place)
    assert store.article(url_of("mot")).archived == expected


def test_a_place_told_late_does_not_stand_for_a_later_text(store: Store) -> None:
    put(store, article(), archive=lambda _: SECOND)
    put(store, article(body="Bản cũ.", fetched_at=NOON - HOUR), archive=lambda _: FIRST)
    assert store.article(url_of("mot")).archived == SECOND


def test_places_in_deleted_files_are_forgotten(store: Store) -> None:
    put(store, article("mot"), archive=lambda _: FIRST)
    put(store, article("hai"), archive=lambda _: SECOND)
    assert store.forget_archived(before=SECOND.file) == 1
    assert store.article(url_of("mot")).archived is None
    assert store.article(url_of("hai")).archived == SECOND


def test_articles_to_read_again_are_chosen_by_day_and_source(store: Store) -> None:
    put(store, article("mot"), article("hai", published_at=None))
    put(store, article("ba", published_at=NOON - 48 * HOUR))
    assert store.article_ids() == [1, 2, 3]
    assert store.article_ids(since=NOON - 2 * HOUR) == [1, 2]
    assert store.article_ids(sources=["khac"]) == []
    assert store.article_ids(since=NOON - 2 * HOUR, sources=["bao-gia-lai"]) == [1, 2]


def test_another_reading_keeps_the_old_text_as_a_revision(store: Store) -> None:
    put(store, article(body=SENTENCE), archive=lambda _: FIRST)
    before = store.article(1)
    better = article(body=f"{SENTENCE}\n\nCòn nữa.", published_at=NOON - 2 * HOUR)
    for _ in range(2):  # told twice, it is kept once
        with store.write() as db:
            store_reread(db, before, article=better, reading=IRRELEVANT, now=NOON + HOUR)
    after = store.article(1)
    assert (after.article.body, after.article.published_at) == (better.body, NOON - 2 * HOUR)
    assert (after.article.fetched_at, after.seen_at) == (before.article.fetched_at, before.seen_at)
    assert [revision.article.body for revision in after.revisions] == [SENTENCE]
    assert (after.score.label, after.flagged_at, after.archived) == ("none", None, FIRST)
    assert [hit.article_id for hit in store.search("con nua", limit=5)] == [1]


def test_a_text_that_came_meanwhile_is_not_overwritten(store: Store) -> None:
    put(store, article())
    before = store.article(1)
    put(store, article(body="Tin đã sửa.", fetched_at=NOON + HOUR))
    with store.write() as db:
        stale = store_reread(db, before, article=before.article, reading=FLAGGED, now=NOON)
    assert not stale
    assert store.article(1).article.body == "Tin đã sửa."


def test_a_database_of_the_first_version_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    old = sqlite3.connect(path, isolation_level=None)
    old.row_factory = sqlite3.Row
    MIGRATIONS.apply(Database(old), stop_before=NAMES[1])
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute("INSERT INTO watch (id, began_at) VALUES (1, '2026-11-20T04:00:00.000000Z')")
    old.execute(
        "INSERT INTO sources (key, name, kind, home, watched) VALUES (?, ?, 'paper', ?, 1)",
        ("bao-gia-lai", "Báo Gia Lai", "https://bao-gia-lai.example/"),
    )
    old.close()
    with Store.open(path) as store:
        put(store, replace(article(), body=SENTENCE), skimmed("hai"), archive=lambda _: FIRST)
        assert store.article(url_of("mot")).archived == FIRST
        assert store.counts().skimmed == 1
        assert len(store.search("kết nạp", limit=5)) == 1
