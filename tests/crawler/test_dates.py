from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from crawler.dates import find_date
from crawler.dating.text import VIETNAM

FETCHED_AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
"""09:00 in Vietnam."""
PROSE = (
    "<p>Chi bộ họp vào tối thứ năm hằng tuần để bàn việc của làng và nghe dân góp ý, rồi giao cho"
    " từng đảng viên giúp một hộ làm ăn.</p>"
)
TITLE = "<h1>Làng ven suối có chi bộ riêng</h1>"


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=VIETNAM).astimezone(UTC)  # type: ignore[misc,arg-type]  # year to second


def found(  # type: ignore[no-untyped-def]  # FoundDate | None
    markup: str,
    *,
    selectors: tuple[str, ...] = (),
    url: str = "https://a.vn/x-1.html",
    title: str | None = None,
):
    page = html.document_fromstring(f"<html><body>{markup}</body></html>")
    return find_date(page, url=url, fetched_at=FETCHED_AT, selectors=selectors, title=title)


def json_ld(*things: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(t)}</script>' for t in things)


def news(day: str, **more: str) -> dict[str, str]:
    return {"@type": "NewsArticle", "datePublished": day, **more}


def test_a_machine_date_with_its_zone_wins_over_the_visible_one() -> None:
    date = found(
        '<meta property="article:published_time" content="2026-08-14T18:51:00+07:00">'
        f"<h1>Tên bài</h1><div>15/08/2026 07:00</div>{PROSE}"
    )
    assert (date.at, date.rule, date.has_time) == (local(2026, 8, 14, 18, 51), "meta", True)


def test_a_visible_time_wins_over_a_machines_mere_day() -> None:
    date = found(
        '<script type="application/ld+json">'
        '{"@type": "NewsArticle", "datePublished": "2026-01-08"}</script>'
        '<h1>Tên bài</h1><span class="pubdate">08/01/2026 - 18:21</span>',
        selectors=(".pubdate",),
    )
    assert (date.at, date.rule) == (local(2026, 1, 8, 18, 21), "node")


def test_a_machines_day_is_better_than_none() -> None:
    date = found(
        '<script type="application/ld+json">'
        '{"@graph": [{"@type": ["NewsArticle"], "datePublished": "2026-01-08"}]}</script>'
    )
    assert (date.at, date.rule, date.has_time) == (local(2026, 1, 8), "json-ld", False)


def test_a_machine_time_without_zone_is_local() -> None:
    date = found(
        '<script type="application/ld+json">{"@type": "NewsArticle",'
        ' "datePublished": "2021-12-01 11:51:00",'
        ' "dateModified": "2021-12-02T04:51:00.000000Z"}</script>'
    )
    assert date.at == local(2021, 12, 1, 11, 51)


def test_onecms_meta_is_american_and_its_clock_is_not_a_date() -> None:
    date = found(
        '<meta name="datetimenow" content="01/10/2026 12:57:04">'
        '<meta name="article:published_time" content="11/21/2023 9:28:56 AM">'
    )
    assert (date.at, date.raw) == (local(2023, 11, 21, 9, 28, 56), "11/21/2023 9:28:56 AM")


def test_the_publish_date_in_a_script_is_read() -> None:
    date = found('<script>gtag({"articlePublishDate":"2023-11-21T09:28:56+07:00"})</script>')
    assert (date.at, date.rule) == (local(2023, 11, 21, 9, 28, 56), "script")


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


def test_a_fresh_article_is_believed_where_its_own_node_says_so() -> None:
    date = found(
        '<h1>Tên bài</h1><i class="pubdate">21/11/2026 - 08:59</i>', selectors=(".pubdate",)
    )
    assert date.at == FETCHED_AT - timedelta(minutes=1)


def test_dates_ahead_of_the_visit_are_passed_over() -> None:
    date = found(
        '<meta property="article:published_time" content="2027-02-01T08:00:00+07:00">'
        "<h1>Tên bài</h1><div>01/11/2026 08:00</div>"
    )
    assert date.at == local(2026, 11, 1, 8, 0)


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


