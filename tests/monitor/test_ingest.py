"""One source, one transaction; what did not come whole is asked for again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler.items import Article, Validator
from monitor.ingest import Ingest
from monitor.store import IngestSummary
from tests.monitor.store.builders import (
    FLAGGED,
    GIA_LAI,
    HOUR,
    NOON,
    SENTENCE,
    article,
    extract,
    failed_visit,
    failure,
    gone,
    link,
    report,
    source,
    url_of,
)
from tests.monitor.store.conftest import store

if TYPE_CHECKING:
    from monitor.items import Reading
    from monitor.store import Store

__all__ = ["store"]


def begin(store: Store) -> Ingest:
    return Ingest(store, extract=extract, clock=lambda: NOON)


def test_nothing_is_stored_before_the_report(store: Store) -> None:
    batch = begin(store)
    batch.add(link("hai"))
    batch.add(article())
    assert store.counts().pages == 0
    batch.add(report())
    assert (store.counts().pages, store.counts().articles) == (2, 1)
    assert store.crawl_state(GIA_LAI, now=NOON).validators != {}


def test_the_reading_is_stored_whole(store: Store) -> None:
    batch = begin(store)
    batch.add(article(body=SENTENCE))
    batch.add(report())
    stored = store.article(url_of("mot"))
    assert (stored.score, stored.place, stored.figures) == (
        FLAGGED.score,
        FLAGGED.place,
        FLAGGED.figures,
    )
    assert (stored.topic, stored.flagged_at, stored.found_at) == ("dang-vien", NOON, NOON)


def test_sources_without_a_report_keep_their_articles_but_not_their_validators(
    store: Store,
) -> None:
    batch = begin(store)
    batch.add(link("hai"))
    batch.add(article())
    summary = batch.finish(now=NOON)
    assert summary == IngestSummary(sources=1, pages=1, new=1, failures={"stopped": 1})
    crawl = store.crawl_state(GIA_LAI, now=NOON)
    assert crawl.validators == {}
    assert [page.url for page in crawl.pending] == [url_of("hai")]
    (state,) = store.source_states()
    assert (state.failure_kind, state.failing_since_at, state.failures) == ("stopped", NOON, 1)


def test_sources_that_never_told_anything_are_marked_too(store: Store) -> None:
    store.sync_sources([source(), source("khac")], now=NOON)
    batch = begin(store)
    batch.add(report())
    summary = batch.finish(now=NOON, expected=[GIA_LAI, "khac"], detail="killed after 600 s")
    assert (summary.sources, summary.reached) == (2, 1)
    states = {state.key: state for state in store.source_states()}
    assert states["khac"].failure_detail == "killed after 600 s"
    assert states[GIA_LAI].failing_since_at is None
    assert store.due_sources(NOON + HOUR) == [GIA_LAI, "khac"]


def test_a_crawl_ended_on_purpose_keeps_what_came_and_blames_nobody(store: Store) -> None:
    store.sync_sources([source(), source("khac")], now=NOON)
    batch = begin(store)
    batch.add(article())
    batch.finish(now=NOON, expected=[GIA_LAI, "khac"], is_interrupted=True)
    assert store.counts().articles == 1
    assert all(state.failing_since_at is None for state in store.source_states())
    assert store.due_sources(NOON) == [GIA_LAI, "khac"]


def test_the_summary_says_what_a_crawl_brought(store: Store) -> None:
    store.sync_sources([source(), source("khac")], now=NOON)
    first = begin(store)
    first.add(article(body="Bản đầu."))
    first.add(report())
    first.finish(now=NOON)
    batch = begin(store)
    batch.add(article(body=SENTENCE, fetched_at=NOON + HOUR))
    batch.add(article("hai", body=SENTENCE))
    batch.add(gone("ba"))
    batch.add(failure("bon"))
    batch.add(failure("nam"))
    batch.add(report())
    batch.add(report("khac", entries=(failed_visit("khac"),)))
    assert batch.finish(now=NOON) == IngestSummary(
        sources=2,
        reached=1,
        pages=5,
        new=1,
        flagged=2,
        revised=1,
        failures={"timeout": 2, "dns": 1},
        answered=("bao-gia-lai",),
    )


def test_several_crawls_sum_up_to_one() -> None:
    one = IngestSummary(sources=1, reached=1, pages=4, new=2, failures={"dns": 1})
    two = IngestSummary(sources=2, pages=1, revised=1, failures={"dns": 2, "tls": 1})
    assert IngestSummary.total([one, two]) == IngestSummary(
        sources=3, reached=1, pages=5, new=2, revised=1, failures={"dns": 3, "tls": 1}
    )
    assert IngestSummary.total([]) == IngestSummary()


def test_a_crawl_told_again_changes_nothing(store: Store) -> None:
    records = (link("hai"), article(body=SENTENCE), gone("ba"), failure("bon"), report())
    for _ in range(2):
        batch = begin(store)
        for record in (*records, *records):
            batch.add(record)
        summary = batch.finish(now=NOON)
    assert (summary.new, summary.flagged, summary.revised) == (0, 0, 0)
    counts = store.counts()
    assert (counts.articles, counts.revisions, counts.figures) == (1, 0, 2)
    assert counts.pages_by_state == {"found": 1, "read": 1, "gone": 1, "failed": 1}
    assert len(store.stories_since(NOON - HOUR, NOON)) == 1


def test_records_after_a_report_are_not_lost(store: Store) -> None:
    batch = begin(store)
    batch.add(report())
    batch.add(article())
    batch.finish(now=NOON)
    assert store.article(url_of("mot")).state == "read"
    assert store.source_states()[0].failing_since_at is None


def test_an_extractor_at_fault_is_heard_and_leaves_nothing_half_stored(store: Store) -> None:
    def fall_over(read: Article) -> Reading:
        if read.url == url_of("hai"):
            raise ZeroDivisionError
        return extract(read)

    store.sync_sources([source(), source("khac")], now=NOON)
    batch = Ingest(store, extract=fall_over, clock=lambda: NOON)
    batch.add(article())
    batch.add(article("hai"))
    batch.add(link("ba"))
    with pytest.raises(ZeroDivisionError):
        batch.add(report())
    assert store.counts().pages == 0
    batch.add(article("mot", source="khac"))
    batch.add(report("khac"))
    summary = batch.finish(now=NOON)
    assert (summary.sources, summary.new) == (2, 1)
    crawl = store.crawl_state(GIA_LAI, now=NOON)
    assert (crawl.known, crawl.pending, crawl.validators) == (frozenset(), (), {})
    assert store.due_sources(NOON) == []


def test_the_extractor_works_before_the_write_lock_is_taken(store: Store) -> None:
    def write_meanwhile(read: Article) -> Reading:
        store.begin_run(NOON, [])
        return extract(read)

    batch = Ingest(store, extract=write_meanwhile, clock=lambda: NOON)
    batch.add(article())
    batch.add(report())
    assert store.counts().articles == 1


def test_a_crash_before_the_commit_leaves_the_old_validators(store: Store) -> None:
    batch = begin(store)
    batch.add(report())

    def power_cut() -> None:
        raise KeyboardInterrupt

    broken = Ingest(store, extract=extract, clock=power_cut)  # type: ignore[arg-type]  # never returns
    broken.add(article())
    with pytest.raises(KeyboardInterrupt):
        broken.add(report(finished_at=NOON + HOUR))
    assert store.counts().articles == 0
    validators = store.crawl_state(GIA_LAI, now=NOON).validators
    assert set(validators.values()) == {Validator(etag='"1"')}
