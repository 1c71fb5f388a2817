"""Decides which ways to a source's new pages are asked in a visit, and whether any were missed.

The ways of a source complement each other. Those of its cheapest kind are asked at every visit.
A dearer one is asked in three cases: in its turn, since a cheap way often lists a part of the
site only; where a cheaper one gives nothing, or nothing new for too long; and where a cheaper
one does not reach back to what was known, so that pages may have come and gone in between.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from crawler.items import Entry, EntryKind, EntryPast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from crawler.feeds import FoundLink
    from crawler.items import AskedBecause, EntryVisit, Gap

KINDS: tuple[EntryKind, ...] = ("feed", "sitemap", "json", "listing")
"""The cheapest first: a feed is small and dated; a page's markup is large and tells least."""

FIRST_TURN = timedelta(hours=6)
SHORTEST_TURN = timedelta(minutes=10)
LONGEST_TURN = timedelta(days=1)
"""A dearer way is asked at least daily; one whose turns bring pages soon at every visit."""
_TURN_GROWS, _TURN_SHRINKS = 2, 4

LATE = timedelta(hours=2)
"""A page may come into a list so long after the time it bears: editors save and publish, and
caches keep yesterday's list."""

_LONGEST_REST = timedelta(days=1)
_GAP_PATIENCE = timedelta(days=2)
"""Then a gap is given up: no way will reach over it any more."""

_LEAST_SILENCE, _MOST_SILENCE = timedelta(hours=12), timedelta(days=7)
_FEWEST_DATES = 10
_TAIL = 3
_SKEW = timedelta(minutes=10)
_MISLABELLED = timedelta(hours=7)
_NEVER = EntryPast()
_GRAVEST_FIRST: tuple[AskedBecause, ...] = ("gap", "failed", "empty", "stale")


