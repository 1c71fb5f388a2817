"""Dates as Vietnamese pages print them, read from one string."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from crawler.markup import clean_text

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([/.-])(\d{1,2})\2(\d{1,2})(?!\d)")
_IN_WORDS = re.compile(
    r"(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2})(?:,|\s+năm)?\s+(\d{4})(?!\d)", re.IGNORECASE
)
_TIME = re.compile(
    r"(?<!\d)(\d{1,2})\s?(?:[:h]|giờ)\s?(\d{2})(?!\d)(?:\s?(?::|phút)\s?(\d{2})(?!\d))?(?:\.\d+)?"
    r"(?:\s*(AM|PM|SA|CH)\b)?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"(?:GMT|UTC)?\s*([+-])\s*(\d{1,2}):?(\d{2})?\s*[\])]?\s*$|(Z)\s*$", re.IGNORECASE
)


def parse_vietnamese_date(raw: str) -> tuple[datetime, bool] | None:
    """The first full date of a string, with the time beside it.

    Day first, as Vietnam writes; month first only in the ``1/8/2026 9:28:56 AM`` of ONECMS
    metas. Without a zone the time is Asia/Ho_Chi_Minh's. Midnight to the second is how
    machines write "no time".

    Returns:
        Aware UTC and whether a time was given (else local midnight), or None.
    """
    text = re.sub(r"(?<=\d)T(?=\d)", " ", clean_text(raw))
    numbers = _day_month_year(text)
    if numbers is None:
        return None
    day, month, year, rest = numbers
    clock = _TIME.search(rest)
    if clock and (clock[4] or "").upper() in ("AM", "PM") and day <= 12:
        day, month = month, day
    at_time = _time_of_day(clock) if clock else None
    zone = _zone(rest[clock.end() :]) if clock else VIETNAM
    return _moment(year, month, day, at_time, zone)


def _day_month_year(text: str) -> tuple[int, int, int, str] | None:
    """The date's numbers and the text without it."""
    for pattern, order in (
        (_DAY_FIRST, (1, 3, 4)),
        (_YEAR_FIRST, (4, 3, 1)),
        (_IN_WORDS, (1, 2, 3)),
    ):
        if match := pattern.search(text):
            day, month, year = (int(match[group]) for group in order)
            return day, month, year, f"{text[: match.start()]} {text[match.end() :]}"
    return None


def _time_of_day(clock: re.Match[str]) -> time | None:
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    half = (clock[4] or "").upper()
    if half in ("PM", "CH") and hour < 12:
        hour += 12
    if half in ("AM", "SA") and hour == 12:
        hour = 0
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _zone(behind_time: str) -> tzinfo:
    match = _ZONE.match(behind_time.strip(" [(|,"))
    if match is None:
        return VIETNAM
    if match[4]:
        return UTC
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if offset > timedelta(hours=14):
        return VIETNAM
    return timezone(-offset if match[1] == "-" else offset)


def _moment(
    year: int, month: int, day: int, at_time: time | None, zone: tzinfo
) -> tuple[datetime, bool] | None:
    has_time = at_time is not None and at_time != time(0, 0)
    if not 1900 <= year <= 2200:
        return None
    try:
        if at_time is None or not has_time:
            return datetime(year, month, day, tzinfo=VIETNAM).astimezone(UTC), False
        return datetime.combine(datetime(year, month, day), at_time, zone).astimezone(UTC), True  # noqa: DTZ001 - combine() adds the zone
    except ValueError:
        return None
