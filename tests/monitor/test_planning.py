"""When a source is visited next: rhythm, budget, failures, wishes of the site."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.dating.text import VIETNAM
from monitor.planning import (
    JITTER,
    LONGEST_PAUSE,
    REVISITS,
    Schedule,
    Spending,
    Standing,
    jittered,
    local_day,
    next_due_at,
    next_revisit_at,
)
from monitor.rhythm import Bounds, Rhythm

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
"""Twelve o'clock in Vietnam."""
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
AMPLE = Spending(left=1_500, per_visit=4.0)

pauses = st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=2))
moments = st.integers(0, 365 * 24 * 60).map(lambda minutes: NOON + minutes * MINUTE)


def standing(rate: float = 2.0, **changes: object) -> Standing:
    plain = Standing(source="bao-gia-lai", rhythm=Rhythm((rate,) * 168), spending=AMPLE)
    return replace(plain, **changes)  # type: ignore[arg-type] # the tests name real fields


def pause_of(one: Standing, now: datetime = NOON, **settings_: object) -> timedelta:
    schedule = Schedule(**settings_)  # type: ignore[arg-type] # the tests name real fields
    return next_due_at(now, standing=one, schedule=schedule) - now


@given(pauses, moments, st.text(max_size=8))
@settings(max_examples=50)
def test_jitter_is_bounded_and_always_the_same(pause: timedelta, at: datetime, source: str) -> None:
    shaken = jittered(pause, source=source, at=at)
    assert abs(shaken - pause) <= JITTER * pause + timedelta(microseconds=1)
    assert shaken == jittered(pause, source=source, at=at)


def test_sources_with_one_rhythm_do_not_come_in_step() -> None:
    assert len({jittered(HOUR, source=f"bao-{number}", at=NOON) for number in range(50)}) == 50


@given(st.floats(0, 50), st.integers(0, 1_500), st.floats(1, 30), moments)
@settings(max_examples=50)
def test_a_plan_by_rhythm_keeps_the_bounds_while_there_is_budget(
    rate: float, left: int, per_visit: float, now: datetime
) -> None:
    spending = Spending(left=left + 30, per_visit=per_visit)
    pause = pause_of(standing(rate, spending=spending), now)
    assert Bounds().least <= pause <= Bounds().most


def test_a_written_interval_is_kept_and_the_seed_wins_over_the_settings() -> None:
    assert pause_of(standing(), interval=30 * MINUTE) == 30 * MINUTE
    assert pause_of(standing(interval=6 * HOUR), interval=30 * MINUTE) == 6 * HOUR
    assert pause_of(standing(interval=6 * HOUR)) == 6 * HOUR


def test_a_day_of_visits_stays_within_its_budget_and_lasts_until_midnight() -> None:
    now = datetime(2026, 11, 20, 0, 0, tzinfo=VIETNAM).astimezone(UTC)
    today, spent, visits = local_day(now), 0.0, []
    while local_day(now) == today:
        visits.append(now)
        spent += 4
        left = Spending(left=round(200 - spent), per_visit=4.0)
        due_at = next_due_at(now, standing=standing(12, spending=left), schedule=Schedule())
        spent += (due_at - now) / HOUR * 2  # some pages
        now = due_at
    assert spent <= 200
    assert len(visits) > 20
    assert visits[-1].astimezone(VIETNAM).hour >= 20


def test_a_spent_budget_waits_for_tomorrow() -> None:
    spent = standing(spending=Spending(left=2, per_visit=4.0))
    midnight = datetime(2026, 11, 21, tzinfo=VIETNAM)
    assert midnight <= NOON + pause_of(spent) <= midnight + HOUR
    assert midnight <= NOON + pause_of(replace(spent, interval=MINUTE)) <= midnight + HOUR


def test_failures_back_off_ever_longer_to_a_day_and_a_bit() -> None:
    pauses_ = [pause_of(standing(failures=failures)) for failures in range(12)]
    assert all(
        later > earlier * 1.4 or later >= LONGEST_PAUSE * (1 - JITTER)
        for earlier, later in pairwise(pauses_)
    )
    assert max(pauses_) <= LONGEST_PAUSE * (1 + JITTER)


def test_nothing_comes_before_the_end_of_a_pause_the_site_asked_for() -> None:
    for one in (standing(), standing(failures=1), standing(interval=MINUTE)):
        assert pause_of(replace(one, retry_after=30 * HOUR)) == 30 * HOUR


def test_a_story_to_look_at_again_brings_the_visit_forward() -> None:
    quiet = standing(0.001)
    assert pause_of(replace(quiet, revisit_at=NOON + HOUR)) == HOUR
    assert pause_of(replace(quiet, revisit_at=NOON - HOUR)) == Bounds().least
    # A site that does not answer is not asked for a story either.
    assert pause_of(replace(quiet, revisit_at=NOON + HOUR, failures=3)) > 12 * HOUR


def test_stories_are_looked_at_again_at_growing_distance() -> None:
    at, looks = NOON, []
    while (following := next_revisit_at(NOON, at, revisits=REVISITS)) is not None:
        looks.append(following - NOON)
        at = following + 7 * MINUTE
    assert tuple(looks) == REVISITS
    assert next_revisit_at(NOON, NOON + 2 * HOUR, revisits=REVISITS) == NOON + 6 * HOUR
    assert next_revisit_at(NOON, NOON, revisits=()) is None


def test_requests_count_for_the_day_in_vietnam() -> None:
    assert local_day(datetime(2026, 11, 20, 16, 59, tzinfo=UTC)).day == 20
    assert local_day(datetime(2026, 11, 20, 17, 0, tzinfo=UTC)).day == 21
