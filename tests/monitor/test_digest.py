from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.digest import best_first, by_province, decide
from monitor.editions import due_day, next_slot_at, slot_at
from tests.monitor.sample_digests import ALL_WELL, DAY, SINCE, UNTIL, story

if TYPE_CHECKING:
    from monitor.items import Digest, Story

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SEVEN = time(7)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def _local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=HANOI).astimezone(UTC)


def _due(now: datetime, *, last: date | None, since: datetime = LONG_AGO) -> date | None:
    return due_day(now, hour=SEVEN, zone=HANOI, last_day=last, watching_since=since)


def _decide(*stories: Story, provinces: tuple[str, ...] = ()) -> Digest:
    return decide(
        stories, day=DAY, since_at=SINCE, until_at=UNTIL, checked=ALL_WELL, provinces=provinces
    )


def _ids(digest: Digest) -> list[int]:
    return [one.article_id for one in digest.stories]


def test_nothing_is_due_before_the_hour() -> None:
    assert _due(_local(21, 6, 59), last=date(2026, 11, 20)) is None


def test_the_days_digest_is_due_on_the_hour() -> None:
    assert _due(_local(21, 7), last=date(2026, 11, 20)) == date(2026, 11, 21)


def test_a_days_digest_is_due_once() -> None:
    assert _due(_local(21, 23), last=date(2026, 11, 21)) is None


def test_several_missed_days_are_caught_up_with_one_digest() -> None:
    now = _local(21, 10)

    assert _due(now, last=date(2026, 11, 16)) == date(2026, 11, 21)
    assert _due(now, last=date(2026, 11, 21)) is None


def test_before_the_hour_a_missed_day_is_caught_up_for_yesterday() -> None:
    assert _due(_local(21, 2), last=date(2026, 11, 17)) == date(2026, 11, 20)


def test_the_first_digest_is_for_the_first_slot_after_the_watch_began() -> None:
    began = _local(21, 9)

    assert _due(_local(21, 12), last=None, since=began) is None
    assert _due(_local(22, 7), last=None, since=began) == date(2026, 11, 22)


def test_a_watch_that_began_on_the_hour_waits_for_the_next_slot() -> None:
    assert _due(_local(21, 7), last=None, since=_local(21, 7)) is None


def test_a_clock_set_back_makes_no_second_digest() -> None:
    assert _due(_local(20, 12), last=date(2026, 11, 21)) is None


def test_a_digest_of_next_year_by_a_wrong_clock_holds_nothing_up() -> None:
    assert _due(_local(20, 12), last=date(2027, 11, 21)) == date(2026, 11, 20)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_days_on_which_a_zone_changes_its_clock_have_one_slot(day: date) -> None:
    zone = ZoneInfo("Europe/Berlin")
    slot = slot_at(day, hour=time(2, 30), zone=zone)
    before, after = (
        due_day(
            now,
            hour=time(2, 30),
            zone=zone,
            last_day=day - timedelta(days=1),
            watching_since=LONG_AGO,
        )
        for now in (slot - timedelta(seconds=1), slot)
    )

    assert (before, after) == (None, day)


@settings(max_examples=50)
@given(
    minutes=st.integers(0, 60 * 24 * 30),
    gap=st.one_of(st.none(), st.integers(0, 20)),
)
def test_a_due_slot_has_passed_and_is_newer_than_the_last(minutes: int, gap: int | None) -> None:
    now = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    last = None if gap is None else now.astimezone(HANOI).date() - timedelta(days=gap)
    day = _due(now, last=last)

    if day is not None:
        assert now - timedelta(days=1) < slot_at(day, hour=SEVEN, zone=HANOI) <= now
        assert last is None or day > last
        assert _due(now, last=day) is None


def test_the_best_story_of_a_province_comes_first() -> None:
    assert _ids(_decide(story(1, value=0.6), story(2, value=0.9))) == [2, 1]


def test_among_equals_the_newer_story_comes_first() -> None:
    older = story(1, published_at=SINCE)
    newer = story(2, published_at=SINCE + timedelta(hours=3))

    assert _ids(_decide(older, newer)) == [2, 1]


def test_provinces_follow_the_order_that_is_given() -> None:
    stories = story(1, province="Cà Mau"), story(2, province="Hà Nội")

    assert _ids(_decide(*stories, provinces=("Hà Nội", "Cà Mau"))) == [2, 1]


def test_other_provinces_follow_by_the_vietnamese_alphabet() -> None:
    names = ("Đồng Nai", "Đắk Lắk", "Điện Biên", "An Giang", "Huế", "Hà Nội")
    digest = _decide(*(story(number, province=name) for number, name in enumerate(names)))

    assert [one.place.province for one in digest.stories] == [
        "An Giang",
        "Đắk Lắk",
        "Điện Biên",
        "Đồng Nai",
        "Hà Nội",
        "Huế",
    ]


def test_stories_of_no_known_province_come_last() -> None:
    digest = _decide(story(1, province=None, value=1.0), story(2, province="Vĩnh Long"))

    assert _ids(digest) == [2, 1]
    assert [province for province, _ in by_province(digest.stories)] == ["Vĩnh Long", None]


def test_what_is_not_flagged_stays_out() -> None:
    assert _ids(_decide(story(1, label="none"), story(2, label="part"))) == [2]


def test_a_decided_digest_keeps_its_window_and_its_proof() -> None:
    digest = _decide()

    assert (digest.id, digest.day, digest.since_at, digest.until_at) == (None, DAY, SINCE, UNTIL)
    assert digest.checked == ALL_WELL


def test_the_order_does_not_depend_on_the_order_of_finding() -> None:
    stories = [story(number, province=f"Tỉnh {number % 3}", value=0.5) for number in range(9)]

    assert _decide(*stories) == _decide(*reversed(stories))


def test_merit_knows_no_province() -> None:
    stories = story(1, province="An Giang", value=0.5), story(2, province=None, value=0.7)

    assert [one.article_id for one in best_first(stories)] == [2, 1]


def test_stories_published_long_ago_are_counted_and_not_shown() -> None:
    week_ago = UNTIL - timedelta(days=7)
    old = story(1, published_at=week_ago - timedelta(seconds=1))
    fresh, undated = story(2, published_at=week_ago), story(3, published_at=None)

    digest = decide(
        [old, fresh, undated],
        day=DAY,
        since_at=SINCE,
        until_at=UNTIL,
        checked=ALL_WELL,
        oldest_at=week_ago,
    )

    assert sorted(_ids(digest)) == [2, 3]
    assert digest.checked.too_old == 1


@pytest.mark.parametrize(
    ("now", "last", "expected"),
    [
        (_local(21, 6), None, _local(21, 7)),
        (_local(21, 7), date(2026, 11, 20), _local(22, 7)),
        (_local(21, 6), date(2026, 11, 21), _local(22, 7)),
    ],
)
def test_the_next_digest_is_announced(now: datetime, last: date | None, expected: datetime) -> None:
    assert next_slot_at(now, hour=SEVEN, zone=HANOI, last_day=last) == expected