def levels(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Entries by kind, the cheapest kind first, in their own order within it."""
    listed = list(entries)
    groups = ([entry for entry in listed if entry.kind == kind] for kind in KINDS)
    return [group for group in groups if group]


def due_in(
    level: Iterable[Entry],
    *,
    because: AskedBecause | None,
    past: Mapping[str, EntryPast],
    now: datetime,
) -> list[tuple[Entry, AskedBecause]]:
    """Entries of one level that are asked now, with the reason.

    Args:
        level: Entries of one kind.
        because: ``main`` for the first level, else what is wrong with those before; None
            where nothing is.
        past: Of all the source's entries.
        now: The visit's beginning.
    """
    may_rest = any(one.failing_since_at is None for one in past.values())
    asked: list[tuple[Entry, AskedBecause]] = []
    for entry in level:
        before = past.get(entry.url, _NEVER)
        if may_rest and is_resting(before, now=now):
            continue
        if because is not None:
            asked.append((entry, because))
        elif is_its_turn(before, now=now):
            asked.append((entry, "turn"))
    return asked


def is_resting(past: EntryPast, *, now: datetime) -> bool:
    """Whether a failing entry is left alone while others of the source answer.

    The pause is as long as it has been failing, a day at most: a dead feed is asked daily.
    """
    if past.failing_since_at is None or past.asked_at is None:
        return False
    return now < past.asked_at + min(past.asked_at - past.failing_since_at, _LONGEST_REST)


def is_its_turn(past: EntryPast, *, now: datetime) -> bool:
    """Whether an entry is asked though all cheaper ways are well."""
    if past.asked_at is None or past.answered_at is None:
        return True
    return now >= past.answered_at + (past.turn or FIRST_TURN)


def turn_after(past: EntryPast, *, brought_pages: bool) -> timedelta:
    """How long the next turn of an entry is put off.

    Args:
        past: What was known before it answered.
        brought_pages: Whether it led to pages that no cheaper way had shown.
    """
    turn = past.turn or FIRST_TURN
    if brought_pages:
        return max(turn / _TURN_SHRINKS, SHORTEST_TURN)
    return min(turn * _TURN_GROWS, LONGEST_TURN)


def trouble_after(
    before: AskedBecause | None,
    visits: Sequence[EntryVisit],
    *,
    level: Sequence[Entry],
    past: Mapping[str, EntryPast],
    is_gap_closed: bool,
    silence: timedelta | None,
    now: datetime,
) -> AskedBecause | None:
    """Why the level after this one has to be asked; None where it need not be.

    Args:
        before: What was wrong with the levels before.
        visits: How this level's entries answered; not more than were due.
        level: All of its entries.
        past: Of all the source's entries.
        is_gap_closed: Whether this level reached over the gap, where there is one.
        silence: How long the source may publish nothing.
        now: The visit's beginning.
    """
    if not visits and not any(is_resting(past.get(one.url, _NEVER), now=now) for one in level):
        return before  # nothing was asked, so nothing is better
    own = set(_troubles(visits, level, past, now))
    if _is_stale(visits, level, past, silence=silence, now=now):
        own.add("stale")
    if not own and before != "gap":
        return None
    if before == "gap" and not is_gap_closed:
        own.add("gap")
    if is_gap_closed:
        own.discard("gap")
    return next((trouble for trouble in _GRAVEST_FIRST if trouble in own), None)


def _troubles(
    visits: Sequence[EntryVisit],
    level: Sequence[Entry],
    past: Mapping[str, EntryPast],
    now: datetime,
) -> Iterable[AskedBecause]:
    told = {visit.url for visit in visits}
    resting = (past.get(entry.url, _NEVER) for entry in level if entry.url not in told)
    if any(is_resting(one, now=now) for one in resting):
        yield "failed"
    for visit in visits:
        if visit.failure == "stopped":
            continue  # it was not asked: the others shall not be either
        if visit.outcome == "failed":
            yield "failed"
        elif visit.outcome == "read" and not visit.links:
            yield "empty"
        elif visit.reaches_back is False:
            yield "gap"


def _is_stale(
    visits: Sequence[EntryVisit],
    level: Sequence[Entry],
    past: Mapping[str, EntryPast],
    *,
    silence: timedelta | None,
    now: datetime,
) -> bool:
    """Whether the level's newest date is older than the source's rhythm or another way allows."""
    urls = {entry.url for entry in level}
    remembered = (past[url].newest_at for url in urls if url in past)
    own = [at for at in (*(visit.newest_at for visit in visits), *remembered) if at]
    if not own:
        return False
    elsewhere = (one.newest_at for url, one in past.items() if url not in urls and one.newest_at)
    latest = max((at for at in elsewhere if at <= now + _SKEW), default=max(own))
    return latest > max(own) + LATE or now - max(own) > (silence or _MOST_SILENCE)


def usual_silence(published: Iterable[datetime]) -> timedelta | None:
    """How long a source may publish nothing before its silence is suspicious.

    Twice the longest pause between its latest pages, which holds its nights and weekends; from
    twelve hours to a week. None for fewer than ten dates.
    """
    ordered = sorted(published)
    if len(ordered) < _FEWEST_DATES:
        return None
    longest = max(later - earlier for earlier, later in pairwise(ordered))
    return min(max(2 * longest, _LEAST_SILENCE), _MOST_SILENCE)


def newest_date(links: Iterable[FoundLink], *, now: datetime) -> datetime | None:
    """The newest publication that links tell of; changes do not count, nor does the future."""
    told = list(links)
    shift = clock_fault(told, now=now)
    dates = (one.dated_at - shift for one in told if one.dated_at and one.dated_by != "lastmod")
    return max((at for at in dates if at <= now + _SKEW), default=None)


def clock_fault(links: Iterable[FoundLink], *, now: datetime) -> timedelta:
    """How late a list's dates are: seven hours where it labels Vietnam's time as GMT.

    Such a list gives itself away while its newest page is less than seven hours old.
    """
    dates = (one.dated_at for one in links if one.dated_at and one.dated_by != "lastmod")
    ahead = any(_SKEW < at - now <= _MISLABELLED + _SKEW for at in dates)
    return _MISLABELLED if ahead else timedelta()


def meets(
    columns: Iterable[Sequence[FoundLink]],
    *,
    was_known: Callable[[FoundLink], bool],
    since_at: datetime,
    now: datetime,
) -> bool:
    """Whether lists reach back to what was known at a moment.

    A list is read from its newest link down. It reaches back where one of its last three was
    known then, or all of them bear a date from well before: a known link above, pinned or
    brought up again, says nothing of what fell out below.

    Args:
        columns: The lists of a document, each from the newest link on (or to it).
        was_known: Whether a link was known at that moment.
        since_at: The moment.
        now: For dates that cannot be.
    """
    told = list(columns)
    return bool(told) and all(_meets(list(one), was_known, since_at, now) for one in told)


def overlaps(
    links: Iterable[FoundLink], *, was_known: Callable[[FoundLink], bool], since_at: datetime
) -> bool:
    """As ``meets``, for a sitemap: it has no order and drops nothing before its time."""
    return any(
        (one.dated_at is not None and one.dated_at < since_at - LATE) or was_known(one)
        for one in links
    )


def _meets(
    column: list[FoundLink],
    was_known: Callable[[FoundLink], bool],
    since_at: datetime,
    now: datetime,
) -> bool:
    if not column:
        return False
    if _ascends(column):
        column.reverse()
    tail = column[-_TAIL:]
    if any(map(was_known, tail)):
        return True
    shift = clock_fault(column, now=now)
    return all(one.dated_at and one.dated_at - shift < since_at - LATE for one in tail)


def _ascends(column: Sequence[FoundLink]) -> bool:
    """Whether a list begins with its oldest link: each dated one is not before the last."""
    dates = [one.dated_at for one in column if one.dated_at]
    rises = all(earlier <= later for earlier, later in pairwise(dates))
    return len(dates) > 1 and rises and dates[0] < dates[-1]


def is_gap_due(gap: Gap | None, *, now: datetime) -> bool:
    """Whether a visit tries to close a gap that an earlier one left open.

    Where listings can be walked on it does each time, else at growing distance: what every way
    was short of a quarter of an hour ago it is most likely short of still.
    """
    if gap is None or not gap.is_open or now - gap.found_at > _GAP_PATIENCE:
        return False
    return bool(gap.resume) or now - gap.tried_at >= gap.tried_at - gap.found_at


def is_told(gap: Gap, *, now: datetime) -> bool:
    """Whether a gap that stays open is still worth telling."""
    return gap.is_open and now - gap.found_at <= _GAP_PATIENCE
