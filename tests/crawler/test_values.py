from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.values import check_pause, check_web_address, parse_duration


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30m", timedelta(minutes=30)),
        ("6h", timedelta(hours=6)),
        ("1d", timedelta(days=1)),
        ("2s", timedelta(seconds=2)),
        ("0.5s", timedelta(milliseconds=500)),
        (" 10 m ", timedelta(minutes=10)),
    ],
)
def test_a_duration_is_a_number_and_a_unit(text: str, expected: timedelta) -> None:
    assert parse_duration(text) == expected


@pytest.mark.parametrize("value", ["30", 30, None, "", "1w", "-1d", "1h30m", "1,5h", "٣m", True])
def test_anything_else_is_no_duration(value: object) -> None:
    with pytest.raises(ValueError, match="is not a duration such as 30m, 6h, 1d or 2s"):
        parse_duration(value)


def test_a_duration_beyond_all_calendars_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        parse_duration("9999999999999d")


def test_a_pause_of_nothing_is_refused() -> None:
    assert check_pause(timedelta(seconds=1)) == timedelta(seconds=1)
    with pytest.raises(ValueError, match="longer than 0"):
        check_pause(parse_duration("0s"))


@settings(max_examples=50)
@given(st.integers(0, 10_000), st.sampled_from("smhd"))
def test_whole_numbers_are_kept_exactly(number: int, unit: str) -> None:
    one = parse_duration(f"1{unit}")

    assert parse_duration(f"{number}{unit}") == number * one


@pytest.mark.parametrize(
    "address",
    [
        "https://baogialai.com.vn/",
        "http://a.vn:8080/x?y=z",
        "http://127.0.0.1:80/",
        "http://[::1]/",
    ],
)
def test_absolute_addresses_of_the_web_pass(address: str) -> None:
    assert check_web_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "baogialai.com.vn",
        "//a.vn/",
        "ftp://a.vn/",
        "https://",
        "https:///path",
        "https://a.vn/a b",
        "https://a.vn:99999/",
        "https://[::1",
        "mailto:a@b.vn",
        "javascript:alert(1)",
        "",
    ],
)
def test_everything_else_is_no_web_address(address: str) -> None:
    with pytest.raises(ValueError, match="is not a web address"):
        check_web_address(address)
