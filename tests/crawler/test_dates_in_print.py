"""Dates that a page shows to readers, and whose they are."""

from __future__ import annotations

import pytest

from tests.crawler.dated_pages import PROSE, TITLE, found, local


@pytest.mark.parametrize(
    "clock",
    [
        '<div class="title-time">Thứ 6, 02/10/2026 18:38 [(GMT +7)]</div>',
        '<span id="today">Thứ bảy, 21/11/2026 - 07:00</span>',
        '<span id="current-date">20/11/2026</span>',
        "<div>Thứ bảy, 21/11/2026 - 09:01</div>",
    ],
)
def test_the_pages_clock_is_not_its_date(clock: str) -> None:
    assert found(f"{clock}<h1>Tên bài</h1>{PROSE}") is None
    date = found(f"{clock}<h1>Tên bài</h1><div>01/12/2021 | 11:51</div>{PROSE}")
    assert date.at == local(2021, 12, 1, 11, 51)


def test_dates_of_other_articles_and_of_the_licence_are_not_the_pages() -> None:
    page = (
        f"<h1>Tên bài</h1>{PROSE}{PROSE}"
        '<ul class="related"><li><a href="/y-2.html">Bài khác (10/04/2023)</a></li></ul>'
        "<footer>Giấy phép số 5 cấp ngày 16/02/2017</footer>"
    )
    assert found(page) is None


def test_a_labelled_day_below_the_title_is_read() -> None:
    date = found(f"<div>Tên bài</div><div>Ngày cập nhật 11/04/2023</div>{PROSE}")
    assert (date.at, date.rule, date.has_time) == (local(2023, 4, 11), "visible", False)


@pytest.mark.parametrize(
    "line",
    [
        "<div>14/08/2026 <b>18:51</b></div>",
        "<div><span>18:51</span> <span>14/08/2026</span></div>",
        "<div><div>18:51</div><div>14/08/2026</div></div>",
        "<div>14/<b>08</b>/2026 18:51</div>",
        "<ul class='post-meta'><li>14/08/2026 18:51</li><li>Hồ Lả</li></ul>",
        "<div><a href='/xay-dung-dang/'>Xây dựng Đảng và hệ thống chính trị</a>"
        " <span>14/08/2026 18:51</span></div>",
        "<p><i class='fa fa-clock'></i> Thứ sáu, 14/08/2026 - 18:51'</p>",
        "<p><strong>Làng có chi bộ.</strong></p><div>14/08/2026 18:51</div>",
        "<div>Đăng ngày 14 - 08 - 2026 18:51, Lượt xem: 31</div>",
    ],
)
def test_a_date_line_is_read_in_whatever_elements_it_is_split(line: str) -> None:
    date = found(f"<div><div>{TITLE}</div>{line}<div>{PROSE}{PROSE}</div></div>")
    assert (date.at, date.rule) == (local(2026, 8, 14, 18, 51), "visible")


def test_a_labelled_date_below_the_text_is_read_and_a_heading_in_the_text_is_not() -> None:
    text = f"{PROSE}<h3>Ngày 12/03/2026</h3>{PROSE}{PROSE}"
    assert found(f"{TITLE}{text}") is None
    date = found(f"{TITLE}{text}<div>Đăng ngày 14 - 08 - 2026, Lượt xem: 31</div>")
    assert date.at == local(2026, 8, 14)
    date = found(f"{TITLE}{text}<div>Luot xem: 31 - Ngay dang: 14/08/2026</div>")
    assert date.at == local(2026, 8, 14)


def test_a_date_above_the_title_is_read_and_a_clock_there_is_not() -> None:
    date = found(f"<div>Xây dựng Đảng</div><div>14/08/2026 18:51</div>{TITLE}{PROSE}")
    assert date.at == local(2026, 8, 14, 18, 51)
    assert found(f"<div>Thứ bảy, ngày 21/11/2026</div>{TITLE}{PROSE}") is None


@pytest.mark.parametrize(
    "other",
    [
        "<header><div class='date'>Thứ 2, 21/10/2024</div></header>",
        "<div class='topbar-clock'>20/11/2026 18:51</div>",
        "<div class='sidebar'><div class='date'>20/10/2026</div></div>",
        "<div class='box-lien-quan'><time datetime='2026-10-20'>20/10/2026</time></div>",
        "<div class='comment-list'><time datetime='2026-10-20T08:00:00+07:00'>x</time></div>",
        "<div class='binh-luan'><span class='date'>20/10/2026 08:00</span></div>",
        "<div class='xq'><a href='/y-post123456.html'>Xã bên sông mở lớp đảng</a>"
        "<span class='date'>20/10/2026 08:00</span></div>",
        "<div class='xq'><a href='/y-post123456.html'>Xã bên sông mở lớp đảng</a>"
        "<time rel='1793000000'>08:00 | 20/10/2026</time></div>",
        "<footer>Giấy phép số 5/GP-TTĐT cấp ngày 16/02/2017</footer>",
        "<div>Giấy phép hoạt động báo điện tử cấp ngày 16/02/2017</div>",
        "<div>Kỷ niệm 96 năm Ngày thành lập Đảng (3/2/1930 - 3/2/2026)</div>",
        "<select><option>20/10/2026</option></select>",
        "<script>var day = '20/10/2026';</script>",
        "<div style='display:none'></div><noscript>20/10/2026</noscript>",
    ],
)
def test_other_dates_of_a_page_are_neither_its_own_nor_in_the_way(other: str) -> None:
    for page in (f"{other}{TITLE}{PROSE}{PROSE}", f"{TITLE}{PROSE}{PROSE}{other}"):
        assert found(page) is None
    date = found(f"{other}{TITLE}<div>14/08/2026 18:51</div>{PROSE}{PROSE}{other}")
    assert date.at == local(2026, 8, 14, 18, 51)


