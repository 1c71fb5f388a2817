"""Stories that are looked at again: which, when, and what of it the readers hear."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from crawler.items import Article, Revisit, Unchanged, Validator
from monitor.digest import decide
from monitor.ingest import Ingest
from monitor.planning import REVISITS
from tests.monitor.store import builders
from tests.monitor.store.builders import (
    FLAGGED,
    GIA_LAI,
    HOUR,
    IRRELEVANT,
    NOON,
    SENTENCE,
    TOPIC,
    article,
    extract,
    failure,
    gone,
    link,
    report,
    source,
    url_of,
)

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.items import Record
    from monitor.items import Reading, Story
    from monitor.store import SourceState, Store

ETAG = Validator(etag='"bai-1"')
DAY = timedelta(days=1)


def reading(read: Article) -> Reading:
    """Flags what says "kết nạp"; calls what says "quần chúng" a near miss."""
    if "quần chúng" in read.body:
        return replace(IRRELEVANT, scores={TOPIC: replace(IRRELEVANT.score, value=0.4)})
    return extract(read)


ingest = partial(builders.ingest, extract=reading)


def story(page: str = "mot", **changes: object) -> Article:
    fields = {"body": SENTENCE, "validator": ETAG, **changes}
    return article(page, **fields)  # type: ignore[arg-type] # the tests name real fields


def unchanged(page: str = "mot", *, seen_at: datetime) -> Unchanged:
    address = link(page)
    return Unchanged(source=GIA_LAI, url=address.url, key=address.key, seen_at=seen_at)


def due(store: Store, now: datetime) -> list[str]:
    return [revisit.url for revisit in store.due_revisits(GIA_LAI, now=now)]


def state(store: Store) -> SourceState:
    [one] = store.source_states()
    return one


def test_a_story_is_looked_at_again_with_the_validators_of_its_text(store: Store) -> None:
    ingest(store, story(), report())
    assert due(store, NOON + HOUR - timedelta(seconds=1)) == []
    [revisit] = store.due_revisits(GIA_LAI, now=NOON + HOUR)
    assert revisit == Revisit(url=url_of("mot"), key=article().key, validator=ETAG)


def test_each_look_plans_the_next_at_growing_distance_until_the_last(store: Store) -> None:
    ingest(store, story(), report())
    for after, following in pairwise(REVISITS):
        ingest(store, unchanged(seen_at=NOON + after))
        assert due(store, NOON + following - HOUR / 2) == []
        assert due(store, NOON + following) == [url_of("mot")]
    ingest(store, unchanged(seen_at=NOON + REVISITS[-1]))
    assert due(store, NOON + 365 * DAY) == []


def test_a_near_miss_is_looked_at_once_and_other_pages_never(store: Store) -> None:
    ingest(store, article("gan", body="Bồi dưỡng quần chúng."), article("khac"), report())
    assert due(store, NOON + DAY - HOUR) == []
    assert due(store, NOON + DAY) == [url_of("gan")]
    ingest(store, unchanged("gan", seen_at=NOON + DAY))
    assert due(store, NOON + 365 * DAY) == []


def test_a_page_that_was_old_when_it_was_first_read_is_left_alone(store: Store) -> None:
    ingest(store, story(published_at=NOON - 30 * DAY), report())
    assert due(store, NOON + 365 * DAY) == []


def test_stories_come_before_near_misses_and_no_more_than_are_asked_for(store: Store) -> None:
    near = [article(f"gan-{number}", body="Bồi dưỡng quần chúng.") for number in range(3)]
    ingest(store, *near, story(), report())
    assert store.due_revisits(GIA_LAI, now=NOON + 2 * DAY, limit=1)[0].url == url_of("mot")
    assert len(due(store, NOON + 2 * DAY)) == 4


def test_an_answer_of_no_change_is_a_sighting_of_the_text(store: Store) -> None:
    ingest(store, story(), report())
    ingest(store, unchanged(seen_at=NOON + HOUR))
    stored = store.article(url_of("mot"))
    assert (stored.seen_at, stored.article.fetched_at) == (NOON + HOUR, NOON)
    assert stored.revisions == ()


def test_an_edited_figure_becomes_a_revision_and_a_correction(store: Store) -> None:
    def counting(read: Article) -> Reading:
        count = 15 if "15" in read.body else 12
        figures = tuple(
            replace(one, value=count, evidence=read.body, end=len(read.body))
            for one in FLAGGED.figures[:1]
        )
        return replace(FLAGGED, figures=figures)

    for at, body in ((NOON, SENTENCE), (NOON + HOUR, SENTENCE.replace("12", "15"))):
        batch = Ingest(store, extract=counting, clock=lambda at=at: at)  # type: ignore[misc]
        batch.add(story(body=body, fetched_at=at))
        batch.finish(now=at)
    stored = store.article(url_of("mot"))
    assert len(stored.revisions) == 1
    [correction] = stored.corrections
    assert (correction.before.value, correction.after.value) == (12, 15)


def test_a_page_that_could_not_be_asked_is_asked_later_and_given_up_in_the_end(
    store: Store,
) -> None:
    ingest(store, story(), report())
    at, looks = NOON + HOUR, 0
    while due(store, at + 30 * DAY):
        ingest(store, failure(seen_at=at))
        assert due(store, at) == []
        at, looks = at + 2 * DAY, looks + 1
    assert looks == 8
    assert store.article(url_of("mot")).state == "read"


def test_a_page_the_crawl_did_not_come_to_stays_due(store: Store) -> None:
    ingest(store, story(), report())
    ingest(store, failure(kind="stopped", seen_at=NOON + HOUR))
    assert due(store, NOON + HOUR) == [url_of("mot")]


def test_a_withdrawn_page_is_asked_for_once_more_before_long(store: Store) -> None:
    ingest(store, story(), report())
    ingest(store, gone(seen_at=NOON + 6 * HOUR), now=NOON + 6 * HOUR)
    assert due(store, NOON + 7 * HOUR) == [url_of("mot")]
    ingest(store, gone(seen_at=NOON + 7 * HOUR), now=NOON + 7 * HOUR)
    assert due(store, NOON + 23 * HOUR) == []
    assert due(store, NOON + DAY) == [url_of("mot")]


def told(store: Store) -> Story:
    """Record a digest with the one story there is."""
    [one] = store.stories_since(NOON - DAY, NOON + HOUR)
    digest = decide(
        [one],
        day=date(2026, 11, 20),
        since_at=NOON - DAY,
        until_at=NOON + HOUR,
        checked=store.checked(NOON - DAY, NOON + HOUR),
    )
    store.record_digest(digest, deliveries=[], now=NOON + HOUR)
    return one


def test_a_told_story_that_is_taken_off_is_told_as_withdrawn_and_kept(store: Store) -> None:
    ingest(store, story(), report())
    told(store)
    ingest(store, gone(seen_at=NOON + 6 * HOUR), now=NOON + 6 * HOUR)
    [withdrawal] = store.withdrawals_since(NOON + HOUR, NOON + DAY)
    assert (withdrawal.title, withdrawal.gone_at) == ("Bài mot", NOON + 6 * HOUR)
    assert store.withdrawals_since(NOON + 6 * HOUR, NOON + DAY) == []
    stored = store.article(url_of("mot"))
    assert (stored.state, stored.article.body) == ("gone", SENTENCE)


@pytest.mark.parametrize("back", [unchanged(seen_at=NOON + 7 * HOUR), story(fetched_at=NOON + DAY)])
def test_a_page_that_came_back_was_not_withdrawn(store: Store, back: Record) -> None:
    ingest(store, story(), report())
    told(store)
    ingest(store, gone(seen_at=NOON + 6 * HOUR), now=NOON + 6 * HOUR)
    ingest(store, back, now=NOON + 8 * HOUR)
    assert store.withdrawals_since(NOON, NOON + 2 * DAY) == []
    assert store.article(url_of("mot")).state == "read"


def test_a_story_taken_off_before_its_digest_is_told_with_that_said(store: Store) -> None:
    ingest(store, story(), report())
    ingest(store, gone(seen_at=NOON + HOUR), now=NOON + HOUR)
    assert told(store).is_gone
    assert store.withdrawals_since(NOON + HOUR, NOON + DAY) == []


def test_a_story_to_look_at_again_brings_a_quiet_sources_visit_forward(store: Store) -> None:
    store.sync_sources([source(interval=DAY)], now=NOON)
    ingest(store, story(), report())
    assert state(store).next_due_at == NOON + HOUR
