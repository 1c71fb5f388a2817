from __future__ import annotations

import json
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.dating.text import VIETNAM
from crawler.errors import ReadingError
from crawler.pagetext import article_text, read_text

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

TITLE = "Phường Gò Nổi khảo sát nguồn đảng viên"
FIRST = "Chiều qua, đoàn công tác làm việc với Đảng ủy phường Gò Nổi về nguồn đảng viên mới."
SECOND = "Đảng bộ phường hiện có 402 đảng viên; từ đầu nhiệm kỳ kết nạp được 16 đảng viên mới."
BODY = f"{FIRST}\n\n{SECOND}"


def seeds() -> list[Any]:
    path = SEEDS / "gold.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []


def test_the_first_line_is_the_title_and_lines_are_paragraphs() -> None:
    reading = read_text(f"{TITLE}\n{FIRST}\n\n{SECOND}\n")
    assert (reading.title, reading.sapo, reading.body) == (TITLE, None, BODY)


def test_a_title_alone_survives() -> None:
    reading = read_text("  Ngày vào Đảng của cô giáo bản  ")
    assert (reading.title, reading.body) == ("Ngày vào Đảng của cô giáo bản", "")


def test_no_text_is_an_error() -> None:
    with pytest.raises(ReadingError) as refusal:
        read_text(" \n\u200b\n")
    assert refusal.value.kind == "empty"


def test_a_crumb_line_before_the_title_is_dropped() -> None:
    reading = read_text(f"Trang chủTin tứcXã hội{TITLE}\n\n{TITLE}\n\n{BODY}")
    assert (reading.title, reading.body) == (TITLE, BODY)


def test_the_line_above_the_date_is_the_title_and_counters_are_not() -> None:
    reading = read_text(
        "Tìm kiếm tin tức\nĐơn vị hỗ trợ\n\u00a0\nThống kê truy cập\nTruy câp tổng 98.765\n"
        f"{TITLE}\nNgày cập nhật 11/04/2023\n{BODY}\nNguồn tin (Gonoi.vn)\nCác tin khác\nTin X"
    )
    assert (reading.title, reading.body) == (TITLE, BODY)
    assert reading.published_at == datetime(2023, 4, 11, tzinfo=VIETNAM).astimezone(UTC)
    assert (reading.published_rule, reading.has_time) == ("text", False)
    assert reading.published_raw == "Ngày cập nhật 11/04/2023"
    assert reading.original_source == "Gonoi.vn"


def test_short_menu_items_before_the_title_are_not_the_title() -> None:
    assert read_text(f"Chính trị\nXây dựng Đảng\n{TITLE}\n{BODY}").title == TITLE


@pytest.mark.parametrize(
    "noise",
    [
        "Đoàn công tác tại buổi làm việc. Ảnh: Lê Na",
        "Đoàn công tác tại buổi làm việc\nĐoàn công tác tại buổi làm việc",
        f"{TITLE}\nMột góc phường nhìn từ trên cao. Ảnh: Lê Na",
        "Theo dõi Báo Gò Nổi trên Google News",
        ">> Xã bên khánh thành cầu mới",
    ],
)
def test_captions_and_tools_are_left_out(noise: str) -> None:
    assert read_text(f"{TITLE}\n{FIRST}\n{noise}\n{SECOND}").body == BODY


def test_a_lead_printed_twice_is_kept_once() -> None:
    lead = " ".join([FIRST, "Buổi làm việc kéo dài đến tối với nhiều ý kiến thẳng thắn."])
    assert read_text(f"{TITLE}\n{lead}\n{lead}\n{SECOND}").body == f"{lead}\n\n{SECOND}"


@pytest.mark.parametrize(
    "label",
    ["Có thể bạn quan tâm", "Tin cùng chuyên mục", "Source link", "Bình luận bài viết", "Nổi bật"],
)
def test_everything_from_a_box_label_on_is_cut(label: str) -> None:
    after = "Giá lúa tăng nhẹ trong tuần qua tại các chợ đầu mối của vùng.\n\nnull"
    assert read_text(f"{TITLE}\n{BODY}\n{label}\n\n{after}").body == BODY


def test_a_label_above_the_text_cuts_nothing() -> None:
    assert read_text(f"{TITLE}\nNổi bật\n{BODY}").body == BODY


def test_the_signature_becomes_the_author() -> None:
    reading = read_text(f"{TITLE}\n{BODY}\n\u00a0\nLÊ NA\n\nTin liên quan\nX")
    assert (reading.author, reading.body) == ("Lê Na", BODY)


def test_the_papers_initials_stay_in_a_copied_text() -> None:
    assert read_text(f"{TITLE}\n(GNO)- {FIRST}").body == f"(GNO)- {FIRST}"


@pytest.mark.parametrize("line", ["Vàng Sín", "Bình luận", "Ảnh: Lê Na", "Tin liên quan"])
def test_text_after_the_title_is_never_lost_altogether(line: str) -> None:
    assert read_text(f"{TITLE}\n{line}").body == line


def test_a_known_title_marks_the_start() -> None:
    page = f"Chuyên mục\n{TITLE.upper()}\n{BODY}\nTin liên quan\nX"
    assert article_text(TITLE, page) == BODY
    assert article_text("Một tên khác", BODY) == BODY


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=8))
def test_any_lines_below_a_title_give_a_reading_in_normal_form(lines: list[str]) -> None:
    reading = read_text("\n".join([TITLE, *lines]))
    assert reading.title
    assert "\n" not in reading.title
    assert unicodedata.is_normalized("NFC", reading.body)


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.exists(), reason="../shared is not here")
@pytest.mark.parametrize("gold", seeds(), ids=lambda gold: gold["id"])
def test_the_founding_articles_come_out_between_their_bounds(gold: dict[str, Any]) -> None:
    text = (SEEDS / gold["file"]).read_text(encoding="utf-8")
    reading = read_text(text)
    assert reading.title == gold["title"]
    assert reading.body.startswith(gold["body_starts"])
    assert reading.body.endswith(gold["body_ends"])
    assert [line for line in gold["not_in_body"] if line in reading.body] == []
    assert reading.author == gold["author"]
    assert article_text(gold["title"], text) == reading.body


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.exists(), reason="../shared is not here")
@pytest.mark.parametrize("gold", seeds(), ids=lambda gold: gold["id"])
def test_no_evidence_is_lost_with_the_noise(gold: dict[str, Any]) -> None:
    body = read_text((SEEDS / gold["file"]).read_text(encoding="utf-8")).body
    assert [fact for fact in gold["facts"] if fact["evidence"] not in body] == []
