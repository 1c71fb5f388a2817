from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from crawler.dates import find_date, parse_vietnamese_date
from crawler.datetext import VIETNAM

FETCHED_AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
"""09:00 in Vietnam."""
PROSE = "<p>Chi bộ họp vào tối thứ năm hằng tuần để bàn việc của làng và nghe dân góp ý.</p>"


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=VIETNAM).astimezone(UTC)  # type: ignore[misc,arg-type]  # year to second


def found(markup: str, *, selectors: tuple[str, ...] = (), url: str = "https://a.vn/x-1.html"):  # type: ignore[no-untyped-def]  # FoundDate | None
    page = html.document_fromstring(f"<html><body>{markup}</body></html>")
    return find_date(page, url=url, fetched_at=FETCHED_AT, selectors=selectors)


@pytest.mark.parametrize(
    ("raw", "at"),
    [
        ("14/08/2026 18:51", (2026, 8, 14, 18, 51)),
        ("13:00, 31/03/2014", (2014, 3, 31, 13, 0)),
        ("14:29 | 01/10/2026", (2026, 10, 1, 14, 29)),
        ("08/01/2026 - 18:21", (2026, 1, 8, 18, 21)),
        ("15-01-2024 13:04", (2024, 1, 15, 13, 4)),
        ("07:22 25/02/2020", (2020, 2, 25, 7, 22)),
        ("Thứ 4, 01/12/2021 | 11:51:00 [GMT +7]", (2021, 12, 1, 11, 51)),
        ("Thứ sáu, 26/04/2019 - 11:21'", (2019, 4, 26, 11, 21)),
        ("Cập nhật lúc: 18:00 |22/05/2022", (2022, 5, 22, 18, 0)),
        ("Cập nhật lúc 10:24 01/04/2025 (GMT+7)", (2025, 4, 1, 10, 24)),
        ("Thứ sáu, 29/03/2024, 03:46 [GMT+7]", (2024, 3, 29, 3, 46)),
        ("2026-08-14T18:51:00+07:00", (2026, 8, 14, 18, 51)),
        ("2021-12-01T04:51:00.000000Z", (2021, 12, 1, 11, 51)),
        ("2021-12-01 11:51:00", (2021, 12, 1, 11, 51)),
        ("11/21/2023 9:28:56 AM", (2023, 11, 21, 9, 28, 56)),
        ("01/10/2026 12:57:04 PM", (2026, 1, 10, 12, 57, 4)),
        ("01/10/2026 2:29:00 CH", (2026, 10, 1, 14, 29)),
        ("18h51, ngày 14/8/2026", (2026, 8, 14, 18, 51)),
        ("Thứ Năm, 8 Tháng 1, 2026 lúc 18:21", (2026, 1, 8, 18, 21)),
        ("Xây dựng Đảng 07:22 25/02/2020 Lê Na", (2020, 2, 25, 7, 22)),
    ],
)
def test_every_printed_form_with_a_time_is_read(raw: str, at: tuple[int, ...]) -> None:
    assert parse_vietnamese_date(raw) == (local(*at), True)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("Đăng ngày 17 - 05 - 2024, Lượt xem: 31", (2024, 5, 17)),
        ("Ngày cập nhật 11/04/2023", (2023, 4, 11)),
        ("2026-01-08", (2026, 1, 8)),
        ("2026-01-08T00:00:00+07:00", (2026, 1, 8)),
        ("ngày 8 tháng 1 năm 2026", (2026, 1, 8)),
    ],
)
def test_a_mere_day_is_its_local_midnight(raw: str, day: tuple[int, ...]) -> None:
    assert parse_vietnamese_date(raw) == (local(*day), False)


@pytest.mark.parametrize(
    "raw",
    ["", "hôm nay", "chiều nay 10/4", "31/02/2026", "0226 3852.773", "2020-2025", "25/13/2026"],
)
def test_what_is_no_full_date_is_none(raw: str) -> None:
    assert parse_vietnamese_date(raw) is None


@settings(max_examples=80, deadline=None)
@given(
    st.integers(0, 50_000_000).map(lambda count: local(1998, 1, 1) + timedelta(minutes=count)),
    st.sampled_from(["{0:%d/%m/%Y} {0:%H:%M}", "{0:%H:%M}, {0:%d-%m-%Y}", "{0:%Y-%m-%d %H:%M}:00"]),
)
def test_a_printed_minute_comes_back(moment: datetime, form: str) -> None:
    minute = moment.astimezone(VIETNAM)
    expected = (moment, (minute.hour, minute.minute) != (0, 0))
    assert parse_vietnamese_date(form.format(minute)) == expected


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="0123456789/-.: TZ+hAPM,|", max_size=40))
def test_no_string_breaks_the_reader(raw: str) -> None:
    parsed = parse_vietnamese_date(raw)
    assert parsed is None or parsed[0].tzinfo is UTC


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
