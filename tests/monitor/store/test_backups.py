"""A backup is whole, checked, and made while others write; a restore loses nothing."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from monitor.errors import InputError, StoreError
from monitor.store import Store
from monitor.store.backups import back_up, checked, is_search_sound, restore
from tests.monitor.store.builders import NOON, source


def keys(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [key for (key,) in db.execute("SELECT key FROM sources ORDER BY key")]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "watch" / "diembao.db"
    path.parent.mkdir()
    with Store.open(path, now=NOON) as store:
        store.sync_sources([source()], now=NOON)
    return path


def test_a_backup_is_one_file_that_opens_as_a_store(database: Path, tmp_path: Path) -> None:
    made = back_up(database, tmp_path / "copy.db")
    assert made.size == (tmp_path / "copy.db").stat().st_size
    assert {path.name for path in tmp_path.iterdir()} == {"watch", "copy.db"}
    with Store.open(tmp_path / "copy.db") as store:
        assert store.watching_since() == NOON


def test_a_backup_made_while_others_write_is_one_moment_of_theirs(
    database: Path, tmp_path: Path
) -> None:
    begun, enough = threading.Event(), threading.Event()

    def write() -> None:
        with Store.open(database) as store:
            for number in range(100_000):
                with store.write() as db:  # both or neither
                    db.execute("UPDATE sources SET name = ?", (str(number),))
                    db.execute("UPDATE watch SET began_at = ?", (str(number),))
                begun.set()
                if enough.is_set():
                    return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert begun.wait(30)
        for number in range(5):
            copy = tmp_path / f"copy-{number}.db"
            back_up(database, copy)
            with closing(sqlite3.connect(copy)) as db:
                (name,) = db.execute("SELECT name FROM sources").fetchone()
                (moment,) = db.execute("SELECT began_at FROM watch").fetchone()
            assert name == moment
    finally:
        enough.set()
        writer.join(30)


def test_a_file_that_is_there_is_not_written_over(database: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("của tôi")
    with pytest.raises(InputError, match=r"copy\.db: is there already"):
        back_up(database, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "của tôi"


def test_nothing_to_back_up_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no database"):
        back_up(tmp_path / "none.db", tmp_path / "copy.db")
    (tmp_path / "some.db").touch()
    with pytest.raises(InputError, match="cannot be written"):
        back_up(tmp_path / "some.db", tmp_path / "no" / "folder.db")
    with pytest.raises(StoreError, match="not a database of diembao's"):
        back_up(tmp_path / "some.db", tmp_path / "copy.db")
    assert [path.name for path in tmp_path.iterdir()] == ["some.db"]


def test_a_restored_database_is_the_backup_and_the_former_one_is_kept(
    database: Path, tmp_path: Path
) -> None:
    back_up(database, tmp_path / "copy.db")
    with Store.open(database) as store:
        store.sync_sources([source(), source(key="bao-ca-mau")], now=NOON)
    former = restore(tmp_path / "copy.db", database, now=NOON)
    assert former is not None
    assert keys(database) == ["bao-gia-lai"]
    assert keys(former) == ["bao-ca-mau", "bao-gia-lai"]
    assert (tmp_path / "copy.db").exists()
    assert len(list(database.parent.iterdir())) == 2


def test_a_damaged_backup_changes_nothing(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(database, copy)
    content = bytearray(copy.read_bytes())
    content[4096 * 3 : 4096 * 9] = b"\xaa" * 4096 * 6
    copy.write_bytes(content)
    before = database.read_bytes()
    with pytest.raises(StoreError, match="is damaged"):
        restore(copy, database, now=NOON)
    assert database.read_bytes() == before
    assert [path.name for path in database.parent.iterdir()] == ["diembao.db"]


@pytest.mark.parametrize("content", [b"", b"Not a database at all, but a letter", None])
def test_what_is_no_backup_of_ours_changes_nothing(
    database: Path, tmp_path: Path, content: bytes | None
) -> None:
    other = tmp_path / "other"
    if content is not None:
        other.write_bytes(content)
    before = database.read_bytes()
    with pytest.raises((StoreError, InputError)):
        restore(other, database, now=NOON)
    assert database.read_bytes() == before


def test_a_damaged_database_is_replaced_and_kept_with_its_log(
    database: Path, tmp_path: Path
) -> None:
    back_up(database, tmp_path / "copy.db")
    database.write_bytes(b"SQLite format 3\x00" + b"\xaa" * 9000)
    Path(f"{database}-wal").write_bytes(b"the log")
    former = restore(tmp_path / "copy.db", database, now=NOON)
    assert former is not None
    assert keys(database) == ["bao-gia-lai"]
    assert Path(f"{former}-wal").read_bytes() == b"the log"


def test_a_database_in_use_is_not_replaced(database: Path, tmp_path: Path) -> None:
    back_up(database, tmp_path / "copy.db")
    with Store.open(database) as store:
        store.counts()
        with pytest.raises(StoreError, match="is in use"):
            restore(tmp_path / "copy.db", database, now=NOON)
    assert keys(database) == ["bao-gia-lai"]


def test_a_search_index_that_disagrees_is_found(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.row_factory = sqlite3.Row
        assert is_search_sound(db, database)
        db.execute("INSERT INTO search_index (rowid, title) VALUES (9, 'không có bài này')")
        assert not is_search_sound(db, database)
    with pytest.raises(StoreError, match="search index"):
        checked(database)
