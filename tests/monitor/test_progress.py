from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.items import Figure
from monitor.progress import Told, progress

SPRING = datetime(2026, 3, 1, tzinfo=UTC)
YEAR = {"period": "năm 2026", "period_from": date(2026, 1, 1), "period_to": date(2026, 12, 31)}
NINE_MONTHS = {
    "period": "9 tháng đầu năm 2026",
    "period_from": date(2026, 1, 1),
    "period_to": date(2026, 9, 30),
}
COMMUNE = "Đảng bộ xã Tân Lâm"


def told(metric: str, value: float, *, story: int, day: int = 0, **facts: object) -> Told:
    province = facts.pop("province", "Gia Lai")
    figure = {"org": COMMUNE, "evidence": f"… {value} …", "start": 0, "end": 5, **facts}
    return Told(
        figure=Figure(metric=metric, value=value, **figure),
        article_id=story,
        group_id=story,
        url=f"https://bao.example/{story}.html",
        paper=f"Báo {story}",
        province=province,
        told_at=SPRING + timedelta(days=day),
    )


def test_admissions_from_the_first_day_of_the_targets_period_meet_it():
    target = told("target", 40, story=1, **YEAR)
    (pair,) = progress([target, told("admitted", 30, story=2, day=200, **NINE_MONTHS)])
    assert (pair.low_share, pair.high_share) == (75, 75)
    assert pair.period == "năm 2026"
    assert pair.is_mixed
    assert not pair.is_contradicted


def test_one_quarter_says_nothing_of_the_year():
    quarter = {"period_from": date(2026, 4, 1), "period_to": date(2026, 6, 30)}
    assert not progress(
        [told("target", 40, story=1, **YEAR), told("admitted", 9, story=1, **quarter)]
    )


def test_the_year_before_is_another_period():
    before = {"period_from": date(2025, 1, 1), "period_to": date(2025, 12, 31)}
    assert not progress(
        [told("target", 40, story=1, **YEAR), told("admitted", 38, story=1, **before)]
    )


def test_the_count_up_to_the_latest_day_holds():
    half = {"period_from": date(2026, 1, 1), "period_to": date(2026, 6, 30)}
    (pair,) = progress(
        [
            told("target", 40, story=1, **YEAR),
            told("admitted", 30, story=2, **NINE_MONTHS),
            told("admitted", 18, story=3, day=300, **half),
        ]
    )
    assert [one.figure.value for one in pair.admitted] == [30]


def test_parts_named_in_one_story_are_neither_added_nor_taken_for_the_whole():
    (pair,) = progress(
        [
            told("target", 40, story=1, **YEAR),
            told("admitted", 30, story=1, **NINE_MONTHS),
            told("admitted", 12, story=1, **NINE_MONTHS),
        ]
    )
    assert [one.figure.value for one in pair.admitted] == [30]
    assert not pair.is_contradicted
    assert not pair.is_mixed


def test_papers_that_differ_stand_side_by_side_the_latest_first():
    (pair,) = progress(
        [
            told("target", 40, story=1, **YEAR),
            told("target", 45, story=2, day=5, **YEAR),
            told("admitted", 30, story=1, **NINE_MONTHS),
            told("admitted", 27, story=2, day=5, **NINE_MONTHS),
        ]
    )
    assert [one.figure.value for one in pair.targets] == [45, 40]
    assert [one.figure.value for one in pair.admitted] == [27, 30]
    assert pair.is_contradicted
    assert (pair.low_share, pair.high_share) == (60, 75)


def test_without_days_only_one_sentence_pairs_them():
    sentence = {"evidence": "kết nạp 9/10 đảng viên"}
    pair = [told("target", 10, story=1, **sentence), told("admitted", 9, story=1, **sentence)]
    assert progress(pair)[0].low_share == 90
    assert not progress([pair[0], told("admitted", 9, story=1)])
    assert not progress([pair[0], told("admitted", 9, story=2, **sentence)])


def test_organisations_of_one_name_in_two_provinces_are_two():
    assert not progress(
        [
            told("target", 40, story=1, **YEAR),
            told("admitted", 30, story=2, province="Lào Cai", **NINE_MONTHS),
        ]
    )


def test_an_organisation_without_a_name_is_that_of_its_story():
    unnamed = {"org": "Đảng bộ xã"}
    target = told("target", 40, story=1, **unnamed, **YEAR)
    assert not progress([target, told("admitted", 30, story=2, **unnamed, **NINE_MONTHS)])
    assert progress([target, told("admitted", 30, story=1, **unnamed, **NINE_MONTHS)])


def test_each_year_is_not_the_whole_term():
    assert not progress(
        [
            told("target", 40, story=1, basis="per_year", **YEAR),
            told("admitted", 30, story=1, **NINE_MONTHS),
        ]
    )


def test_a_target_of_none_gives_no_share():
    (pair,) = progress(
        [
            told("target", 0, story=1, **YEAR),
            told("target", 10, story=2, **YEAR),
            told("admitted", 3, story=1, **NINE_MONTHS),
        ]
    )
    assert (pair.low_share, pair.high_share) == (None, None)


@given(
    st.lists(
        st.builds(
            told,
            st.sampled_from(["admitted", "target", "share"]),
            st.integers(0, 50),
            story=st.integers(1, 4),
            day=st.integers(0, 9),
            period_from=st.sampled_from([None, date(2026, 1, 1)]),
            period_to=st.sampled_from([None, date(2026, 6, 30), date(2026, 12, 31)]),
        ),
        max_size=12,
    )
)
def test_every_number_shown_is_one_that_was_told(figures):
    values = {(one.figure.metric, one.figure.value) for one in figures}
    for pair in progress(figures):
        shown = (*pair.targets, *pair.admitted)
        assert {(one.figure.metric, one.figure.value) for one in shown} <= values
        assert pair.low_share is None or pair.low_share <= pair.high_share
