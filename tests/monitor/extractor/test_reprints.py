"""Whose story it is, what all copies say, and what a paper took back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from monitor.extractor.reprints import Printed, changed_figures, merged_figures, original_of
from monitor.items import Figure

MORNING = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
MIDNIGHT = datetime(2026, 11, 19, 17, 0, tzinfo=UTC)
"""How a page that prints only the twentieth is dated."""


def printed(number: int = 1, paper: str = "Báo Phú Thọ", **changes: Any) -> Printed:
    fields: dict[str, Any] = {
        "article_id": number,
        "paper": paper,
        "url": f"https://to{number}.example/tin.html",
        "published_at": MORNING,
        "has_time": True,
        "credit": None,
    }
    return Printed(**{**fields, **changes})


def figure(value: float = 23, **changes: Any) -> Figure:
    fields: dict[str, Any] = {
        "metric": "admitted",
        "value": value,
        "unit": "đảng viên",
        "period": "Mười tháng qua",
        "org": "Đảng bộ xã Lâm Thao",
        "evidence": f"Mười tháng qua, Đảng bộ xã Lâm Thao kết nạp {value:g} đảng viên.",
        "start": 0,
        "end": 60,
    }
    return Figure(**{**fields, **changes})


def original_among(*copies: Printed) -> int | None:
    """The original's number, the same in whatever order the copies come."""
    found = {original_of(order) for order in permutations(copies)}
    assert len(found) == 1
    (original,) = found
    return original.article_id if original else None


@pytest.mark.parametrize(
    ("paper", "credit"),
    [
        ("Báo Phú Thọ", "Báo Phú Thọ"),
        ("Báo và Đài Phát thanh, Truyền hình Phú Thọ", "Theo Báo Phú Thọ điện tử"),
        ("Trang tin Đảng bộ tỉnh", "to1.example"),
    ],
)
def test_a_credit_names_the_original_even_where_it_is_dated_later(paper: str, credit: str) -> None:
    first = printed(1, paper, published_at=MORNING + HOUR)
    assert original_among(first, printed(2, "Vietnam.vn", credit=credit)) == 1


def test_one_that_credits_somebody_else_is_no_original() -> None:
    assert original_among(printed(1, "Vietnam.vn", credit="TTXVN"), printed(2)) == 2


def test_the_earliest_publication_shows_the_original() -> None:
    later = printed(2, "Báo Yên Bái", published_at=MORNING + HOUR)
    assert original_among(printed(), later, printed(3, "Báo Nhân Dân", credit="PV")) == 1


def test_a_day_without_a_time_is_not_taken_for_midnight() -> None:
    by_day = printed(2, "Báo Yên Bái", published_at=MIDNIGHT, has_time=False)
    assert original_among(printed(), by_day) is None
    assert original_among(replace(by_day, published_at=MIDNIGHT - 24 * HOUR), printed()) == 2


@pytest.mark.parametrize("other", [{"published_at": None}, {}], ids=["undated", "the same minute"])
def test_where_nothing_shows_it_no_original_is_named(other: dict[str, Any]) -> None:
    assert original_among(printed(), printed(2, "Báo Yên Bái", **other)) is None


def test_figures_that_all_copies_print_stand_once() -> None:
    resolved = figure(org="Đảng bộ xã")  # read otherwise in the same sentence
    assert merged_figures("A", [figure()], [("B", [figure()]), ("C", [resolved])]) == (figure(),)


def test_a_figure_that_one_copy_alone_prints_is_kept_with_its_paper() -> None:
    more = figure(35, metric="awareness_class")
    merged = merged_figures("A", [figure()], [("B", [figure(), more]), ("C", [more])])
    assert merged == (figure(), replace(more, paper="B"))


def test_figures_that_contradict_each_other_both_name_their_paper() -> None:
    merged = merged_figures("A", [figure(23)], [("B", [figure(24)])])
    assert [(one.value, one.paper) for one in merged] == [(23, "A"), (24, "B")]


def test_a_second_figure_of_the_same_kind_is_no_contradiction() -> None:
    part = figure(9, evidence="Trong đó có 9 đoàn viên.")
    merged = merged_figures("A", [figure()], [("B", [figure(), part])])
    assert [(one.value, one.paper) for one in merged] == [(23, None), (9, "B")]


def corrected(before: list[Figure], after: list[Figure]) -> list[tuple[float, float]]:
    old, new = (" ".join(one.evidence for one in side) for side in (before, after))
    pairs = changed_figures(before, after, old_text=old, new_text=new)
    return [(one.value, other.value) for one, other in pairs]


def test_a_changed_value_is_a_correction_with_both_values() -> None:
    other = figure(614, metric="members_total", evidence="Xã có 614 đảng viên.")
    assert corrected([figure(23), other], [other, figure(24)]) == [(23, 24)]


def test_a_figure_that_came_or_went_corrects_nothing() -> None:
    assert corrected([figure()], []) == corrected([], [figure()]) == []
    assert corrected([figure(org="Đảng bộ xã Bản Nguyên")], [figure(24)]) == []


def test_a_sentence_that_stayed_was_not_corrected_however_it_is_read_now() -> None:
    sentence = figure().evidence
    assert corrected([figure(23)], [figure(30, evidence=sentence)]) == []
