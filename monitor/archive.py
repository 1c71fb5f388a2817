"""The archive: the pages that articles were read from, one WARC file for each local day."""

from __future__ import annotations

import logging
import os
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from monitor.errors import ArchiveError
from monitor.items import ArchivePlace
from monitor.warc import decode_response, encode_beginning, encode_response, end_of_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo
    from pathlib import Path
    from typing import BinaryIO

    from crawler.items import Article
    from monitor.warc import ArchivedResponse

log = logging.getLogger(__name__)

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})\.warc\.gz")
_PATIENCE = timedelta(seconds=30)
"""For another writer's record; our own last milliseconds."""


def file_of(day: date) -> str:
    """Name of a day's file; names sort as their days do."""
    return f"{day.isoformat()}.warc.gz"


class ResponseArchive:
    """A folder of WARC files, one record a response.

    Any number of threads and processes may append: they take turns at a lock. A record is
    one gzip member; what a killed process left of one is cut off before the next is written,
    so that all others stay readable.

    Args:
        folder: Made when the first record comes.
        zone: Whose midnight begins a new file.
    """

    def __init__(self, folder: Path, *, zone: tzinfo) -> None:
        self._folder = folder
        self._zone = zone
        self._known_end = ("", 0)
        """Name of the file written last, and where its last whole record ended."""

    def keep(self, article: Article) -> ArchivePlace | None:
        """Archive an article's response; None where it has none or it cannot be written.

        An archive that cannot be written costs no article: the failure is logged.
        """
        if article.raw is None:
            return None
        try:
            return self.append(article)
        except (OSError, Timeout) as error:
            log.warning("%s not archived in %s: %s", article.url, self._folder, error)
            return None

    def append(self, article: Article) -> ArchivePlace:
        """Write an article's response to the end of its day's file.

        Raises:
            OSError: The disk is full, or the folder cannot be written.
            Timeout: Another writer held the lock for too long.
            ValueError: The article brings no response.
        """
        record = encode_response(article)
        name = file_of(article.fetched_at.astimezone(self._zone).date())
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._lock():
            return self._write(name, record)

    def read(self, place: ArchivePlace) -> ArchivedResponse:
        """The response at a place.

        Raises:
            ArchiveError: There is none any more, or its record is damaged.
        """
        try:
            with (self._folder / place.file).open("rb") as file:
                file.seek(place.offset)
                return decode_response(file)
        except (OSError, ArchiveError) as error:
            path = self._folder / place.file
            raise ArchiveError(f"{path} at byte {place.offset}: {error}") from error

    def delete_before(self, day: date) -> list[str]:
        """Delete the files of the days before one; their names.

        Raises:
            OSError: A file cannot be deleted.
        """
        old = [path for path in self._files() if path.name < file_of(day)]
        if old:
            with self._lock():
                for path in old:
                    path.unlink(missing_ok=True)
        return [path.name for path in old]

    def _files(self) -> Iterator[Path]:
        if self._folder.is_dir():
            yield from (
                path for path in sorted(self._folder.iterdir()) if _NAME.fullmatch(path.name)
            )

    def _lock(self) -> FileLock:
        # One a call: a lock object would let the same thread in twice.
        return FileLock(self._folder / ".lock", timeout=_PATIENCE.total_seconds())

    def _write(self, name: str, record: bytes) -> ArchivePlace:
        path = self._folder / name
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        with os.fdopen(descriptor, "r+b", buffering=0) as file:
            size = os.fstat(descriptor).st_size
            end = self._end_of(name, size=size, file=file)
            if end < size:
                log.warning("%s: cut off an unfinished record of %d bytes", path, size - end)
                file.truncate(end)
            beginning = encode_beginning(name) if end == 0 else b""
            try:
                file.seek(end)
                _write_all(descriptor, beginning + record)
            except OSError:
                file.truncate(end)
                raise
        offset = end + len(beginning)
        self._known_end = (name, offset + len(record))
        return ArchivePlace(file=name, offset=offset)

    def _end_of(self, name: str, *, size: int, file: BinaryIO) -> int:
        """Where the next record begins; only what others wrote since is looked at."""
        known_name, known = self._known_end
        if known_name != name or known > size:
            return end_of_records(file)
        return known if known == size else end_of_records(file, start=known)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
