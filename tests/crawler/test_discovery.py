"""Which ways are asked, and whether anything can have been missed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery import (
    FIRST_TURN,
    LONGEST_TURN,
    SHORTEST_TURN,
    due_in,
    is_gap_due,
    is_resting,
    levels,
    meets,
    newest_date,
    trouble_after,
    turn_after,
    usual_silence,
)
from crawler.feeds import FoundLink
from crawler.items import Entry, EntryKind, EntryPast, EntryVisit, Gap

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FEED, LISTING = "https://bao.vn/tin.rss", "https://bao.vn/tin"
RECENT = EntryPast(asked_at=NOW - HOUR, answered_at=NOW - HOUR, reach_at=NOW - HOUR)


def _entry(kind: EntryKind, url: str = LISTING) -> Entry:
    return Entry(url=url, kind=kind, certainty="checked")


def _visit(**more: Any) -> EntryVisit:
    given: dict[str, Any] = {"url": FEED, "kind": "feed", "outcome": "read", "links": 9}
    return EntryVisit(**given | {"reaches_back": True} | more)


def _trouble(visit: EntryVisit, **more: Any) -> str | None:
    given: dict[str, Any] = {
        "level": [_entry("feed", FEED)],
        "past": {FEED: RECENT},
        "is_gap_closed": True,
        "silence": None,
        "now": NOW,
    }
    return trouble_after(None, [visit], **given | more)


def _links(*numbers: int) -> list[FoundLink]:
    """Links whose number is the minute of their publication."""
    return [FoundLink(f"https://bao.vn/{n}", None, NOW + n * MINUTE, "feed") for n in numbers]


def _known(*numbers: int) -> Any:
    return lambda link: int(link.url.rpartition("/")[2]) in numbers


def test_ways_are_ordered_by_their_cost() -> None:
    kinds: list[EntryKind] = ["listing", "json", "feed", "sitemap", "feed"]
    ordered = levels(_entry(kind) for kind in kinds)
    assert [[entry.kind for entry in level] for level in ordered] == [
        ["feed", "feed"],
        ["sitemap"],
        ["json"],
        ["listing"],
    ]


def test_a_dearer_way_has_its_turn_after_some_hours_and_its_first_at_once() -> None:
    listing = _entry("listing")
    answered = EntryPast(asked_at=NOW - FIRST_TURN, answered_at=NOW - FIRST_TURN)
    for past, asked in ((EntryPast(), True), (RECENT, False), (answered, True)):
        due = due_in([listing], because=None, past={LISTING: past}, now=NOW)
        assert due == ([(listing, "turn")] if asked else [])


def test_turns_that_bring_pages_come_sooner_and_others_later_within_bounds() -> None:
    past = EntryPast()
    for _ in range(6):
        past = EntryPast(turn=turn_after(past, brought_pages=True))
    assert past.turn == SHORTEST_TURN
    for _ in range(12):
        past = EntryPast(turn=turn_after(past, brought_pages=False))
    assert past.turn == LONGEST_TURN


def test_a_failing_way_rests_as_long_as_it_has_failed_while_others_answer() -> None:
    failing = EntryPast(asked_at=NOW - HOUR, failing_since_at=NOW - 3 * HOUR)
    assert is_resting(failing, now=NOW)
    assert not is_resting(failing, now=NOW + HOUR)
    feed = _entry("feed", FEED)
    alone = due_in([feed], because="main", past={FEED: failing}, now=NOW)
    beside = due_in([feed], because="main", past={FEED: failing, LISTING: RECENT}, now=NOW)
    assert (alone, beside) == ([(feed, "main")], [])


@pytest.mark.parametrize(
    ("visit", "trouble"),
    [
        (_visit(), None),
        (_visit(outcome="unchanged", links=0, reaches_back=None), None),
        (_visit(outcome="failed", links=0, failure="not-html", reaches_back=None), "failed"),
        (_visit(outcome="failed", links=0, failure="stopped", reaches_back=None), None),
        (_visit(links=0), "empty"),
        (_visit(reaches_back=False), "gap"),
        (_visit(newest_at=NOW - 2 * DAY), None),
        (_visit(newest_at=NOW - 8 * DAY), "stale"),
    ],
)
def test_what_is_wrong_with_a_way(visit: EntryVisit, trouble: str | None) -> None:
    assert _trouble(visit, is_gap_closed=trouble != "gap") == trouble


def test_a_feed_that_another_way_has_overtaken_is_stale_even_when_it_is_unchanged() -> None:
    visit = _visit(outcome="unchanged", links=0, reaches_back=None)
    feed = EntryPast(asked_at=NOW, answered_at=NOW, newest_at=NOW - 9 * HOUR)
    ahead = EntryPast(asked_at=NOW, answered_at=NOW, newest_at=NOW - 6 * HOUR)
    assert _trouble(visit, past={FEED: feed}) is None
    assert _trouble(visit, past={FEED: feed}, silence=8 * HOUR) == "stale"
    assert _trouble(visit, past={FEED: feed, LISTING: ahead}) == "stale"


def test_a_gap_is_handed_on_until_a_level_has_closed_it() -> None:
    short, whole = _visit(reaches_back=False), _visit()
    rest: dict[str, Any] = {"level": [], "past": {}, "silence": None, "now": NOW}
    assert trouble_after(None, [short], is_gap_closed=False, **rest) == "gap"
    assert trouble_after("gap", [whole], is_gap_closed=False, **rest) == "gap"
    assert trouble_after("gap", [whole], is_gap_closed=True, **rest) is None
    assert trouble_after("failed", [whole], is_gap_closed=True, **rest) is None
    assert trouble_after("failed", [], is_gap_closed=True, **rest) == "failed"


@pytest.mark.parametrize(
    ("shown", "known", "met"),
    [
        ((9, 8, 7, 6, 5), (5, 4, 3), True),
        ((9, 8, 7, 6, 5), (4, 3, 2), False),
        ((9, 8, 7, 6, 5), (9,), False),  # pinned, or brought up again
        ((5, 6, 7, 8, 9), (5, 4), True),  # the oldest first
        ((9, 8), (8,), True),
    ],
)
def test_a_list_meets_what_was_known_at_its_old_end(
    shown: tuple[int, ...], known: tuple[int, ...], *, met: bool
) -> None:
    assert meets([_links(*shown)], was_known=_known(*known), since_at=NOW, now=NOW + HOUR) is met


def test_a_list_whose_old_end_is_from_well_before_the_last_visit_meets_it() -> None:
    shown = [_links(200, 190, 180)]
    for since, met in ((360, True), (250, False)):
        at = NOW + since * MINUTE
        assert meets(shown, was_known=_known(), since_at=at, now=NOW + DAY) is met


def test_every_column_of_a_page_must_meet_what_was_known() -> None:
    columns = [_links(9, 8, 7, 6), _links(3, 2, 1)]
    assert not meets(columns, was_known=_known(1, 2, 3), since_at=NOW, now=NOW + HOUR)
    assert meets(columns, was_known=_known(1, 2, 3, 6), since_at=NOW, now=NOW + HOUR)
    assert not meets([], was_known=_known(1), since_at=NOW, now=NOW)


@settings(max_examples=150, deadline=None)
@given(
    length=st.integers(1, 12),
    bursts=st.lists(st.integers(0, 20), min_size=2, max_size=8),
)
def test_a_feed_never_hides_that_pages_have_passed_it_by(length: int, bursts: list[int]) -> None:
    """Whatever is published between visits: what was missed is always told as a gap."""
    known: set[int] = set()
    published = 0
    for number, burst in enumerate(bursts):
        published += burst
        shown = list(range(published, max(0, published - length), -1))
        if number and shown:
            met = meets([_links(*shown)], was_known=_known(*known), since_at=NOW, now=NOW + DAY)
            missed = set(range(1, published + 1)) - known - set(shown)
            assert not (missed and met)
            assert met or burst > len(shown) - min(3, len(shown))  # no false alarm either
        known = set(range(1, published + 1))  # another way has closed it


def test_silence_is_suspicious_after_twice_the_longest_pause_of_late() -> None:
    nights = [NOW - day * DAY - hour * HOUR for day in range(5) for hour in range(0, 14, 2)]
    assert usual_silence(nights) == 24 * HOUR
    assert usual_silence(nights[:9]) is None
    assert usual_silence([NOW - n * MINUTE for n in range(30)]) == 12 * HOUR
    assert usual_silence([NOW - 9 * n * DAY for n in range(30)]) == 7 * DAY


def test_dates_that_label_local_time_as_gmt_are_put_back_and_changes_do_not_count() -> None:
    ahead = FoundLink("https://bao.vn/1", None, NOW + 6 * HOUR, "feed")
    older = FoundLink("https://bao.vn/2", None, NOW + 5 * HOUR, "feed")
    wild = FoundLink("https://bao.vn/3", None, NOW + 40 * DAY, "feed")
    changed = FoundLink("https://bao.vn/4", None, NOW, "lastmod")
    assert newest_date([ahead, older, wild, changed], now=NOW) == NOW - HOUR
    assert newest_date([changed], now=NOW) is None


def test_an_open_gap_is_tried_each_time_where_it_can_be_walked_and_else_ever_more_rarely() -> None:
    found = NOW - 4 * HOUR
    gap = Gap(since_at=found - DAY, found_at=found, tried_at=found + HOUR)
    walked = Gap(since_at=found, found_at=found, tried_at=NOW, resume=((LISTING, LISTING),))
    assert is_gap_due(gap, now=found + 2 * HOUR)
    assert not is_gap_due(gap, now=found + 1.5 * HOUR)
    assert is_gap_due(walked, now=NOW)
    assert not is_gap_due(walked, now=found + 3 * DAY)
    assert not is_gap_due(None, now=NOW)
