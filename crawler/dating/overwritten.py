"""Dates that servers write over the one of publication: today's, and that of a later saving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.dating.labels import says_posted
from crawler.dating.text import VIETNAM

if TYPE_CHECKING:
    from datetime import date, datetime

    from crawler.dating.facts import DateFact
    from crawler.dating.shown import ShownDates


def without_day_of_visit(
    stated: list[DateFact], told: list[DateFact], shown: ShownDates, *, fetched_at: datetime
) -> list[DateFact]:
    """Without the metas that some servers fill with today's date, as the line below the title says.

    What its clock shows is the page's today, also in a copy read later.
    """
    told = [fact for fact in told if not fact.printed.is_update]
    if not told:
        return stated
    days = {fetched_at.astimezone(VIETNAM).date(), *map(day_of, shown.clocks())}
    return [
        fact
        for fact in stated
        if fact.rule != "meta" or day_of(fact) not in days or day_of(told[0]) >= day_of(fact)
    ]


def without_day_of_change(stated: list[DateFact], told: list[DateFact]) -> list[DateFact]:
    """Without the bare days that vague metas tell after the day of posting below the title.

    What is shown there must know its time, or say that it was posted then.
    """
    posted = next(filter(_tells_of_posting, told), None)
    if posted is None:
        return stated
    return [
        fact
        for fact in stated
        if not fact.is_vague or fact.printed.has_time or day_of(fact) <= day_of(posted)
    ]


def shown_before(saved: DateFact, told: list[DateFact]) -> DateFact | None:
    """The earlier date beside the title, of a page that states when it was saved, not published.

    Some CMS write the moment of the last saving into ``datePublished`` too. It then equals
    ``dateModified`` to the second, as it also does on a page that was never changed: only
    the face of the page can tell these apart. A clock never shows a day before the saving,
    and what is shown must know its time, or say that it was posted then, and name no day
    that is the stated one with day and month in the American order.

    Args:
        saved: What machines are told.
        told: What stands beside the title.
    """
    told = [fact for fact in told if not fact.printed.is_update]
    days = set(map(day_of, told))
    if day_of(saved) in days or any(_swapped(day) == day_of(saved) for day in days):
        return None
    return next(
        (fact for fact in told if _tells_of_posting(fact) and fact.printed.at < saved.printed.at),
        None,
    )


def _tells_of_posting(fact: DateFact) -> bool:
    """Whether a date that is shown knows its time, or says that the article was posted then."""
    is_told = fact.printed.has_time or says_posted(fact.raw)
    return is_told and not fact.printed.is_update


def _swapped(day: date) -> date | None:
    """The day as an American reads its numbers."""
    return day.replace(month=day.day, day=day.month) if day.day <= 12 else None


def day_of(fact: DateFact) -> date:
    """The day of a fact in Vietnam."""
    return fact.printed.at.astimezone(VIETNAM).date()
