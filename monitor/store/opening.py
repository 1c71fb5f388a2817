"""Opens the database file, or says in one line why it cannot be used."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from monitor.errors import StoreError
from monitor.store.prints import store_missing_prints
from monitor.store.rekeying import rekey_decorated
from monitor.store.steps import NAMES, SET
from monitor.store.times import written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, timedelta
    from pathlib import Path

APPLICATION_ID = 0x6469656D
"""``diem`` in ASCII, in the file's header: says that the database is ours."""

_HEADER = b"SQLite format 3\x00"

_NOT_OURS = "is a database, but not diembao's; name another file"
_REASONS = {
    sqlite3.SQLITE_BUSY: "is locked by another process; try again when that is done",
    sqlite3.SQLITE_LOCKED: "is locked by another process; try again when that is done",
    sqlite3.SQLITE_PROTOCOL: "is locked by another process; try again when that is done",
    sqlite3.SQLITE_READONLY: "cannot be written to; let this user write to it and its folder",
    sqlite3.SQLITE_PERM: "cannot be written to; let this user write to it and its folder",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; let this user write to it and its folder",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full; make room on it",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports an error",
    sqlite3.SQLITE_CORRUPT: "is damaged; put a backup in its place",
    sqlite3.SQLITE_NOTADB: "is not a database; name another file",
}
"""What the world does to a file. Any other error of SQLite is a mistake in our own SQL."""

# Where sqlite-utils' Migrations notes them.
_APPLIED = "SELECT name FROM _sqlite_migrations WHERE migration_set = ?"


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn SQLite's complaints about the file into ours; the one place where that is done.

    Raises:
        StoreError: The file is locked, read-only, damaged or the disk is full.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        # The lowest byte is the kind of error, the others its variety.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code not in _REASONS:
            raise
        raise StoreError(f"{path} {_REASONS[code]} ({error})") from error


def connect(path: Path, *, patience: timedelta) -> sqlite3.Connection:
    """A connection to the file, which may be handed from thread to thread.

    Args:
        path: The database.
        patience: How long a statement waits for another process's lock.
    """
    connection = sqlite3.connect(
        path, timeout=patience.total_seconds(), isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    # A delivery marked as handed over must outlive a power cut, or it would go out twice.
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def open_writer(path: Path, *, now: datetime, patience: timedelta) -> sqlite3.Connection:
    """The connection that writes, to a file that is ours and up to date.

    Raises:
        StoreError: The file cannot be used; it was not changed.
    """
    look_at(path)
    with told(path):
        connection = connect(path, patience=patience)
        try:
            _bring_up_to_date(connection, path, now=now)
        except BaseException:
            connection.close()
            raise
    return connection


def look_at(path: Path) -> None:
    """See what is there before SQLite touches it.

    Raises:
        StoreError: It is no file that could be a database.
    """
    if not path.parent.is_dir():
        raise StoreError(f"{path} has no folder; create {path.parent} or name another file")
    if path.is_dir():
        raise StoreError(f"{path} is a folder; name a file in it")
    if not path.exists():
        return
    try:
        with path.open("rb") as file:
            beginning = file.read(len(_HEADER))
    except OSError as error:
        reason = f"{path} cannot be read ({error.strerror}); let this user read it"
        raise StoreError(reason) from error
    if beginning not in (b"", _HEADER):
        raise StoreError(f"{path} is not a database; name another file")


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, *, now: datetime) -> None:
    if not _is_current(connection, path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have done it while this one waited for the lock.
            if not _is_current(connection, path):
                _migrate(connection, now=now)
            connection.execute("COMMIT")
        except BaseException:
            connection.rollback()
            raise
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        raise StoreError(f"{path} is on a disk without shared memory; move it to a local one")


def _is_current(db: sqlite3.Connection, path: Path) -> bool:
    """Whether nothing needs to be done.

    Raises:
        StoreError: The file is somebody else's, or a newer diembao's.
    """
    is_ours = db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    if not is_ours:
        if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise StoreError(f"{path} {_NOT_OURS}")
        return False
    applied = {row["name"] for row in db.execute(_APPLIED, (SET,))} if _has_steps(db) else set()
    unknown = sorted(applied - set(NAMES))
    if unknown:
        raise StoreError(f"{path} was made by a newer diembao ({unknown[0]}); install that one")
    return applied == set(NAMES)


def _has_steps(db: sqlite3.Connection) -> bool:
    sql = "SELECT count(*) FROM sqlite_master WHERE name = '_sqlite_migrations'"
    return bool(db.execute(sql).fetchone()[0])


def _migrate(connection: sqlite3.Connection, *, now: datetime) -> None:
    # Loaded late: see monitor.store.steps.
    from sqlite_utils import Database

    from monitor.store.migrations import MIGRATIONS

    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    MIGRATIONS.apply(Database(connection, recursive_triggers=False, execute_plugins=False))
    # Not within the steps: that would run today's code on the tables of then.
    rekey_decorated(connection)
    store_missing_prints(connection)
    connection.execute("INSERT OR IGNORE INTO watch (id, began_at) VALUES (1, ?)", (written(now),))
