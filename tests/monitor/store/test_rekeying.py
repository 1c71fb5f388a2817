"""Stored pages keep up with what makes an address another page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.items import Predecessor
from monitor.store import Store
from monitor.store.rekeying import rekey_decorated
from tests.monitor.store.builders import HOUR, NOON, source

if TYPE_CHECKING:
    from pathlib import Path

FORMER = Predecessor(name="Báo Cũ", host="baocu.vn", province="Bình Định")


def put(store: Store, *keys: str) -> None:
    """Articles under these keys, as an earlier release stored them."""
    at = "2026-11-01T00:00:00.000000Z"
    with store.write() as db:
        for key in keys:
            db.execute(
                "INSERT INTO pages (key, url, source, found_at, state)"
                " VALUES (?, ?, 'bao-gia-lai', ?, 'read')",
                (key, f"https://{key}", at),
            )
            db.execute(
                "INSERT INTO skimmed_pages (page, found_at, seen_at, url, title, has_time)"
                " VALUES (?, ?, ?, ?, 'Tin', 0)",
                (key, at, at, f"https://{key}"),
            )


def keys(store: Store) -> set[str]:
    with store.read() as db:
        pages = {row[0] for row in db.execute("SELECT key FROM pages")}
        skimmed = {row[0] for row in db.execute("SELECT page FROM skimmed_pages")}
        assert not db.execute("PRAGMA foreign_key_check").fetchall()
    assert pages == skimmed
    return pages


def test_decorated_keys_become_those_of_their_pages(store: Store) -> None:
    store.sync_sources([source()], now=NOON)
    put(
        store,
        "m.bao.vn/tin-a1.html",
        "bao.vn/tin?NewsId=2&tmpl=component",
        "bao.vn/tin-3.html;jsessionid=AB12",
        "bao.vn/tin?NewsId=4",
        "bao.vn/tin-5.html",
    )
    with store.write() as db:
        assert rekey_decorated(db) == 3
    assert keys(store) == {
        "bao.vn/tin-a1.html",
        "bao.vn/tin?NewsId=2",
        "bao.vn/tin-3.html",
        "bao.vn/tin?NewsId=4",
        "bao.vn/tin-5.html",
    }


def test_a_page_that_is_stored_under_both_keys_stays_twice(store: Store) -> None:
    store.sync_sources([source()], now=NOON)
    put(store, "m.bao.vn/tin-a1.html", "bao.vn/tin-a1.html")
    with store.write() as db:
        assert rekey_decorated(db) == 0
    assert keys(store) == {"m.bao.vn/tin-a1.html", "bao.vn/tin-a1.html"}


def test_once_a_source_says_that_a_paper_moved_its_pages_come_along(store: Store) -> None:
    paper = replace(source(), home="https://baomoi.vn/", predecessors=(FORMER,))
    store.sync_sources([paper], now=NOON)
    put(store, "baocu.vn/tin-a1.html", "baocu.vn?id=3", "baocu.vn.khac.vn/tin", "baocu.vnx/tin")
    store.sync_sources([paper], now=NOON + HOUR)
    assert "baocu.vn/tin-a1.html" in keys(store)
    moved = replace(paper, predecessors=(replace(FORMER, moved=True),))
    store.sync_sources([moved], now=NOON + HOUR)
    after = {"baomoi.vn/tin-a1.html", "baomoi.vn?id=3", "baocu.vn.khac.vn/tin", "baocu.vnx/tin"}
    assert keys(store) == after
    store.sync_sources([moved], now=NOON + HOUR)
    assert keys(store) == after
    state = store.crawl_state("bao-gia-lai", now=NOON + HOUR)
    assert "baomoi.vn/tin-a1.html" in state.known


def test_an_older_database_is_brought_along_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "older.sqlite3"
    with Store.open(path, now=NOON) as store:
        store.sync_sources([source()], now=NOON)
        put(store, "m.bao.vn/tin-a1.html")
        with store.write() as db:
            db.execute("DROP TABLE backfill_walks")
            db.execute("ALTER TABLE pages DROP COLUMN is_backfilled")
            db.execute("DELETE FROM _sqlite_migrations WHERE name = 'backfills'")
    with Store.open(path, now=NOON + HOUR) as store:
        assert keys(store) == {"bao.vn/tin-a1.html"}
