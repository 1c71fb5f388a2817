"""What of a watch's state needs a person: facts in, conditions out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.items import Condition, Delivery

if TYPE_CHECKING:
    from collections.abc import Iterator


FEW = 3
"""So many sources that begin to fail, while none answers, are the network's fault."""


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """From where on something is worth a letter."""

    source_failures: int
    """Visits of one source in a row."""
    free_mb: int
    late: timedelta
    """That a digest and its deliveries may be."""
    crawl_silence: timedelta
    """That may pass while visits are due and none ends."""


@dataclass(frozen=True, kw_only=True)
class SourceFact:
    """How a source fares."""

    key: str
    name: str
    asked_at: datetime
    """Its last visit."""
    success_at: datetime | None
    failing_since_at: datetime | None
    failures: int
    """Visits in a row."""
    failure_kind: str
    failure_detail: str


@dataclass(frozen=True, kw_only=True)
class JobFact:
    """A job of the service that cannot be done."""

    job: str
    message: str
    since_at: datetime


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a look sees."""

    at: datetime
    awake_since_at: datetime
    """Since when the service has run without a break: what was missed before is being made up."""
    free_mb: int
    sources: Sequence[SourceFact] = ()
    """Those that are expected to answer and were asked before."""
    has_due: bool = False
    """Whether a visit is due."""
    crawl_ended_at: datetime | None = None
    overdue: Sequence[tuple[str, datetime]] = ()
    """Subscriptions whose digest is not made, and since when it is due."""
    undelivered: Sequence[tuple[Delivery, datetime]] = ()
    """The last delivery of each recipient, where it did not arrive, and when it was recorded."""
    jobs: Sequence[JobFact] = ()


def conditions(facts: Facts, thresholds: Thresholds) -> tuple[Condition, ...]:
    """All that needs a person now, the gravest first."""
    return (
        *_disk(facts, thresholds),
        *_network(facts),
        *_crawl(facts, thresholds),
        *_jobs(facts),
        *_digests(facts, thresholds),
        *_deliveries(facts, thresholds),
        *_sources(facts, thresholds),
    )


def _disk(facts: Facts, thresholds: Thresholds) -> Iterator[Condition]:
    if facts.free_mb < thresholds.free_mb:
        fields = {"free": facts.free_mb, "least": thresholds.free_mb}
        yield Condition(kind="disk", subject="", since_at=facts.at, seen_at=facts.at, fields=fields)


def _network(facts: Facts) -> Iterator[Condition]:
    """Sources that began to fail after the last time that any answered."""
    answered = [one.success_at for one in facts.sources if one.success_at is not None]
    last = max(answered, default=None)
    began = [one.failing_since_at for one in facts.sources if one.failing_since_at is not None]
    failed = [at for at in began if last is None or at > last]
    if len(failed) >= FEW:
        fields = {"count": len(failed)}
        yield Condition(
            kind="network", subject="", since_at=min(failed), seen_at=facts.at, fields=fields
        )


def _crawl(facts: Facts, thresholds: Thresholds) -> Iterator[Condition]:
    since_at = max(facts.crawl_ended_at or facts.awake_since_at, facts.awake_since_at)
    if facts.has_due and facts.at - since_at > thresholds.crawl_silence:
        yield Condition(kind="crawl", subject="", since_at=since_at, seen_at=facts.at)


def _jobs(facts: Facts) -> Iterator[Condition]:
    for one in facts.jobs:
        fields = {"job": one.job, "reason": one.message}
        yield Condition(
            kind="job", subject=one.job, since_at=one.since_at, seen_at=facts.at, fields=fields
        )


def _digests(facts: Facts, thresholds: Thresholds) -> Iterator[Condition]:
    for name, due_at in facts.overdue:
        if facts.at - max(due_at, facts.awake_since_at) > thresholds.late:
            fields = {"name": name}
            yield Condition(
                kind="digest", subject=name, since_at=due_at, seen_at=facts.at, fields=fields
            )


def _deliveries(facts: Facts, thresholds: Thresholds) -> Iterator[Condition]:
    """One condition a channel: where it is down, nobody is reached."""
    failed: dict[str, list[tuple[Delivery, datetime]]] = {}
    for delivery, recorded_at in facts.undelivered:
        is_late = facts.at - max(recorded_at, facts.awake_since_at) > thresholds.late
        if delivery.state in ("refused", "unclear") or is_late:
            failed.setdefault(delivery.channel, []).append((delivery, recorded_at))
    for channel, ones in failed.items():
        first, since_at = min(ones, key=lambda one: one[1])
        fields: dict[str, str | int] = {
            "channel": channel,
            "count": len(ones),
            "recipient": first.recipient,
            "reason": first.doubt or first.error or "",
        }
        yield Condition(
            kind="delivery", subject=channel, since_at=since_at, seen_at=facts.at, fields=fields
        )


def _sources(facts: Facts, thresholds: Thresholds) -> Iterator[Condition]:
    for one in facts.sources:
        if one.failures < thresholds.source_failures or one.failing_since_at is None:
            continue
        fields: dict[str, str | int] = {
            "source_key": one.key,
            "name": one.name,
            "count": one.failures,
            "failure_kind": one.failure_kind,
            "failure_detail": one.failure_detail,
        }
        yield Condition(
            kind="source",
            subject=one.key,
            since_at=one.failing_since_at,
            seen_at=one.asked_at,
            fields=fields,
        )
