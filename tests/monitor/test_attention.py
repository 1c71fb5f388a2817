"""What a digest tells of sources that are silent, and of those that are well again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from monitor.items import Silence
from monitor.render import render
from monitor.wording import Language, load_wording
from tests.monitor import sample_digests as samples

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SILENT = Silence(
    source="Cổng thông tin xã Tân Lâm", since=datetime(2026, 11, 3, 2, tzinfo=UTC), expected=26
)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", ("1 im lặng", "tin cuối: 09:00, 03/11/2026", "khoảng 26 bài", "Đã trở lại")),
        ("en", ("1 silent", "last article: ", "about 26 would", "Back to normal: ")),
    ],
)
def test_every_way_tells_who_is_silent_and_who_is_back(
    language: Language, words: tuple[str, ...]
) -> None:
    digest = samples.empty_day()
    back = tuple(f"Báo {number}" for number in range(7))
    checked = replace(digest.checked, silent=(SILENT,), recovered=back)
    letter = render(replace(digest, checked=checked), wording=load_wording(language), zone=HANOI)
    for told in (letter.html, letter.text, "\n".join(letter.messages)):
        flat = " ".join(told.split())
        assert all(one in flat for one in (*words, SILENT.source, "Báo 4"))
        assert "Báo 5" not in flat
