"""A database is opened whole or not at all, and the reason is one line."""

from __future__ import annotations

import os
import sqlite3
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from monitor.errors import StoreError
from monitor.store import Store
from monitor.store.migrations import MIGRATIONS
from monitor.store.steps import NAMES
from tests.monitor.store.builders import HOUR, NOON, source

if TYPE_CHECKING:
    from pathlib import Path

BRIEFLY = timedelta(milliseconds=50)


def test_a_new_file_has_every_table_and_says_since_when_it_watches(store: Store) -> None:
    assert store.watching_since() == NOON - HOUR
    with store.read() as db:
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_opening_again_keeps_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "again.sqlite3"
    with Store.open(path, now=NOON) as first:
        first.sync_sources([source()], now=NOON)
    with Store.open(path, now=NOON + HOUR) as second:
        assert second.watching_since() == NOON
        assert second.due_sources(NOON) == ["bao-gia-lai"]


def test_an_empty_file_is_taken_as_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "empty.sqlite3"
    path.touch()
    with Store.open(path) as opened:
        assert opened.counts().sources == 0


def test_closing_leaves_one_file_and_a_closed_store_says_so(tmp_path: Path) -> None:
    opened = Store.open(tmp_path / "one.sqlite3")
    opened.counts()
    opened.close()
    opened.close()
    assert [path.name for path in tmp_path.iterdir()] == ["one.sqlite3"]
    with pytest.raises(StoreError, match="was closed"):
        opened.counts()
    with pytest.raises(StoreError, match="was closed"):
        opened.sync_sources([], now=NOON)


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Ghi chép ngày thường")
    with pytest.raises(StoreError, match=r"notes\.txt is not a database; name another file"):
        Store.open(path)
    assert path.read_text() == "Ghi chép ngày thường"
    assert list(tmp_path.iterdir()) == [path]


def test_somebody_elses_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "theirs.db"
    with sqlite3.connect(path) as theirs:
        theirs.execute("CREATE TABLE articles (id)")
    theirs.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not diembao's"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "newer.sqlite3"
    Store.open(path).close()
    with sqlite3.connect(path) as newer:
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('diembao', 'from_the_future', '')"
        )
    newer.close()
    with pytest.raises(StoreError, match=r"newer diembao \(from_the_future\)"):
        Store.open(path)


def test_a_damaged_database_is_reported_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "damaged.sqlite3"
    Store.open(path).close()
    whole = bytearray(path.read_bytes())
    whole[100:4096] = bytes(3996)
    path.write_bytes(whole)
    with pytest.raises(StoreError, match=r"damaged\.sqlite3 is damaged; .*backup") as caught:
        Store.open(path)
    assert "\n" not in str(caught.value)


def test_a_missing_folder_and_a_folder_in_its_place_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="has no folder; create"):
        Store.open(tmp_path / "missing" / "diembao.sqlite3")
    with pytest.raises(StoreError, match="is a folder"):
        Store.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "secret.sqlite3"
    Store.open(path).close()
    path.chmod(0)
    with pytest.raises(StoreError, match="cannot be read"):
        Store.open(path)


def test_a_file_locked_for_too_long_is_reported(store: Store) -> None:
    with Store.open(store.path, patience=BRIEFLY) as other, store.write():
        with pytest.raises(StoreError, match="is locked by another process"):
            other.sync_sources([], now=NOON)
        assert other.due_sources(NOON) == ["bao-gia-lai"]


def test_a_failing_transaction_leaves_nothing_and_frees_the_lock(store: Store) -> None:
    broken = source("bao-dak-lak", kind=None)
    with pytest.raises(sqlite3.IntegrityError):
        store.sync_sources([source(name="Tên khác"), broken], now=NOON)
    assert [state.name for state in store.source_states()] == ["Bao Gia Lai"]
    store.sync_sources([source(name="Báo Gia Lai")], now=NOON)
    assert [state.name for state in store.source_states()] == ["Báo Gia Lai"]


def test_a_mistake_in_sql_is_not_passed_off_as_a_damaged_file(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), store.read() as db:
        db.execute("SELECT * FROM nowhere")


def test_readers_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError, match="readonly"), store.read() as db:
        db.execute("DELETE FROM sources")
    assert store.counts().sources == 1


def test_threads_share_a_store(store: Store) -> None:
    def work() -> None:
        for _ in range(20):
            store.begin_run(NOON, ["bao-gia-lai"])
            store.last_runs(1)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.last_runs(100)) == 80


def test_a_reader_keeps_its_view_while_others_write(store: Store) -> None:
    with store.read() as db:
        before = db.execute("SELECT count(*) FROM crawl_runs").fetchone()[0]
        store.begin_run(NOON, [])
        assert db.execute("SELECT count(*) FROM crawl_runs").fetchone()[0] == before
    assert len(store.last_runs(5)) == before + 1


def test_a_checkpoint_folds_the_log_into_the_file(store: Store) -> None:
    store.sync_sources([source(name="Dấu vết")], now=NOON)
    assert "Dấu vết".encode() not in store.path.read_bytes()
    store.checkpoint()
    assert "Dấu vết".encode() in store.path.read_bytes()


def test_every_step_is_named_once_and_in_order() -> None:
    assert tuple(step.name for step in MIGRATIONS.pending(Database(memory=True))) == NAMES
