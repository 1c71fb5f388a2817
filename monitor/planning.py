"""Plans when a source is visited next: its rhythm, its budget, its failures, its wishes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crawler.dating.text import VIETNAM
from monitor.rhythm import Bounds, Rhythm

if TYPE_CHECKING:
    from datetime import date

REQUESTS_PER_DAY = 1_500
REVISITS = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=7),
)

LONGEST_PAUSE = timedelta(days=1)
"""Between two crawls of a failing source: a site that is back is in the next digest."""

JITTER = 0.1
"""Part of a pause by which it may be longer or shorter, so that no site sees a clock."""

_PAGES_PER_ARTICLE = 1.15
"""Requests that a new article takes: its page, and now and then a second look."""
_VISITS_SHARE = 0.3
"""Of what is left of a budget, at least: a visit that is not made finds nothing at all."""
_MORNING = timedelta(hours=1)
"""After midnight, over which the sources that used up their budgets begin again."""
_FIRST_BACK_OFF = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """How visits are planned; the settings of a watch."""

    interval: timedelta | None = None
    """Between two visits of every source; None leaves it to each one's rhythm."""
    bounds: Bounds = field(default_factory=Bounds)
    """Of what a rhythm may ask for."""
    requests_per_day: int = REQUESTS_PER_DAY
    """To one site, from midnight to midnight in Vietnam."""
    revisits: tuple[timedelta, ...] = REVISITS
    """After the first reading, when an article of the topic is looked at again; growing."""


@dataclass(frozen=True, kw_only=True)
class Spending:
    """A source's part in the budget of its site."""

    left: int
    """Requests its site may still get today."""
    per_visit: float
    """Requests a visit takes beside the pages it reads."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the next visit of a source depends on."""

    source: str
    """Its key; makes its jitter its own."""
    rhythm: Rhythm
    spending: Spending
    interval: timedelta | None = None
    """Of its own, written into its seed; kept as it is."""
    failures: int = 0
    """Crawls in a row in which nothing answered, the last one included."""
    retry_after: timedelta | None = None
    """The pause the site asked for."""
    revisit_at: datetime | None = None
    """When the next of its pages is to be looked at again."""


def next_due_at(now: datetime, *, standing: Standing, schedule: Schedule) -> datetime:
    """When a source is to be visited again.

    An interval that somebody wrote is kept; else the rhythm decides. An article to look at
    again brings the visit forward. Failures and a spent budget put it off, and nothing comes
    before the end of a pause that the site asked for.

    Args:
        now: The end of the last visit.
        standing: Of the source.
        schedule: Of the watch.
    """
    planned_at = _planned_at(now, standing, schedule)
    if standing.failures:
        planned_at = now + _back_off(now, planned_at - now, standing)
    elif standing.revisit_at is not None:
        wanted_at = max(standing.revisit_at, now + schedule.bounds.least)
        planned_at = min(planned_at, wanted_at)
    if standing.spending.left < standing.spending.per_visit:
        planned_at = max(planned_at, _tomorrow_at(now, standing.source))
    return max(planned_at, now + (standing.retry_after or timedelta()))


def jittered(pause: timedelta, *, source: str, at: datetime) -> timedelta:
    """A pause made a little longer or shorter; for one source and moment always the same."""
    return pause * (1 + JITTER * (2 * _chance(source, at) - 1))


def local_day(at: datetime) -> date:
    """The day that requests of a moment count for: Vietnam's."""
    return at.astimezone(VIETNAM).date()


def next_revisit_at(
    first_read_at: datetime, seen_at: datetime, *, revisits: tuple[timedelta, ...]
) -> datetime | None:
    """When a page is to be looked at again.

    What was missed while nobody looked is not made up for: one look sees it all.

    Args:
        first_read_at: When the page was first read.
        seen_at: When it last answered.
        revisits: After the first reading.

    Returns:
        None where it need not be looked at any more.
    """
    coming = (first_read_at + after for after in revisits)
    return next((at for at in coming if at > seen_at), None)


def _planned_at(now: datetime, standing: Standing, schedule: Schedule) -> datetime:
    written = standing.interval or schedule.interval
    if written is not None:
        return now + written
    bounds = schedule.bounds
    stretch = _stretch(now, standing, bounds)
    due_at = standing.rhythm.next_visit_at(now, bounds=bounds, stretch=stretch)
    pause = jittered(due_at - now, source=standing.source, at=now)
    return now + min(max(pause, bounds.least), bounds.most)


def _stretch(now: datetime, standing: Standing, bounds: Bounds) -> float:
    """How far visits must be spaced out for the budget to last until midnight."""
    midnight = _midnight_after(now)
    left = standing.spending.left
    pages = _PAGES_PER_ARTICLE * standing.rhythm.expected(now, midnight)
    affordable = max(left - pages, _VISITS_SHARE * left) / standing.spending.per_visit
    worthwhile = standing.rhythm.visits(now, midnight, bounds=bounds)
    return max(1.0, worthwhile / max(affordable, 1.0))


def _back_off(now: datetime, pause: timedelta, standing: Standing) -> timedelta:
    """Doubled with each failure, to a day at most (or the pause, where that is longer)."""
    doubled = max(pause, _FIRST_BACK_OFF) * (1 << min(standing.failures, 20))
    bounded = min(doubled, max(pause, LONGEST_PAUSE))
    return jittered(bounded, source=standing.source, at=now)


def _tomorrow_at(now: datetime, source: str) -> datetime:
    return _midnight_after(now) + _MORNING * _chance(source, now)


def _midnight_after(now: datetime) -> datetime:
    local = now.astimezone(VIETNAM)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight + timedelta(days=1)).astimezone(UTC)


def _chance(source: str, at: datetime) -> float:
    """A number from 0 to 1 that looks random and is the same every time."""
    digest = hashlib.sha256(f"{source} {at.timestamp():.0f}".encode()).digest()
    return int.from_bytes(digest[:4]) / 0xFFFF_FFFF
