"""Which days an address, a sitemap file or a link speaks of, and how they lie to those wanted."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from crawler.dating.text import VIETNAM
from crawler.items import DayRange, Walk, Waypoint
from crawler.urls import fill_dates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.feeds import FoundLink, SitemapChild
    from crawler.items import Entry, Source

Side = Literal["before", "within", "after"]
"""How a day lies to a range."""

EDITED_LATER = timedelta(days=3)
"""A sitemap without publication dates gives the last change: most pages change within so many
days after they were published, if at all."""

_ZONES_APART = timedelta(days=1)
"""A file's ``lastmod`` may be in UTC, and may be rounded to the day."""

# Sitemap files of the press: news-2026-9.xml (the month unpadded), sitemap-article-2026-11-05.xml,
# post-sitemap-202611.xml, sitemap.xml?yyyy=2026&mm=11, and 11-2026.xml.
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)"
    r"(?:(?:[-_/.]|&m+=)(?P<month>\d{1,2})(?:(?:[-_/.]|&d+=)(?P<day>\d{1,2}))?"
    r"|(?P<month2>\d\d)(?P<day2>\d\d)?)?(?!\d)"
)
_MONTH_FIRST = re.compile(
    r"(?<!\d)(?:(?P<day>\d{1,2})[-_/.])?(?P<month>\d{1,2})[-_/.](?P<year>(?:19|20)\d\d)(?!\d)"
)
# In an article's address numbers mean anything: only whole folders are read as dates.
_FOLDERS = re.compile(
    r"/(?P<year>(?:19|20)\d\d)(?:/(?P<month>\d{1,2})(?:/(?P<day>\d{1,2}))?"
    r"|(?P<month2>\d\d)(?P<day2>\d\d)?)/"
)


def day_of(at: datetime) -> date:
    """The day an instant falls on in Vietnam."""
    return at.astimezone(VIETNAM).date()


def side_of(day: date, days: DayRange) -> Side:
    """Before the range, within it or after it."""
    if day < days.first:
        return "before"
    return "after" if day > days.last else "within"


def days_of_file(url: str) -> DayRange | None:
    """The year, month or day that a sitemap file is named after; None where it is not."""
    parts = urlsplit(url)
    name = f"{parts.path}?{parts.query}" if parts.query else parts.path
    matches = [*_YEAR_FIRST.finditer(name), *_MONTH_FIRST.finditer(name)]
    ranges = [found for match in matches if (found := _range(match))]
    return min(ranges, key=lambda each: each.count, default=None)


def days_of_article(url: str) -> DayRange | None:
    """The day or month that folders of an article's address name; None where they do not."""
    match = _FOLDERS.search(urlsplit(url).path)
    return _range(match) if match else None


def may_hold(child: SitemapChild, days: DayRange) -> bool:
    """Whether a file of a sitemap index may list pages of these days.

    Its name decides; else its last change, before which all of its pages were published. A
    file that tells neither may hold anything.
    """
    named = days_of_file(child.url)
    if named is not None:
        return named.meets(days)
    return child.modified_at is None or day_of(child.modified_at) + _ZONES_APART >= days.first


def newest_first(children: Iterable[SitemapChild]) -> list[SitemapChild]:
    """Files by the last day they may hold."""

    def last_day(child: SitemapChild) -> tuple[date, datetime]:
        changed_at = child.modified_at or datetime.min.replace(tzinfo=UTC)
        named = days_of_file(child.url)
        day = named.last if named else day_of(changed_at) if child.modified_at else date.min
        return day, changed_at

    return sorted(children, key=last_day, reverse=True)


def side_of_link(link: FoundLink, days: DayRange) -> Side | None:
    """How the publication of a page lies to the range, as far as the link tells.

    Returns:
        None where it tells nothing.
    """
    told = None if link.dated_at is None else day_of(link.dated_at)
    if told is not None and link.dated_by != "lastmod":
        return side_of(told, days)
    named = days_of_article(link.url)
    if named is not None and not named.meets(days):
        return "before" if named.last < days.first else "after"
    if told is None:
        return "within" if named is not None and named.count == 1 else None
    if told > days.last and told <= days.last + EDITED_LATER:
        return "within"
    return side_of(told, days)


def median_day(days: Iterable[date | None]) -> date | None:
    """The middle one of those that are known; None where none is."""
    known = sorted(day for day in days if day is not None)
    return known[len(known) // 2] if known else None


def first_walks(source: Source, days: DayRange) -> tuple[Walk, ...]:
    """The ways into a source's past, none of them begun.

    Sitemaps first: they date their pages. A feed holds the newest only, but costs one
    request. An address with date fields is one document a day or month.
    """
    order = {"sitemap": 0, "feed": 1, "listing": 2}
    entries = (entry for entry in source.entries if entry.kind in order)
    return tuple(
        Walk(entry=entry.url, kind=entry.kind, waiting=_waypoints(entry, days))
        for entry in sorted(entries, key=lambda entry: order[entry.kind])
    )


def reached_before(waiting: Iterable[Waypoint], days: DayRange) -> date | None:
    """The first day that is looked through when only these files are left, newest first.

    Returns:
        None where their names do not tell.
    """
    following = next(iter(waiting), None)
    if following is None:
        return days.first
    named = days_of_file(following.url)
    if named is None or named.last >= days.last:
        return None
    return max(named.last + timedelta(days=1), days.first)


def _waypoints(entry: Entry, days: DayRange) -> tuple[Waypoint, ...]:
    newest_day_first = (days.last - timedelta(days=back) for back in range(days.count))
    urls = dict.fromkeys(fill_dates(entry.url, day=day) for day in newest_day_first)
    return tuple(Waypoint(url=url, kind=entry.kind) for url in urls)


def _range(match: re.Match[str]) -> DayRange | None:
    """The days that numbers name; None where they are no date."""
    groups = match.groupdict()
    year = int(groups["year"])
    month = int(groups["month"] or groups.get("month2") or 0)
    day = int(groups["day"] or groups.get("day2") or 0)
    if month > 12 or (day and not month):
        return None
    first_month, last_month = (month, month) if month else (1, 12)
    last_day = calendar.monthrange(year, last_month)[1]
    if day > last_day:
        return None
    return DayRange(
        first=date(year, first_month, day or 1), last=date(year, last_month, day or last_day)
    )
