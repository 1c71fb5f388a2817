"""When a page was published: every date it offers, weighed by where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING

import htmldate

from crawler.dating.facts import (
    DateFact,
    StatedDates,
    address_day,
    address_month,
)
from crawler.dating.overwritten import (
    day_of,
    shown_before,
    without_day_of_change,
    without_day_of_visit,
)
from crawler.dating.shown import ShownDates
from crawler.dating.text import VIETNAM, dates_in, names_weekday, parse_vietnamese_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml.html import HtmlElement

__all__ = ["FoundDate", "find_date", "parse_vietnamese_date"]

# Vietnam has been online since 19 November 1997.
_EARLIEST = datetime(1997, 11, 19, tzinfo=UTC)
_AHEAD = timedelta(days=1)
# A visible time this close to the visit is the page's clock, unless the family's own date
# node holds it.
_CLOCK = timedelta(minutes=2)
_VIETNAM_OFFSET = timedelta(hours=7)
# The sample in Google's documentation of NewsArticle, copied as it is by some sites.
_SAMPLE = datetime(2015, 2, 5, 0, 0, tzinfo=UTC)
_MONTHS_OFF = 2
"""A visible date so far from the month in the address is another page's."""

_STATED = ("json-ld", "meta", "script", "hidden", "microdata")


@dataclass(frozen=True)
class FoundDate:
    """A publication date and how it was come by."""

    at: datetime
    """Aware UTC; local midnight where only the day is known."""
    rule: str
    """json-ld, meta, script, hidden, microdata: stated for machines; node: in the family's own
    place; visible: a line near the title; address; modified: only the last change is stated;
    htmldate. From plain text: text. From the entry that led to the page: feed, sitemap,
    listing."""
    raw: str
    """The string as the page prints it."""
    has_time: bool


def find_date(
    tree: HtmlElement,
    *,
    url: str,
    fetched_at: datetime,
    selectors: Iterable[str] = (),
    title: str | None = None,
) -> FoundDate | None:
    """The publication date of a page.

    What machines are told with a time zone wins, unless it is no more than the moment of the
    last saving and the page shows an earlier date beside its title. Else the day is that of
    the family's date node, of what machines are told, of a line near the title or of the
    address, in this order, and where it comes without a time any of them may give the time of
    that day. A date that calls itself an update counts only where there is no other. Clocks,
    dates more than a day ahead of the visit and dates before the Vietnamese web are passed
    over.

    Args:
        tree: The whole page; it is left as it is.
        url: Its address; some carry the day.
        fetched_at: Time of the visit, aware.
        selectors: CSS of the family's own date nodes.
        title: The page's title, below which dates are looked for.
    """
    shown = ShownDates(tree, title, tuple(selectors))
    scales = _Scales(fetched_at, address_month(url))
    said = StatedDates(tree, url, shown.heading)
    best = _most_trusted(said, shown, scales)
    if best is None:
        return _last_resort(shown, scales)
    is_instant = best.rule in _STATED and best.printed.has_time
    if is_instant and said.names_change_at(best.printed.at):
        told = scales.plausible(chain(shown.of_family(), shown.beside_title()))
        best = shown_before(best, told) or best
    return _found(best)


def _most_trusted(said: StatedDates, shown: ShownDates, scales: _Scales) -> DateFact | None:
    """The date to believe of all that the page states and shows."""
    stated: list[DateFact] = []
    for fact in filter(scales.is_plausible, said.of_publication()):
        if _is_sure(fact) and fact.printed.offset == _VIETNAM_OFFSET:
            return fact
        stated.append(fact)
    sure = next(filter(_is_sure, stated), None)
    faces: list[DateFact] = []
    for fact in filter(scales.is_plausible, shown.of_family()):
        if (
            sure is None
            and _is_whole(fact)
            and all(day_of(other) == day_of(fact) for other in faces)
        ):
            return fact
        faces.append(fact)
    near = shown.near_title()
    near = near if shown.has_heading else _no_clocks(near, scales.fetched_at)
    told = scales.plausible(near)
    faces += chain(scales.plausible(shown.of_markup()), told)
    stated = without_day_of_visit(stated, told, shown, fetched_at=scales.fetched_at)
    stated = without_day_of_change(stated, told)
    if sure is not None:
        return _with_true_zone(sure, faces)
    facts = sorted([*faces, *stated], key=_trust)
    if not facts or not _is_whole(facts[0]):
        facts += scales.plausible(_elsewhere(said, shown, scales.fetched_at))
    facts = facts or scales.plausible(_no_clocks(shown.anywhere(), scales.fetched_at))
    return _with_time(facts) if facts else None


