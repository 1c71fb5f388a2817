"""Tells which sources are unusually silent, against their own rhythm and Vietnam's calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from crawler.dating.text import VIETNAM
from monitor.days_off import days_off, is_of_tet
from monitor.items import Silence
from monitor.rhythm import learn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crawler.items import SourceKind
    from monitor.items import Checked

ENOUGH = 8.0
"""Articles that a source would have published by its rhythm. They come in bunches: a portal's
webmaster posts a week's news in one afternoon, so one or two missed ones mean nothing."""

LEAST_SILENCE = timedelta(days=1)
"""A busy paper's feed that stands still for less is one that is being mended."""

_OFF = {"paper": 0.35, "aggregator": 0.35, "portal": 0.0}
"""Of a day's usual articles, what a public holiday brings."""
_SLOW = {"paper": 0.6, "aggregator": 0.6, "portal": 0.2}
"""And a day before or after Tết, when offices are half empty."""

_DAYS_BEFORE_TET, _DAYS_AFTER_TET = 4, 5
"""Slow days around the holidays of the lunar new year."""


def silence(
    name: str,
    published: Mapping[datetime, int],
    *,
    kind: SourceKind,
    since: datetime,
    answered_at: datetime,
) -> Silence | None:
    """Whether a source that answers has nothing new for longer than it ever would.

    Its rhythm is taken from the time before the silence, which would otherwise teach that
    silence is usual.

    Args:
        name: Of the source, for readers.
        published: New articles by the hour they came in, any moment of it.
        kind: Of the source: offices close on holidays, newsrooms do not.
        since: When it first answered.
        answered_at: When it last answered; nothing is known of the time after.
    """
    before = [at for at in published if at <= answered_at]
    if not before:
        return None  # it never published: nothing to be silent against
    last_at = max(before)
    if answered_at - last_at < LEAST_SILENCE:
        return None
    rhythm = learn(published, kind=kind, since=min(since, last_at), until=last_at)
    expected = sum(
        rhythm.expected(start, end) * _part_of_usual(day, kind)
        for day, start, end in _days(last_at, answered_at)
    )
    if expected < ENOUGH:
        return None
    return Silence(source=name, since=last_at, expected=round(expected))


def with_recovered(before: Checked | None, after: Checked) -> Checked:
    """What was checked, with the sources that are in trouble or silent no more.

    Args:
        before: Of the last digest; None before the first.
        after: Of this one.
    """
    if before is None:
        return after
    still = set(_unwell(after))
    well = dict.fromkeys(name for name in _unwell(before) if name not in still)
    return replace(after, recovered=tuple(well))


def _unwell(checked: Checked) -> Iterator[str]:
    yield from (trouble.source for trouble in checked.troubles)
    yield from (silent.source for silent in checked.silent)


def _part_of_usual(day: date, kind: SourceKind) -> float:
    if day in days_off():
        return _OFF[kind]
    around = (
        day + timedelta(days=offset) for offset in range(-_DAYS_AFTER_TET, _DAYS_BEFORE_TET + 1)
    )
    is_near_tet = any(is_of_tet(near) for near in around)
    return _SLOW[kind] if is_near_tet else 1.0


def _days(start_at: datetime, end_at: datetime) -> Iterator[tuple[date, datetime, datetime]]:
    """Each day of Vietnam in a time, with its part of it."""
    at = start_at.astimezone(VIETNAM)
    while at < end_at:
        midnight = datetime.combine(at.date() + timedelta(days=1), datetime.min.time(), VIETNAM)
        next_at = min(midnight, end_at.astimezone(VIETNAM))
        yield at.date(), at, next_at
        at = next_at
