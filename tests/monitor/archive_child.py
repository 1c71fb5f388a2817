"""A process that archives responses until it is killed."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from monitor.archive import ResponseArchive
from tests.monitor.archived import response_of


def main(folder: str, name: str, count: str, size: str) -> None:
    """Tell each record's place once it is written; wait for a line before the first.

    Args:
        folder: Of the archive.
        name: Of this process, told apart in the addresses.
        count: How many records; 0 is without end.
        size: Of each body, in bytes.
    """
    archive = ResponseArchive(Path(folder), zone=UTC)
    now = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
    tell("ready")
    sys.stdin.readline()
    number = 0
    while count == "0" or number < int(count):
        place = archive.append(response_of(f"{name}-{number}", size=int(size), fetched_at=now))
        tell(f"{name}-{number} {place.file} {place.offset}")
        number += 1


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
