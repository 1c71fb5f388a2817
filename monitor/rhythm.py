"""Learns when a source publishes, by hour and weekday, and how often that is worth a visit.

Papers and portals write by the clock of Vietnam: the week is cut into its 168 local hours.
Of each hour two things are estimated, one from the other: how many new articles it brings,
and how many visits an hour those are worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crawler.dating.text import VIETNAM

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crawler.items import SourceKind

WINDOW = timedelta(weeks=6)
"""What is older says nothing about today: papers merge, portals change their webmaster."""

ARTICLES_PER_VISIT = 0.25
"""Expected between two visits of a source that is not busy. Three visits of four find nothing,
which costs the site a 304; the fourth finds its article in a fraction of the time between two."""

FRESH = timedelta(minutes=10)
"""A source is visited more often than this only where a whole article is expected: with it, an
article is stored within 20 minutes of its publication in 95 of 100 cases, the crawl's own
minutes included."""

LEAST_INTERVAL = timedelta(minutes=5)
MOST_INTERVAL = timedelta(days=1)

_HOUR = timedelta(hours=1)
_DAY_HOURS = 24
_WEEK_HOURS = 7 * _DAY_HOURS
_WEEKEND = (5, 6)

_DAYS_OF_PRIOR = 1.0
"""What is believed of an hour of the day before anything was seen counts as one day's look."""
_WEEKS_OF_DAY = 2.0
"""What the hour brings on all days counts as two weeks' look at it on one weekday."""

# New articles in each hour of a weekday, and what of them a day at the weekend brings: a first
# belief, generous rather than mean, that days of watching replace. Papers write little before
# five and late into the evening; portals keep office hours.
_PAPER_DAY = (
    *(0.2,) * 5, 1.0, 2.0, *(2.8,) * 4, 2.0, 1.4, *(2.4,) * 5, *(1.8,) * 3, 1.2, 0.8, 0.4
)  # fmt: skip
_PORTAL_DAY = (*(0.01,) * 7, *(0.2,) * 5, 0.1, *(0.2,) * 5, *(0.03,) * 6)
_PAPER_WEEKEND, _PORTAL_WEEKEND = 0.7, 0.2


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """Between two visits."""

    least: timedelta = LEAST_INTERVAL
    most: timedelta = MOST_INTERVAL


@dataclass(frozen=True)
class Rhythm:
    """What a source is expected to publish."""

    rates: tuple[float, ...]
    """New articles in each hour of the week in Vietnam, Monday's first hour first."""

    @property
    def articles_per_day(self) -> float:
        """The week's mean."""
        return sum(self.rates) / 7

    def expected(self, start_at: datetime, end_at: datetime) -> float:
        """New articles between two moments."""
        return sum(self.rates[slot] * hours for slot, hours in _hours(start_at, end_at))

    def visits(self, start_at: datetime, end_at: datetime, *, bounds: Bounds) -> float:
        """Visits that are worth their while between two moments."""
        return sum(
            _visits_an_hour(self.rates[slot], bounds) * hours
            for slot, hours in _hours(start_at, end_at)
        )

    def next_visit_at(self, after: datetime, *, bounds: Bounds, stretch: float = 1.0) -> datetime:
        """When the next visit is worth its while.

        Args:
            after: The end of the last one.
            bounds: Kept, whatever the rhythm says.
            stretch: More than 1 spaces visits out, so that fewer of them last the day.
        """
        wanted = stretch
        end_at = after + bounds.most
        for slot, start_at, hours in _spans(after, end_at):
            pace = _visits_an_hour(self.rates[slot], bounds)
            if pace * hours >= wanted:
                return max(start_at + _HOUR * (wanted / pace), after + bounds.least)
            wanted -= pace * hours
        return end_at


