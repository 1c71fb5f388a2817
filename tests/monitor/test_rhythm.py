"""What a source's rhythm is learnt from, and what visits it is worth."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.dating.text import VIETNAM
from monitor.rhythm import WINDOW, Bounds, Rhythm, learn

if TYPE_CHECKING:
    from crawler.items import SourceKind

FRIDAY = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
"""Noon in Vietnam."""
BOUNDS = Bounds()
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

hours_ago = st.integers(0, 60 * 24)
histories = st.dictionaries(hours_ago, st.integers(1, 30), max_size=40)
kinds = st.sampled_from(["paper", "portal", "aggregator"])
moments = st.integers(0, 14 * 24 * 60).map(lambda minutes: FRIDAY + timedelta(minutes=minutes))


def learned(
    ago: dict[int, int], *, kind: SourceKind = "paper", watched: timedelta = WINDOW
) -> Rhythm:
    published = {FRIDAY - hours * HOUR: count for hours, count in ago.items()}
    return learn(published, kind=kind, since=FRIDAY - watched, until=FRIDAY)


def weekly(times: list[tuple[int, int, int]], weeks: int) -> Rhythm:
    """A source that publishes (weekday, local hour, articles) each week."""
    monday = datetime(2026, 11, 16, tzinfo=VIETNAM)
    published = {
        monday - timedelta(weeks=week) + weekday * DAY + hour * HOUR: count
        for week in range(1, weeks + 1)
        for weekday, hour, count in times
    }
    since = monday - timedelta(weeks=weeks)
    return learn(published, kind="paper", since=since, until=monday)


def visits_of_a_day(rhythm: Rhythm, start: datetime, bounds: Bounds = BOUNDS) -> list[datetime]:
    at, visits = start, []
    while (at := rhythm.next_visit_at(at, bounds=bounds)) < start + DAY:
        visits.append(at)
    return visits


@given(histories, kinds, moments, st.floats(1, 100))
@settings(max_examples=40)
def test_the_bounds_always_hold(
    ago: dict[int, int], kind: SourceKind, now: datetime, stretch: float
) -> None:
    next_at = learned(ago, kind=kind).next_visit_at(now, bounds=BOUNDS, stretch=stretch)
    assert BOUNDS.least <= next_at - now <= BOUNDS.most


@given(histories, histories, kinds, moments, st.integers(1, 42))
@settings(max_examples=40)
def test_more_articles_never_mean_fewer_visits(
    some: dict[int, int], further: dict[int, int], kind: SourceKind, now: datetime, days: int
) -> None:
    more = {hours: some.get(hours, 0) + further.get(hours, 0) for hours in {**some, **further}}
    few = learned(some, kind=kind, watched=days * DAY)
    many = learned(more, kind=kind, watched=days * DAY)
    assert all(less <= rate + 1e-9 for less, rate in zip(few.rates, many.rates, strict=True))
    later = few.next_visit_at(now, bounds=BOUNDS)
    assert many.next_visit_at(now, bounds=BOUNDS) <= later + timedelta(milliseconds=1)
    counts = [one.visits(now, now + DAY, bounds=BOUNDS) for one in (few, many)]
    assert counts[0] <= counts[1] + 1e-9


@given(histories, moments, st.floats(1, 20))
@settings(max_examples=30)
def test_a_stretched_plan_is_never_earlier(
    ago: dict[int, int], now: datetime, stretch: float
) -> None:
    rhythm = learned(ago)
    plain = rhythm.next_visit_at(now, bounds=BOUNDS)
    stretched = rhythm.next_visit_at(now, bounds=BOUNDS, stretch=stretch)
    assert stretched >= plain - timedelta(milliseconds=1)


def test_a_source_that_never_answered_has_the_rhythm_of_its_kind() -> None:
    paper = learn({}, kind="paper", since=None, until=None)
    portal = learn({}, kind="portal", since=None, until=None)
    assert paper.articles_per_day > 10 * portal.articles_per_day
    assert paper.next_visit_at(FRIDAY, bounds=BOUNDS) - FRIDAY <= timedelta(minutes=15)
    night = datetime(2026, 11, 20, 1, tzinfo=VIETNAM)
    assert paper.next_visit_at(night, bounds=BOUNDS) - night >= HOUR


def test_a_busy_paper_is_visited_every_few_minutes_by_day_and_rarely_at_night() -> None:
    busy = weekly([(day, hour, 12) for day in range(7) for hour in range(6, 22)], 6)
    noon = datetime(2026, 11, 18, 12, tzinfo=VIETNAM)
    night = datetime(2026, 11, 18, 1, tzinfo=VIETNAM)
    assert busy.next_visit_at(noon, bounds=BOUNDS) - noon <= timedelta(minutes=6)
    assert busy.next_visit_at(night, bounds=BOUNDS) - night >= HOUR


def test_a_quiet_portal_is_visited_once_a_day() -> None:
    quiet = learned({24 * 9: 1, 24 * 30: 1}, kind="portal")
    assert len(visits_of_a_day(quiet, FRIDAY)) <= 2
    assert quiet.articles_per_day < 0.1


def test_a_weekly_page_is_visited_around_its_hour() -> None:
    weekly_page = weekly([(3, 9, 8)], 6)
    thursday = datetime(2026, 11, 19, 0, tzinfo=VIETNAM)
    visits = visits_of_a_day(weekly_page, thursday)
    around = [at for at in visits if 8 <= at.astimezone(VIETNAM).hour <= 11]
    assert len(around) > len(visits) / 2
    others = visits_of_a_day(weekly_page, thursday - 2 * DAY)
    assert len(others) < len(visits)


def test_what_is_older_than_the_window_or_ahead_of_it_says_nothing() -> None:
    told = {FRIDAY - WINDOW - 2 * HOUR: 500, FRIDAY + HOUR: 500}
    rhythm = learn(told, kind="paper", since=FRIDAY - 2 * WINDOW, until=FRIDAY)
    assert rhythm == learned({})


@pytest.mark.parametrize("days", [1, 7, 42])
def test_the_more_was_seen_the_less_the_kind_counts(days: int) -> None:
    silent = learned({}, watched=days * DAY)
    usual = learn({}, kind="paper", since=None, until=None)
    assert silent.articles_per_day < usual.articles_per_day / (1 + days / 3)


def test_expected_articles_of_parts_add_up() -> None:
    rhythm = learned({3: 5, 30: 2})
    middle = FRIDAY + timedelta(hours=5, minutes=20)
    parts = rhythm.expected(FRIDAY, middle) + rhythm.expected(middle, FRIDAY + 7 * DAY)
    assert parts == pytest.approx(rhythm.expected(FRIDAY, FRIDAY + 7 * DAY))
    assert parts == pytest.approx(7 * rhythm.articles_per_day)
