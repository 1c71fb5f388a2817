"""What a backfill has covered, and how long it may still take."""

from __future__ import annotations

from datetime import date, timedelta

from crawler.items import DayRange, EntryKind, Walk, Walked, Waypoint
from monitor.backfill_estimates import covered_from, days_covered, estimate, time_left

DAYS = DayRange(first=date(2026, 11, 1), last=date(2026, 11, 10))
SOME = (Waypoint(url="https://a.vn/x", kind="listing"),)


def walk(kind: EntryKind, reached: int | None, *, is_done: bool = False) -> Walk:
    return Walk(
        entry=f"https://a.vn/{kind}/{reached}",
        kind=kind,
        waiting=() if is_done else SOME,
        reached_on=None if reached is None else date(2026, 11, reached),
    )


def test_a_day_is_covered_when_every_unfinished_way_has_passed_it() -> None:
    assert covered_from([walk("sitemap", 4), walk("listing", 7)], DAYS) == date(2026, 11, 7)
    assert covered_from([walk("sitemap", 4), walk("listing", None)], DAYS) is None
    assert covered_from([walk("sitemap", 1, is_done=True), walk("listing", 7)], DAYS) == date(
        2026, 11, 7
    )


def test_of_ways_at_their_end_the_one_that_leads_farthest_counts() -> None:
    ended = [walk("sitemap", 1, is_done=True), walk("listing", 6, is_done=True)]
    assert days_covered(ended, DAYS) == 10
    assert days_covered([walk("listing", 6, is_done=True)], DAYS) == 5
    assert days_covered([walk("feed", None, is_done=True)], DAYS) == 0
    assert days_covered([walk("feed", None), walk("listing", 6)], DAYS) == 5


def test_the_time_left_is_that_of_the_requests_or_of_the_days_if_those_end_first() -> None:
    elapsed = timedelta(seconds=100)
    assert time_left(elapsed, asked=2, budget=100, covered=0, days=10) is None
    by_budget = time_left(elapsed, asked=50, budget=100, covered=0, days=10)
    assert by_budget == timedelta(seconds=100)
    by_days = time_left(elapsed, asked=50, budget=5000, covered=8, days=10)
    assert by_days == timedelta(seconds=25)
    assert time_left(elapsed, asked=120, budget=100, covered=0, days=10) == timedelta()


def step(one: Walk, *, links: int, span: timedelta | None = None) -> Walked:
    return Walked(source="a", days=DAYS, walk=one, requests=1, links=links, span=span)


def test_an_estimate_takes_the_way_that_shows_most() -> None:
    steps = [
        step(walk("sitemap", None), links=0),
        step(walk("sitemap", 1, is_done=True), links=40),
        # Twenty stories in two days: a hundred in the ten; fifteen pages back to the first day.
        step(walk("listing", None), links=20, span=timedelta(days=2)),
    ]
    told = estimate("a", steps, days=DAYS, today=date(2026, 11, 30), pace=timedelta(seconds=2))
    assert (told.pages, told.documents) == (100, 2 + 15)
    assert told.duration == timedelta(seconds=234)


def test_without_dates_there_is_no_estimate() -> None:
    steps = [step(walk("listing", None), links=20)]
    told = estimate("a", steps, days=DAYS, today=date(2026, 11, 30), pace=timedelta(seconds=1))
    assert (told.documents, told.pages, told.duration) == (1, None, None)


def test_stories_of_one_day_do_not_divide_by_zero() -> None:
    steps = [step(walk("listing", None), links=12, span=timedelta())]
    told = estimate("a", steps, days=DAYS, today=DAYS.last, pace=timedelta(seconds=1))
    assert (told.pages, told.documents) == (240, 20)
