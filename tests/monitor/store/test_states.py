"""The proof of what was checked, and how much there is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from monitor.items import Trouble
from tests.monitor.store.builders import (
    HOUR,
    NOON,
    SENTENCE,
    article,
    failed_visit,
    ingest,
    link,
    report,
    source,
)

if TYPE_CHECKING:
    from monitor.store import Store


@pytest.fixture
def watch(store: Store) -> Store:
    """One source answers, one fails, one never came up, and three are not expected."""
    store.sync_sources(
        [
            source(),
            source("hong", province="Huế"),
            source("chua-den", province="Huế"),
            source("trung-uong", province=None, watched=False),
            source("bi-sap-nhap", succeeded_by="bao-gia-lai"),
        ],
        now=NOON - 48 * HOUR,
    )
    ingest(store, report("hong", finished_at=NOON - 30 * HOUR))
    ingest(store, article(body=SENTENCE), article("hai"), link("ba"), report())
    ingest(store, report("hong", entries=(failed_visit("hong"),)))
    return store


def test_the_proof_counts_what_was_expected_and_reached(watch: Store) -> None:
    checked = watch.checked(NOON - 24 * HOUR, NOON)
    assert (checked.sources, checked.reached) == (3, 1)
    assert (checked.provinces, checked.provinces_reached) == (2, 1)
    assert (checked.pages, checked.flagged) == (2, 1)


def test_every_source_that_could_not_be_checked_is_named_with_its_reason(watch: Store) -> None:
    assert watch.checked(NOON - 24 * HOUR, NOON).troubles == (
        Trouble(
            source="Chua Den",
            kind="stopped",
            detail="was due and not crawled",
            since=None,
            last_success_at=None,
        ),
        Trouble(
            source="Hong",
            kind="dns",
            detail="no such host",
            since=NOON,
            last_success_at=NOON - 30 * HOUR,
        ),
    )


def test_a_source_that_was_due_and_left_alone_is_a_trouble_and_a_rare_one_is_not(
    store: Store,
) -> None:
    store.sync_sources([source(), source("tuan", interval=timedelta(days=7))], now=NOON)
    ingest(store, report(), report("tuan"))
    checked = store.checked(NOON + 24 * HOUR, NOON + 48 * HOUR)
    assert checked.reached == 0
    assert [trouble.source for trouble in checked.troubles] == ["Bao Gia Lai"]


def test_the_counts_agree_with_what_was_stored(watch: Store) -> None:
    counts = watch.counts()
    assert (counts.sources, counts.watched) == (5, 4)
    assert (counts.pages, counts.pages_by_state) == (3, {"found": 1, "read": 2})
    assert (counts.articles, counts.flagged, counts.figures) == (2, 1, 2)
    assert (counts.revisions, counts.digests, counts.deliveries_by_state) == (0, 0, {})
