from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.extractor.grammar.numbers import Quantity, parse_digits, read_quantity
from monitor.extractor.grammar.periods import find_periods
from monitor.extractor.grammar.words import read_line
from monitor.extractor.text import fold_with_offsets


def first_quantity(text: str) -> Quantity | None:
    words = read_line(fold_with_offsets(text)).texts
    found = (read_quantity(words, index) for index in range(len(words)))
    return next((quantity for quantity in found if quantity is not None), None)


@pytest.mark.parametrize(
    ("text", "value", "value_max"),
    [
        ("9.550 đảng viên", 9550, None),
        ("2,291 đảng viên", 2291, None),
        ("05 đồng chí", 5, None),
        ("8,5 ngàn đảng viên", 8500, None),
        ("gần 6 nghìn", 6000, None),
        ("6,7 đồng chí", 6, 7),
        ("6, 7 đồng chí", 6, 7),
        ("8-9 đảng viên", 8, 9),
        ("90 - 100 đảng viên", 90, 100),
        ("từ 30 đến 35 sinh viên", 30, 35),
        ("hai đảng viên", 2, None),
        ("mười hai học sinh", 12, None),
        ("hai mươi lăm đảng viên", 25, None),
        ("một trăm linh năm đảng viên", 105, None),
        ("năm quần chúng ưu tú", 5, None),
    ],
)
def test_numbers_are_read_as_the_press_writes_them(
    text: str, value: float, value_max: float | None
) -> None:
    quantity = first_quantity(text)
    assert quantity is not None
    assert (quantity.value, quantity.value_max) == (value, value_max)


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết số 25-NQ/HU",
        "Quyết định 502-QĐ/ĐUK",
        "học sinh lớp 12",
        "lớp 12A12",
        "quần chúng 9X",
        "thời gian dự bị 12 tháng",
        "55 năm tuổi Đảng",
        "năm nay",
        "hàng trăm đảng viên",
        "người ba của em",
    ],
)
def test_names_documents_and_durations_are_no_quantities(text: str) -> None:
    assert first_quantity(text) is None


def test_a_slash_pairs_the_deed_with_the_plan() -> None:
    quantity = first_quantity("kết nạp 1.702/1.718 đảng viên")
    assert quantity is not None
    assert (quantity.value, quantity.planned) == (1702, 1718)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("trên 250", "over"),
        ("hơn 5.650", "over"),
        ("gần 640", "nearly"),
        ("khoảng 100", "about"),
        ("ít nhất 4", "at_least"),
        ("không dưới 20", "at_least"),
        ("31", "exact"),
    ],
)
def test_the_word_before_a_number_qualifies_it(text: str, qualifier: str) -> None:
    quantity = first_quantity(text + " đảng viên")
    assert quantity is not None
    assert quantity.qualifier == qualifier


def test_percentages_keep_their_decimals() -> None:
    quantity = first_quantity("đạt 35,345% chỉ tiêu")
    assert quantity is not None
    assert quantity.is_percent
    assert quantity.value == 35.345


@given(st.integers(min_value=0, max_value=9_999_999))
@settings(max_examples=100)
def test_grouped_digits_are_the_number_they_group(number: int) -> None:
    assert parse_digits(f"{number:,}".replace(",", ".")) == number


@pytest.mark.parametrize(
    ("text", "period", "tense"),
    [
        ("từ năm 2016 đến nay, chi bộ", "từ năm 2016 đến nay", "past"),
        (
            "từ đầu nhiệm kỳ 2020-2025 đến tháng 4-2023, đảng bộ",
            "từ đầu nhiệm kỳ 2020-2025 đến tháng 4-2023",
            "past",
        ),
        ("trong 6 tháng đầu năm 2023, huyện", "trong 6 tháng đầu năm 2023", "open"),
        ("tính đến hết tháng 4-2023, xã", "tính đến hết tháng 4-2023", "past"),
        ("từ nay đến cuối năm, xã", "từ nay đến cuối năm", "future"),
        ("nhiệm kỳ 2020 - 2025 đề ra", "nhiệm kỳ 2020 - 2025", "open"),
        ("đến hết năm 2027 kết nạp", "đến hết năm 2027", "future"),
    ],
)
def test_time_expressions_are_found_whole(text: str, period: str, tense: str) -> None:
    found = find_periods(text, year=2026)[0]
    assert text[found.start : found.end] == period
    assert found.tense == tense
