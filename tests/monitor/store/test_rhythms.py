"""What planning knows of sources: publication times, requests of a day, pauses of a site."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler.dating.text import VIETNAM
from crawler.items import Predecessor, Skimmed
from monitor.planning import Schedule
from tests.monitor.store.builders import (
    GIA_LAI,
    HOUR,
    MINUTE,
    NOON,
    article,
    failed_visit,
    failure,
    ingest,
    link,
    report,
    source,
    url_of,
    visit,
)

if TYPE_CHECKING:
    from monitor.store import SourcePlan, SourceState, Store

DAY = timedelta(days=1)
SITE = "bao-gia-lai.example"


def plan(store: Store, now: datetime = NOON, key: str = GIA_LAI) -> SourcePlan:
    plans = store.source_plans(now, schedule=Schedule())
    return next(one for one in plans if one.key == key)


def state(store: Store, key: str = GIA_LAI) -> SourceState:
    return next(one for one in store.source_states() if one.key == key)


def skimmed(page: str, *, published_at: datetime, now: datetime) -> Skimmed:
    return Skimmed(
        source=GIA_LAI,
        url=url_of(page),
        key=link(page).key,
        title=page,
        published_at=published_at,
        has_time=True,
        fetched_at=now,
    )


def test_a_watched_paper_is_visited_when_it_publishes(store: Store) -> None:
    """Two weeks, an article every ten minutes from eight to nine, found with the next visit."""
    ingest(store, report())
    for day in range(1, 15):
        evening = NOON + day * DAY + 6 * HOUR
        morning = evening.astimezone(VIETNAM).replace(hour=8, minute=0)
        pages = [
            skimmed(f"{day}-{number}", published_at=morning + 10 * number * MINUTE, now=evening)
            for number in range(6)
        ]
        ingest(store, *pages, report(finished_at=evening), now=evening)
    known = plan(store)
    assert 5 <= known.articles_per_day <= 12
    after_eight = morning + DAY
    ingest(store, report(finished_at=after_eight), now=after_eight)
    due_at = state(store).next_due_at
    assert due_at is not None
    assert due_at - after_eight <= 20 * MINUTE
    night = after_eight + 16 * HOUR
    ingest(store, report(finished_at=night), now=night)
    due_at = state(store).next_due_at
    assert due_at is not None
    assert due_at - night >= 40 * MINUTE


def test_what_the_first_visit_finds_tells_nothing_of_the_rhythm(store: Store) -> None:
    expected = plan(store).articles_per_day
    ingest(store, *(article(str(number), published_at=None) for number in range(40)), report())
    assert plan(store).articles_per_day == expected


def test_a_time_of_failures_is_not_a_time_without_news(store: Store) -> None:
    ingest(store, report())
    later = NOON + 3 * DAY
    ingest(store, article(published_at=NOON + HOUR), report(finished_at=later), now=later)
    before = plan(store).articles_per_day
    for day in range(4, 20):
        at = NOON + day * DAY
        ingest(store, report(entries=(failed_visit(),), finished_at=at), now=at)
    assert plan(store).articles_per_day == before


def test_requests_are_counted_by_site_and_day_across_crawls(store: Store) -> None:
    ingest(store, report(requests={SITE: 7, "anh.example": 2}))
    ingest(store, report(requests={SITE: 5}, finished_at=NOON + HOUR))
    assert store.requests_by_site(NOON) == {SITE: 12, "anh.example": 2}
    assert plan(store).requests_today == 12
    assert plan(store, NOON + DAY).requests_today == 0
    store.count_requests({SITE: 3}, at=NOON)
    assert plan(store).requests_today == 15


def test_a_recrawl_counts_as_well(store: Store) -> None:
    ingest(store, report())
    ingest(store, article(), report(entries=(), articles=1, requests={SITE: 2}))
    assert store.requests_by_site(NOON) == {SITE: 2}


def test_a_source_whose_budget_is_spent_rests_until_midnight(store: Store) -> None:
    small = Schedule(requests_per_day=10)
    ingest(store, report(requests={SITE: 9}), schedule=small)
    due_at = state(store).next_due_at
    assert due_at is not None
    midnight = datetime(2026, 11, 21, tzinfo=VIETNAM)
    assert midnight <= due_at <= midnight + HOUR


def test_visits_are_spaced_out_so_that_the_budget_lasts(store: Store) -> None:
    ingest(store, report(requests={SITE: 4}))
    free = state(store).next_due_at
    tight = Schedule(requests_per_day=100)
    ingest(store, report(requests={SITE: 4}, finished_at=NOON + HOUR), schedule=tight)
    spaced = state(store).next_due_at
    assert free is not None
    assert spaced is not None
    assert spaced - NOON - HOUR > 2 * (free - NOON)


def test_a_visit_cut_for_want_of_requests_says_nothing_of_the_sources_health(
    store: Store,
) -> None:
    ingest(store, report())
    before = state(store)
    cut = failed_visit(failure="stopped", detail="the day's requests are spent")
    ingest(store, report(entries=(cut,), finished_at=NOON + HOUR))
    after = state(store)
    assert (after.failures, after.failing_since_at) == (0, None)
    assert after.last_success_at == before.last_success_at
    ingest(store, report(entries=(cut, visit(url="https://khac.example")), finished_at=NOON + HOUR))
    assert state(store).last_success_at == NOON + HOUR


def test_a_pause_holds_for_all_who_ask_on_the_same_site(store: Store) -> None:
    former = Predecessor(name="Báo cũ", host=SITE, province="Bình Định")
    store.sync_sources([source(), source("moi", predecessors=(former,)), source("xa")], now=NOON)
    ingest(store, report(retry_after=3 * HOUR))
    assert set(store.paused_sources(NOON + 2 * HOUR)) == {GIA_LAI, "moi"}
    assert store.due_sources(NOON + 2 * HOUR) == ["xa"]
    assert store.paused_sources(NOON + 3 * HOUR) == {}


def test_a_pause_that_is_not_over_outlives_a_visit_somebody_made_by_hand(store: Store) -> None:
    ingest(store, report(retry_after=3 * HOUR))
    ingest(store, report(finished_at=NOON + HOUR))
    assert set(store.paused_sources(NOON + 2 * HOUR)) == {GIA_LAI}
    ingest(store, report(finished_at=NOON + 4 * HOUR))
    assert state(store).retry_not_before_at is None


def test_a_failed_page_among_read_ones_is_no_article_of_the_rhythm(store: Store) -> None:
    ingest(store, report())
    at = NOON + DAY
    ingest(store, report(finished_at=at), now=at)
    silent = plan(store).articles_per_day
    ingest(store, failure(kind="not-article", seen_at=at), report(finished_at=at), now=at)
    assert plan(store).articles_per_day == silent
    ingest(store, article("moi", published_at=at - HOUR), now=at)
    assert plan(store).articles_per_day > silent
