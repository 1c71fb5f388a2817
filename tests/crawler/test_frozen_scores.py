"""The marks of a reading fall for each thing that is wrong with it, and for nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.crawler.frozen.items import Expected
from tests.crawler.frozen.scores import PageScore, Told, score_page, token_f1

EXPECTED = Expected(
    sha256="",
    title="Mùa vàng",
    sapo="Lúa chín sớm hơn mọi năm.",
    body=("Bà con ra đồng từ tờ mờ sáng.", "Máy gặt chạy suốt ngày."),
    author="Hà An",
    published="2026-10-03T07:05",
    original_source="Báo Đồng Quê",
    beside=("Giá xăng tăng",),
)
RIGHT = Told(
    title="Mùa vàng",
    sapo=EXPECTED.sapo,
    body="\n\n".join(EXPECTED.body),
    author="Hà An",
    published="2026-10-03T07:05",
    original_source="báo Đồng Quê",
)


def marks(told: Told) -> PageScore:
    return score_page("page", told, EXPECTED)


def test_a_right_reading_has_no_fault() -> None:
    assert marks(RIGHT).faults == ""
    assert marks(RIGHT).f1 == 1


def test_a_sapo_that_stands_twice_is_not_kept() -> None:
    twice = replace(RIGHT, body=f"{EXPECTED.sapo}\n\n{RIGHT.body}")
    assert marks(twice).sapo is False
    assert marks(replace(RIGHT, sapo=None)).sapo is False


def test_a_sapo_left_in_the_body_is_kept_but_not_apart() -> None:
    score = marks(replace(RIGHT, sapo=None, body=f"{EXPECTED.sapo}\n\n{RIGHT.body}"))
    assert score.sapo
    assert not score.sapo_apart


def test_a_headline_from_beside_the_article_is_a_leak_however_it_is_spelled() -> None:
    assert marks(replace(RIGHT, body=f"{RIGHT.body}\n\nGIÁ  xăng tăng!")).leaks == (
        "Giá xăng tăng",
    )


def test_a_leak_that_is_glued_to_its_neighbours_is_one_too() -> None:
    assert marks(replace(RIGHT, body=f"{RIGHT.body}Giá xăng tăngMới nhất")).leaks
    twice = replace(RIGHT, body=f"Tin{EXPECTED.sapo}{RIGHT.body}")
    assert marks(twice).sapo is False


@pytest.mark.parametrize(
    ("published", "day", "minute"),
    [
        ("2026-10-03T07:06", True, False),
        ("2026-10-03", True, False),
        ("2026-10-02T07:05", False, False),
        (None, False, False),
    ],
)
def test_day_and_minute_are_marked_apart(published: str | None, *, day: bool, minute: bool) -> None:
    score = marks(replace(RIGHT, published=published))
    assert (score.day, score.minute) == (day, minute)


def test_a_time_that_the_page_does_not_show_is_a_fault() -> None:
    day_only = replace(EXPECTED, published="2026-10-03")
    assert score_page("page", RIGHT, day_only).minute is False
    assert score_page("page", replace(RIGHT, published="2026-10-03"), day_only).minute is None


def test_the_token_measure_counts_each_word_as_often_as_it_stands() -> None:
    assert token_f1("lúa lúa", "lúa") == pytest.approx(2 / 3)
    assert token_f1("Lúa chín", "chín LÚA") == 1
    assert token_f1("", "") == 1
