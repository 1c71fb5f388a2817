"""The trend of a weekly or monthly edition in the reader's words: rows, a sentence, a chart."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.extractor.gazetteer.provinces import READING_ORDER
from monitor.render.plain import capitalised, name_of, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from monitor.items import Digest, Edition, Trend
    from monitor.wording import Wording

_MOST_PROVINCES = 12
"""Named one by one; the others are one row."""

_RECENT_WEEKS: dict[Edition, int] = {"weekly": 1, "monthly": 4}
_WEEK = timedelta(days=7)
_NAME_UNITS = 17
"""Room for a name in the picture; the longest province has 14 letters."""


@dataclass(frozen=True, kw_only=True)
class Course:
    """Counts of one kind, week by week."""

    values: tuple[float, ...]
    recent: str
    """Of the latest weeks, in the reader's form."""
    total: str
    """Of all weeks."""


@dataclass(frozen=True, kw_only=True)
class TrendLine:
    """One province, or several together."""

    name: str
    stories: Course
    admitted: Course
    is_sum: bool = False
    """Whether it adds up several provinces, which makes its bars higher than theirs."""


@dataclass(frozen=True, kw_only=True)
class TrendView:
    """A trend, in words."""

    title: str
    span: str
    """Which weeks it shows."""
    sentence: str
    """Says the same as the picture; stands for it where it is not shown."""
    weeks: tuple[str, ...]
    """Their Mondays in short, the oldest first."""
    recent: str
    """What the latest weeks are called, those that the picture shows dark."""
    total: str
    """What all weeks are called."""
    lines: tuple[TrendLine, ...]
    """All together, where there are several; then by province."""
    notes: tuple[str, ...]
    """What the counts are worth."""
    recent_weeks: int
    unwatched_weeks: int
    """How many of the first ended before the watch began."""
    content_id: str = ""
    """Of the picture, where there is one."""


@dataclass(frozen=True)
class _Sums:
    """What one line adds up, by week."""

    name: str
    stories: tuple[float, ...]
    admitted: tuple[float, ...]
    is_sum: bool = False


def trend_view(digest: Digest, *, wording: Wording) -> TrendView | None:
    """The trend of a digest; None where it has none, or where nothing was told in any week."""
    trend = digest.trend
    if trend is None or not trend.rows:
        return None
    recent = _RECENT_WEEKS.get(digest.edition, 1)
    provinces = _provinces(trend, wording)
    everything = _together(wording.say("trend.all"), provinces)
    sums = [everything, *_busiest(provinces, wording)] if len(provinces) > 1 else provinces
    return TrendView(
        title=wording.say("trend.heading"),
        span=_span(trend, wording),
        sentence=_sentence(trend, everything, provinces, wording),
        weeks=tuple(wording.day_and_month(week) for week in trend.weeks),
        recent=wording.say(f"trend.recent.{digest.edition}"),
        total=wording.say("trend.weeks", count=len(trend.weeks)),
        lines=tuple(_line(one, recent, wording) for one in sums),
        notes=tuple(_notes(trend, wording)),
        recent_weeks=recent,
        unwatched_weeks=_unwatched(trend),
    )


def chart_of(digest: Digest, *, wording: Wording) -> dict[str, object] | None:
    """What ``monitor.drawing`` draws of a digest, all words in the reader's language.

    Returns:
        Plain data for JSON; the same for the same digest. None where there is nothing to draw.
    """
    view = trend_view(digest, wording=wording)
    if view is None:
        return None
    return {
        "title": view.title,
        "span": view.span,
        "legend": wording.say("trend.legend", recent=view.recent),
        "total": wording.say("trend.sum"),
        "stories": wording.say("trend.stories"),
        "admitted": wording.say("trend.admitted"),
        "weeks": view.weeks,
        "recent_weeks": view.recent_weeks,
        "unwatched_weeks": view.unwatched_weeks,
        "rows": _bars(view),
    }


def _bars(view: TrendView) -> list[dict[str, object]]:
    """Heights as shares of the highest of all provinces; a sum has a scale of its own."""
    single = [line for line in view.lines if not line.is_sum]
    rows = []
    for number, line in enumerate(view.lines):
        peers = [line] if line.is_sum else single
        rows.append(
            {
                "name": shorten(line.name, _NAME_UNITS),
                "is_bold": number == 0 and line.is_sum,
                "stories": _heights(line.stories, [one.stories for one in peers]),
                "admitted": _heights(line.admitted, [one.admitted for one in peers]),
            }
        )
    return rows


