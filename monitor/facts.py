"""What a look at a running watch shows, as ``monitor.conditions`` judges it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.channels.configured import configured_channels, deliveries_of
from monitor.conditions import Facts, JobFact, SourceFact
from monitor.crawls import MEGABYTE, free_bytes
from monitor.editions import slot_at
from monitor.publishing import due_issue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from monitor.items import Delivery
    from monitor.store import SourceState
    from monitor.vitals import Vitals
    from monitor.watch import Watch

ALERTS = "alerts"
"""The job of telling the operator; its own trouble cannot be told by a letter."""

_TOLD_OTHERWISE = {ALERTS, "room"}


def facts_of(watch: Watch, vitals: Vitals, *, awake_since_at: datetime) -> Facts:
    """What there is to see now.

    Args:
        watch: Whose database and disk.
        vitals: The troubles of the service's jobs.
        awake_since_at: Since when the service has run without a break.

    Raises:
        StoreError: The database cannot be read.
    """
    at = watch.now()
    runs = watch.store.last_runs(5)
    return Facts(
        at=at,
        awake_since_at=awake_since_at,
        free_mb=free_bytes(watch) // MEGABYTE,
        sources=tuple(_sources(watch)),
        has_due=bool(watch.store.due_sources(at)),
        crawl_ended_at=max((one.ended_at for one in runs if one.ended_at), default=None),
        overdue=tuple(_overdue(watch, at)),
        undelivered=_undelivered(watch, at),
        jobs=tuple(
            JobFact(job=one.job, message=one.message, since_at=one.since)
            for one in vitals.troubles
            if one.job not in _TOLD_OTHERWISE
        ),
    )


def _sources(watch: Watch) -> Iterator[SourceFact]:
    for state in watch.store.source_states():
        if state.is_expected and state.last_crawled_at is not None:
            yield _source(state, asked_at=state.last_crawled_at)


def _source(state: SourceState, *, asked_at: datetime) -> SourceFact:
    return SourceFact(
        key=state.key,
        name=state.name,
        asked_at=asked_at,
        success_at=state.last_success_at,
        failing_since_at=state.failing_since_at,
        failures=state.failures,
        failure_kind=state.failure_kind or "stopped",
        failure_detail=state.failure_detail or "",
    )


def _overdue(watch: Watch, at: datetime) -> Iterator[tuple[str, datetime]]:
    for subscription in watch.subscriptions:
        for edition in subscription.editions:
            day = due_issue(watch, subscription, edition=edition, at=at)
            if day is not None:
                slot = slot_at(day, hour=subscription.hour, zone=watch.config.zone)
                yield subscription.name, slot


def _undelivered(watch: Watch, at: datetime) -> tuple[tuple[Delivery, datetime], ...]:
    """Of recipients that the settings name today."""
    last = watch.store.last_undelivered(at - watch.config.alerts.late)
    if not last:
        return ()
    channels = configured_channels(watch.config)
    named = {
        pair
        for subscriber in watch.config.subscribers
        for pair in deliveries_of(watch.config, subscriber, channels)
    }
    return tuple(one for one in last if (one[0].channel, one[0].recipient) in named)
