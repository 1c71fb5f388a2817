from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.extractor.grammar.period_dates import Reader, days_of, term_named

OCTOBER = date(2022, 10, 5)
JANUARY = date(2023, 1, 12)


def read(
    written: str,
    published_on: date | None,
    *,
    term: tuple[int, int] | None = None,
    is_planned: bool = False,
) -> tuple[str | None, str | None]:
    first, last = days_of(written, Reader(published_on, term, is_planned))
    return first.isoformat() if first else None, last.isoformat() if last else None


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("năm 2021", "2021-01-01", "2021-12-31"),
        ("cả năm 2021", "2021-01-01", "2021-12-31"),
        ("từ năm 2017 đến năm 2020", "2017-01-01", "2020-12-31"),
        ("quý III/2021", "2021-07-01", "2021-09-30"),
        ("quý 2 năm 2021", "2021-04-01", "2021-06-30"),
        ("tháng 2-2024", "2024-02-01", "2024-02-29"),
        ("9 tháng đầu năm 2021", "2021-01-01", "2021-09-30"),
        ("8 tháng năm 2021", "2021-01-01", "2021-08-31"),
        ("hai quý cuối năm 2021", "2021-07-01", "2021-12-31"),
        ("nhiệm kỳ 2020 – 2025", "2020-01-01", "2025-12-31"),
        ("giai đoạn 2016-2020", "2016-01-01", "2020-12-31"),
        ("năm học 2021-2022", "2021-09-01", "2022-08-31"),
        ("đến hết năm 2023", None, "2023-12-31"),
        ("tính đến tháng 4-2023", None, "2023-04-30"),
        ("từ đầu năm 2020 đến hết tháng 4-2021", "2020-01-01", "2021-04-30"),
        ("sáng 19-5-2022", "2022-05-19", "2022-05-19"),
        ("ngày 31/12/2021", "2021-12-31", "2021-12-31"),
        ("cuối năm 2020", "2020-12-31", "2020-12-31"),
        ("nửa cuối năm 2021", "2021-07-03", "2021-12-31"),
        ("ngày 31-2-2022", None, None),
    ],
)
def test_what_names_its_year_needs_no_day_of_publication(
    written: str, first: str | None, last: str | None
) -> None:
    assert read(written, None) == (first, last)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("hiện nay", "2022-10-05", "2022-10-05"),
        ("đến nay", None, "2022-10-05"),
        ("từ đầu năm đến nay", "2022-01-01", "2022-10-05"),
        ("từ đầu nhiệm kỳ đến nay", "2020-01-01", "2022-10-05"),
        ("từ nay đến cuối năm", "2022-10-05", "2022-12-31"),
        ("9 tháng đầu năm", "2022-01-01", "2022-09-30"),
        ("quý III", "2022-07-01", "2022-09-30"),
        ("tháng 12", "2022-12-01", "2022-12-31"),
        ("năm nay", "2022-01-01", "2022-12-31"),
        ("năm ngoái", "2021-01-01", "2021-12-31"),
        ("năm qua", "2021-01-01", "2021-12-31"),
        ("cùng kỳ năm trước", "2021-01-01", "2021-10-05"),
        ("5 năm qua", "2017-10-05", "2022-10-05"),
        ("ba tháng qua", "2022-07-05", "2022-10-05"),
        ("cả nhiệm kỳ", "2020-01-01", "2025-12-31"),
        ("nhiệm kỳ qua", "2015-01-01", "2020-12-31"),
        ("năm học này", "2022-09-01", "2023-08-31"),
        ("năm học trước", "2021-09-01", "2022-08-31"),
        ("sáng 19-5", "2022-05-19", "2022-05-19"),
        ("những năm gần đây", None, None),
        ("thời gian qua", None, None),
    ],
)
def test_relative_times_are_told_by_the_day_of_publication(
    written: str, first: str | None, last: str | None
) -> None:
    assert read(written, OCTOBER) == (first, last)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("9 tháng đầu năm", "2022-01-01", "2022-09-30"),
        ("tháng 12", "2022-12-01", "2022-12-31"),
        ("trong năm", "2022-01-01", "2022-12-31"),
        ("quý I", "2023-01-01", "2023-03-31"),
        ("sáng 30-12", "2022-12-30", "2022-12-30"),
    ],
)
def test_in_january_the_press_still_tells_of_the_year_before(
    written: str, first: str, last: str
) -> None:
    assert read(written, JANUARY) == (first, last)


def test_a_target_lies_ahead() -> None:
    assert read("quý IV", date(2023, 2, 1), is_planned=True) == ("2023-10-01", "2023-12-31")


@pytest.mark.parametrize(
    ("published_on", "first"),
    [(date(2020, 3, 1), "2015-01-01"), (date(2020, 9, 1), "2020-01-01")],
)
def test_terms_change_with_the_congresses_of_the_grassroots(published_on: date, first: str) -> None:
    assert read("từ đầu nhiệm kỳ đến nay", published_on)[0] == first


def test_the_term_the_text_named_is_the_one_it_means_until_that_is_over() -> None:
    assert term_named("nghị quyết đại hội nhiệm kỳ 2015 - 2020 đề ra") == (2015, 2020)
    assert read("cả nhiệm kỳ", OCTOBER, term=(2015, 2020)) == ("2015-01-01", "2020-12-31")
    assert read("từ đầu nhiệm kỳ đến nay", OCTOBER, term=(2015, 2020))[0] == "2020-01-01"


WORDS = [
    *("từ", "đến", "đầu", "cuối", "hết", "năm", "tháng", "quý", "ngày", "nay", "qua", "học"),
    *("nhiệm kỳ", "2", "13", "2020", "2021-2025", "III"),
]


@example(["quý", "năm"], date(2026, 10, 5))
@given(st.lists(st.sampled_from(WORDS), max_size=7), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_any_jumble_of_time_words_gives_days_or_none(words: list[str], published_on: date) -> None:
    days = days_of(" ".join(words), Reader(published_on))
    for day in days:
        assert day is None or 1900 <= day.year <= 2200
    assert days.first is None or days.last is None or days.first <= days.last


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("từ đầu năm đến hết tháng 4-2021", "2021-01-01", "2021-04-30"),
        ("từ tháng 11 đến hết tháng 3/2021", "2020-11-01", "2021-03-31"),
        ("quý II năm ngoái", "2021-04-01", "2021-06-30"),
        ("tháng 5 năm trước", "2021-05-01", "2021-05-31"),
        ("quý I năm nay", "2022-01-01", "2022-03-31"),
        ("kế hoạch năm", "2022-01-01", "2022-12-31"),
    ],
)
def test_a_year_told_once_holds_for_both_ends(written: str, first: str, last: str) -> None:
    assert read(written, OCTOBER) == (first, last)