def test_the_day_in_the_address_is_a_last_witness() -> None:
    date = found(f"<h1>Tên bài</h1>{PROSE}", url="https://a.vn/2026/03/09/ten-bai")
    assert (date.at, date.rule) == (local(2026, 3, 9), "address")


def test_the_pages_own_object_is_told_from_those_of_related_articles() -> None:
    own = news("2026-08-14T18:51:00+07:00", headline="Làng ven suối có chi bộ riêng")
    other = news("2026-08-20T07:00:00+07:00", headline="Bài khác", url="https://a.vn/y-2.html")
    listed = {"@type": "ItemList", "itemListElement": [other]}
    for page in ([other, own], [own, other], [listed, own], [{"@graph": [other, own]}]):
        assert found(json_ld(*page) + TITLE).at == local(2026, 8, 14, 18, 51)
    by_address = news("2026-08-14T18:51:00+07:00", mainEntityOfPage="http://www.a.vn/x-1.html")
    assert found(json_ld(other, by_address)).at == local(2026, 8, 14, 18, 51)


def test_of_several_objects_none_of_which_names_the_page_none_is_believed() -> None:
    page = json_ld(news("2026-08-20T07:00:00+07:00"), news("2026-08-21T07:00:00+07:00"))
    date = found(f"{page}{TITLE}<div>14/08/2026 18:51</div>{PROSE}")
    assert (date.at, date.rule) == (local(2026, 8, 14, 18, 51), "visible")


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "datePublished": "2026-08-14T18:51:00+07:00",}',
        '[{"@type": "NewsArticle", "datePublished": "2026-08-14T18:51:00+07:00"},]',
        '{"@type": "NewsArticle", "headline": "Làng\nven\tsuối",'
        ' "datePublished": "2026-08-14T18:51:00+07:00"}',
        '{"@type": "NewsArticle", "headline": "Làng "ven suối" đổi mới",'
        ' "datePublished": "2026-08-14T18:51:00+07:00"}',
        '<!-- {"@type": "NewsArticle", "datePublished": "2026-08-14T18:51:00+07:00"} -->',
        "//<![CDATA[\n"
        '{"@type": "NewsArticle", "datePublished": "2026-08-14T18:51:00+07:00"}\n//]]>',
        '{"@type": "NewsArticle", "datePublished": "2026-08-14T18:51:00+07:00"};',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;,"
        " &quot;datePublished&quot;: &quot;2026-08-14T18:51:00+07:00&quot;}",
    ],
)
def test_broken_json_ld_is_read(script: str) -> None:
    date = found(f'<script type="application/ld+json">{script}</script>')
    assert (date.at, date.rule) == (local(2026, 8, 14, 18, 51), "json-ld")


def test_the_publication_is_not_taken_for_the_last_change() -> None:
    thing = news("2026-08-14T18:51:00+07:00", dateModified="2026-08-16T07:00:00+07:00")
    assert found(json_ld(thing)).at == local(2026, 8, 14, 18, 51)
    metas = (
        '<meta property="article:modified_time" content="2026-08-16T07:00:00+07:00">'
        '<meta property="og:updated_time" content="2026-08-16T07:00:00+07:00">'
    )
    page = f"{metas}{TITLE}<div>14/08/2026 18:51</div>{PROSE}"
    assert found(page).at == local(2026, 8, 14, 18, 51)
    date = found(f"{metas}{TITLE}{PROSE}")
    assert (date.at, date.rule) == (local(2026, 8, 16, 7, 0), "modified")


def test_an_update_is_the_date_only_where_there_is_no_other() -> None:
    update = "<div>Cập nhật lúc: 07:00 | 16/08/2026</div>"
    date = found(f"{TITLE}{update}<div>Ngày đăng: 14/08/2026</div>{PROSE}")
    assert (date.at, date.has_time) == (local(2026, 8, 14), False)
    assert found(f"{TITLE}{update}{PROSE}").at == local(2026, 8, 16, 7, 0)


