"""Who wrote an article and whom it was taken from, however the last lines of a page say it."""

from __future__ import annotations

import pytest

from tests.crawler.layouts import HEADLINE, LEAD, NEWS, PARAGRAPHS, links, page, paragraphs, read

TEXT = paragraphs()
HEAD = f"<h1>{HEADLINE}</h1><p>12/11/2025 08:30</p><p><b>{LEAD}</b></p>"
BODY = "\n\n".join(PARAGRAPHS)
MORE = f"<p><b>Tin khác</b></p>{links(*NEWS)}"

AUTHORS = {
    "photos and text": "<p align=right><b>Bài và ảnh: Lò Thị Mỷ</b></p>",
    "text and photos apart": "<p>Tin, ảnh: Lò Thị Mỷ</p>",
    "by whom it was done": "<p><em>Thực hiện: Lò Thị Mỷ</em></p>",
    "a name on the right": "<p style='text-align:right'>Lò Thị Mỷ</p>",
    "a bold name": "<p><strong>Lò Thị Mỷ</strong></p>",
    "a bold name below a rule": "<hr><div><b>Lò Thị Mỷ</b></div>",
    "in capitals": "<p>LÒ THỊ MỶ</p>",
    "in brackets": "<p>(Lò Thị Mỷ)</p>",
    "behind a dash": "<p>- Lò Thị Mỷ -</p>",
    "by its writer": "<div>Người viết: Lò Thị Mỷ</div>",
    "with an office": "<p><i>Lò Thị Mỷ (Ban Tuyên giáo Đảng ủy)</i></p>",
    "with an office behind a dash": "<p><b>Lò Thị Mỷ - Văn phòng Đảng ủy</b></p>",
    "behind an office": "<p><b>Ban Tuyên giáo Tỉnh ủy – Lò Thị Mỷ</b></p>",
    "with an office in a box below": "<div>Lò Thị Mỷ, Phòng Văn hóa - Xã hội</div>",
    "above a row of buttons": "<p><b>Lò Thị Mỷ</b></p><p>In bài | Quay lại | Lượt xem: 512</p>",
    "below a row of buttons": "<p>In bài | Quay lại</p><p><b>Lò Thị Mỷ</b></p>",
    "above buttons one by one": "<p><b>Lò Thị Mỷ</b></p><div>Gửi email</div><div>Đầu trang</div>",
    "above buttons of an unknown name": "<p><b>Lò Thị Mỷ</b></p>"
    "<p><a href='javascript:void(0)'>Ghim lại</a> <a href='#'>Kể cho bạn</a></p>",
    "above the size of letters": "<p>Lò Thị Mỷ</p><p>Cỡ chữ: A- A A+</p><p>Chia sẻ:</p>",
    "above the day": "<p>Lò Thị Mỷ</p><p>Cập nhật: 12/11/2025 08:30</p>",
    "with a post behind a dash": "<p><b>Lò Thị Mỷ - Công chức Văn hóa - Xã hội xã</b></p>",
    "with a post behind a comma": "<p>Lò Thị Mỷ, cán bộ Ban Tuyên giáo Đảng ủy</p>",
    "with a post in brackets": "<p>Lò Thị Mỷ (Cộng tác viên)</p>",
    "a label and a post": "<p>Tin, ảnh: Lò Thị Mỷ - Chuyên viên Văn phòng</p>",
    "a teacher": "<p><i>Lò Thị Mỷ – Giáo viên Trường Tiểu học Nà Tông</i></p>",
    "below its label": "<div><div>Thực hiện</div><div>Lò Thị Mỷ</div></div>",
    "below a label with a colon": "<p>Tác giả:</p><p>Lò Thị Mỷ</p>",
    "below a label for text and photos": "<p>Bài và ảnh</p><p><b>LÒ THỊ MỶ</b></p>",
    "below a label in capitals": "<p>TIN, ẢNH:</p><p>Lò Thị Mỷ</p>",
    "in cells": "<table><tr><td>Người viết</td></tr><tr><td>Lò Thị Mỷ</td></tr></table>",
    "by whom, without a colon": "<p>Viết bởi Lò Thị Mỷ</p>",
    "in a table": "<table><tr><td align=right><b>Bài, ảnh: Lò Thị Mỷ</b></td></tr></table>",
    "above a list of links": f"<p>Bài và ảnh: Lò Thị Mỷ</p>{MORE}",
    "a name above a list of links": f"<p><b>Lò Thị Mỷ</b></p>{links(*NEWS)}",
    "in one line with a day": "<p>Lò Thị Mỷ - 12/11/2025</p>",
    "as the author": "<p>Tác giả: <a href='/tac-gia/9'>Lò Thị Mỷ</a></p>",
    "by the one who posted": "<p>Người đăng: Lò Thị Mỷ</p>",
    "by the one who reported": "<p>PV: Lò Thị Mỷ</p>",
}


