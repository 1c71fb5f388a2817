from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from monitor.channels.file import FileChannel
from monitor.errors import TemporaryRefusal
from monitor.items import Picture
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


def test_the_figures_lie_beside_the_letter_where_they_were_asked_for(tmp_path: Path) -> None:
    figures = "\ufeffTổ chức,Giá trị\r\nĐảng bộ xã Ia O,31\r\n"
    FileChannel(tmp_path).send(replace(LETTER, csv=figures), str(tmp_path), Steps())
    assert (tmp_path / "2026-11-21.csv").read_bytes() == figures.encode()


def test_a_page_holds_its_picture_itself(tmp_path: Path) -> None:
    picture = Picture(content_id="hinh@diembao", png=b"\x89PNG")
    page = '<img src="cid:hinh@diembao" alt="Biểu đồ">'
    letter = replace(LETTER, html=page, picture=picture)
    FileChannel(tmp_path).send(letter, str(tmp_path), Steps())
    written = (tmp_path / "2026-11-21.html").read_text("utf-8")
    assert written == '<img src="data:image/png;base64,iVBORw==" alt="Biểu đồ">'
