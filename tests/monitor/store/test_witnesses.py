"""Dates of entries are kept with pages and articles, and heard where a page comes alone."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from monitor.store import Store
from monitor.store.migrations import MIGRATIONS
from monitor.store.opening import APPLICATION_ID
from monitor.store.steps import NAMES
from tests.monitor.store.builders import (
    GIA_LAI,
    HOUR,
    NOON,
    article,
    ingest,
    link,
    report,
    source,
    url_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.items import DatedBy


def test_a_witness_and_a_dispute_are_kept_with_each_text(store: Store) -> None:
    first = article(body="Bản đầu.", witness_at=NOON - 90 * HOUR, is_date_disputed=True)
    second = article(body="Bản sửa.", fetched_at=NOON + HOUR, witness_at=NOON - HOUR)
    ingest(store, first, second)
    stored = store.article(first.key)
    assert stored.article == second
    assert [revision.article for revision in stored.revisions] == [first]


@pytest.mark.parametrize("by", ["feed", "sitemap", "lastmod", "listing", None])
def test_a_waiting_link_keeps_its_witness_until_it_is_read(
    store: Store, by: DatedBy | None
) -> None:
    found = link("cho", dated_at=NOON - HOUR if by else None, dated_by=by)
    ingest(store, found, report())
    assert store.crawl_state(GIA_LAI, now=NOON).pending == (found,)


def test_a_date_learnt_later_comes_with_its_kind(store: Store) -> None:
    ingest(store, link("cho"), report())
    ingest(store, link("cho", dated_at=NOON, dated_by="feed"), report())
    ingest(store, link("cho", dated_at=NOON - HOUR, dated_by="lastmod"), report())
    [pending] = store.crawl_state(GIA_LAI, now=NOON).pending
    assert (pending.dated_at, pending.dated_by) == (NOON, "feed")


def test_a_recrawled_page_is_held_against_what_its_entry_once_said(store: Store) -> None:
    ingest(store, link(dated_at=NOON - 90 * HOUR, dated_by="feed"), report())
    ingest(store, article())
    stored = store.article(url_of("mot")).article
    assert (stored.witness_at, stored.is_date_disputed) == (NOON - 90 * HOUR, True)
    undated = article(published_at=None, published_rule=None, fetched_at=NOON + HOUR)
    ingest(store, undated)
    stored = store.article(url_of("mot")).article
    assert (stored.published_at, stored.published_rule) == (NOON - 90 * HOUR, "feed")


def test_a_page_that_brings_its_witness_is_left_as_it_is(store: Store) -> None:
    ingest(store, link(dated_at=NOON - 90 * HOUR, dated_by="feed"), report())
    fresh = article(witness_at=NOON - HOUR)
    assert store.with_witness(fresh) == fresh
    assert store.with_witness(article("khac")) == article("khac")


def test_a_disputed_date_stands_with_the_story(store: Store) -> None:
    disputed = article("lech", body="Lễ kết nạp.", witness_at=NOON, is_date_disputed=True)
    ingest(store, disputed, article("dung", body="Lễ kết nạp nữa."))
    stories = store.stories_since(NOON - HOUR, NOON)
    assert {story.url: story.is_date_disputed for story in stories} == {
        url_of("lech"): True,
        url_of("dung"): False,
    }


def test_a_database_from_before_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "cu.sqlite3"
    _make_old_database(path)
    with Store.open(path, now=NOON) as store:
        dated = {one.url: one.dated_by for one in store.crawl_state(GIA_LAI, now=NOON).pending}
        assert dated == {url_of("feed"): "feed", url_of("map"): "lastmod", url_of("khong"): None}
        ingest(store, replace(article("feed", body="Lễ kết nạp."), witness_at=NOON))
        assert store.article(url_of("feed")).article.witness_at == NOON
        assert len(store.stories_since(NOON - HOUR, NOON)) == 1
        assert store.search("kết nạp", limit=5)


def _make_old_database(path: Path) -> None:
    """As the step before left it, with three pages that wait."""
    old = NAMES[: NAMES.index("date_witnesses")]
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    MIGRATIONS.apply(Database(connection), stop_before=NAMES[len(old)])
    home = source().home
    connection.execute("INSERT INTO watch (id, began_at) VALUES (1, '2026-11-01T00:00:00.000000Z')")
    connection.execute(
        "INSERT INTO sources (key, name, kind, home, watched) VALUES (?, 'B', 'paper', ?, 1)",
        (GIA_LAI, home),
    )
    for url, kind in ((f"{home}rss", "feed"), (f"{home}map", "sitemap")):
        connection.execute(
            "INSERT INTO entries (source, url, kind) VALUES (?, ?, ?)", (GIA_LAI, url, kind)
        )
    told = "2026-11-19T00:00:00.000000Z"
    for page, entry, at in (("feed", "rss", told), ("map", "map", told), ("khong", "rss", None)):
        connection.execute(
            "INSERT INTO pages (key, url, source, found_at, found_in, dated_at, state)"
            " VALUES (?, ?, ?, '2026-11-19T01:00:00.000000Z', ?, ?, 'found')",
            (link(page).key, url_of(page), GIA_LAI, f"{home}{entry}", at),
        )
    connection.close()
