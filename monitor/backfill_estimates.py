"""What a backfill has covered, how much there may be, and how long it takes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crawler.items import DayRange, Walk, Walked


_REQUESTS_TO_JUDGE_BY = 5


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """How much a backfill of one source may ask for."""

    source: str
    documents: int
    """Sitemaps and listing pages."""
    pages: int | None
    """Stories that are not stored; None where no entry tells dates."""
    duration: timedelta | None
    """At the site's pace; None as with pages."""


def covered_from(walks: Sequence[Walk], days: DayRange) -> date | None:
    """The day from which on the range was looked through by every way that leads so far.

    A feed leads nowhere, and an entry that cannot be read at all is told as failing.

    Returns:
        None where no day is covered yet.
    """
    ways = [walk for walk in walks if walk.kind != "feed"]
    unfinished = [walk.reached_on for walk in ways if not walk.is_done]
    if any(day is None for day in unfinished):
        return None
    ends = [day for day in unfinished if day is not None]
    if ends:
        return max(ends)
    reached = [walk.reached_on for walk in ways if walk.reached_on is not None]
    return max(min(reached), days.first) if reached else None


def days_covered(walks: Sequence[Walk], days: DayRange) -> int:
    """How many of the days are looked through."""
    first = covered_from(walks, days)
    return 0 if first is None else (days.last - first).days + 1


def time_left(
    elapsed: timedelta, *, asked: int, budget: int, covered: int, days: int
) -> timedelta | None:
    """How long a walk may still take in this run.

    The budget ends it at the latest; the days ahead end it earlier if they hold as much as
    the days behind.

    Args:
        elapsed: Since its first request.
        asked: Requests so far.
        budget: Requests allowed.
        covered: Days looked through in that time.
        days: Days in all.

    Returns:
        None before the pace is known.
    """
    if asked < _REQUESTS_TO_JUDGE_BY:
        return None
    by_budget = elapsed * max(budget - asked, 0) / asked
    if not covered:
        return by_budget
    return min(by_budget, elapsed * max(days - covered, 0) / covered)


def estimate(
    source: str, steps: Iterable[Walked], *, days: DayRange, today: date, pace: timedelta
) -> Estimate:
    """How much there is, from what the sitemaps list and how a listing's first page lies.

    The ways lead to the same stories, so the one that shows most counts.

    Args:
        source: Its key.
        steps: Of a crawl that only looked.
        days: What is wanted.
        today: The local day.
        pace: Between two requests.
    """
    listed, thinned, documents = 0, 0.0, 0
    knows = False
    for step in steps:
        if step.walk.kind != "listing":
            listed += step.links
            documents += step.requests
            knows = True
        elif step.span is not None:
            # A page whose stories are of one day holds half a day or so.
            a_page = max(step.span, timedelta(days=0.5))
            documents += math.ceil(timedelta(days=(today - days.first).days + 1) / a_page)
            thinned += step.links * (timedelta(days=days.count) / a_page)
            knows = True
        else:
            documents += step.requests
    if not knows:
        return Estimate(source=source, documents=documents, pages=None, duration=None)
    pages = max(listed, math.ceil(thinned))
    duration = (documents + pages) * pace
    return Estimate(source=source, documents=documents, pages=pages, duration=duration)
