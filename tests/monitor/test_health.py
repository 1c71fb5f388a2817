"""Who is silent: a portal over a weekend is not, a paper for a day is, nobody is at Tết."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.dating.text import VIETNAM
from monitor.health import silence, with_recovered
from monitor.items import Checked, Silence, Trouble

BEGAN = datetime(2026, 9, 1, tzinfo=UTC)


def local(month: int, day: int, hour: int = 9, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=VIETNAM)


def portal(until: datetime, *, weeks: int = 6) -> dict[datetime, int]:
    """Three articles each working morning, the last at ``until``."""
    days = (until - timedelta(days=number) for number in range(7 * weeks))
    return {day: 3 for day in days if day.weekday() < 5}


def paper(until: datetime, *, weeks: int = 6) -> dict[datetime, int]:
    """Forty articles a day from six to ten."""
    days = (until - timedelta(days=number) for number in range(7 * weeks))
    return {day.replace(hour=hour): 2 for day in days for hour in range(6, 22)} | {until: 2}


def told(published: dict[datetime, int], answered_at: datetime, kind: str) -> Silence | None:
    since = min(published) - timedelta(days=1)
    return silence("Cổng xã", published, kind=kind, since=since, answered_at=answered_at)


def test_a_weekend_is_no_silence_for_a_portal_and_two_weeks_are():
    friday = local(11, 13)
    assert told(portal(friday), local(11, 16), "portal") is None
    found = told(portal(friday), local(11, 27), "portal")
    assert found is not None
    assert found.since == friday
    assert 15 <= found.expected <= 35


def test_a_paper_is_silent_after_a_day_and_not_after_a_night():
    evening = local(11, 12, 21)
    assert told(paper(evening), local(11, 13, 9), "paper") is None
    assert told(paper(evening), local(11, 13, 22), "paper") is not None


def test_tet_excuses_an_office_and_not_the_weeks_after():
    """Tết 2026: eve on 16 February, offices open again on 23 February."""
    last = local(2, 13)
    assert told(portal(last), local(2, 24), "portal") is None
    assert told(portal(last), local(3, 9), "portal") is not None


def test_the_national_day_excuses_an_office():
    last = local(8, 28)
    assert told(portal(last), local(9, 3), "portal") is None


def test_who_never_published_is_not_silent():
    assert silence("Cổng xã", {}, kind="portal", since=BEGAN, answered_at=local(12, 1)) is None


@pytest.mark.parametrize("kind", ["paper", "portal", "aggregator"])
@given(days=st.integers(0, 60), more=st.integers(0, 30))
@settings(max_examples=25, deadline=None)
def test_silence_never_ends_by_going_on(kind: str, days: int, more: int) -> None:
    published = portal(local(11, 13))
    at = local(11, 13) + timedelta(days=days)
    if told(published, at, kind) is not None:
        assert told(published, at + timedelta(days=more), kind) is not None


def checked(*, troubles: tuple[str, ...] = (), silent: tuple[str, ...] = ()) -> Checked:
    return Checked(
        sources=9,
        reached=9,
        provinces=9,
        provinces_reached=9,
        pages=0,
        flagged=0,
        troubles=tuple(
            Trouble(source=name, kind="dns", detail="", since=None, last_success_at=None)
            for name in troubles
        ),
        silent=tuple(Silence(source=name, since=BEGAN, expected=9) for name in silent),
    )


def test_recovered_is_who_was_told_of_and_is_well_again():
    before = checked(troubles=("Báo A", "Báo B"), silent=("Cổng C", "Cổng D"))
    after = checked(troubles=("Báo B",), silent=("Báo A",))
    assert with_recovered(before, after).recovered == ("Cổng C", "Cổng D")
    assert with_recovered(None, after) == after
