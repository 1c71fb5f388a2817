"""One writing connection behind a lock, and reading connections handed round between threads."""

from __future__ import annotations

import threading
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Self

from monitor.errors import StoreError
from monitor.store.opening import connect, open_writer, told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = timedelta(seconds=30)
"""For another process's transaction; our own last milliseconds."""

PROOF_BYTES = 256 * 1024
"""More than most transactions of a crawl bring."""


class Connections:
    """The way to the file. Safe to use from any thread; other processes may write too."""

    def __init__(self, path: Path, writer: sqlite3.Connection, *, patience: timedelta) -> None:
        self.path = path
        self._writer = writer
        self._patience = patience
        self._write_lock = threading.Lock()
        self._idle_readers: list[sqlite3.Connection] = []
        self._readers_lock = threading.Lock()
        self._is_closed = False

    @classmethod
    def open(
        cls, path: Path, *, now: datetime | None = None, patience: timedelta = PATIENCE
    ) -> Self:
        """Open the database, making or updating it where needed.

        Args:
            path: The file; its folder must exist.
            now: When the watch begins, if this call makes the file; the clock's time
                where not given.
            patience: How long to wait for another process's lock.

        Raises:
            StoreError: Not a database, not ours, newer than we know, unreadable, locked,
                or without a folder. The file is left as it was.
        """
        path = path.absolute()
        writer = open_writer(path, now=now or datetime.now(UTC), patience=patience)
        return cls(path, writer, patience=patience)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file, after a transaction in progress. Closing twice is harmless."""
        with self._readers_lock:
            self._is_closed = True
            readers, self._idle_readers = self._idle_readers, []
        for reader in readers:
            reader.close()
        # The last connection to close folds the log into the file, which a reader may not.
        with self._write_lock:
            self._writer.close()

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is kept, or nothing where the block raises.

        It takes the write lock at once, so what it reads stays true until it ends. It is
        not to be nested.

        Raises:
            StoreError: The file is locked for too long, full, damaged or closed.
        """
        with self._write_lock, told(self.path):
            self._require_open()
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                self._writer.rollback()
                raise

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of what is committed; writers neither wait nor are seen.

        Raises:
            StoreError: The file is damaged, gone or closed.
        """
        with told(self.path):
            reader = self._borrow_reader()
            try:
                reader.execute("BEGIN")
                yield reader
            finally:
                reader.rollback()
                self._give_back(reader)

    def prove_writable(self) -> None:
        """Write something of a crawl's size and take it away again.

        Raises:
            StoreError: The database cannot take it in.
        """
        with self.write() as db:
            db.execute("DROP TABLE IF EXISTS proof")
            db.execute("CREATE TABLE proof (proof BLOB)")
            db.execute("INSERT INTO proof VALUES (zeroblob(?))", (PROOF_BYTES,))
        with self.write() as db:
            db.execute("DROP TABLE proof")

    def require_unlocked(self, *, patience: timedelta) -> None:
        """See whether a transaction could begin now; nothing is written.

        Args:
            patience: How long to wait for one that is going on.

        Raises:
            StoreError: Another process holds the database, or it cannot be written to.
        """
        with told(self.path), closing(connect(self.path, patience=patience)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.rollback()

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file; to be called when nobody is busy.

        While readers never pause, SQLite cannot start the log anew by itself. A reader
        that is busy right now makes this a smaller step, not an error.
        """
        with self._write_lock, told(self.path):
            self._require_open()
            self._writer.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def _borrow_reader(self) -> sqlite3.Connection:
        with self._readers_lock:
            self._require_open()
            if self._idle_readers:
                return self._idle_readers.pop()
        reader = connect(self.path, patience=self._patience)
        reader.execute("PRAGMA query_only = ON")
        return reader

    def _give_back(self, reader: sqlite3.Connection) -> None:
        with self._readers_lock:
            if not self._is_closed:
                self._idle_readers.append(reader)
                return
        reader.close()

    def _require_open(self) -> None:
        if self._is_closed:
            raise StoreError(f"{self.path} was closed; open it again")