def learn(
    published: Mapping[datetime, int],
    *,
    kind: SourceKind,
    since: datetime | None,
    until: datetime | None,
) -> Rhythm:
    """The rhythm of a source as its articles tell it.

    An hour of the week is estimated by what it brought, smoothed over its neighbours; what is
    missing is borrowed from the same hour of all days, and there from what is usual for the
    kind. More articles never lower any estimate.

    Args:
        published: New articles by the hour they came in, any moment of it. What lies outside
            of the time that was watched is left out.
        kind: Of the source.
        since: When its watching began; None where it never answered.
        until: When it was last seen to answer, None likewise: a time in which nothing could
            be seen is not one in which nothing was published.
    """
    prior = _usual(kind)
    if since is None or until is None or since >= until:
        return Rhythm(prior)
    since = max(since, until - WINDOW)
    counts = [0.0] * _WEEK_HOURS
    for at, count in published.items():
        if since - _HOUR < at <= until:
            counts[_slot(at)] += count
    looks = [0.0] * _WEEK_HOURS
    for slot, hours in _hours(since, until):
        looks[slot] += hours
    return Rhythm(_estimate(_smoothed(counts), _smoothed(looks), prior))


def _estimate(
    counts: Sequence[float], looks: Sequence[float], prior: Sequence[float]
) -> tuple[float, ...]:
    """Two layers of the gamma-Poisson mean, (seen + believed) / (looks + weight of belief)."""
    rates = [0.0] * _WEEK_HOURS
    for hour in range(_DAY_HOURS):
        slots = range(hour, _WEEK_HOURS, _DAY_HOURS)
        usual = sum(prior[slot] for slot in slots) / 7
        # Looks at hours that usually bring more count for more.
        weights = [prior[slot] / usual for slot in slots]
        looked = sum(looks[slot] * weight for slot, weight in zip(slots, weights, strict=True))
        seen = sum(counts[slot] for slot in slots)
        of_all_days = (seen + _DAYS_OF_PRIOR * usual) / (looked + _DAYS_OF_PRIOR)
        for slot, weight in zip(slots, weights, strict=True):
            believed = _WEEKS_OF_DAY * of_all_days * weight
            rates[slot] = (counts[slot] + believed) / (looks[slot] + _WEEKS_OF_DAY)
    return tuple(rates)


def _smoothed(values: Sequence[float]) -> list[float]:
    """Half of each hour stays, a quarter goes to either neighbour; the week is a ring."""
    return [
        values[slot] / 2 + (values[slot - 1] + values[(slot + 1) % _WEEK_HOURS]) / 4
        for slot in range(_WEEK_HOURS)
    ]


def _usual(kind: SourceKind) -> tuple[float, ...]:
    day, weekend = (
        (_PORTAL_DAY, _PORTAL_WEEKEND) if kind == "portal" else (_PAPER_DAY, _PAPER_WEEKEND)
    )
    return tuple(
        rate * (weekend if weekday in _WEEKEND else 1.0) for weekday in range(7) for rate in day
    )


def _visits_an_hour(rate: float, bounds: Bounds) -> float:
    pace = max(rate, min(rate / ARTICLES_PER_VISIT, _HOUR / FRESH))
    return min(max(pace, _HOUR / bounds.most), _HOUR / bounds.least)


def _slot(at: datetime) -> int:
    local = at.astimezone(VIETNAM)
    return local.weekday() * _DAY_HOURS + local.hour


def _hours(start_at: datetime, end_at: datetime) -> Iterator[tuple[int, float]]:
    return ((slot, hours) for slot, _, hours in _spans(start_at, end_at))


def _spans(start_at: datetime, end_at: datetime) -> Iterator[tuple[int, datetime, float]]:
    """Each hour of the week in a time: its number, its beginning there, how much of it."""
    # Vietnam's clock is whole hours from UTC and never changes.
    at = start_at.astimezone(UTC)
    while at < end_at:
        next_at = min(at.replace(minute=0, second=0, microsecond=0) + _HOUR, end_at)
        yield _slot(at), at, (next_at - at) / _HOUR
        at = next_at
