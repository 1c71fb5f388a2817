"""Words that inline elements split are whole again; words that only a style sheet parts are two."""

from __future__ import annotations

import pytest
from lxml import html

from crawler.page.blocks import paragraphs
from crawler.page.markup import text_of


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        ("phát tri<b>ể</b>n", "phát triển"),
        ("<span>phát tri</span><span>ển</span> đảng", "phát triển đảng"),
        ("<font>xây d</font><font>ựng Đ</font><font>ảng</font>", "xây dựng Đảng"),
        ("<span>nghi</span><span>ê</span><span>n c</span><span>ứu</span>", "nghiên cứu"),
        ("<b>Đ</b>ảng bộ và <b>T</b><i>rong</i>", "Đảng bộ và Trong"),
        ("<span>QUY</span><span>ẾT</span> ĐỊNH", "QUYẾT ĐỊNH"),
        ("<b>face</b><i>book</i>", "facebook"),
        ("<span>1</span><span>204</span> người", "1204 người"),
        ("900 m<sup>2</sup>, khí CO<sub>2</sub>", "900 m2, khí CO2"),
        ("<span>trie\u0302</span><span>\u0309n</span>", "triển"),
        ("<span>QL</span><span>1</span>A", "QL1A"),
    ],
)
def test_a_word_that_elements_split_is_whole(markup: str, line: str) -> None:
    assert paragraphs(html.fromstring(f"<p>{markup}</p>")) == [line]


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        ("<span>Tin</span><span>mới</span>", "Tin mới"),
        ("<b>Sáng</b>nay", "Sáng nay"),
        ("<i>Xem thêm</i><a>Đảng viên trẻ</a><a>Chi bộ</a>", "Xem thêm Đảng viên trẻ Chi bộ"),
        ("<span>đ</span><span>ả</span><span>ng</span><span>vi</span><span>ên</span>", "đảng viên"),
        ("<b>TIN</b><b>MỚI</b>", "TIN MỚI"),
        ("<i>Nhi</i><i>•</i><i>06:40</i><i>13/11/2026</i>", "Nhi • 06:40 13/11/2026"),
        ("<span>kết nạp</span><span>38 người</span>", "kết nạp 38 người"),
        ("<span>Hết.</span><span>Mời xem</span>", "Hết. Mời xem"),
        ("<a href=1>fb</a><a href=2>zl</a>", "fb zl"),
        ("<span>www.</span><span>baotinh.vn</span>", "www.baotinh.vn"),
        ("<span>Tin nóng:</span><span>Mời xem</span>", "Tin nóng: Mời xem"),
        ("<span>năm 2026</span><span>Lượt xem</span>", "năm 2026 Lượt xem"),
    ],
)
def test_words_that_a_style_sheet_parts_are_two(markup: str, line: str) -> None:
    assert paragraphs(html.fromstring(f"<p>{markup}</p>")) == [line]


def test_lines_of_a_heading_are_no_one_word() -> None:
    heading = html.fromstring("<h1>Bồi dưỡng<br>đoàn viên ưu tú</h1>")
    assert text_of(heading) == "Bồi dưỡng đoàn viên ưu tú"
