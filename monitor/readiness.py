"""Whether the service can do its work: its ticks go on, the database takes in, there is room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.crawls import require_room
from monitor.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.vitals import Vitals
    from monitor.watch import Watch

LONGEST_SILENCE = timedelta(minutes=2)
"""Eight ticks: a tick may wait half a minute for another process that writes."""

_BRIEFLY = timedelta(seconds=2)


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing the service needs."""

    name: str
    is_good: bool
    detail: str


def checks(watch: Watch, vitals: Vitals) -> list[Check]:
    """What the service needs, and whether it has it."""
    return [_ticks(vitals), _database(watch), _room(watch), *_jobs(vitals)]


def _ticks(vitals: Vitals) -> Check:
    silence = vitals.silence
    detail = f"last tick {silence.total_seconds():.0f} s ago"
    return Check(name="ticks", is_good=silence < LONGEST_SILENCE, detail=detail)


def _database(watch: Watch) -> Check:
    try:
        watch.store.require_unlocked(patience=_BRIEFLY)
    except StoreError as error:
        return Check(name="database", is_good=False, detail=str(error))
    return Check(name="database", is_good=True, detail="can be written to")


def _room(watch: Watch) -> Check:
    try:
        require_room(watch)
    except (StoreError, OSError) as error:
        return Check(name="disk", is_good=False, detail=str(error))
    return Check(name="disk", is_good=True, detail="has room")


def _jobs(vitals: Vitals) -> Iterator[Check]:
    for trouble in vitals.troubles:
        detail = f"{trouble.message} (since {trouble.since:%Y-%m-%dT%H:%M:%SZ})"
        yield Check(name=trouble.job, is_good=not trouble.is_grave, detail=detail)
