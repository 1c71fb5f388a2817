"""Trends: nothing is counted twice, neither a story nor a new member."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.extractor.gazetteer.table import table
from monitor.items import Figure, Trend
from monitor.progress import Told
from monitor.trends import ToldStory, trend_of

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKS = (date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16))
YEAR = {"period_from": date(2026, 1, 1), "period_to": date(2026, 12, 31)}
HALF = {"period_from": date(2026, 1, 1), "period_to": date(2026, 6, 30)}


def code_of(name: str) -> str:
    """Of today's unit."""
    return next(one.code for one in table().named(name) if not one.into)


GIA_LAI, IA_PA, IA_TUL = (code_of(name) for name in ("Gia Lai", "Ia Pa", "Ia Tul"))


def at(day: int) -> datetime:
    return datetime(2026, 11, day, 9, 0, tzinfo=HANOI)


def told(
    value: float, *, day: int = 17, story: int = 1, org: str = "Đảng bộ xã Ia Pa", **more: Any
) -> Told:
    facts = {**YEAR, **more}
    return Told(
        figure=Figure(
            metric=facts.pop("metric", "admitted"),
            value=value,
            org=org,
            evidence=f"kết nạp {value} đảng viên",
            start=0,
            end=10,
            **facts,
        ),
        article_id=story * 10,
        group_id=story,
        url="https://bao.example/1",
        paper="Báo Gia Lai",
        province="Gia Lai",
        told_at=at(day),
    )


def trend(*figures: Told, stories: tuple[ToldStory, ...] = ()) -> Trend:
    return trend_of(stories, figures, weeks=WEEKS, zone=HANOI, provinces=["Huế", "Gia Lai"])


def admitted(*figures: Told) -> dict[int, float]:
    """By the week's first day of November."""
    return {row.week.day: row.admitted for row in trend(*figures).rows}


def test_a_story_counts_once_in_the_week_it_was_first_printed() -> None:
    stories = (
        ToldStory(group_id=1, province="Gia Lai", told_at=at(17)),
        ToldStory(group_id=1, province="Huế", told_at=at(15)),
        ToldStory(group_id=2, province=None, told_at=at(17)),
        ToldStory(group_id=3, province="Huế", told_at=at(22)),
        ToldStory(group_id=4, province="Huế", told_at=at(1)),
    )
    rows = [(row.province, row.week.day, row.stories) for row in trend(stories=stories).rows]
    assert rows == [("Huế", 9, 1), ("Huế", 16, 1), (None, 16, 1)]


def test_weeks_begin_at_the_readers_midnight() -> None:
    sunday_evening = datetime.fromisoformat("2026-11-15T16:59:00+00:00")
    stories = tuple(
        ToldStory(
            group_id=number, province="Huế", told_at=sunday_evening + timedelta(minutes=number)
        )
        for number in range(2)
    )
    assert [row.week.day for row in trend(stories=stories).rows] == [9, 16]


def test_organisations_are_added_up() -> None:
    figures = (
        told(12, story=1, place_code=IA_PA),
        told(30, story=2, org="Đảng bộ xã Ia Tul", place_code=IA_TUL),
    )
    assert admitted(*figures) == {16: 42}


def test_the_same_count_in_two_stories_is_told_once_where_it_came_first() -> None:
    assert admitted(told(12, day=17, story=1), told(12, day=10, story=2)) == {9: 12}


def test_of_one_organisation_and_period_the_largest_count_holds() -> None:
    assert admitted(told(12, day=10, story=1), told(14, day=17, story=2)) == {9: 14}


def test_half_a_year_is_part_of_the_year() -> None:
    assert admitted(told(5, day=10, story=1, **HALF), told(12, day=17, story=2)) == {16: 12}


def test_a_commune_is_part_of_its_province() -> None:
    province = told(900, day=17, story=2, org="Đảng bộ tỉnh", place_code=GIA_LAI)
    commune = told(12, day=10, story=1, place_code=IA_PA)
    assert admitted(province, commune) == {16: 900}


def test_a_year_before_is_no_part_of_this_one() -> None:
    before = {"period_from": date(2025, 1, 1), "period_to": date(2025, 12, 31)}
    assert admitted(told(10, story=1, **before), told(12, story=2)) == {16: 22}


@pytest.mark.parametrize("count", [3, 15])
def test_schools_and_cells_beside_a_unit_are_taken_for_parts_of_it(count: int) -> None:
    unit = told(12, place_code=IA_PA)
    assert admitted(unit, told(count, org="Chi bộ Trường Lê Lợi")) == {16: 12}


def test_of_schools_and_cells_one_story_gives_the_largest() -> None:
    cells = [told(value, org=f"Chi bộ thôn {value}") for value in (3, 7, 2)]
    assert admitted(*cells) == {16: 7}


def test_targets_are_no_admissions() -> None:
    assert admitted(told(50, metric="target")) == {}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.builds(
            told,
            st.integers(1, 100),
            day=st.integers(3, 22),
            story=st.integers(1, 4),
            org=st.sampled_from(["Đảng bộ xã Ia Pa", "Chi bộ thôn 1", "Đảng bộ tỉnh"]),
            place_code=st.sampled_from([None, IA_PA, GIA_LAI]),
            period_to=st.sampled_from([None, date(2026, 6, 30), date(2026, 12, 31)]),
        ),
        max_size=10,
    )
)
def test_a_trend_never_exceeds_what_was_told_and_never_loses_the_largest(figures) -> None:
    total = sum(row.admitted for row in trend(*figures).rows)
    values = [one.figure.value for one in figures]
    assert total <= sum(values)
    assert (total > 0) == bool(figures)
    again = sum(row.admitted for row in trend(*figures, *figures).rows)
    assert again == total