@pytest.mark.parametrize("name", AUTHORS)
def test_the_last_lines_name_the_author_and_are_no_text(name: str) -> None:
    reading = read(page(f"{HEAD}<div>{TEXT}{AUTHORS[name]}</div>"))
    assert reading.author == "Lò Thị Mỷ"
    assert (reading.sapo, reading.body) == (LEAD, BODY)


@pytest.mark.parametrize("name", AUTHORS)
def test_the_same_behind_the_text(name: str) -> None:
    reading = read(page(f"{HEAD}<div>{TEXT}</div>{AUTHORS[name]}"))
    assert reading.author == "Lò Thị Mỷ"
    assert reading.body == BODY


SOURCES = {
    "named": "<p>Nguồn: Báo Mường Lạn</p>",
    "named on the right": "<p align=right><i>Nguồn: Báo Mường Lạn</i></p>",
    "above buttons": "<p>Nguồn: Báo Mường Lạn</p><p>In bài | Quay lại | Lượt xem: 512</p>",
    "by a preposition": "<p>(Theo Báo Mường Lạn)</p>",
    "below the author": "<p>Lò Thị Mỷ</p><p>Nguồn tin: Báo Mường Lạn</p>",
    "with a link": "<p>Nguồn: <a href='http://baomuonglan.vi-du.vn/1'>Báo Mường Lạn</a></p>",
    "above a list": f"<p>Nguồn: Báo Mường Lạn</p>{MORE}",
    "below its label": "<div>Nguồn</div><div>Báo Mường Lạn</div>",
    "below its label and the author": "<div>Tác giả</div><div>Lò Thị Mỷ</div><div>Nguồn tin:</div>"
    "<div>Báo Mường Lạn</div>",
    "beside the author": "<p>Lò Thị Mỷ (Theo Báo Mường Lạn)</p>",
}


@pytest.mark.parametrize("name", SOURCES)
def test_the_last_lines_name_the_source_and_are_no_text(name: str) -> None:
    reading = read(page(f"{HEAD}<div>{TEXT}{SOURCES[name]}</div>"))
    assert reading.original_source == "Báo Mường Lạn"
    assert reading.body == BODY


BYLINES = {
    "by whom it was posted": "<p>Đăng bởi: Lò Thị Mỷ, 12/11/2025 8:30 SA</p>",
    "beside the day": "<p><span>Lò Thị Mỷ</span><span>•</span><span>12/11/2025 08:30</span></p>",
    "in a box with a face": "<div><img src=/a.png><div>Lò Thị Mỷ</div><div>12/11/2025</div></div>",
    "among other facts": "<p><i>12/11/2025</i> <i>08:30</i> <i>Lượt xem: 340</i> <i>Tác giả:"
    " Lò Thị Mỷ</i></p>",
    "below the day": "<p>12/11/2025 08:30</p><p>Lò Thị Mỷ</p>",
}


@pytest.mark.parametrize("name", BYLINES)
def test_the_lines_above_the_text_name_the_author(name: str) -> None:
    top = f"<h1>{HEADLINE}</h1>{BYLINES[name]}<p><b>{LEAD}</b></p>"
    reading = read(page(f"{top}<div>{TEXT}</div>"))
    assert reading.author == "Lò Thị Mỷ"
    assert (reading.sapo, reading.body) == (LEAD, BODY)


def test_the_heading_of_another_column_signs_nothing() -> None:
    columns = f"<table><tr><td>{HEAD}{TEXT}</td><td><div>LIÊN KẾT</div></td></tr></table>"
    assert read(page(columns)).author is None


TOP = {
    "a day in brackets": "<p>(Thứ Tư, 12/11/2025, 08:30)</p>",
    "a day with a clock first": "<p>08:30 | Thứ tư, 12/11/2025</p>",
    "a day with a label": "<p>Cập nhật lúc: 08h30 ngày 12 tháng 11 năm 2025</p>",
    "a Sunday": "<p>Chủ Nhật, 09/11/2025 | 08:30 GMT+7</p>",
    "a section beside the day": "<p>Xây Dựng Đảng | 12/11/2025 08:30</p>",
    "buttons beside the day": "<p>12/11/2025 08:30 | Cỡ Chữ | Lượt Xem: 120</p>",
    "a hundred views": "<p><i>Thứ Tư</i> <i>12/11/2025</i><i>100 lượt xem</i></p>",
}


@pytest.mark.parametrize("name", TOP)
def test_the_lines_above_the_text_name_no_author_where_there_is_none(name: str) -> None:
    top = f"<h1>{HEADLINE}</h1>{TOP[name]}<p><b>{LEAD}</b></p>"
    reading = read(page(f"{top}<div>{TEXT}</div>"))
    assert reading.author is None
    assert (reading.sapo, reading.body) == (LEAD, BODY)


