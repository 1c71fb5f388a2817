"""What is let go of, and what never is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from crawler.items import Skimmed
from crawler.urls import page_key
from monitor.ingest import Ingest
from monitor.store import IngestSummary, Store
from monitor.store.backups import faults_of
from monitor.store.prunings import PRUNABLE
from tests.monitor.store.builders import (
    GIA_LAI,
    HOUR,
    MINUTE,
    NOON,
    SENTENCE,
    article,
    extract,
    report,
    url_of,
)

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.items import Record

YEAR = timedelta(days=365)
LATER = NOON + YEAR


def skimmed(page: str, *, at: datetime = NOON) -> Skimmed:
    url = url_of(page)
    return Skimmed(source=GIA_LAI, url=url, key=page_key(url), title="Được mùa lúa", fetched_at=at)


def put(store: Store, *records: Record, at: datetime = NOON) -> IngestSummary:
    batch = Ingest(store, extract=extract, clock=lambda: at)
    for record in (*records, report(finished_at=at)):
        batch.add(record)
    return batch.finish(now=at)


def prune_all(store: Store) -> dict[str, int]:
    return {what: store.prune(what, before=LATER, now=LATER) for what in PRUNABLE}


def sound(store: Store) -> bool:
    with store.write() as db:
        return not list(faults_of(db, store.path))


def test_a_skimmed_page_goes_and_stays_known(store: Store) -> None:
    put(store, skimmed("mot"), skimmed("hai"))
    assert store.prune("skimmed", before=LATER, now=LATER) == 2
    assert store.counts().skimmed == 0
    known = store.crawl_state(GIA_LAI, now=LATER).known
    assert {page_key(url_of("mot")), page_key(url_of("hai"))} <= known


def test_seen_again_after_that_it_is_not_new(store: Store) -> None:
    put(store, skimmed("mot"))
    prune_all(store)
    again = put(store, skimmed("mot", at=LATER), at=LATER)
    assert (again.new, again.skimmed) == (0, 0)
    assert store.checked(LATER - HOUR, LATER).pages == 0


def test_the_text_of_an_article_that_is_no_story_goes_and_its_title_is_found(store: Store) -> None:
    put(store, article("mot", body="Được mùa sắn ở huyện Krông Pa.", title="Mùa sắn"))
    assert len(store.search("Krông Pa", limit=9)) == 1
    assert store.prune("texts", before=LATER, now=LATER) == 1
    assert store.search("Krông Pa", limit=9) == []
    [hit] = store.search("mùa sắn", limit=9)
    pruned = store.article(hit.article_id)
    assert (pruned.article.body, pruned.is_pruned, pruned.pruned_at) == ("", True, LATER)
    assert sound(store)


def test_it_comes_back_where_the_page_is_read_again(store: Store) -> None:
    text = "Được mùa sắn ở huyện Krông Pa."
    put(store, article("mot", body=text))
    store.prune("texts", before=LATER, now=LATER)
    again = put(store, article("mot", body=text, fetched_at=LATER), at=LATER)
    assert (again.new, again.revised) == (0, 0)
    assert (store.article(1).is_pruned, store.article(1).pruned_at) == (False, None)
    assert len(store.search("Krông Pa", limit=9)) == 1
    assert sound(store)


def test_another_text_in_its_place_leaves_no_empty_revision(store: Store) -> None:
    put(store, article("mot", body="Được mùa sắn."))
    store.prune("texts", before=LATER, now=LATER)
    put(store, article("mot", body="Được mùa ngô.", fetched_at=LATER), at=LATER)
    assert store.article(1).revisions == ()
    assert store.article(1).article.body == "Được mùa ngô."
    assert sound(store)


def test_stories_and_their_former_texts_stay(store: Store) -> None:
    put(store, article("mot", body=SENTENCE))
    put(store, article("mot", body=f"{SENTENCE} Sửa.", fetched_at=NOON + HOUR))
    assert prune_all(store)["texts"] == 0
    assert store.article(1).article.body.startswith(SENTENCE)
    assert len(store.article(1).revisions) == 1


def test_what_a_reader_judged_stays(store: Store) -> None:
    put(store, article("mot", body="Được mùa sắn."))
    store.mark(1, "right", note=None, now=NOON)
    assert prune_all(store)["texts"] == 0


def test_former_texts_of_what_is_no_story_go(store: Store) -> None:
    put(store, article("mot", body="Được mùa sắn."))
    put(store, article("mot", body="Được mùa sắn nếp.", fetched_at=NOON + HOUR))
    assert store.prune("revisions", before=LATER, now=LATER) == 1
    assert store.article(1).revisions == ()


def test_what_is_younger_stays(store: Store) -> None:
    put(store, skimmed("mot"), article("hai"))
    store.begin_run(NOON, [GIA_LAI])
    for what in PRUNABLE:
        assert store.count_prunable(what, before=NOON - MINUTE) == 0
        assert store.prune(what, before=NOON - MINUTE, now=LATER) == 0


def test_more_than_one_transaction_holds_is_let_go_of_whole(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.store.prunings.PER_TRANSACTION", 3)
    put(store, *(skimmed(str(number)) for number in range(10)))
    assert store.count_prunable("skimmed", before=LATER) == 10
    assert store.prune("skimmed", before=LATER, now=LATER) == 10
    assert store.counts().skimmed == 0


def test_vacuum_makes_the_file_smaller(store: Store) -> None:
    put(store, *(article(str(number), body="Được mùa sắn. " * 2000) for number in range(40)))
    store.prune("texts", before=LATER, now=LATER)
    store.vacuum()
    size = store.path.stat().st_size
    assert size < 40 * 2000 * len("Được mùa sắn. ")
    assert sound(store)
