"""When the editions of a digest are due, and which days they look back on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import TYPE_CHECKING

from monitor.items import Period

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from monitor.items import Edition

_DAY = timedelta(days=1)


def due_day(
    now: datetime,
    *,
    hour: time,
    zone: ZoneInfo,
    last_day: date | None,
    watching_since: datetime,
    edition: Edition = "daily",
) -> date | None:
    """The day a digest is due for, or None.

    It is the day of the latest slot that has passed. After downtime the slots between are
    not made up one by one: that digest's window reaches back to the last one.

    Args:
        now: Aware.
        hour: Local time of the slot.
        zone: Where ``hour`` is meant.
        last_day: Day of the last digest of this edition, sent or not; None before the first.
            Tomorrow's, by a clock that was set back since, is waited for; one further off is
            the mistake of a clock, and would leave days without any.
        watching_since: When the subscription began, aware; slots up to then are nobody's.
        edition: Decides which days have a slot.
    """
    day = edition_day(now.astimezone(zone).date(), edition)
    if slot_at(day, hour=hour, zone=zone) > now:
        day = edition_day(day - _DAY, edition)
    tomorrow = now.astimezone(zone).date() + _DAY
    if last_day is not None and day <= last_day <= tomorrow:
        return None
    return day if slot_at(day, hour=hour, zone=zone) > watching_since else None


def next_slot_at(
    now: datetime,
    *,
    hour: time,
    zone: ZoneInfo,
    last_day: date | None,
    edition: Edition = "daily",
) -> datetime:
    """The instant of the next digest, in UTC.

    Args:
        now: Aware.
        hour: Local time of the slot.
        zone: Where ``hour`` is meant.
        last_day: Day of the last digest, which may have been made before its hour.
        edition: Decides which days have a slot.
    """
    today = now.astimezone(zone).date()
    days = (today + days * _DAY for days in count())
    slots = ((day, slot_at(day, hour=hour, zone=zone)) for day in days if _has_slot(day, edition))
    return next(slot for day, slot in slots if slot > now and (last_day is None or day > last_day))


def slot_at(day: date, *, hour: time, zone: ZoneInfo) -> datetime:
    """The instant of a day's slot, in UTC."""
    return datetime.combine(day, hour, tzinfo=zone).astimezone(UTC)


def edition_day(day: date, edition: Edition) -> date:
    """The last day up to this one that has a slot: itself, its Monday, or its month's first."""
    if edition == "weekly":
        return day - day.weekday() * _DAY
    return day.replace(day=1) if edition == "monthly" else day


def period_of(day: date, edition: Edition, *, last: Period | None = None) -> Period:
    """The days that a weekly or monthly edition looks back on.

    Args:
        day: Its own, one that has a slot.
        edition: Weekly: the ISO week before; monthly: the month before.
        last: Of the edition before. What lies between is looked back on too: after downtime
            one edition makes up for those that were missed.
    """
    end = day - _DAY
    first = end - 6 * _DAY if edition == "weekly" else end.replace(day=1)
    if last is not None:
        first = min(first, last.last + _DAY)
    return Period(first=first, last=end)


def bounds_of(period: Period, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants at which a period's days begin and end, in UTC."""
    end = period.last + _DAY
    return slot_at(period.first, hour=time(), zone=zone), slot_at(end, hour=time(), zone=zone)


def issue_of(day: date, edition: Edition, period: Period | None) -> str:
    """What a digest is called in file names: ``2026-11-21``, ``2026-W47``, ``2026-11``."""
    if period is None:
        return day.isoformat()
    if edition == "monthly":
        return f"{period.last:%Y-%m}"
    year, week, _ = period.last.isocalendar()
    return f"{year}-W{week:02}"


def weeks_up_to(last: date, number: int) -> tuple[date, ...]:
    """The Mondays of so many weeks, the last that of a given day."""
    monday = edition_day(last, "weekly")
    return tuple(monday - 7 * weeks * _DAY for weeks in reversed(range(number)))


def _has_slot(day: date, edition: Edition) -> bool:
    return edition_day(day, edition) == day
