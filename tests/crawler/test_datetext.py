"""Every form in which Vietnamese pages print a date, and what only looks like one."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.dating.text import VIETNAM, dates_in, epoch_in, parse_vietnamese_date, stamp_in


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=VIETNAM).astimezone(UTC)  # type: ignore[misc,arg-type]  # year to second


@pytest.mark.parametrize(
    ("raw", "at"),
    [
        ("14/08/2026 18:51", (2026, 8, 14, 18, 51)),
        ("13:00, 31/03/2014", (2014, 3, 31, 13, 0)),
        ("14:29 | 01/10/2026", (2026, 10, 1, 14, 29)),
        ("08/01/2026 - 18:21", (2026, 1, 8, 18, 21)),
        ("15-01-2024 13:04", (2024, 1, 15, 13, 4)),
        ("12-3-2026 7:05", (2026, 3, 12, 7, 5)),
        ("12.03.2026, 07:05", (2026, 3, 12, 7, 5)),
        ("07:22 25/02/2020", (2020, 2, 25, 7, 22)),
        ("Thứ 4, 01/12/2021 | 11:51:00 [GMT +7]", (2021, 12, 1, 11, 51)),
        ("Thứ sáu, 26/04/2019 - 11:21'", (2019, 4, 26, 11, 21)),
        ("Thứ Hai - 12/03/2026 08:00", (2026, 3, 12, 8, 0)),
        ("Thứ 2 - 12/03/2026 08:00", (2026, 3, 12, 8, 0)),
        ("Chủ nhật, 08:00 15/03/2026", (2026, 3, 15, 8, 0)),
        ("CN, 15/03/2026, 08:00", (2026, 3, 15, 8, 0)),
        ("Thu bay, ngay 14 thang 3 nam 2026, 08 gio 05", (2026, 3, 14, 8, 5)),
        ("Cập nhật lúc: 18:00 |22/05/2022", (2022, 5, 22, 18, 0)),
        ("Cập nhật lúc 10:24 01/04/2025 (GMT+7)", (2025, 4, 1, 10, 24)),
        ("Đăng lúc: 15:40 ngày 12/03/2026", (2026, 3, 12, 15, 40)),
        ("Ngày đăng: 12/03/2026 - 15 giờ 40 phút", (2026, 3, 12, 15, 40)),
        ("Thứ sáu, 29/03/2024, 03:46 [GMT+7]", (2024, 3, 29, 3, 46)),
        ("2026-08-14T18:51:00+07:00", (2026, 8, 14, 18, 51)),
        ("2026-08-14T18:51+0700", (2026, 8, 14, 18, 51)),
        ("2026-08-14 18:51:00 +07", (2026, 8, 14, 18, 51)),
        ("2026-08-14T11:51:00.000Z", (2026, 8, 14, 18, 51)),
        ("2021-12-01T20:51:00.000000Z", (2021, 12, 2, 3, 51)),
        ("2026-08-14T06:51:00-05:00", (2026, 8, 14, 18, 51)),
        ("2021-12-01 11:51:00", (2021, 12, 1, 11, 51)),
        ("2026/08/14 18:51", (2026, 8, 14, 18, 51)),
        ("20260814 18:51:00", (2026, 8, 14, 18, 51)),
        ("Fri, 14 Aug 2026 11:51:00 GMT", (2026, 8, 14, 18, 51)),
        ("Fri Aug 14 2026 18:51:00 GMT+0700 (Indochina Time)", (2026, 8, 14, 18, 51)),
        ("August 14, 2026 6:51 pm", (2026, 8, 14, 18, 51)),
        ("11/21/2023 9:28:56 AM", (2023, 11, 21, 9, 28, 56)),
        ("1/8/2026 9:28:56 PM", (2026, 1, 8, 21, 28, 56)),
        ("14/08/2026 06:51 PM", (2026, 8, 14, 18, 51)),
        ("08/09/2026 06:51 PM", (2026, 9, 8, 18, 51)),
        ("01/10/2026 2:29:00 CH", (2026, 10, 1, 14, 29)),
        ("01/10/2026 12:29:00 SA", (2026, 10, 1, 0, 29)),
        ("18h51, ngày 14/8/2026", (2026, 8, 14, 18, 51)),
        ("18g51 ngày 14/8/2026", (2026, 8, 14, 18, 51)),
        ("lúc 18h ngày 14/8/2026", (2026, 8, 14, 18, 0)),
        ("18 : 51 , 14 / 08 / 2026", (2026, 8, 14, 18, 51)),
        ("Thứ Năm, 8 Tháng 1, 2026 lúc 18:21", (2026, 1, 8, 18, 21)),
        ("Tháng Mười Hai 5, 2026 18:21", (2026, 12, 5, 18, 21)),
        ("5 Tháng Mười Hai, 2026 18:21", (2026, 12, 5, 18, 21)),
        ("ngày 12 tháng năm năm 2026, 18:21", (2026, 5, 12, 18, 21)),
        ("12/3 năm 2026, 18:21", (2026, 3, 12, 18, 21)),
        ("Xây dựng Đảng 07:22 25/02/2020 Lê Na", (2020, 2, 25, 7, 22)),
        ("Sáu lượt xem 14–08–2026 18：51", (2026, 8, 14, 18, 51)),
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
        ("20260108", (2026, 1, 8)),
        ("2026-01-08T00:00:00+07:00", (2026, 1, 8)),
        ("2026-01-07T17:00:00Z", (2026, 1, 8)),
        ("2026-01-08T00:00:00Z", (2026, 1, 8)),
        ("ngày 8 tháng 1 năm 2026", (2026, 1, 8)),
        ("ngày 08 tháng Giêng năm 2026", (2026, 1, 8)),
        ("8-1-2026", (2026, 1, 8)),
        ("Thứ Năm, 8 Jan 2026", (2026, 1, 8)),
        ("08/01/2026 25:61", (2026, 1, 8)),
    ],
)
def test_a_mere_day_is_its_local_midnight(raw: str, day: tuple[int, ...]) -> None:
    assert parse_vietnamese_date(raw) == (local(*day), False)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "hôm nay",
        "chiều nay 10/4",
        "31/02/2026",
        "0226 3852.773",
        "2020-2025",
        "25/13/2026",
        "9 tháng năm 2026 kết nạp 31 đảng viên",
        "6 tháng đầu năm 2026",
        "12/2026/TT-BNV",
        "01/01/0000",
        "٣٢/٠١/٢٠٢٦",
    ],
)
def test_what_is_no_full_date_is_none(raw: str) -> None:
    assert parse_vietnamese_date(raw) is None


def test_a_date_is_read_through_odd_spaces_marks_and_zero_width_characters() -> None:
    raw = "Cập\u00a0nhật lúc: 18:51\u00a0|\u00a014/\u200b08/2026 (GMT+7)"
    assert parse_vietnamese_date(unicodedata.normalize("NFD", raw)) == (
        local(2026, 8, 14, 18, 51),
        True,
    )


def test_a_known_american_writer_is_read_month_first_without_am_and_pm_too() -> None:
    assert parse_vietnamese_date("01/10/2026 12:57:04") == (local(2026, 10, 1, 12, 57, 4), True)
    american = parse_vietnamese_date("01/10/2026 12:57:04", month_first=True)
    assert american == (local(2026, 1, 10, 12, 57, 4), True)
    assert parse_vietnamese_date("2026-01-10 12:57:04", month_first=True) == american


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Đăng lúc 10:00 01/03/2026 - Cập nhật lúc 12:30 05/03/2026",
            [((2026, 3, 1, 10, 0), False), ((2026, 3, 5, 12, 30), True)],
        ),
        (
            "01/03/2026 10:00 | Cập nhật: 05/03/2026 12:30",
            [((2026, 3, 1, 10, 0), False), ((2026, 3, 5, 12, 30), True)],
        ),
        (
            "Cập nhật: 12:30 05/03/2026 | Đăng: 10:00 01/03/2026",
            [((2026, 3, 5, 12, 30), True), ((2026, 3, 1, 10, 0), False)],
        ),
        (
            "Đăng ngày 01/03/2026 | Cập nhật lúc 12:30 05/03/2026",
            [((2026, 3, 1), False), ((2026, 3, 5, 12, 30), True)],
        ),
    ],
)
def test_each_of_two_dates_has_its_own_time_and_label(
    line: str, expected: list[tuple[tuple[int, ...], bool]]
) -> None:
    assert [(date.at, date.is_update) for date in dates_in(line)] == [
        (local(*at), is_update) for at, is_update in expected
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Địa chí Hà Nam 07:22 25/02/2020 Điện tử",
        "Sở Công thương tỉnh Suối Mây Sở Công thương tỉnh Suối Mây 28/09/2025",
        "Đăng ngày 17 - 05 - 2024, Lượt xem: 400",
        "Lượt xem: 31 | Ngày đăng: 12/03/2026",
        "Hồ Lả • 14/08/2026 18:51",
        "Thứ sáu, 26/04/2019 - 11:21'",
    ],
)
def test_a_line_that_tells_the_date_is_known_as_one(line: str) -> None:
    assert len(stamp_in(line)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Kỷ niệm 96 năm Ngày thành lập Đảng (3/2/1930 - 3/2/2026)",
        "Từ ngày 12/03/2026 đến 15/03/2026",
        "12/03/2026 - 15/03/2026",
        "Giấy phép số 53/GP-BTTTT cấp ngày 16/02/2017",
        "Quyết định số 12/QĐ-TU ngày 12/03/2026",
        "Hôm nay: Thứ bảy, 21/11/2026",
        "Ngày 12/03/2026, chi bộ thôn họp bàn việc giúp đỡ quần chúng ưu tú của làng.",
        "© 2014 - 12/03/2026 Cổng thông tin xã",
        "Xã Suối Mây tổ chức lễ trao huy hiệu cho các đảng viên cao tuổi (12/03/2026)",
        "Lễ khai mạc: 12/03/2026",
        "Sinh ngày 12/03/1998",
    ],
)
def test_a_line_that_cites_a_date_is_not(line: str) -> None:
    assert stamp_in(line) == []


def test_epochs_are_read_in_seconds_and_milliseconds_and_other_numbers_are_not() -> None:
    for raw in ("1786708260", "1786708260000"):
        epoch = epoch_in(raw)
        assert epoch is not None
        assert epoch.at == local(2026, 8, 14, 18, 51)
    assert epoch_in("20260814") is None
    assert epoch_in("0123456789") is None


_WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
_FORMS = (
    "{0:%d/%m/%Y} {0:%H:%M}",
    "{0:%H:%M}, {0:%d/%m/%Y}",
    "{0:%H:%M} | {0:%d/%m/%Y}",
    "{0:%d/%m/%Y} - {0:%H:%M}",
    "{0:%d-%m-%Y} {0:%H:%M}",
    "{0:%H:%M} {0:%d/%m/%Y}",
    "{weekday}, {0:%d/%m/%Y} | {0:%H:%M}:00 [GMT +7]",
    "{weekday}, {0:%d/%m/%Y} - {0:%H:%M}'",
    "Cập nhật lúc: {0:%H:%M} |{0:%d/%m/%Y}",
    "Cập nhật lúc {0:%H:%M} {0:%d/%m/%Y} (GMT+7)",
    "Đăng ngày {0:%d} - {0:%m} - {0:%Y}, lúc {0:%H:%M}",
    "{weekday}, ngày {0.day} tháng {0.month} năm {0.year} {0:%H} giờ {0:%M}",
    "{0.day}-{0.month}-{0.year} {0.hour}h{0:%M}",
    "{0:%Y-%m-%dT%H:%M}:00+07:00",
    "{0:%Y-%m-%d %H:%M}:00",
    "{0.month}/{0.day}/{0.year} {0:%I:%M}:00 {0:%p}",
    "{0:%d/%m/%Y} {0:%I:%M} {half}",
    "{utc:%Y-%m-%dT%H:%M}:00Z",
    "{utc:%a, %d %b %Y %H:%M}:00 GMT",
    "{0:%a %b %d %Y %H:%M}:00 GMT+0700 (Indochina Time)",
)
_MINUTES = st.integers(0, 50_000_000).map(
    lambda count: local(1998, 1, 1) + timedelta(0, count * 60)
)


@settings(max_examples=250, deadline=None)
@given(_MINUTES, st.sampled_from(_FORMS), st.booleans())
def test_any_minute_printed_in_any_form_comes_back(
    moment: datetime, form: str, is_decomposed: bool
) -> None:
    minute = moment.astimezone(VIETNAM)
    half = "SA" if minute.hour < 12 else "CH"
    printed = form.format(minute, utc=moment, weekday=_WEEKDAYS[minute.weekday()], half=half)
    if is_decomposed:
        printed = unicodedata.normalize("NFD", printed)
    at, has_time = parse_vietnamese_date(printed) or (None, False)
    if (minute.hour, minute.minute) == (0, 0) or (moment.hour, moment.minute) == (0, 0):
        # Midnight is how machines write "no time", theirs or ours.
        assert at is not None
        assert at.astimezone(VIETNAM).date() == minute.date()
    else:
        assert (at, has_time) == (moment, True)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.text(alphabet="0123456789/-.: TZ+hAPM,|thángnămngày'", max_size=60),
    )
)
@example("9999-12-31T23:59:59-14:00")
@example("31/12/2200 23:59 GMT-12")
@example("1900-01-01T00:01:00+14:00")
@example("۱۲/۰۳/۲۰۲۶")
def test_no_string_breaks_the_reader(raw: str) -> None:
    for date in (*dates_in(raw), *stamp_in(raw)):
        assert date.at.tzinfo is UTC
    assert epoch_in(raw) is None or raw.strip().isdigit()