@pytest.mark.parametrize(
    "last",
    [
        "Bản Nà Tông hôm nay",
        "Mong lắm thay!",
        "Ảnh: Lò Thị Mỷ",
    ],
)
def test_a_short_last_line_is_nobody(last: str) -> None:
    assert read(page(f"{HEAD}<div>{TEXT}<p>{last}</p></div>")).author is None


@pytest.mark.parametrize(
    "rows",
    [
        ("Lò Thị Mỷ - Giáo viên Trường Tiểu học", "Hà Văn Dìn - Cán bộ văn phòng"),
        ("Bản Nà Tông giới thiệu:", "Lò Thị Mỷ - Đoàn viên chi đoàn bản"),
        ("Lò Thị Mỷ, viên chức trạm y tế", "Sùng A Dơ, hội viên nông dân", "Hà Dìn, đoàn viên"),
    ],
)
def test_a_list_of_people_with_their_posts_signs_nothing(rows: tuple[str, ...]) -> None:
    reading = read(page(f"{HEAD}<div>{TEXT}{paragraphs(*rows)}</div>"))
    assert (reading.author, reading.body) == (None, "\n\n".join((BODY, *rows)))


@pytest.mark.parametrize("last", ["Ảnh", "Bài cuối", "Nguồn"])
def test_a_label_with_nobody_below_it_names_nobody(last: str) -> None:
    assert read(page(f"{HEAD}<div>{TEXT}<p>{last}</p></div>")).author is None


REMARKS = {
    "an office with a rank": "<b>Lò Thị Mỷ</b><br><i>(CC Văn hóa - Xã hội)</i>",
    "an office in full": "Lò Thị Mỷ<br>(Văn phòng Đảng ủy xã)",
    "who put it together": "Bài, ảnh: Lò Thị Mỷ<br>(sưu tầm và biên soạn)",
}


@pytest.mark.parametrize("name", REMARKS)
def test_brackets_below_the_author_are_no_text(name: str) -> None:
    reading = read(page(f"{HEAD}<div>{TEXT}<p align=right>{REMARKS[name]}</p></div>"))
    assert (reading.author, reading.body) == ("Lò Thị Mỷ", BODY)


def test_brackets_below_a_paragraph_are_text() -> None:
    remark = "(Tên người trong bài đã được thay đổi)"
    reading = read(page(f"{HEAD}<div>{TEXT}<p>{remark}</p></div>"))
    assert (reading.author, reading.body) == (None, f"{BODY}\n\n{remark}")


@pytest.mark.parametrize(
    "address",
    [
        "(https://baomuonglan.vi-du.vn/y-te/dua-bac-si-ve-tram-y-te-xa-vung-cao-bai-toan-lau-dai.html)",
        "- https://baomuonglan.vi-du.vn/1",
        "[www.baomuonglan.vi-du.vn]",
        "(Link: https://baomuonglan.vi-du.vn/1)",
    ],
)
def test_an_address_behind_the_source_is_not_its_name(address: str) -> None:
    closing = f"<p><b>Lò Thị Mỷ</b></p><p><i>Nguồn: Báo Mường Lạn {address}</i></p>"
    reading = read(page(f"{HEAD}<div>{TEXT}{closing}</div>"))
    assert (reading.author, reading.original_source) == ("Lò Thị Mỷ", "Báo Mường Lạn")
    assert reading.body == BODY


@pytest.mark.parametrize(
    "source", ["Nguồn: https://baomuonglan.vi-du.vn/1", "Nguồn (https://baomuonglan.vi-du.vn/1)"]
)
def test_a_source_without_a_name_is_its_site(source: str) -> None:
    reading = read(page(f"{HEAD}<div>{TEXT}<p>{source}</p></div>"))
    assert (reading.original_source, reading.body) == ("baomuonglan.vi-du.vn", BODY)


@pytest.mark.parametrize(
    "byline",
    [
        "<a href='/but-danh/9'>Lò Thị Mỷ - Hà Vy</a><time>08:30 ngày 12/11/2025</time>",
        "<span>Lò Thị Mỷ – Hà Vy</span> | <span>12/11/2025 08:30</span>",
        "Lò Thị Mỷ - Hà Vy - 12/11/2025",
        "Lò Thị Mỷ - Hà Vy, 08h30 ngày 12/11/2025",
    ],
)
def test_two_authors_beside_the_date_are_both_named(byline: str) -> None:
    top = f"<h1>{HEADLINE}</h1><div>{byline}</div><p><b>{LEAD}</b></p>"
    assert read(page(f"{top}<div>{TEXT}</div>")).author == "Lò Thị Mỷ - Hà Vy"


def test_a_paper_beside_the_author_signs_nothing() -> None:
    top = f"<h1>{HEADLINE}</h1><div>Lò Thị Mỷ - Báo Mường Lạn - 12/11/2025</div>"
    assert read(page(f"{top}<p><b>{LEAD}</b></p><div>{TEXT}</div>")).author == "Lò Thị Mỷ"