@pytest.mark.parametrize("label", ["Các tin khác", "TIN LIÊN QUAN", "Bình luận (3)", "Mới nhất"])
def test_dates_below_the_heading_of_another_box_are_not_the_pages(label: str) -> None:
    others = f"<div>{label}</div><div class='date'>Đăng ngày 20/10/2026</div>"
    assert found(f"{TITLE}{PROSE}{PROSE}{others}") is None
    assert found(f"{TITLE}<p>Ảnh lễ hội.</p>{others}") is None


def test_a_familys_node_in_the_header_is_not_the_articles() -> None:
    page = (
        "<header><div class='date'>Thứ 2, 21/10/2024</div></header>"
        f"{TITLE}<div class='date'>13:00, 31/03/2014</div>{PROSE}"
    )
    assert found(page, selectors=("div.date",)).at == local(2014, 3, 31, 13, 0)


def test_the_title_is_found_where_it_is_no_heading() -> None:
    page = (
        "<div>Thứ bảy, 21/11/2026</div><div><b>Làng ven suối có chi bộ riêng</b></div>"
        f"<div>Ngày cập nhật 11/04/2023</div>{PROSE}{PROSE}"
    )
    assert found(page, title="Làng ven suối có chi bộ riêng").at == local(2023, 4, 11)


def test_the_title_is_found_in_one_that_comes_with_the_sites_name() -> None:
    page = (
        "<div>Cổng tin xã</div><b>Làng ven suối có chi bộ riêng</b><br>"
        f"<font>(18:51, 14/08/2026)</font>{PROSE}{PROSE}"
    )
    date = found(page, title="Cổng tin xã - Làng ven suối có chi bộ riêng")
    assert date.at == local(2026, 8, 14, 18, 51)


def test_a_marked_date_is_found_where_the_title_given_is_only_the_sites_name() -> None:
    page = (
        "<div>Cổng tin xã Suối Mây</div><div>Thứ bảy, ngày 21/11/2026</div><div>Tin mới</div>"
        f"<b>Làng ven suối</b><span class='ngay'>14/08/2026</span>{PROSE}{PROSE}"
    )
    date = found(page, title="Cổng tin xã Suối Mây")
    assert (date.at, date.rule) == (local(2026, 8, 14), "visible")


MENU = "".join(f"<li><a href='/muc-{n}'>Chuyên mục {n}</a></li>" for n in range(6))


@pytest.mark.parametrize(
    "strip",
    [
        "<div class='x1'>09h16' - Thứ 7 | 14.11.2026</div>",
        "<div class='x1'>14/11/2026 09:16</div>",
        "<div><p>Trang tin xã Lũng Pô</p><p>Thứ bảy, ngày 14/11/2026</p></div>",
    ],
)
def test_a_date_above_the_menu_is_the_sites_clock(strip: str) -> None:
    head = f"{strip}<ul>{MENU}</ul>"
    assert found(f"{head}{TITLE}{PROSE}") is None
    assert found(f"{head}{TITLE}<div>15h20' | 03.02.2026</div>{PROSE}").at == local(
        2026, 2, 3, 15, 20
    )


def test_a_date_below_the_menu_and_a_path_of_crumbs_is_the_pages() -> None:
    crumbs = "<a href='/'>Trang chủ</a> <a href='/a'>Tin tức</a> <a href='/b'>Xây dựng Đảng</a>"
    date = found(f"<ul>{MENU}</ul><div>03/02/2026 15:20</div>{crumbs}{TITLE}{PROSE}")
    assert date.at == local(2026, 2, 3, 15, 20)


@pytest.mark.parametrize("name", ["clock", "today", "dongho", "dong-ho", "homnay"])
def test_an_element_named_for_the_clock_is_none(name: str) -> None:
    assert found(f"{TITLE}<span id='{name}'>03/02/2026 15:20</span>{PROSE}") is None


@pytest.mark.parametrize(
    "heading",
    [
        "<h2><a href='/x-1.html'>{0}</a></h2>",
        "<div class='tieu-de'><a href='/x-1.html'>{0}</a></div>",
        "<h3 class='t'><span><a href='/x-1.html'><b>{0}</b></a></span></h3>",
    ],
)
def test_a_title_that_leads_to_its_own_page_has_a_date_below_it(heading: str) -> None:
    title = "Làng ven suối có chi bộ riêng"
    news = f"<ul><li><a href='/x-1.html'>{title}</a> 01/01/2026</li></ul>"
    markup = f"{heading.format(title)}<div>03/02/2026 15:20</div>{PROSE}{PROSE}{news}"
    assert found(markup, title=title).at == local(2026, 2, 3, 15, 20)
