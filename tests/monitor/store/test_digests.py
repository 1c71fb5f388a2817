"""A story stands in one digest, a day has one digest, and what was decided stays."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from monitor.errors import InputError, StoreError
from monitor.items import Checked, Digest, Story
from monitor.store import Store
from tests.monitor.store.builders import (
    FLAGGED,
    HOUR,
    MINUTE,
    NOON,
    SENTENCE,
    TOPIC,
    article,
    ingest,
    link,
    report,
)

DAY = date(2026, 11, 21)
NOTHING = Checked(sources=1, reached=1, provinces=1, provinces_reached=1, pages=0, flagged=0)
MAIL = [("email", "an@example.vn"), ("email", "binh@example.vn")]


def story_pages(store: Store, since: datetime = NOON - HOUR, until: datetime = NOON) -> list[str]:
    return [story.title for story in store.stories_since(since, until)]


def digest(*stories: Story, day: date = DAY) -> Digest:
    return Digest(
        id=None, day=day, since_at=NOON - HOUR, until_at=NOON, stories=stories, checked=NOTHING
    )


def test_a_story_says_everything_a_reader_needs(store: Store) -> None:
    ingest(store, article(body=SENTENCE, original_source="TTXVN"), article("hai"))
    (story,) = store.stories_since(NOON - HOUR, NOON)
    assert story == Story(
        article_id=1,
        url=article().url,
        title="Bài mot",
        paper="Bao Gia Lai",
        published_at=NOON - HOUR,
        has_time=True,
        found_at=NOON,
        sentence=SENTENCE,
        score=FLAGGED.score,
        place=FLAGGED.place,
        figures=FLAGGED.figures,
        original_source="TTXVN",
        topics=(TOPIC,),
    )


def test_the_window_excludes_its_beginning_and_includes_its_end(store: Store) -> None:
    ingest(store, article("som", body=SENTENCE), now=NOON - HOUR)
    ingest(store, article("dung", body=SENTENCE), now=NOON)
    ingest(store, article("sau", body=SENTENCE), now=NOON + MINUTE)
    assert story_pages(store) == ["Bài dung"]


def test_a_story_counts_as_found_when_it_is_stored_not_when_it_was_fetched(store: Store) -> None:
    ingest(store, article(body=SENTENCE, fetched_at=NOON - 2 * HOUR), now=NOON)
    assert story_pages(store) == ["Bài mot"]


def test_an_article_that_turns_to_the_topic_later_is_a_story_then(store: Store) -> None:
    ingest(store, article(), now=NOON - 48 * HOUR)
    ingest(store, article(body=SENTENCE, fetched_at=NOON + HOUR), now=NOON)
    (story,) = store.stories_since(NOON - HOUR, NOON)
    assert story.found_at == NOON


def test_two_links_to_one_page_are_one_story(store: Store) -> None:
    ingest(store, article(body=SENTENCE), article(body=SENTENCE, key="other-key"))
    assert story_pages(store) == ["Bài mot"]


def test_a_story_is_told_once(store: Store) -> None:
    ingest(store, article(body=SENTENCE))
    stories = store.stories_since(NOON - HOUR, NOON)
    assert store.record_digest(digest(*stories), deliveries=[], now=NOON) == 1
    assert story_pages(store) == []
    ingest(store, article(body=f"{SENTENCE} Thêm.", fetched_at=NOON + HOUR), now=NOON)
    assert story_pages(store) == []
    assert store.article(1).digest_id == 1
    with pytest.raises(sqlite3.IntegrityError):
        store.record_digest(
            digest(*stories, day=DAY + timedelta(days=1)), deliveries=MAIL, now=NOON
        )
    assert store.last_digest() == store.load_digest(1)
    assert store.deliveries() == []


def test_a_digest_is_kept_as_it_was_decided(store: Store) -> None:
    ingest(store, article(body=SENTENCE))
    decided = digest(*store.stories_since(NOON - HOUR, NOON))
    recorded = store.record_digest(decided, deliveries=MAIL, now=NOON)
    assert recorded is not None
    ingest(store, article(title="Tên mới", body="Khác.", fetched_at=NOON + HOUR))
    assert store.load_digest(recorded) == replace(decided, id=recorded)
    assert store.digest_of(DAY) == store.last_digest() == replace(decided, id=recorded)


def test_a_day_has_one_digest(store: Store) -> None:
    assert store.last_digest() is None
    first = store.record_digest(digest(), deliveries=MAIL, now=NOON)
    assert store.record_digest(digest(), deliveries=MAIL, now=NOON) is None
    assert [delivery.digest_id for delivery in store.deliveries()] == [first, first]
    assert store.digest_of(DAY + timedelta(days=1)) is None


def test_a_digest_that_does_not_exist_is_named(store: Store) -> None:
    with pytest.raises(InputError, match="no digest 7"):
        store.load_digest(7)


def test_a_find_on_its_way_is_awaited_and_not_lost_between_two_digests(store: Store) -> None:
    """The window's end lies in a transaction that has dated its finds and not committed."""
    with (
        Store.open(store.path, patience=timedelta(milliseconds=50)) as other,
        store.write(),
        pytest.raises(StoreError, match="locked"),
    ):
        other.stories_since(NOON - HOUR, NOON)