def test_a_local_time_labelled_utc_is_seen_by_the_visible_one() -> None:
    page = json_ld(news("2026-08-14T18:51:00Z"))
    date = found(f"{page}{TITLE}<div>14/08/2026 18:51</div>{PROSE}")
    assert (date.at, date.rule) == (local(2026, 8, 14, 18, 51), "visible")
    date = found(f"{page}{TITLE}<div>15/08/2026 01:51</div>{PROSE}")
    assert (date.at, date.rule) == (local(2026, 8, 15, 1, 51), "json-ld")


def test_a_utc_time_without_a_zone_is_seen_by_the_visible_one() -> None:
    page = json_ld(news("2026-08-14 20:51:00"))
    date = found(f"{page}{TITLE}<div>15/08/2026 03:51</div>{PROSE}")
    assert (date.at, date.rule) == (local(2026, 8, 15, 3, 51), "visible")


def test_a_day_cut_from_a_utc_instant_is_the_visible_day() -> None:
    page = json_ld(news("2026-08-14"))
    date = found(f"{page}{TITLE}<div>15/08/2026 03:51</div>{PROSE}")
    assert (date.at, date.rule) == (local(2026, 8, 15, 3, 51), "visible")
    date = found(f"{page}{TITLE}<div>20/08/2026 03:51</div>{PROSE}")
    assert (date.at, date.rule) == (local(2026, 8, 14), "json-ld")


def test_the_sample_of_googles_documentation_is_not_a_date() -> None:
    page = json_ld(news("2015-02-05T08:00:00+08:00"))
    assert found(f"{page}{TITLE}<div>14/08/2026 18:51</div>{PROSE}").rule == "visible"


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ('<meta itemprop="datePublished" content="2026-08-14T18:51:00+07:00">', "meta"),
        ('<meta name="pubdate" content="2026-08-14T18:51:00+07:00">', "meta"),
        ('<meta name="DC.date.issued" content="2026-08-14T11:51:00Z">', "meta"),
        ('<meta property="Article:Published_Time" content="2026-08-14T18:51+07:00">', "meta"),
        ('<meta name="article:published_time" content="8/14/2026 6:51:00 PM">', "meta"),
        ('<meta name="article:published_time" content="&amp;#x38;/14/2026 6:51:00 PM">', "meta"),
        (
            '<time itemprop="datePublished" datetime="2026-08-14T18:51:00+07:00">x</time>',
            "microdata",
        ),
        ('<span itemprop="datePublished" content="2026-08-14 18:51">hôm kia</span>', "microdata"),
        ('<time class="ago" datetime="2026-08-14T18:51:00+07:00">3 giờ trước</time>', "visible"),
        ('<time rel="1786708260">3 giờ trước</time>', "visible"),
        ('<span data-time="1786708260000">3 giờ trước</span>', "visible"),
        ('<input type="hidden" id="hdPublishDate" value="14/08/2026 18:51:00">', "hidden"),
        ('<input type="hidden" name="ngay_dang" value="2026-08-14 18:51">', "hidden"),
        ('<script>var a = {"publishDate": "2026-08-14T18:51:00+07:00"};</script>', "script"),
        ("<script>dataLayer.push({'published_time': '2026-08-14 18:51:00'});</script>", "script"),
    ],
)
def test_what_is_stated_for_machines_is_read_in_every_place_met(markup: str, rule: str) -> None:
    date = found(f"{TITLE}{markup}{PROSE}")
    assert (date.at, date.rule) == (local(2026, 8, 14, 18, 51), rule)


def test_a_script_that_knows_many_publication_dates_tells_of_other_articles() -> None:
    script = '<script>x = [{"publishDate": "2026-08-14"}, {"publishDate": "2026-08-15"}]</script>'
    assert found(f"{TITLE}{script}{PROSE}") is None


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


