"""A source that answers, and has had nothing new for too long, stands in the proof."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.monitor.store.builders import (
    HOUR,
    NOON,
    article,
    failed_visit,
    ingest,
    report,
    source,
)

if TYPE_CHECKING:
    from monitor.store import Store

DAYS_BEFORE = timedelta(days=40)


def watched(store: Store, *, quiet_days: int) -> None:
    """Ten articles a day until some days ago; visited every day until today."""
    store.sync_sources([source()], now=NOON - DAYS_BEFORE)
    for days in range(40, -1, -1):
        at = NOON - timedelta(days=days)
        pages = [
            article(f"{days}-{number}", published_at=at - HOUR)
            for number in range(10 if days >= quiet_days else 0)
        ]
        ingest(store, *pages, report(finished_at=at), now=at)


def test_a_paper_that_stopped_publishing_is_told_with_what_it_missed(store: Store) -> None:
    watched(store, quiet_days=3)
    (silent,) = store.checked(NOON - 24 * HOUR, NOON).silent
    assert silent.source == source().name
    assert silent.since <= NOON - timedelta(days=3)
    assert 20 <= silent.expected <= 60


def test_one_that_goes_on_is_not(store: Store) -> None:
    watched(store, quiet_days=0)
    assert store.checked(NOON - 24 * HOUR, NOON).silent == ()


def test_one_that_fails_is_in_trouble_and_not_silent(store: Store) -> None:
    watched(store, quiet_days=3)
    failed = report(entries=(failed_visit(),), finished_at=NOON + HOUR)
    ingest(store, failed, now=NOON + HOUR)
    checked = store.checked(NOON - 24 * HOUR, NOON + HOUR)
    assert checked.silent == ()
    assert len(checked.troubles) == 1
