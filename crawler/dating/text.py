"""Dates as Vietnamese pages print them, read from one string."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crawler.dating.forms import CLOCK, ZONE, bare, blanked, date_spans, month_of

if TYPE_CHECKING:
    from collections.abc import Iterator

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_VIETNAM_OFFSET = timedelta(hours=7)
_YEARS = range(1900, 2201)
_WIDEST_OFFSET = timedelta(hours=14)

# What may stand between a date and its time.
_BETWEEN = re.compile(
    r"(?:[\s,;|()\[\]~.*•·/'-]|\b(?:luc|hoi|vao|ngay|at|on|chu nhat|cn|thu\s+\w{1,4})\b)*"
)
_UPDATE = re.compile(
    r"cap nhat|chinh sua|sua doi|sua lan cuoi|lan (?:sua|cuoi)|hieu chinh"
    r"|thay doi (?:lan|luc|ngay)|updated?|modified|revised"
)
_FIRST_SAID = re.compile(
    r"\bdang\b|xuat ban|phat hanh|\b(?:ngay|luc) (?:tao|viet|dua)|dua (?:tin|len)|khoi tao"
    r"|posted|published|created"
)

_RANGE = re.compile(r"\s*(?:-|den)(?:\s*(?:het\s*)?ngay)?\s*")
_CITED = re.compile(
    r"ky niem|thanh lap|\bsinh\b|ngay mat|giay phep|gpxb|gp-|cap ngay|ban quyen|quyet dinh"
    r"|nghi quyet|nghi dinh|thong tu|cong van|chi thi|huong dan so|bao cao so|so:?\s*\d+\s*[-/]"
    r"|tu ngay|den ngay|nhiem ky|giai doan|©|copyright|hieu luc|khai mac|het han|han nop|han cuoi"
    r"|dien ra|hom nay|bay gio|hien tai|gio hien|\btoday\b|can cu|ngay hop|tham gia|bat dau"
    r"|ket thuc"
)
_LABELS = re.compile(
    r"\d+|\b(?:ngay|thang|nam|thu\s+(?:hai|ba|tu|nam|sau|bay)|thu|chu nhat|cn|cap nhat"
    r"|dang(?: tin)?|xuat ban|phat hanh|luc|vao|hoi|thoi gian|gio|gmt|utc|luot (?:xem|doc)"
    r"|so luot|views?|tac gia|nguoi dang|posted|published|updated|by|on|at|mon|tue|wed"
    r"|fri|sat|sun|binh luan)\b|[\W_]+"
)
_LONGEST_STAMP = 120
_MOST_OTHER_LETTERS, _FEW_LETTERS = 50, 12


@dataclass(frozen=True)
class PrintedDate:
    """A date in a string."""

    at: datetime
    """Aware UTC; local midnight where only the day is given."""
    has_time: bool
    offset: timedelta | None
    """From UTC, as the string names it; None where it does not."""
    is_update: bool
    """The words before it call it the time of a change."""


def parse_vietnamese_date(raw: str, *, month_first: bool = False) -> tuple[datetime, bool] | None:
    """The first full date of a string, with the time beside it.

    Day first, as Vietnam writes; month first in the ``1/8/2026 9:28:56 AM`` that .NET writes
    for Americans. Without a zone the time is Asia/Ho_Chi_Minh's. Midnight to the second is
    how machines write "no time".

    Args:
        raw: Any text.
        month_first: The writer is known to put the month first where seconds are given.

    Returns:
        Aware UTC and whether a time was given (else local midnight), or None.
    """
    first = next(iter(dates_in(raw, month_first=month_first)), None)
    return (first.at, first.has_time) if first else None


def dates_in(raw: str, *, month_first: bool = False) -> list[PrintedDate]:
    """All full dates of a string in its order, each with the time that stands beside it.

    A string of one date may hold its time anywhere.

    Args:
        raw: Any text.
        month_first: As for ``parse_vietnamese_date``.
    """
    text = bare(raw)
    return _read(text, date_spans(text), month_first=month_first)


def stamp_in(line: str) -> list[PrintedDate]:
    """The dates of a line that is there to tell them; none for a line with another purpose.

    Such a line may name section, author and counters besides. One that cites a date (an
    anniversary, a decision, a licence, a span of days) is none, nor is a clock's.
    """
    if len(line) > _LONGEST_STAMP or line.endswith(("…", "”", "?", "!")):
        return []
    text = bare(line)
    spans = date_spans(text)
    if not spans or len(spans) > 2 or _CITED.search(text):
        return []
    if len(spans) == 2 and _RANGE.fullmatch(text[spans[0].end() : spans[1].start()]):
        return []
    rest = _LABELS.sub("", ZONE.sub(" ", CLOCK.sub(" ", blanked(text, spans))))
    # "Headline (12/03/2026)" is how lists of other articles date them.
    is_in_brackets = line.endswith(")") and 0 <= text.rfind("(") < spans[-1].start()
    most = _FEW_LETTERS if is_in_brackets else _MOST_OTHER_LETTERS
    if len(rest) > most or (line.endswith(".") and rest):
        return []
    return _read(text, spans, month_first=False)


def epoch_in(raw: str) -> PrintedDate | None:
    """The instant of an attribute that holds seconds or milliseconds since 1970."""
    if re.fullmatch(r"[1-9]\d{9}(?:\d{3})?", raw.strip(), re.ASCII) is None:
        return None
    at = datetime.fromtimestamp(int(raw.strip()[:10]), UTC)
    return PrintedDate(at, has_time=True, offset=_VIETNAM_OFFSET, is_update=False)


def names_weekday(line: str) -> bool:
    """Whether a line names a day of the week, as clocks in headers like to do."""
    return re.search(r"\bthu\s+(?:\d|hai|ba|tu|nam|sau|bay)\b|chu nhat", bare(line)) is not None


def _read(text: str, spans: list[re.Match[str]], *, month_first: bool) -> list[PrintedDate]:
    if not spans:
        return []
    rest = blanked(text, spans)
    clocks = list(CLOCK.finditer(rest))
    read: list[PrintedDate] = []
    behind = 0
    for index, span in enumerate(spans):
        end = spans[index + 1].start() if index + 1 < len(spans) else len(text)
        near = [clock for clock in clocks if behind <= clock.start() and clock.end() <= end]
        clock = _clock_beside(span, near, rest, alone=len(spans) == 1)
        label = rest[behind : span.start()]
        read += _printed(span, clock, rest, label=label, month_first=month_first)
        behind = max(span.end(), clock.end() if clock else 0)
    return read


def _clock_beside(
    span: re.Match[str], clocks: list[re.Match[str]], rest: str, *, alone: bool
) -> re.Match[str] | None:
    before = [clock for clock in clocks if clock.end() <= span.start()]
    after = [clock for clock in clocks if clock.start() >= span.end()]
    for clock in (*before[-1:], *after[:1]):
        gap = rest[clock.end() : span.start()] or rest[span.end() : clock.start()]
        if _BETWEEN.fullmatch(gap) or ZONE.fullmatch(gap.rstrip(" )]")):
            return clock
    whole = (clock for clock in clocks if clock["hour"])
    return next(whole, None) if alone else None


def _printed(
    span: re.Match[str],
    clock: re.Match[str] | None,
    rest: str,
    *,
    label: str,
    month_first: bool,
) -> Iterator[PrintedDate]:
    year, month, day = int(span["year"]), month_of(span), int(span["day"])
    if _is_american(span, clock, month_first=month_first) and day <= 12:
        day, month = month, day
    offset = _offset(rest, clock.end()) if clock else None
    moment = _moment(year, month, day, _time_of_day(clock) if clock else None, offset)
    if moment is not None:
        yield PrintedDate(*moment, offset, is_update=_is_update(label))


def _is_american(span: re.Match[str], clock: re.Match[str] | None, *, month_first: bool) -> bool:
    if clock is None or not clock["second"] or "/" not in span[0] or span[0][:4].isdigit():
        return False
    return month_first or (clock["half"] or "")[:1] in ("a", "p")


def _time_of_day(clock: re.Match[str]) -> time | None:
    hour, minute = int(clock["hour"] or clock["hour_alone"]), int(clock["minute"] or 0)
    half = clock["half"] or ""
    if half[:1] in ("p", "c") and hour < 12:
        hour += 12
    if half[:1] in ("a", "s") and hour == 12:
        hour = 0
    try:
        return time(hour, minute, int(clock["second"] or 0))
    except ValueError:
        return None


def _offset(rest: str, start: int) -> timedelta | None:
    match = ZONE.match(rest, start)
    if match is None:
        return None
    sign = match["sign"] or match["bare_sign"]
    hours, minutes = (
        match["hours"] or match["bare_hours"],
        match["minutes"] or match["bare_minutes"],
    )
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    if offset > _WIDEST_OFFSET:
        return None
    return -offset if sign == "-" else offset


def _moment(
    year: int, month: int, day: int, at_time: time | None, offset: timedelta | None
) -> tuple[datetime, bool] | None:
    """UTC and whether there is a time; midnight, here or in the named zone, is none."""
    if year not in _YEARS:
        return None
    try:
        midnight = datetime(year, month, day, tzinfo=VIETNAM)
    except ValueError:
        return None
    if at_time is None or at_time == time(0):
        return midnight.astimezone(UTC), False
    zone = VIETNAM if offset is None else timezone(offset)
    at = datetime.combine(midnight.date(), at_time, zone)
    return at.astimezone(UTC), at.astimezone(VIETNAM).time() != time(0)


def _is_update(label: str) -> bool:
    updates = [match.start() for match in _UPDATE.finditer(label)]
    first_said = [match.start() for match in _FIRST_SAID.finditer(label)]
    return bool(updates) and updates[-1] > max(first_said, default=-1)
