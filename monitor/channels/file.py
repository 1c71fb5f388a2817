"""Digests as files in a folder: the channel that needs no account."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.errors import TemporaryRefusal

if TYPE_CHECKING:
    from monitor.channels import Handover
    from monitor.items import Letter


class FileChannel:
    """Writes ``2026-11-21.html`` and ``.txt`` into folders; ``2026-W47`` for a week.

    Writing the same letter again gives the same files, so a crash is never unclear.
    """

    name = "file"
    can_repeat = True

    def __init__(self, *folders: Path) -> None:
        self._folders = folders

    @property
    def recipients(self) -> tuple[str, ...]:
        """The folders."""
        return tuple(map(str, self._folders))

    def parts(self, letter: Letter) -> int:  # noqa: ARG002 - one whatever the letter
        """One: the letter as a whole."""
        return 1

    def probe(self) -> None:
        """Write into the folders.

        Raises:
            TemporaryRefusal: One cannot be written.
        """
        for folder in self._folders:
            probe = folder / ".probe"
            try:
                folder.mkdir(parents=True, exist_ok=True)
                write_whole(probe, "")
                probe.unlink()
            except OSError as error:
                raise TemporaryRefusal(f"{folder}: {error.strerror}") from error

    def send(self, letter: Letter, recipient: str, handover: Handover) -> None:
        """Write both files; each appears whole or not at all.

        Raises:
            TemporaryRefusal: The folder cannot be written.
        """
        if handover.parts_done:
            return
        folder = Path(recipient)
        handover.begin()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(folder / f"{letter.issue}.html", letter.html)
            write_whole(folder / f"{letter.issue}.txt", letter.text)
        except OSError as error:
            raise TemporaryRefusal(f"{folder}: {error.strerror}") from error
        handover.confirm()


def write_whole(path: Path, content: str) -> None:
    """Write a UTF-8 text file so that readers see the old or the new one, never a part.

    Raises:
        OSError: As from the file system; the old file is then untouched.
    """
    beside = path.with_name(f".{path.name}.part")
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