@dataclass(frozen=True)
class _Scales:
    """What a date is held against."""

    fetched_at: datetime
    month: tuple[int, int] | None
    """Under which the address files the page."""

    def plausible(self, facts: Iterable[DateFact]) -> list[DateFact]:
        return [fact for fact in facts if self.is_plausible(fact)]

    def is_plausible(self, fact: DateFact) -> bool:
        at = fact.printed.at
        if not _EARLIEST <= at <= self.fetched_at + _AHEAD or at == _SAMPLE:
            return False
        if fact.rule not in ("visible", "htmldate"):
            return True
        is_clock = fact.printed.has_time and abs(self.fetched_at - at) <= _CLOCK
        return not is_clock and not self._is_misfiled(at)

    def _is_misfiled(self, at: datetime) -> bool:
        if self.month is None:
            return False
        local = at.astimezone(VIETNAM)
        year, month = self.month
        return abs((local.year - year) * 12 + local.month - month) >= _MONTHS_OFF


def _elsewhere(said: StatedDates, shown: ShownDates, fetched_at: datetime) -> Iterator[DateFact]:
    """What is left to ask, best first."""
    yield from sorted(shown.further_down(), key=lambda fact: fact.printed.is_update)
    yield from _no_clocks(shown.above_title(), fetched_at)
    yield from address_day(said.url)
    yield from said.of_changes()


def _no_clocks(facts: Iterable[DateFact], fetched_at: datetime) -> Iterator[DateFact]:
    """Dates from where clocks stand too, which show a weekday and today's date."""
    today = fetched_at.astimezone(VIETNAM).date()
    for fact in facts:
        if not (names_weekday(fact.raw) and day_of(fact) == today):
            yield fact


def _is_sure(fact: DateFact) -> bool:
    return fact.printed.offset is not None and fact.printed.has_time


def _is_whole(fact: DateFact) -> bool:
    return fact.printed.has_time and not fact.printed.is_update


def _trust(fact: DateFact) -> tuple[bool, int]:
    """Updates last; then by who says it. The order of the page decides among equals."""
    ranks = {"node": 0, "visible": 2}
    return fact.printed.is_update, ranks.get(fact.rule, 1)


def _with_true_zone(sure: DateFact, faces: Iterable[DateFact]) -> DateFact:
    """The visible date where it shows that a local time was labelled as UTC."""
    return _first(faces, lambda face: _hours_behind(face, sure) == _VIETNAM_OFFSET) or sure


def _with_time(facts: list[DateFact]) -> DateFact:
    """The most trusted date, or a witness that knows its time better."""
    best = facts[0]
    others = [fact for fact in facts[1:] if fact.printed.has_time and not fact.printed.is_update]
    if best.printed.has_time:
        is_stated = best.rule in _STATED
        # A time without zone that is 7 hours behind the visible one is UTC.
        late = _first(others, lambda other: _hours_behind(best, other) == _VIETNAM_OFFSET)
        return late if late is not None and is_stated and late.rule == "visible" else best
    same_day = _first(others, lambda other: day_of(other) == day_of(best))
    if same_day is None and best.rule in _STATED:
        # A day cut from a UTC instant is yesterday's until seven in the morning.
        day_after = timedelta(days=1)
        same_day = _first(
            others,
            lambda other: (
                timedelta() <= other.printed.at - best.printed.at - day_after < _VIETNAM_OFFSET
            ),
        )
    return same_day or best


def _first(facts: Iterable[DateFact], is_it: Callable[[DateFact], bool]) -> DateFact | None:
    return next(filter(is_it, facts), None)


def _hours_behind(fact: DateFact, other: DateFact) -> timedelta:
    """By how much the other is later, to the minute."""
    one, two = (each.printed.at.replace(second=0, microsecond=0) for each in (fact, other))
    return two - one


def _found(fact: DateFact) -> FoundDate:
    return FoundDate(fact.printed.at, fact.rule, fact.raw, fact.printed.has_time)


def _last_resort(shown: ShownDates, scales: _Scales) -> FoundDate | None:
    """What htmldate makes of the page; today's date is what its clocks show."""
    today = scales.fetched_at.astimezone(VIETNAM).date()
    raw = htmldate.find_date(
        shown.without_asides(),
        extensive_search=False,
        original_date=True,
        min_date=_EARLIEST,
        max_date=datetime.combine(today, datetime.min.time()),
    )
    dates = dates_in(raw) if isinstance(raw, str) else []
    facts = scales.plausible(DateFact("htmldate", str(raw), printed) for printed in dates)
    return next((_found(fact) for fact in facts if day_of(fact) != today), None)
