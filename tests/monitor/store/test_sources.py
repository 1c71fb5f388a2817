"""What is watched, what is due, and what a crawl is told of the past."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from crawler.items import Entry, Predecessor, Validator
from monitor.ingest import Ingest
from monitor.planning import JITTER, Schedule
from monitor.store.pages import MOST_ATTEMPTS, pause_after
from tests.monitor.store import builders
from tests.monitor.store.builders import (
    GIA_LAI,
    HOUR,
    MINUTE,
    NOON,
    article,
    extract,
    failed_visit,
    failure,
    gone,
    link,
    report,
    source,
    url_of,
    visit,
)

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.store import SourceState, Store


HALF_HOURLY = Schedule(interval=30 * MINUTE)


ingest = partial(builders.ingest, schedule=HALF_HOURLY)


def state(store: Store, key: str = GIA_LAI) -> SourceState:
    return next(state for state in store.source_states() if state.key == key)


def pending(store: Store, now: datetime = NOON) -> list[str]:
    return [link.url for link in store.crawl_state(GIA_LAI, now=now).pending]


def test_a_new_source_is_due_at_once(store: Store) -> None:
    assert store.due_sources(NOON) == [GIA_LAI]
    assert state(store).entries[0].outcome is None
    assert store.crawl_state(GIA_LAI, now=NOON).validators == {}


def test_the_seeds_change_names_and_entries_and_keep_the_past(store: Store) -> None:
    ingest(store, report())
    feed = Entry(url="https://bao-gia-lai.example/xay-dung-dang", kind="listing", certainty="seen")
    renamed = source(name="Báo Gia Lai", entries=(*source().entries, feed))
    store.sync_sources([renamed], now=NOON + HOUR)
    assert state(store).name == "Báo Gia Lai"
    assert state(store).last_success_at == NOON
    assert [entry.outcome for entry in state(store).entries] == ["read", None]
    store.sync_sources([source(entries=(feed,))], now=NOON + HOUR)
    assert [entry.url for entry in state(store).entries] == [feed.url]
    assert store.crawl_state(GIA_LAI, now=NOON).validators == {}


def test_a_source_that_leaves_the_seeds_is_kept_unwatched(store: Store) -> None:
    ingest(store, article(), report())
    store.sync_sources([source("bao-dak-lak")], now=NOON)
    assert not state(store).watched
    assert store.watched_keys() == ["bao-dak-lak"]
    assert store.due_sources(NOON + 24 * HOUR) == ["bao-dak-lak"]
    assert store.article(url_of("mot")).paper == "Bao Gia Lai"


def test_a_source_the_seeds_only_keep_is_never_due(store: Store) -> None:
    store.sync_sources([source(watched=False)], now=NOON)
    assert store.due_sources(NOON + 24 * HOUR) == []


def test_after_a_crawl_a_source_is_due_an_interval_later(store: Store) -> None:
    store.sync_sources([source(), source("cham", interval=timedelta(hours=6))], now=NOON)
    ingest(store, report(), report("cham"))
    assert state(store).next_due_at == NOON + 30 * MINUTE
    assert state(store, "cham").next_due_at == NOON + 6 * HOUR
    assert store.due_sources(NOON + 29 * MINUTE) == []
    assert store.due_sources(NOON + 30 * MINUTE) == [GIA_LAI]


def test_a_failing_source_is_asked_ever_less_often_but_every_day(store: Store) -> None:
    pauses = []
    now = NOON
    for _ in range(8):
        ingest(store, report(entries=(failed_visit(),), finished_at=now))
        due_at = state(store).next_due_at
        assert due_at is not None
        pauses.append(due_at - now)
        now = due_at
    doubled = [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, *[24 * HOUR] * 3]
    for pause, expected in zip(pauses, doubled, strict=True):
        assert abs(pause - expected) <= JITTER * expected
    assert pauses != doubled
    assert state(store).failures == 8
    assert state(store).failing_since_at == NOON
    assert (state(store).failure_kind, state(store).failure_detail) == ("dns", "no such host")


def test_one_answering_entry_ends_a_failure_and_the_other_keeps_its_own(store: Store) -> None:
    ingest(store, report(entries=(failed_visit(),)))
    other = visit(url="https://bao-gia-lai.example/sitemap.xml", kind="sitemap", links=9)
    later = NOON + HOUR
    ingest(store, report(entries=(failed_visit(), other), finished_at=later), now=later)
    assert state(store).failing_since_at is None
    assert state(store).failures == 0
    assert state(store).last_success_at == later
    feed, sitemap = state(store).entries
    assert (feed.failing_since_at, feed.last_success_at) == (NOON, None)
    assert (sitemap.failing_since_at, sitemap.links) == (None, 9)


def test_a_report_told_twice_counts_once(store: Store) -> None:
    ingest(store, report(entries=(failed_visit(),)), report(entries=(failed_visit(),)))
    assert state(store).failures == 1


def test_a_pause_the_site_asked_for_is_kept_even_when_it_succeeds(store: Store) -> None:
    ingest(store, report(retry_after=3 * HOUR))
    assert store.due_sources(NOON + 2 * HOUR) == []
    assert state(store).retry_not_before_at == NOON + 3 * HOUR
    assert store.due_sources(NOON + 3 * HOUR) == [GIA_LAI]


def test_a_recrawl_leaves_health_and_schedule_alone(store: Store) -> None:
    ingest(store, report(entries=(failed_visit(),)))
    before = state(store)
    ingest(store, article(), report(entries=(), articles=1, finished_at=NOON + MINUTE))
    assert state(store) == before
    ingest(store, report(entries=(), finished_at=NOON + MINUTE, retry_after=9 * HOUR))
    assert state(store).retry_not_before_at == NOON + 9 * HOUR + MINUTE


def test_a_source_without_entries_is_not_crawled_over_and_over(store: Store) -> None:
    store.sync_sources([source(entries=())], now=NOON)
    ingest(store, report(entries=()))
    assert store.due_sources(NOON + 50 * MINUTE) == []
    assert state(store).failure_detail == "no entry to look at"


def test_validators_are_handed_back_and_survive_an_unchanged_answer(store: Store) -> None:
    feed = "https://bao-gia-lai.example/rss"
    ingest(store, report())
    ingest(store, report(entries=(visit(outcome="unchanged", validator=None),)))
    ingest(store, report(entries=(failed_visit(),)))
    assert store.crawl_state(GIA_LAI, now=NOON).validators == {feed: Validator(etag='"1"')}
    ingest(store, report(entries=(visit(validator=None),)))
    assert store.crawl_state(GIA_LAI, now=NOON).validators == {}


def test_found_pages_wait_newest_first_and_read_ones_are_known(store: Store) -> None:
    older, newer = link("cu", dated_at=NOON - 5 * HOUR), link("moi", dated_at=NOON - HOUR)
    ingest(store, older, newer, link("doc"), article("doc"), link("mat"), gone("mat"), report())
    crawl = store.crawl_state(GIA_LAI, now=NOON)
    assert crawl.pending == (newer, older)
    assert crawl.known == {link("doc").key, link("mat").key}


def test_pages_beyond_the_limit_are_known_until_their_turn_comes(store: Store) -> None:
    ingest(store, *(link(str(number)) for number in range(5)), report())
    crawl = store.crawl_state(GIA_LAI, now=NOON, pending_limit=2)
    assert len(crawl.pending) == 2
    assert len(crawl.known) == 3


def test_a_crawl_is_told_the_newest_keys_only(store: Store) -> None:
    ingest(store, article("cu"), now=NOON)
    ingest(store, article("moi"), now=NOON + HOUR)
    crawl = store.crawl_state(GIA_LAI, now=NOON + HOUR, known_limit=1)
    assert crawl.known == {article("moi").key}


def test_a_failed_page_rests_ever_longer_and_is_given_up(store: Store) -> None:
    now = NOON
    ingest(store, link())
    for attempt in range(1, MOST_ATTEMPTS):
        ingest(store, failure(seen_at=now))
        pause = pause_after(attempt)
        assert pause is not None
        assert pending(store, now + pause - MINUTE) == []
        assert store.crawl_state(GIA_LAI, now=now).known == {link().key}
        now += pause
        assert pending(store, now) == [url_of("mot")]
    ingest(store, failure(seen_at=now))
    assert pending(store, now + timedelta(days=365)) == []


def test_a_failure_told_twice_counts_once(store: Store) -> None:
    ingest(store, failure(), failure())
    assert pending(store, NOON + HOUR) == [url_of("mot")]


def test_a_page_that_asked_for_a_longer_pause_gets_it(store: Store) -> None:
    ingest(store, failure(retry_after=5 * HOUR))
    assert pending(store, NOON + 4 * HOUR) == []
    assert pending(store, NOON + 5 * HOUR) == [url_of("mot")]


def test_a_page_that_is_no_article_is_settled(store: Store) -> None:
    ingest(store, failure(kind="not-article"))
    assert pending(store, NOON + 480 * HOUR) == []


def test_a_page_the_crawl_did_not_come_to_is_not_blamed(store: Store) -> None:
    for minute in range(2 * MOST_ATTEMPTS):
        ingest(store, link(), failure(kind="stopped", seen_at=NOON + minute * MINUTE))
    assert pending(store) == [url_of("mot")]


def test_a_page_once_read_is_not_forgotten_over_a_failed_recrawl(store: Store) -> None:
    ingest(store, article(), failure(seen_at=NOON + HOUR))
    assert store.article(url_of("mot")).state == "read"
    assert pending(store, NOON + 48 * HOUR) == []


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_latest_answer_of_a_page_counts(store: Store, order: tuple[int, int]) -> None:
    answers = (article(), gone(seen_at=NOON + HOUR))
    ingest(store, *(answers[index] for index in order))
    assert store.article(url_of("mot")).state == "gone"


def test_a_source_under_a_new_key_takes_its_pages_along(store: Store) -> None:
    ingest(store, article(), report())
    store.sync_sources([source("gia-lai-moi")], now=NOON)
    ingest(store, article(source="gia-lai-moi", url=url_of("mot"), key=article().key))
    assert store.crawl_state("gia-lai-moi", now=NOON).known == {article().key}
    assert store.counts().articles == 1


def test_pages_to_recrawl_are_those_published_since(store: Store) -> None:
    old = article("cu", published_at=NOON - 72 * HOUR)
    undated = article("khong-ngay", published_at=None)
    ingest(store, old, undated, article("moi"))
    assert store.pages_of(GIA_LAI, since=NOON - 24 * HOUR) == [url_of("khong-ngay"), url_of("moi")]


def test_an_address_belongs_to_the_source_at_home_on_its_host(store: Store) -> None:
    former = Predecessor(name="Báo Bình Định", host="www.baobinhdinh.example", province="Bình Định")
    store.sync_sources(
        [
            source(predecessors=(former,)),
            source("phu-ly", home="https://tinh.example/phu-ly/", entries=()),
            source("tinh", home="https://tinh.example/", entries=()),
        ],
        now=NOON,
    )
    assert store.source_of_url("https://www.bao-gia-lai.example/a-1.html") == GIA_LAI
    assert store.source_of_url("http://baobinhdinh.example/a-1.html") == GIA_LAI
    assert store.source_of_url("https://tinh.example/phu-ly/a") == "phu-ly"
    assert store.source_of_url("https://tinh.example/khac/a") == "tinh"
    assert store.source_of_url("https://khac.example/") is None
    assert store.source_of_url("http://[") is None
    store.sync_sources([source("bao-binh-dinh", home="https://baobinhdinh.example")], now=NOON)
    assert store.source_of_url("https://baobinhdinh.example/a-1.html") == "bao-binh-dinh"


def test_a_crawl_run_is_logged_from_begin_to_end(store: Store) -> None:
    run = store.begin_run(NOON, [GIA_LAI])
    (running,) = store.last_runs(1)
    assert (running.id, running.sources, running.ended_at) == (run, (GIA_LAI,), None)
    batch = Ingest(store, extract=extract)
    batch.add(article())
    summary = batch.finish(now=NOON)
    store.end_run(run, NOON + MINUTE, summary)
    assert store.last_runs(1)[0].summary == summary
    assert store.last_runs(1)[0].ended_at == NOON + MINUTE
