"""Digests as files in a folder: the channel that needs no account."""

from __future__ import annotations

import os
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.errors import TemporaryRefusal

if TYPE_CHECKING:
    from monitor.channels import Handover
    from monitor.items import Letter


class FileChannel:
    """Writes ``2026-11-21.html`` and ``.txt`` into folders; ``2026-W47`` for a week.

    Where the reader asked for the figures as a file, ``.csv`` lies beside them. Writing the
    same letter again gives the same files, so a crash is never unclear.
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
        """Write all files; each appears whole or not at all.

        Raises:
            TemporaryRefusal: The folder cannot be written.
        """
        if handover.parts_done:
            return
        folder = Path(recipient)
        handover.begin()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for suffix, content in _files(letter).items():
                write_whole(folder / f"{letter.issue}.{suffix}", content)
        except OSError as error:
            raise TemporaryRefusal(f"{folder}: {error.strerror}") from error
        handover.confirm()


def _files(letter: Letter) -> dict[str, str]:
    figures = {"csv": letter.csv} if letter.csv is not None else {}
    return {"html": _self_contained(letter), "txt": letter.text, **figures}


def _self_contained(letter: Letter) -> str:
    """The page with its picture inside: a file that is moved or passed on stays whole.

    A ``cid:`` leads to another part of a mail, which a file has not; a second file would get
    lost on the way to a colleague. Browsers show ``data:`` images, mail programs do not.
    """
    picture = letter.picture
    if picture is None:
        return letter.html
    image = f"data:image/png;base64,{b64encode(picture.png).decode()}"
    return letter.html.replace(f"cid:{picture.content_id}", image)


def write_whole(path: Path, content: str) -> None:
    """Write a UTF-8 text file so that readers see the old or the new one, never a part.

    Line ends stay as they are.

    Raises:
        OSError: As from the file system; the old file is then untouched.
    """
    beside = path.with_name(f".{path.name}.part")
    with beside.open("w", encoding="utf-8", newline="") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