def _heights(course: Course, peers: Iterable[Course]) -> dict[str, object]:
    highest = max(max(one.values) for one in peers) or 1
    heights = [round(value / highest, 4) for value in course.values]
    return {"heights": heights, "total": course.total}


def with_picture(view: TrendView, content_id: str) -> TrendView:
    """The same beside its picture."""
    return replace(view, content_id=content_id)


def _provinces(trend: Trend, wording: Wording) -> list[_Sums]:
    """From north to south, the unknown one last."""
    stories: defaultdict[str | None, dict[date, float]] = defaultdict(dict)
    admitted: defaultdict[str | None, dict[date, float]] = defaultdict(dict)
    for row in trend.rows:
        stories[row.province][row.week] = row.stories
        admitted[row.province][row.week] = row.admitted
    return [
        _Sums(
            name_of(province) if province else wording.say("trend.nowhere"),
            tuple(stories[province].get(week, 0) for week in trend.weeks),
            tuple(admitted[province].get(week, 0) for week in trend.weeks),
        )
        for province in sorted(stories, key=_reading_rank)
    ]


def _reading_rank(province: str | None) -> tuple[bool, int, str]:
    known = province in READING_ORDER
    rank = READING_ORDER.index(province) if province and known else len(READING_ORDER)
    return province is None, rank, province or ""


def _busiest(provinces: Sequence[_Sums], wording: Wording) -> list[_Sums]:
    """Those with the most stories, in the order given, and the others as one."""
    if len(provinces) <= _MOST_PROVINCES + 1:
        return list(provinces)
    by_merit = sorted(provinces, key=lambda one: (sum(one.stories), sum(one.admitted)))
    others = by_merit[:-_MOST_PROVINCES]
    name = wording.say("trend.others", count=len(others))
    return [*(one for one in provinces if one not in others), _together(name, others)]


def _together(name: str, many: Iterable[_Sums]) -> _Sums:
    whole = list(many)
    return _Sums(
        name,
        tuple(map(sum, zip(*(one.stories for one in whole), strict=True))),
        tuple(map(sum, zip(*(one.admitted for one in whole), strict=True))),
        is_sum=True,
    )


def _line(sums: _Sums, recent: int, wording: Wording) -> TrendLine:
    return TrendLine(
        name=sums.name,
        stories=_course(sums.stories, recent, wording),
        admitted=_course(sums.admitted, recent, wording),
        is_sum=sums.is_sum,
    )


def _course(values: tuple[float, ...], recent: int, wording: Wording) -> Course:
    return Course(
        values=values,
        recent=wording.number(sum(values[-recent:])),
        total=wording.number(sum(values)),
    )


def _span(trend: Trend, wording: Wording) -> str:
    return wording.say(
        "trend.span",
        weeks=wording.say("trend.weeks", count=len(trend.weeks)),
        first=wording.day(trend.weeks[0]),
        last=wording.day(_last_day(trend)),
    )


def _last_day(trend: Trend) -> date:
    sunday = trend.weeks[-1] + _WEEK - timedelta(days=1)
    return min(trend.last_day or sunday, sunday)


def _sentence(trend: Trend, everything: _Sums, provinces: Sequence[_Sums], wording: Wording) -> str:
    parts = [
        wording.say("summary.stories", count=int(sum(everything.stories))),
        wording.say("trend.members", number=wording.number(sum(everything.admitted))),
    ]
    most_stories = max(provinces, key=lambda one: sum(one.stories))
    most_admitted = max(provinces, key=lambda one: sum(one.admitted))
    if len(provinces) > 1:
        parts.append(_most("trend.most_stories", most_stories.name, most_stories.stories, wording))
        if sum(most_admitted.admitted):
            told = most_admitted.admitted
            parts.append(_most("trend.most_admitted", most_admitted.name, told, wording))
    return f"{capitalised(_span(trend, wording))}: {', '.join(parts)}."


def _most(key: str, name: str, values: Sequence[float], wording: Wording) -> str:
    return wording.say(key, province=name, number=wording.number(sum(values)))


def _notes(trend: Trend, wording: Wording) -> Iterable[str]:
    yield wording.say("trend.counted")
    if _last_day(trend) < trend.weeks[-1] + _WEEK - timedelta(days=1):
        first, last = wording.day(trend.weeks[-1]), wording.day(_last_day(trend))
        yield wording.say("trend.unfinished", first=first, last=last)
    if trend.watched_since is not None and trend.watched_since > trend.weeks[0]:
        yield wording.say("trend.watched_since", day=wording.day(trend.watched_since))


def _unwatched(trend: Trend) -> int:
    since = trend.watched_since
    return sum(since is not None and week + _WEEK <= since for week in trend.weeks)
