"""What only one process of a watch may do at a time; a lock dies with its holder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filelock import FileLock

from monitor.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path


def lock_of(database: Path, purpose: str) -> FileLock:
    """A lock that only one process of a database's watch can hold; taking it raises Timeout.

    Raises:
        StoreError: The locks' folder cannot be made.
    """
    folder = database.parent / "locks"
    make_folder(folder)
    return FileLock(folder / f"{purpose}.lock", timeout=0)


def site_purpose(site: str) -> str:
    """To crawl a site; a port's colon is no letter of a file name everywhere."""
    return f"site-{site.replace(':', '_')}"


def make_folder(folder: Path) -> None:
    """Make a folder of the watch, and those above it, where they are missing.

    Raises:
        StoreError: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be made: {error.strerror}") from error
