"""Each subscription is told on its own: once, of its provinces, from where it began."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from monitor.errors import InputError
from monitor.ingest import Ingest
from monitor.items import Checked, Digest, Edition, Place, Subscription
from monitor.store import Store
from tests.monitor.store import builders
from tests.monitor.store.builders import (
    FLAGGED,
    HOUR,
    IRRELEVANT,
    MINUTE,
    NOON,
    SENTENCE,
    article,
    report,
    source,
)

if TYPE_CHECKING:
    from crawler.items import Article
    from monitor.items import Reading

AN, BINH = Subscription(name="an"), Subscription(name="binh")
HUE = Subscription(name="hue", provinces=("Huế",))
MAIL = [("email", "an@example.vn")]
WINDOW = (NOON - HOUR, NOON)


def extract(read: Article) -> Reading:
    if "kết nạp" not in read.body:
        return IRRELEVANT
    province = "Huế" if read.source == "bao-hue" else "Gia Lai" if "Gia" in read.body else None
    return replace(FLAGGED, place=Place(province=province, province_then=province))


ingest = partial(builders.ingest, extract=extract)


@pytest.fixture
def watched(store: Store) -> Store:
    """A paper of Gia Lai, one of Huế and a national one, a story each, and one of no province."""
    store.sync_sources(
        [
            source(),
            source("bao-hue", province="Huế"),
            source("ca-nuoc", province=None),
        ],
        now=NOON - HOUR,
    )
    ingest(
        store,
        article("gia-lai", body=f"{SENTENCE} Ở Gia Lai."),
        article("hue", body=f"{SENTENCE} Bên sông, mùa mưa.", source="bao-hue"),
        article("ca-nuoc", body=f"{SENTENCE} Cả nước cùng làm.", source="ca-nuoc"),
    )
    batch = Ingest(store, extract=extract, clock=lambda: NOON)
    for key in ("bao-gia-lai", "ca-nuoc"):
        batch.add(report(key, finished_at=NOON + MINUTE))
    batch.finish(now=NOON)
    return store


def digest_for(
    subscription: Subscription, *stories: Any, day: int = 21, edition: Edition = "daily"
) -> Digest:
    return Digest(
        id=None,
        day=date(2026, 11, day),
        subscription=subscription,
        edition=edition,
        since_at=WINDOW[0],
        until_at=WINDOW[1],
        stories=stories,
        checked=Checked(sources=1, reached=1, provinces=1, provinces_reached=1, pages=0, flagged=0),
    )


def titles(store: Store, subscription: Subscription) -> list[str]:
    return [one.title for one in store.stories_since(*WINDOW, subscription=subscription)]


def test_who_is_told_of_a_story_takes_it_from_nobody_else(watched: Store) -> None:
    told = watched.stories_since(*WINDOW, subscription=AN)
    watched.record_digest(digest_for(AN, *told), deliveries=MAIL, now=NOON)
    assert titles(watched, AN) == []
    assert len(titles(watched, BINH)) == 3
    with pytest.raises(sqlite3.IntegrityError):
        watched.record_digest(digest_for(AN, *told, day=22), deliveries=[], now=NOON)
    assert watched.record_digest(digest_for(BINH, *told), deliveries=[], now=NOON) is not None


def test_a_day_has_one_digest_a_subscription_and_edition(watched: Store) -> None:
    issues = [(who, edition) for who in (AN, BINH) for edition in ("daily", "weekly")]
    for who, edition in issues:
        digest = digest_for(who, edition=edition)
        assert watched.record_digest(digest, deliveries=MAIL, now=NOON) is not None
        assert watched.record_digest(digest, deliveries=MAIL, now=NOON) is None
    assert [(one.subscription, one.edition) for one in watched.deliveries()] == [
        ("an", "daily"),
        ("an", "weekly"),
        ("binh", "daily"),
        ("binh", "weekly"),
    ]
    last = watched.last_digest("binh", edition="weekly")
    assert last == watched.digest_of(date(2026, 11, 21), subscription="binh", edition="weekly")
    assert watched.last_digest("binh", edition="monthly") is None
    assert watched.last_digest() is None


def test_a_weekly_edition_tells_again_what_was_told_and_takes_nothing(watched: Store) -> None:
    told = watched.stories_since(*WINDOW, subscription=AN)
    watched.record_digest(digest_for(AN, *told), deliveries=[], now=NOON)
    again = watched.stories_of_period(*WINDOW, subscription=AN)
    assert [one.title for one in again] == [one.title for one in told]
    weekly = digest_for(BINH, *again, edition="weekly")
    watched.record_digest(weekly, deliveries=[], now=NOON)
    assert len(titles(watched, BINH)) == 3
    checked = watched.checked(*WINDOW, subscription=AN, told_too=True)
    assert (checked.flagged, checked.copies) == (3, 0)


def test_provinces_bound_stories_sources_and_pages(watched: Store) -> None:
    assert titles(watched, HUE) == ["Bài hue"]
    checked = watched.checked(*WINDOW, subscription=HUE)
    assert (checked.sources, checked.reached) == (2, 1)  # with the national one
    assert (checked.provinces, checked.provinces_reached) == (1, 0)
    assert (checked.pages, checked.flagged) == (2, 1)
    whole = watched.checked(*WINDOW)
    assert (whole.sources, whole.pages, whole.flagged) == (3, 3, 3)


def test_a_copy_in_another_province_is_told_there_and_not_twice(store: Store) -> None:
    store.sync_sources([source(), source("bao-hue", province="Huế")], now=NOON - HOUR)
    body = f"{SENTENCE} " + " ".join(f"Câu thứ {number} nói thêm đôi điều." for number in range(30))
    ingest(store, article("mot", body=body), article("mot", body=body, source="bao-hue"))
    [story] = store.stories_since(*WINDOW, subscription=HUE)
    assert (story.paper, len(story.copies)) == ("Bao Hue", 1)
    store.record_digest(digest_for(HUE, story), deliveries=[], now=NOON)
    assert titles(store, HUE) == []


def test_corrections_and_withdrawals_go_to_those_who_were_told(watched: Store) -> None:
    [story] = watched.stories_since(*WINDOW, subscription=HUE)
    watched.record_digest(digest_for(HUE, story), deliveries=[], now=NOON)
    with watched.write() as db:
        db.execute(
            "UPDATE pages SET state = 'gone', gone_at = '2026-11-20T05:30:00.000000Z'"
            " WHERE source = 'bao-hue'"
        )
    window = (NOON, NOON + HOUR)
    assert len(watched.withdrawals_since(*window, subscription="hue")) == 1
    assert watched.withdrawals_since(*window, subscription="an") == []


def test_the_first_subscriptions_begin_with_the_watch(store: Store) -> None:
    store.sync_subscriptions(["default"])
    assert store.began_at("default") == store.watching_since()
    assert store.began_at("khong-ai") == store.watching_since()


def test_one_that_joins_later_begins_where_the_last_daily_digest_ended(store: Store) -> None:
    store.sync_subscriptions(["an"])
    store.record_digest(digest_for(AN), deliveries=[], now=NOON)
    late = replace(digest_for(AN, edition="weekly"), until_at=NOON + timedelta(days=2))
    store.record_digest(late, deliveries=[], now=NOON)
    store.sync_subscriptions(["an", "binh"])
    store.sync_subscriptions(["binh"])
    assert store.began_at("an") == store.watching_since()
    assert store.began_at("binh") == NOON


@pytest.fixture
def kept(store: Store) -> Store:
    recipients = [("email", f"{name}@example.vn") for name in "abcd"]
    store.record_digest(digest_for(AN), deliveries=recipients, now=NOON)
    later = datetime(2026, 12, 1, tzinfo=UTC)
    store.set_delivery(1, state="waiting", error="421 busy", next_try_at=later, parts_done=1)
    store.set_delivery(2, state="refused", error="550 no such mailbox", attempts=3)
    store.set_delivery(3, state="unclear", doubt="part 1 may not have arrived", parts_done=2)
    store.set_delivery(4, state="sent", sent_at=NOON)
    return store


def test_all_that_failed_is_due_at_once_but_what_is_unclear(kept: Store) -> None:
    assert kept.retry_deliveries() == [1, 2]
    assert [(one.id, one.parts_done) for one in kept.due_deliveries(NOON)] == [(1, 1), (2, 0)]
    assert [one.state for one in kept.deliveries()][2:] == ["unclear", "sent"]


def test_what_is_unclear_starts_anew_when_it_is_named(kept: Store) -> None:
    assert kept.retry_deliveries([3]) == [3]
    [due] = kept.due_deliveries(NOON)
    assert (due.id, due.parts_done, due.doubt) == (3, 0, None)


@pytest.mark.parametrize(("number", "said"), [(4, "is sent already"), (9, "no delivery 9")])
def test_what_arrived_or_does_not_exist_is_refused(kept: Store, number: int, said: str) -> None:
    with pytest.raises(InputError, match=said):
        kept.retry_deliveries([2, number])
    assert kept.due_deliveries(NOON) == []
