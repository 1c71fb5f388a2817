"""Chooses the files of a sitemap index that hold what is new."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.dating.text import VIETNAM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.feeds import SitemapChild

_FEWEST = 2
_SPARE = 5
"""Files beside one a day: sections, pages, a news sitemap."""
_MOST = 40

# sitemap-2026-1.xml, sitemap-post/2026-11-20.xml, news_202611.xml, /2026/11/20/sitemap.xml
_PERIOD = re.compile(
    r"(?<!\d)(?P<year>20\d\d)(?:[-_./](?P<month>1[0-2]|0?[1-9])(?:[-_./](?P<day>3[01]|[12]\d|0?[1-9]))?"
    r"|(?P<months>0[1-9]|1[0-2])(?P<days>0[1-9]|[12]\d|3[01])?)(?!\d)"
)


def files_to_read(
    children: Sequence[SitemapChild], *, recent_from: datetime, now: datetime
) -> list[SitemapChild]:
    """The files of an index that are read, newest first.

    Those whose name says a month or day that reaches into the recent time, whatever their
    ``lastmod`` says: some indexes stamp every file with the present moment, others with the
    day the file was made. Of the rest, those that changed lately. Two at least, since an index
    may tell neither.

    Args:
        children: As the index names them.
        recent_from: Where the recent time begins.
        now: Bounds the number of files: one a day, and a few.
    """
    first = recent_from.astimezone(VIETNAM).date() - timedelta(days=1)  # days may be UTC's
    ordered = sorted(children, key=_age_key, reverse=True)
    named = [(child, named_period(child.url)) for child in ordered]
    of_now = [child for child, period in named if period and period[1] >= first]
    changed = [
        child
        for child, period in named
        if period is None and child.modified_at is not None and child.modified_at >= recent_from
    ]
    most = min((now - recent_from).days + _SPARE, _MOST)
    chosen = [*of_now, *changed][:most]
    others = (child for child in ordered if child not in chosen)
    return [*chosen, *islice(others, max(0, _FEWEST - len(chosen)))]


def named_period(url: str) -> tuple[date, date] | None:
    """The month or day that a file's address names, as its first and last day."""
    matches = list(_PERIOD.finditer(urlsplit(url).path))
    if not matches:
        return None
    match = matches[-1]  # folders say the year, names the month
    year, month = int(match["year"]), int(match["month"] or match["months"])
    day = match["day"] or match["days"]
    last_day = monthrange(year, month)[1]
    if day is None:
        return date(year, month, 1), date(year, month, last_day)
    if int(day) > last_day:
        return None
    return date(year, month, int(day)), date(year, month, int(day))


def _age_key(child: SitemapChild) -> tuple[date, datetime, list[int]]:
    """Named periods first; numbers in the address break ties: page 11 is later than page 9."""
    period = named_period(child.url)
    modified_at = child.modified_at or datetime.min.replace(tzinfo=UTC)
    numbers = [int(digits) for digits in re.findall(r"[0-9]{1,18}", child.url)]
    return period[1] if period else date.min, modified_at, numbers
