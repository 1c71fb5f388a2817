"""Which of a page's dates is believed, and those of its address."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from crawler.dates import find_date
from tests.crawler.dated_pages import FETCHED_AT, PROSE, TITLE, found, json_ld, local, news


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


def test_the_day_in_the_address_is_a_last_witness() -> None:
    date = found(f"<h1>Tên bài</h1>{PROSE}", url="https://a.vn/2026/03/09/ten-bai")
    assert (date.at, date.rule) == (local(2026, 3, 9), "address")


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
