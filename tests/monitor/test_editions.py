"""Weekly and monthly editions: when they are due, and which days they look back on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.editions import (
    bounds_of,
    due_day,
    edition_day,
    issue_of,
    next_slot_at,
    period_of,
    weeks_up_to,
)
from monitor.items import Edition, Period

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SEVEN = time(7, 0)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
MONDAY = date(2026, 11, 23)


def local(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=HANOI)


def due(
    now: datetime, edition: Edition, *, last: date | None = None, since: datetime = LONG_AGO
) -> date | None:
    return due_day(
        now, hour=SEVEN, zone=HANOI, last_day=last, watching_since=since, edition=edition
    )


@pytest.mark.parametrize(
    ("day", "clock", "weekly", "monthly"),
    [
        (MONDAY, "06:59", date(2026, 11, 16), date(2026, 11, 1)),
        (MONDAY, "07:00", MONDAY, date(2026, 11, 1)),
        (date(2026, 11, 29), "23:59", MONDAY, date(2026, 11, 1)),
        (date(2026, 12, 1), "06:59", date(2026, 11, 30), date(2026, 11, 1)),
        (date(2026, 12, 1), "07:00", date(2026, 11, 30), date(2026, 12, 1)),
        (date(2027, 1, 1), "07:00", date(2026, 12, 28), date(2027, 1, 1)),
    ],
)
def test_a_week_is_due_on_monday_and_a_month_on_its_successors_first_day(
    day: date, clock: str, weekly: date, monthly: date
) -> None:
    assert due(local(day, clock), "weekly") == weekly
    assert due(local(day, clock), "monthly") == monthly


def test_an_edition_is_due_once_and_not_before_the_subscription_began() -> None:
    assert due(local(MONDAY, "07:01"), "weekly", last=MONDAY) is None
    assert due(local(MONDAY, "07:01"), "weekly", since=local(MONDAY, "07:00")) is None
    assert due(local(MONDAY, "07:01"), "weekly", since=local(MONDAY, "06:59")) == MONDAY


def test_missed_weeks_are_caught_up_by_one_edition_over_all_of_them() -> None:
    last = Period(first=date(2026, 10, 26), last=date(2026, 11, 1))
    assert due(local(MONDAY, "15:00"), "weekly", last=date(2026, 11, 2)) == MONDAY
    assert period_of(MONDAY, "weekly", last=last) == Period(
        first=date(2026, 11, 2), last=date(2026, 11, 22)
    )


def test_a_period_is_the_week_or_the_month_before() -> None:
    assert period_of(MONDAY, "weekly") == Period(first=date(2026, 11, 16), last=date(2026, 11, 22))
    assert period_of(date(2028, 3, 1), "monthly") == Period(
        first=date(2028, 2, 1), last=date(2028, 2, 29)
    )


def test_a_period_begins_and_ends_at_the_readers_midnight() -> None:
    since_at, until_at = bounds_of(period_of(MONDAY, "weekly"), HANOI)
    assert since_at == datetime(2026, 11, 15, 17, 0, tzinfo=UTC)
    assert until_at == datetime(2026, 11, 22, 17, 0, tzinfo=UTC)


def test_the_next_edition_is_told_though_this_one_was_made_before_its_hour() -> None:
    now = local(MONDAY, "06:00")
    slots = [
        next_slot_at(now, hour=SEVEN, zone=HANOI, last_day=last, edition=edition)
        for last, edition in ((None, "weekly"), (MONDAY, "weekly"), (None, "monthly"))
    ]
    assert slots == [local(day, "07:00") for day in (MONDAY, date(2026, 11, 30), date(2026, 12, 1))]


@pytest.mark.parametrize(
    ("day", "edition", "issue"),
    [
        (MONDAY, "daily", "2026-11-23"),
        (MONDAY, "weekly", "2026-W47"),
        (date(2027, 1, 4), "weekly", "2026-W53"),
        (date(2027, 1, 1), "monthly", "2026-12"),
    ],
)
def test_issues_have_names_that_sort(day: date, edition: Edition, issue: str) -> None:
    period = None if edition == "daily" else period_of(day, edition)
    assert issue_of(day, edition, period) == issue


def test_weeks_are_named_by_their_mondays() -> None:
    assert weeks_up_to(date(2026, 11, 22), 3) == tuple(date(2026, 11, day) for day in (2, 9, 16))


@settings(max_examples=80)
@given(
    st.lists(st.integers(1, 3000), min_size=1, max_size=40),
    st.sampled_from(["daily", "weekly", "monthly"]),
)
def test_however_often_it_runs_every_slot_is_told_of_once_and_no_day_twice(
    pauses: list[int], edition: Edition
) -> None:
    now, last_day, last = local(date(2026, 1, 1), "00:00"), None, None
    for hours in pauses:
        now += timedelta(hours=hours)
        day = due(now, edition, last=last_day)
        if day is None:
            continue
        assert edition_day(day, edition) == day
        assert last_day is None or day > last_day
        last_day = day
        if edition != "daily":
            period = period_of(day, edition, last=last)
            assert last is None or period.first == last.last + timedelta(days=1)
            assert period.last < day
            last = period
    assert due(now, edition, last=last_day) is None
