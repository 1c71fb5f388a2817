"""How an article's date is shown: with its rule, its raw string, and what speaks against it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from monitor.cli.article_view import print_reading, shortfall_line
from monitor.items import Place, Score, Shortfall
from monitor.wording import load_wording
from tests.monitor.store.builders import NOON, article

if TYPE_CHECKING:
    from monitor.wording import Language

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def date_line(
    capsys: pytest.CaptureFixture[str],
    *,
    language: Language = "vi",
    zone: ZoneInfo = HANOI,
    **more: Any,
) -> str:
    print_reading(
        article(**more),
        scores={"dang-vien": Score(label="none", value=0)},
        place=Place(province=None, province_then=None),
        figures=(),
        wording=load_wording(language),
        zone=zone,
    )
    lines = capsys.readouterr().out.splitlines()
    return next(line for line in lines if line.startswith(("Ngày đăng", "Published")))


def test_the_rule_and_the_raw_string_stand_beside_the_date(
    capsys: pytest.CaptureFixture[str],
) -> None:
    raw = "2026-11-20T11:00:00+07:00"
    assert date_line(capsys, published_raw=raw) == f"Ngày đăng: 11:00, 20/11/2026 (meta: {raw})"
    assert date_line(capsys) == "Ngày đăng: 11:00, 20/11/2026 (meta)"
    assert date_line(capsys, published_at=None) == "Ngày đăng: không rõ ngày đăng"


@pytest.mark.parametrize(
    ("language", "mark"),
    [
        ("vi", " · chưa chắc: nơi dẫn đến bài ghi 12:00, 15/11/2026"),
        ("en", " · uncertain: the entry that led here says 12:00, 15 Nov 2026"),
    ],
)
def test_a_disputed_date_says_what_the_entry_told(
    capsys: pytest.CaptureFixture[str], language: Language, mark: str
) -> None:
    told = NOON - timedelta(days=5)
    line = date_line(capsys, language=language, witness_at=told, is_date_disputed=True)
    assert line.endswith(mark)
    assert mark not in date_line(capsys, language=language, witness_at=told)


def test_a_day_without_a_time_is_the_papers_day_wherever_the_reader_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    midnight = NOON.astimezone(HANOI).replace(hour=0)
    line = date_line(
        capsys, zone=ZoneInfo("America/New_York"), published_at=midnight, has_time=False
    )
    assert line == "Ngày đăng: 20/11/2026 (meta)"


@pytest.mark.parametrize(
    ("language", "points", "line"),
    [
        (
            "vi",
            0.62,
            "Chưa được chọn, còn thiếu 0,6 điểm: thân bài chỉ có một thuật ngữ mạnh, không có số"
            " người kết nạp; không có đoạn nào dành riêng cho chủ đề",
        ),
        (
            "en",
            0.0,
            "Enough points, yet not flagged: the body has one strong term and no number of people"
            " admitted; no paragraph has the topic to itself",
        ),
    ],
)
def test_a_near_miss_says_how_far_it_was_and_what_it_lacked(
    language: Language, points: float, line: str
) -> None:
    shortfall = Shortfall(points=points, lacks=("second_proof", "section"))
    assert shortfall_line(shortfall, wording=load_wording(language)) == line
