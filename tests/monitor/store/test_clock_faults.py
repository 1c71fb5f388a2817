"""A clock that was ahead for a while: nothing waits for it to be that late again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.editions import due_day
from monitor.ingest import Ingest
from monitor.items import Checked, Digest
from monitor.planning import Schedule
from monitor.store import Store
from tests.monitor.store.builders import (
    GIA_LAI,
    HOUR,
    MINUTE,
    NOON,
    SENTENCE,
    article,
    extract,
    failed_visit,
    failure,
    report,
)

AHEAD = timedelta(days=400)
EVERY_HOUR = Schedule(interval=HOUR)
NOTHING = Checked(sources=1, reached=1, provinces=1, provinces_reached=1, pages=0, flagged=0)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def crawl(store: Store, at: datetime, *records: object, **changes: object) -> None:
    batch = Ingest(store, extract=extract, clock=lambda: at, schedule=EVERY_HOUR)
    for record in records:
        batch.add(record)  # type: ignore[arg-type]  # of any kind
    batch.add(report(finished_at=at, **changes))  # type: ignore[arg-type]  # as above
    batch.finish(now=at)


def due_at(store: Store) -> datetime | None:
    [state] = store.source_states()
    return state.next_due_at


def test_a_source_crawled_in_the_future_keeps_its_pause_from_now(store: Store) -> None:
    crawl(store, NOON + AHEAD)
    assert store.bring_back(NOON, schedule=EVERY_HOUR) > 0
    assert due_at(store) == NOON + HOUR
    assert store.due_sources(NOON + HOUR) == [GIA_LAI]


def test_its_next_crawl_is_news_again(store: Store) -> None:
    crawl(store, NOON + AHEAD, entries=(failed_visit(),))
    store.bring_back(NOON, schedule=EVERY_HOUR)
    crawl(store, NOON + HOUR)
    [state] = store.source_states()
    assert (state.failures, state.last_success_at) == (0, NOON + HOUR)


def test_a_pause_a_site_asked_for_lasts_as_long_as_it_was_meant_to(store: Store) -> None:
    crawl(store, NOON + AHEAD, retry_after=3 * HOUR)
    store.bring_back(NOON, schedule=EVERY_HOUR)
    assert store.paused_sources(NOON) == {GIA_LAI: NOON + 3 * HOUR}


def test_a_long_pause_that_a_site_asked_for_by_the_right_clock_is_kept(store: Store) -> None:
    crawl(store, NOON, retry_after=timedelta(days=9))
    assert store.bring_back(NOON + MINUTE, schedule=EVERY_HOUR) == 0


def test_a_plan_further_off_than_any_plan_is_brought_back(store: Store) -> None:
    crawl(store, NOON)
    with store.write() as db:
        db.execute("UPDATE sources SET next_due_at = '2031-01-01T00:00:00.000000Z'")
    assert store.bring_back(NOON + MINUTE, schedule=EVERY_HOUR) == 1
    assert store.due_sources(NOON + MINUTE) == [GIA_LAI]


def test_with_a_right_clock_nothing_changes(store: Store) -> None:
    crawl(store, NOON, article(body=SENTENCE), failure("hai"))
    assert store.bring_back(NOON + MINUTE, schedule=EVERY_HOUR) == 0
    assert store.bring_back(NOON + timedelta(days=3), schedule=EVERY_HOUR) == 0


def test_a_page_that_failed_in_the_future_is_tried_again_now(store: Store) -> None:
    crawl(store, NOON + AHEAD, failure("hai", seen_at=NOON + AHEAD))
    store.bring_back(NOON, schedule=EVERY_HOUR)
    [waiting] = store.crawl_state(GIA_LAI, now=NOON).pending
    assert waiting.url.endswith("hai.html")


def test_no_story_is_lost_or_doubled_over_a_digest_of_the_future(store: Store) -> None:
    future = NOON + AHEAD
    crawl(store, future, article("mot", body=SENTENCE, fetched_at=future))
    told = store.stories_since(NOON - HOUR, future)
    early = Digest(
        id=None,
        day=future.date(),
        since_at=NOON - HOUR,
        until_at=future,
        stories=tuple(told),
        checked=NOTHING,
    )
    store.record_digest(early, deliveries=[("email", "an@example.org")], now=future)
    crawl(store, future + HOUR, article("hai", body="Xã kết nạp 5 đảng viên.", fetched_at=future))
    store.bring_back(NOON, schedule=EVERY_HOUR)
    crawl(store, NOON + HOUR, article("ba", body="Huyện kết nạp 90 đảng viên."))

    last = store.last_issue()
    assert last is not None
    later = NOON + timedelta(days=1)
    stories = store.stories_since(last.until_at, later)
    assert [story.title for story in stories] == ["Bài hai", "Bài ba"]
    day = due_day(later, hour=time(7), zone=ZONE, last_day=last.day, watching_since=NOON - HOUR)
    assert day == date(2026, 11, 21)
    next_one = replace(early, day=day, since_at=last.until_at, until_at=later, stories=())
    store.record_digest(next_one, deliveries=[], now=later)
    newest = store.last_issue()
    assert newest is not None
    assert newest.day == day


def test_a_digest_of_the_wrong_clock_stays_as_it_was_told(store: Store) -> None:
    crawl(store, NOON)
    early = Digest(
        id=None,
        day=NOON.date(),
        since_at=NOON - HOUR,
        until_at=NOON + AHEAD,
        stories=(),
        checked=NOTHING,
    )
    digest_id = store.record_digest(early, deliveries=[], now=NOON + AHEAD)
    assert digest_id is not None
    store.bring_back(NOON, schedule=EVERY_HOUR)
    assert store.load_digest(digest_id) == replace(early, id=digest_id)
    last = store.last_issue()
    assert last is not None
    assert last.until_at < NOON


def test_a_delivery_put_off_by_the_wrong_clock_is_tried_now(store: Store) -> None:
    crawl(store, NOON)
    day = Digest(
        id=None,
        day=NOON.date(),
        since_at=NOON - HOUR,
        until_at=NOON + AHEAD,
        stories=(),
        checked=NOTHING,
    )
    store.record_digest(day, deliveries=[("email", "an@example.org")], now=NOON + AHEAD)
    [delivery] = store.deliveries()
    store.set_delivery(delivery.id, state="waiting", next_try_at=NOON + AHEAD + HOUR)
    store.bring_back(NOON, schedule=EVERY_HOUR)
    assert len(store.due_deliveries(NOON)) == 1
