"""Dates that a page states for machines: meta elements, JSON-LD, scripts."""

from __future__ import annotations

import pytest

from crawler.dating.text import VIETNAM
from tests.crawler.dated_pages import PROSE, TITLE, found, json_ld, local, news


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
