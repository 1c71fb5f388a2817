"""Copies of the database: made while others write, checked, and put back."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.errors import InputError, StoreError
from monitor.store.opening import APPLICATION_ID, connect, look_at, open_writer, told

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE = timedelta(seconds=30)
_BRIEFLY = timedelta(seconds=2)
"""For a database that nobody should be using."""

_COMPANIONS = ("-wal", "-shm")
"""Files that SQLite keeps beside a database in use; they belong to that one alone."""


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A copy that was checked."""

    path: Path
    size: int
    """In bytes."""
    articles: int
    digests: int


def back_up(database: Path, target: Path) -> Backup:
    """Copy a database while others may write to it, and check the copy.

    Args:
        database: In use or not.
        target: A file that does not exist; it appears whole and checked, or not at all.

    Raises:
        InputError: The target exists or cannot be written.
        StoreError: The database cannot be read, or the copy has faults.
    """
    if not database.exists():
        raise StoreError(f"{database}: there is no database; `diembao run` makes one")
    if target.exists():
        raise InputError(f"{target}: is there already; name a new file")
    part = target.with_name(f".{target.name}.part")
    try:
        _copy(database, part)
        backup = checked(part)
        _settle(part)
        os.link(part, target)  # unlike a rename it fails where somebody made the file meanwhile
    except FileExistsError as error:
        raise InputError(f"{target}: is there already; name a new file") from error
    except OSError as error:
        raise InputError(f"{target}: cannot be written: {error.strerror}") from error
    finally:
        _remove(part)
    return Backup(path=target, size=backup.size, articles=backup.articles, digests=backup.digests)


def checked(path: Path) -> Backup:
    """What a database file holds, once it was found sound.

    Raises:
        StoreError: It is not ours, newer than we know, or has faults.
    """
    with closing(open_writer(path, now=datetime.now(UTC), patience=_PATIENCE)) as connection:
        fault = next(faults_of(connection, path), None)
        if fault is None and not is_search_sound(connection, path):
            fault = "the search index does not agree with the articles"
        if fault is not None:
            raise StoreError(f"{path} is damaged: {fault}; use another copy")
        with told(path):
            articles, digests = connection.execute(_COUNTS).fetchone()
            # One file, without companions that a copy would leave behind.
            connection.execute("PRAGMA journal_mode = DELETE")
    return Backup(path=path, size=path.stat().st_size, articles=articles, digests=digests)


def faults_of(connection: sqlite3.Connection, path: Path) -> Iterator[str]:
    """What is wrong with a database's pages and references; nothing if they are sound.

    Raises:
        StoreError: It is locked, or cannot be read at all.
    """
    with told(path):
        for (fault,) in connection.execute("PRAGMA integrity_check(5)"):
            if fault != "ok":
                yield fault
        for row in connection.execute("PRAGMA foreign_key_check").fetchmany(5):
            yield f"a row of {row['table']} belongs to no row of {row['parent']}"


def is_search_sound(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether the search index holds what the articles say."""
    try:
        # A rank of 1 compares with the articles too (FTS5, "The integrity-check Command").
        connection.execute(
            "INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)"
        )
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
            with told(path):
                raise
        return False
    return True


def restore(backup: Path, database: Path, *, now: datetime) -> Path | None:
    """Put a backup in the place of the database. Nobody may be using it; the caller sees to that.

    Args:
        backup: Is left as it is.
        database: Is replaced in one step, when the copy was checked.
        now: Names the file that keeps the former database.

    Returns:
        Where the former database is kept; None where there was none.

    Raises:
        InputError: There is no such backup, or the folder cannot be written.
        StoreError: The backup is not ours or damaged; nothing was changed.
    """
    if not backup.is_file():
        raise InputError(f"{backup}: there is no such file")
    part = database.with_name(f".{database.name}.restoring")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        look_at(backup)
        _copy(backup, part)
        checked(part)
        _settle(part)
        former = _set_aside(database, now=now)
        part.replace(database)
        _sync_folder(database.parent)
    except OSError as error:
        raise InputError(f"{database}: cannot be replaced: {error.strerror}") from error
    finally:
        _remove(part)
    return former


_COUNTS = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM digests)"


def _copy(database: Path, target: Path) -> None:
    """One consistent view of all that is committed, in one step: writers do not wait for it."""
    _remove(target)
    target.touch(exist_ok=False)  # what the folder refuses is not the database's fault
    with (
        told(database),
        closing(connect(database, patience=_PATIENCE)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        if source.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise StoreError(f"{database} is not a database of diembao's; name another file")
        source.backup(copy, pages=-1)


def _set_aside(database: Path, *, now: datetime) -> Path | None:
    """Keep the former database under another name, and let it stand until it is replaced."""
    if not database.exists():
        return None
    former = database.with_name(f"{database.name}.before-{now:%Y%m%d-%H%M%S}")
    if _is_folded(database):
        _twin(database, former)
        return former
    # Damaged: its log cannot be folded in, and would spoil the file that takes its place.
    _twin(database, former)
    for ending in _COMPANIONS:
        companion = Path(f"{database}{ending}")
        if companion.exists():
            companion.replace(f"{former}{ending}")
    return former


def _is_folded(database: Path) -> bool:
    """Fold the log into the database; False where it is too damaged for that.

    Raises:
        StoreError: Somebody is using it.
    """
    try:
        with closing(connect(database, patience=_BRIEFLY)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreError(f"{database} is in use; stop what uses it, then try again") from error
        return False
    return not any(Path(f"{database}{ending}").exists() for ending in _COMPANIONS)


def _twin(database: Path, other: Path) -> None:
    try:
        os.link(database, other)
    except OSError:  # no hard links on this disk
        shutil.copy2(database, other)


def _settle(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(path: Path) -> None:
    for one in (path, *(Path(f"{path}{ending}") for ending in (*_COMPANIONS, "-journal"))):
        one.unlink(missing_ok=True)
