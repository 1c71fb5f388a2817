from __future__ import annotations

from pathlib import Path

import pytest

from monitor.channels.file import FileChannel
from monitor.errors import TemporaryRefusal
from tests.monitor.channels.letters import LETTER, Steps


def test_both_files_appear_whole(tmp_path: Path) -> None:
    folder = tmp_path / "outbox"
    FileChannel(folder).send(LETTER, str(folder), Steps())
    assert (folder / "2026-11-21.html").read_text("utf-8") == LETTER.html
    assert (folder / "2026-11-21.txt").read_text("utf-8") == LETTER.text
    assert len(list(folder.iterdir())) == 2


def test_a_folder_that_cannot_be_made_is_told_and_tried_again(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(TemporaryRefusal, match="file"):
        FileChannel(blocked / "outbox").send(LETTER, str(blocked / "outbox"), Steps())
