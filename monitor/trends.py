"""Stories and admissions by province and week, counted so that nothing is counted twice.

A story counts once, in the week it was first printed, however many papers print it. Of
admissions only counts stand in the papers, and they overlap: the same count in several
stories, a year and its half, a province and its communes. What is added up is therefore
less than what was told, never more:

- An organisation's count for a period is told once: the largest, in the week it came first.
- A count within a longer period of the same organisation, or of a unit within a wider unit
  whose period covers it, is a part and left out.
- Of organisations that name no unit (schools, cells, companies) one story gives the largest,
  and none where it gives a unit's count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.extractor.gazetteer.table import table
from monitor.items import Trend, TrendRow
from monitor.progress import Told, identity_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo


_Cell = tuple[str | None, "date"]
"""A province and a week's Monday."""


@dataclass(frozen=True, kw_only=True)
class ToldStory:
    """An article of the topic."""

    group_id: int
    """Articles with the same one are copies of one story."""
    province: str | None
    told_at: datetime
    """When it was published; undated: found."""


@dataclass(frozen=True)
class _Count:
    """What was told of one organisation for one period, copies and repetitions as one."""

    largest: Told
    first_at: datetime


def trend_of(
    stories: Iterable[ToldStory],
    told: Iterable[Told],
    *,
    weeks: Sequence[date],
    zone: ZoneInfo,
    provinces: Sequence[str] = (),
    last_day: date | None = None,
    watched_since: date | None = None,
) -> Trend:
    """Count stories and admissions by province and week.

    Args:
        stories: Articles of the topic, in any order.
        told: Figures of such articles, in any order; other metrics than admissions are passed
            over.
        weeks: Mondays, the oldest first; what was told in other weeks is passed over.
        zone: Where weeks begin.
        provinces: Reading order.
        last_day: What was told after it is not among what is given.
        watched_since: When the watch began.
    """
    admitted = [one for one in told if one.figure.metric == "admitted"]
    printed = _story_counts(stories, zone)
    counted = _admissions(admitted, zone)
    ranks = {province: rank for rank, province in enumerate(provinces)}
    cells = [cell for cell in {*printed, *counted} if cell[1] in weeks]
    rows = (
        TrendRow(
            province=province,
            week=week,
            stories=printed[province, week],
            admitted=counted[province, week],
        )
        for province, week in sorted(cells, key=lambda cell: _order(cell, ranks))
    )
    return Trend(
        weeks=tuple(weeks), rows=tuple(rows), last_day=last_day, watched_since=watched_since
    )


def _order(cell: _Cell, ranks: dict[str, int]) -> tuple[date, bool, int, str]:
    province, week = cell
    return week, province is None, ranks.get(province or "", len(ranks)), province or ""


def _story_counts(stories: Iterable[ToldStory], zone: ZoneInfo) -> Counter[_Cell]:
    first: dict[int, ToldStory] = {}
    for story in sorted(stories, key=lambda one: one.told_at):
        first.setdefault(story.group_id, story)
    return Counter((story.province, _week(story.told_at, zone)) for story in first.values())


def _admissions(told: Sequence[Told], zone: ZoneInfo) -> defaultdict[_Cell, float]:
    by_province: defaultdict[str | None, list[_Count]] = defaultdict(list)
    for count in _counts(told):
        by_province[count.largest.province].append(count)
    sums: defaultdict[_Cell, float] = defaultdict(float)
    for province, counts in by_province.items():
        for one in counts:
            if not any(_is_part(one.largest, other.largest) for other in counts):
                sums[province, _week(one.first_at, zone)] += one.largest.figure.value
    return sums


def _counts(told: Sequence[Told]) -> Iterator[_Count]:
    same_count: defaultdict[Hashable, list[Told]] = defaultdict(list)
    for one in _told_by_organisations(told):
        same_count[_identity(one), one.figure.period_from, one.figure.period_to].append(one)
    for same in same_count.values():
        yield _Count(max(same, key=_size), min(one.told_at for one in same))


def _told_by_organisations(told: Sequence[Told]) -> Iterator[Told]:
    """Without those that may be parts of what their story tells of a unit or another."""
    by_story: defaultdict[int, list[Told]] = defaultdict(list)
    for one in told:
        by_story[one.group_id].append(one)
    for same in by_story.values():
        of_units = [one for one in same if one.figure.place_code]
        yield from of_units or [max(same, key=_size)]


def _identity(told: Told) -> Hashable:
    return told.figure.place_code or identity_of(told)


def _is_part(one: Told, other: Told) -> bool:
    """Whether the other count holds this one; of two that hold each other the smaller is held.

    Units of before and after a merger may do so.
    """
    if one is other or not _holds(other, one):
        return False
    return not _holds(one, other) or _size(one) < _size(other)


def _holds(whole: Told, part: Told) -> bool:
    """Whether a count is of at least the other's unit, and of at least its period."""
    if not _covers(whole, part):
        return False
    if _identity(whole) == _identity(part):
        return True
    units = table().units
    wide = units.get(whole.figure.place_code or "")
    narrow = units.get(part.figure.place_code or "")
    return wide is not None and narrow is not None and table().is_in(narrow, wide)


def _size(told: Told) -> tuple[float, int, int]:
    return told.figure.value, told.article_id, told.figure.start


def _covers(long: Told, short: Told) -> bool:
    """Whether a period holds another; one without days holds none and lies in none."""
    start, end = long.figure.period_from, long.figure.period_to
    first, last = short.figure.period_from, short.figure.period_to
    if start is None or end is None or first is None or last is None:
        return False
    return start <= first and last <= end


def _week(at: datetime, zone: ZoneInfo) -> date:
    day = at.astimezone(zone).date()
    return day - timedelta(days=day.weekday())