def test_deliveries_wait_are_tried_and_settle(store: Store) -> None:
    store.record_digest(digest(), deliveries=MAIL, now=NOON)
    first, second = store.due_deliveries(NOON)
    assert (first.channel, first.recipient, first.state) == ("email", "an@example.vn", "waiting")
    store.set_delivery(
        first.id, state="waiting", error="busy", next_try_at=NOON + HOUR, attempts=1, parts_done=2
    )
    assert store.due_deliveries(NOON) == [second]
    store.set_delivery(second.id, state="sent", sent_at=NOON, attempts=1)
    (again,) = store.due_deliveries(NOON + HOUR)
    assert (again.error, again.attempts, again.parts_done) == ("busy", 1, 2)
    store.set_delivery(first.id, state="handing-over")
    (handing,) = store.deliveries(state="handing-over")
    assert (handing.error, handing.next_try_at, handing.parts_done) == (None, None, 2)
    assert store.due_deliveries(NOON + HOUR) == []
    assert store.deliveries(1, "sent")[0].sent_at == NOON
    assert store.counts().deliveries_by_state == {"handing-over": 1, "sent": 1}


def test_a_doubt_stays_until_the_delivery_is_settled(store: Store) -> None:
    store.record_digest(digest(), deliveries=MAIL, now=NOON)
    first, _ = store.due_deliveries(NOON)
    store.set_delivery(first.id, state="waiting", doubt="part 1 may not have arrived")
    store.set_delivery(first.id, state="unclear", error="no answer")
    [settled] = store.deliveries(state="unclear")
    assert (settled.doubt, settled.error) == ("part 1 may not have arrived", "no answer")


def test_a_delivery_that_does_not_exist_is_named(store: Store) -> None:
    with pytest.raises(InputError, match="no delivery 7"):
        store.set_delivery(7, state="sent")


def test_an_article_is_found_by_id_address_or_key(store: Store) -> None:
    printed = article(url="https://www.bao-gia-lai.example/mot-da-doi.html")
    ingest(store, link(), printed, report())
    for spelling in (
        1,
        "1",
        printed.url,
        printed.key,
        "https://bao-gia-lai.example/mot.html",
        "http://www.bao-gia-lai.example/mot.html?utm_source=zalo#binh-luan",
    ):
        assert store.article(spelling).id == 1
    for unknown in (2, "9" * 40, "http://[", "", "https://khac.example/"):
        with pytest.raises(InputError, match="no article"):
            store.article(unknown)