def test_a_visible_date_far_from_the_month_of_the_address_is_another_pages() -> None:
    page = f"{TITLE}<div>13:00, 31/03/2014</div>{PROSE}"
    assert found(page, url="https://a.vn/chinh-tri/202603/ten-bai-1a2b3c4/") is None
    assert found(page, url="https://a.vn/chinh-tri/201404/ten-bai-1a2b3c4/").rule == "visible"


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("/2026/01/31/ten-bai", (2026, 1, 31)),
        ("/tin/2026-01-31/ten-bai.html", (2026, 1, 31)),
        ("/202601/31/ten-bai.html", (2026, 1, 31)),
        ("/ten-bai-d20220607081530.html", (2022, 6, 7)),
        ("/ten-bai-20220607081530123.htm", (2022, 6, 7)),
        ("/tin/20220607/ten-bai.htm", (2022, 6, 7)),
        ("/ten-bai-20220607.html", (2022, 6, 7)),
    ],
)
def test_the_day_in_an_address_is_read(address: str, day: tuple[int, ...]) -> None:
    date = found(f"{TITLE}{PROSE}", url=f"https://a.vn{address}")
    assert (date.at, date.rule, date.has_time) == (local(*day), "address", False)


@pytest.mark.parametrize("address", ["/202601/ten-bai-1a2b3c4/", "/ten-bai-post20263112.html"])
def test_a_month_or_a_number_in_an_address_is_no_day(address: str) -> None:
    assert found(f"{TITLE}{PROSE}", url=f"https://a.vn{address}") is None


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


@pytest.mark.parametrize("today", ["2026-11-21", "2026-11-14"])
def test_a_meta_of_the_day_of_the_visit_is_none(today: str) -> None:
    """On the visit's day, or on the one that the clock of a kept copy shows."""
    head = f"<meta name='date' content='{today}'><div>09h16' - Thứ 7 | 14.11.2026</div>"
    date = found(f"{head}{TITLE}<div>15h20' | 03.02.2026</div>{PROSE}")
    assert (date.at, date.rule) == (local(2026, 2, 3, 15, 20), "visible")
    assert found(f"<meta name='date' content='{today}'>{TITLE}{PROSE}").rule == "meta"


@pytest.mark.parametrize(
    "line", ["Đăng ngày: Thứ Ba, ngày 03 tháng 02 năm 2026 | 👁 902", "15:20 03/02/2026"]
)
@pytest.mark.parametrize("name", ["date", "DC.date", "dcterms.date"])
def test_a_vague_meta_of_a_later_day_is_the_one_of_a_change(name: str, line: str) -> None:
    date = found(f"<meta name='{name}' content='2026-02-07'>{TITLE}<p>{line}</p>{PROSE}")
    assert (date.at.astimezone(VIETNAM).date().isoformat(), date.rule) == ("2026-02-03", "visible")


@pytest.mark.parametrize(
    ("meta", "line"),
    [
        ("name='date' content='2026-02-07'", "03/02/2026"),
        ("name='date' content='2026-02-07'", "Cập nhật: 15:20 03/02/2026"),
        ("name='date' content='2026-02-02'", "Đăng ngày 03/02/2026"),
        ("name='date' content='2026-02-07 09:16'", "Đăng ngày 03/02/2026"),
        ("property='article:published_time' content='2026-02-07'", "Đăng ngày 03/02/2026"),
    ],
)
def test_a_meta_stands_against_less(meta: str, line: str) -> None:
    assert found(f"<meta {meta}>{TITLE}<p>{line}</p>{PROSE}").rule == "meta"


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


def test_the_page_is_left_as_it_is() -> None:
    markup = f"<header>x</header>{TITLE}<div>14/08/2026</div>{PROSE}<footer>y</footer>"
    page = html.document_fromstring(f"<html><body>{markup}</body></html>")
    before = html.tostring(page)
    find_date(page, url="https://a.vn/x", fetched_at=FETCHED_AT)
    assert html.tostring(page) == before


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(
    ("<div>", "</div>", "<h1>Tên</h1>", "14/08/2026", "18:51", " - ", "<time datetime='x'>", "<p>",
     "<meta name='pubdate' content='31/02/2026'>", "<a href='/x-1234.html'>một hai ba bốn năm</a>",
     '<script type="application/ld+json">{"@graph": [1, null, {"@type": 3}]', "</script>", PROSE)
), max_size=14))  # fmt: skip
def test_no_page_breaks_the_search(pieces: list[str]) -> None:
    page = html.document_fromstring(f"<html><body>x{''.join(pieces)}</body></html>")
    date = find_date(page, url="https://a.vn/x", fetched_at=FETCHED_AT)
    assert date is None or date.at.tzinfo is UTC
