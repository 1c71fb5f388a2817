"""When digests were due, when they arrived, and what explains the time between."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from crawler.dating.text import VIETNAM
from monitor.editions import edition_day, slot_at
from monitor.store import times
from tests.soak.ledger import Ledger, Parcel
from tests.soak.month import Month
from tests.soak.records import Span

if TYPE_CHECKING:
    from monitor.items import Edition, Subscription

LATE = timedelta(minutes=15)
"""After the hour; what takes longer needs an explanation."""

_DAY = timedelta(days=1)
_SOON = timedelta(minutes=20)
"""After its start, a service that stays up has made what was due."""


@dataclass(frozen=True, kw_only=True)
class Delay:
    """From a digest's hour to its arrival."""

    parcel: Parcel
    total: timedelta
    unexplained: timedelta
    """Without the time in which it could not be made or delivered."""


def delays(month: Month, ledger: Ledger) -> Iterator[Delay]:
    """Of all that arrived."""
    excuses = list(_excuses(month))
    for parcel in ledger.parcels:
        if parcel.arrived_at is None:
            continue
        hour = parcel.digest.subscription.hour
        slot = slot_at(parcel.delivery.day, hour=hour, zone=VIETNAM)
        others = {"email", "telegram"} - {parcel.delivery.channel}
        mine = [one for one in excuses if one.why not in others]
        total = max(parcel.arrived_at - slot, timedelta())
        explained = _covered(mine, slot, parcel.arrived_at)
        yield Delay(parcel=parcel, total=total, unexplained=total - explained)


def missing(month: Month, subscription: Subscription, edition: Edition) -> Iterator[str]:
    """Each day has its digest, or the next one reaches back to it, and none leaves a gap.

    One that was made on a day, under the next one's name, is that day's: the clock ran ahead.
    """
    windows = _windows(month, subscription, edition)
    name = f"{subscription.name} {edition}"
    days = {one.day for one in windows} | {one.made_on for one in windows}
    slots = list(_slots(month, subscription, edition))
    for slot in slots:
        if slot.date() not in days and _was_up(month, slot, slot.replace(hour=23, minute=59)):
            yield f"{name} {slot.date()}: not made, though the service was up"
    for before, after in pairwise(windows if edition == "daily" else ()):
        if before.until_at != after.since_at:
            yield f"{name} {after.day}: from {after.since_at}, after one to {before.until_at}"
    last = max((one.day for one in windows), default=None)
    if slots and (last is None or last < slots[-1].date()):
        yield f"{name}: the last one is of {last}"


def early(month: Month, subscription: Subscription) -> int:
    """Daily digests made before their day, by a clock that ran ahead; that day has no other."""
    return sum(one.made_on < one.day for one in _windows(month, subscription, "daily"))


@dataclass(frozen=True, kw_only=True)
class _Window:
    """Of a digest, put right where a clock was wrong."""

    day: date
    since_at: str
    until_at: str
    made_on: date


def _windows(month: Month, subscription: Subscription, edition: Edition) -> list[_Window]:
    """In order."""
    sql = """
        SELECT day, since_at, until_at, recorded_at FROM digests
        WHERE subscription = ? AND edition = ? ORDER BY until_at, day
    """
    with closing(sqlite3.connect(month.folder / "data/diembao.db")) as db:
        rows = db.execute(sql, (subscription.name, edition)).fetchall()
    return [
        _Window(
            day=date.fromisoformat(day),
            since_at=since_at,
            until_at=until_at,
            made_on=times.read(recorded_at).astimezone(VIETNAM).date(),
        )
        for day, since_at, until_at, recorded_at in rows
    ]


def _slots(month: Month, subscription: Subscription, edition: Edition) -> Iterator[datetime]:
    """Local moments at which an edition was due."""
    day = month.begins.date()
    while (slot := slot_at(day, hour=subscription.hour, zone=VIETNAM)) < month.ended_at - _SOON:
        if edition_day(day, edition) == day and slot > month.begins:
            yield slot.astimezone(VIETNAM)
        day += _DAY


def _was_up(month: Month, begins: datetime, ends: datetime) -> bool:
    """Whether the service worked undisturbed for a while of a time, by a right clock."""
    spans = [*month.lives.down, *_spans(month, "skew"), *_spans(month, "disk")]
    at = begins
    while at + _SOON < ends:
        hit = next((one for one in spans if one.begins < at + _SOON and one.ends > at), None)
        if hit is None:
            return True
        at = hit.ends
    return False


def _spans(month: Month, *places: str) -> Iterator[Span]:
    for fault in month.plan.faults:
        if fault.place in places:
            ends = min(fault.ends, month.ended_at)
            yield Span(begins=fault.begins, ends=ends, why=fault.place)


def _excuses(month: Month) -> Iterator[Span]:
    """When nothing could be delivered, and by which way; an outage echoes in the next try."""
    yield from month.lives.down
    yield from _spans(month, "disk", "skew")
    for span in _spans(month, "email", "telegram"):
        echo = min(max(span.ends - span.begins, LATE) + LATE, timedelta(hours=6.25))
        yield Span(begins=span.begins, ends=span.ends + echo, why=span.why)


def _covered(spans: Iterable[Span], begins: datetime, ends: datetime) -> timedelta:
    """How much of a time lies in spans."""
    total, at = timedelta(), begins
    for span in sorted(spans, key=lambda one: one.begins):
        first, last = max(span.begins, at), min(span.ends, ends)
        if last > first:
            total += last - first
            at = last
    return total
