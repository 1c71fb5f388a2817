"""Time expressions as days: ``9 tháng đầu năm`` of a text published in October 2023."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from monitor.extractor.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

_WORDS: Final = "một hai ba bốn năm sáu bảy tám chín mười"
_NUMBERS: Final = {
    **{str(number): number for number in range(1, 100)},
    **{f"0{number}": number for number in range(1, 10)},
    **dict(zip(_WORDS.split(), range(1, 11), strict=True)),
    **dict(zip(("i", "ii", "iii", "iv"), range(1, 5), strict=True)),
}
_COUNT: Final = rf"({'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_YEAR: Final = r"((?:19|20)\d\d)"
_OF_YEAR: Final = rf"(?:\s*(?:[-/.,]|,?\s*(?:của\s+)?năm)?\s*{_YEAR})?(?:\s*năm(?:\s+nay)?)?"
_AHEAD: Final = timedelta(days=60)
"""A month that begins later than this after publication is last year's."""
_BEFORE_ITS_END: Final = timedelta(days=45)
"""``9 tháng đầu năm`` is not told of earlier than this before the months are over."""


class Days(NamedTuple):
    """First and last day; None where it is open or not told."""

    first: date | None
    last: date | None


NO_DAYS: Final = Days(None, None)


class Reader(NamedTuple):
    """Who reads a time expression, and what it is relative to."""

    published_on: date | None = None
    term: tuple[int, int] | None = None
    """Years of the nhiệm kỳ or giai đoạn the text named last."""
    is_planned: bool = False
    """Whether the figure is a target: its time may lie ahead."""


def days_of(written: str, reader: Reader) -> Days:
    """The days of a time expression, as far as they can be told.

    A term (``nhiệm kỳ 2020-2025``) and a span of years (``giai đoạn``) are taken by the calendar,
    a school year from September to August; ``hiện nay`` is the day of publication and
    ``đến hết năm 2023`` has an end only.

    Args:
        written: As ``Figure.period``.
        reader: Day of publication and term; without them relative expressions stay open.
    """
    days = _days(_OPENING.sub("", fold(written)), reader)
    if days.first and days.last and days.first > days.last:
        return Days(None, days.last)
    return days


def _days(text: str, reader: Reader) -> Days:
    span = _FROM_TO.fullmatch(text)
    if span:
        return _from_to(span[1], span[2], reader)
    until = _UNTIL.fullmatch(text)
    if until:
        return Days(None, _point(until[1], reader).last)
    since = _SINCE.fullmatch(text)
    if since:
        return Days(_point(since[1], reader).first, reader.published_on)
    return _point(text, reader)


def term_named(folded: str) -> tuple[int, int] | None:
    """The years of the last nhiệm kỳ or giai đoạn a sentence names."""
    if "kỳ" not in folded and "đoạn" not in folded:
        return None  # many times faster than the pattern
    found = _TERM.findall(folded)
    return (int(found[-1][0]), int(found[-1][1])) if found else None


_OPENING: Final = re.compile(
    r"^(?:(?:trong|riêng|cả|sau|qua|tính|kế\s+hoạch|chỉ\s+tiêu|mục\s+tiêu|kh)\s+)+"
)
_FROM_TO: Final = re.compile(r"từ\s+(.+?)\s*,?\s+(?:đến|tới)\s+(.+)")
_UNTIL: Final = re.compile(r"(?:đến|tới)\s+(.+)")
_SINCE: Final = re.compile(r"từ\s+(.+)")
_TERM: Final = re.compile(rf"(?:nhiệm\s+kỳ|giai\s+đoạn)\s*\(?{_YEAR}\s*-\s*{_YEAR}")
_OF_LAST_YEAR: Final = re.compile(r"((?:tháng|quý)\s+\w+)\s*,?\s+năm\s+(?:ngoái|trước)")
_NAMES_YEAR: Final = re.compile(_YEAR)
_EDGE: Final = re.compile(r"((?:nửa\s+)?(?:đầu|cuối)|giữa|hết)\s+(.+)")


def _from_to(start: str, end: str, reader: Reader) -> Days:
    last = _point(end, reader).last
    if last and _NAMES_YEAR.search(end) and not _NAMES_YEAR.search(start):
        # "Từ đầu năm đến hết tháng 4-2023": the year of the end is that of the start.
        reader = reader._replace(published_on=last)
    if end.endswith(("nay", "giờ")) and reader.term and last and last.year > reader.term[1]:
        reader = reader._replace(term=None)
    return Days(_point(start, reader).first, last)


def _point(text: str, reader: Reader) -> Days:
    past = _OF_LAST_YEAR.fullmatch(text)
    if past and reader.published_on:
        return _point(f"{past[1]}/{reader.published_on.year - 1}", reader)
    for pattern, read in _POINTS:
        match = pattern.fullmatch(text)
        if match:
            return read(match, reader)
    edge = _EDGE.fullmatch(text)
    return _edge(edge[1], _point(edge[2], reader)) if edge else NO_DAYS


def _edge(word: str, days: Days) -> Days:
    first, last = days
    if first is None or last is None:
        return days
    middle = first + (last - first) / 2
    return {
        "đầu": Days(first, first),
        "giữa": Days(middle, middle),
        "cuối": Days(last, last),
        "hết": Days(None, last),
        "nửa đầu": Days(first, middle),
        "nửa cuối": Days(middle + timedelta(days=1), last),
    }[" ".join(word.split())]


def _now(_: re.Match[str], reader: Reader) -> Days:
    return Days(reader.published_on, reader.published_on)


def _day(match: re.Match[str], reader: Reader) -> Days:
    day, month = int(match[1]), int(match[2])
    year = int(match[3]) if match[3] else _year_of(month, month, reader)
    if year is None or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return NO_DAYS
    return Days(date(year, month, day), date(year, month, day))


def _first_months(match: re.Match[str], reader: Reader) -> Days:
    """``9 tháng đầu năm``, ``hai quý cuối năm 2023``, ``8 tháng năm 2023``."""
    count = _NUMBERS[match[1]] * (3 if match[2] == "quý" else 1)
    if not 1 <= count <= 12:
        return NO_DAYS
    is_end = match[3] == "cuối"
    first, last = (13 - count, 12) if is_end else (1, count)
    return _months(first, last, match[4], reader=reader, is_told_after=not is_end)


def _quarter(match: re.Match[str], reader: Reader) -> Days:
    last = 3 * _NUMBERS[match[1]]  # "quý năm" is no fifth quarter
    return _months(last - 2, last, match[2], reader=reader) if 3 <= last <= 12 else NO_DAYS


def _month(match: re.Match[str], reader: Reader) -> Days:
    month = _NUMBERS[match[1]]
    return _months(month, month, match[2], reader=reader) if 1 <= month <= 12 else NO_DAYS


def _months(
    first: int, last: int, year: str | None, *, reader: Reader, is_told_after: bool = False
) -> Days:
    known = int(year) if year else _year_of(first, last, reader, is_told_after=is_told_after)
    if known is None:
        return NO_DAYS
    return Days(date(known, first, 1), date(known, last, monthrange(known, last)[1]))


def _year_of(first: int, last: int, reader: Reader, *, is_told_after: bool = False) -> int | None:
    """The year of months that were written without one."""
    published = reader.published_on
    if published is None or reader.is_planned:
        return published.year if published else None
    ends = date(published.year, last, monthrange(published.year, last)[1])
    is_early = is_told_after and ends > published + _BEFORE_ITS_END
    is_ahead = date(published.year, first, 1) > published + _AHEAD
    return published.year - (is_early or is_ahead)


def _past_span(match: re.Match[str], reader: Reader) -> Days:
    """``5 năm qua``, ``3 tháng gần đây``: back from the day of publication."""
    published = reader.published_on
    if published is None:
        return NO_DAYS
    months = _NUMBERS[match[1]] * (12 if match[2] == "năm" else 1)
    count = published.year * 12 + published.month - 1 - months
    year, month = count // 12, count % 12 + 1
    return Days(date(year, month, min(published.day, monthrange(year, month)[1])), published)


def _years(match: re.Match[str], _: Reader) -> Days:
    return _calendar(int(match[1]), int(match[2]))


def _term(match: re.Match[str], reader: Reader) -> Days:
    """``nhiệm kỳ này``, ``nhiệm kỳ qua``, ``cả nhiệm kỳ``; terms begin in years that 5 divides."""
    published = reader.published_on
    if match[1] in ("qua", "trước"):
        ended = published.year - published.year % 5 if published else None
        return _calendar(ended - 5, ended) if ended else NO_DAYS
    if reader.term:
        return _calendar(*reader.term)
    if published is None or match[0].startswith("giai"):
        return NO_DAYS
    # Congresses of the grassroots are over by the end of June.
    is_new = published.year % 5 or published.month > 6
    start = published.year - published.year % 5 - (0 if is_new else 5)
    return _calendar(start, start + 5)


def _year(match: re.Match[str], _: Reader) -> Days:
    return _calendar(int(match[1]), int(match[1]))


def _relative_year(match: re.Match[str], reader: Reader) -> Days:
    published = reader.published_on
    if published is None:
        return NO_DAYS
    # "Năm qua" is the last one that was over, or nearly; "trong năm" of January is the last.
    is_old = {"qua": published.month <= 10, "": published.month <= 2 and not reader.is_planned}
    shift = {"nay": 0, "này": 0, "ngoái": -1, "trước": -1, "tới": 1, "sau": 1}
    word = match[1] or ""
    year = published.year + shift.get(word, -int(is_old.get(word, False)))
    return _calendar(year, year)


def _same_time(match: re.Match[str], reader: Reader) -> Days:
    """``cùng kỳ năm trước``: the days of the year before up to that of publication."""
    published = reader.published_on
    if published is None:
        return NO_DAYS
    year = int(match[1]) if match[1] else published.year - 1
    day = min(published.day, monthrange(year, published.month)[1])
    return Days(date(year, 1, 1), date(year, published.month, day))


def _school_year(match: re.Match[str], reader: Reader) -> Days:
    if match[1]:
        return Days(date(int(match[1]), 9, 1), date(int(match[2]), 8, 31))
    published = reader.published_on
    if published is None:
        return NO_DAYS
    start = published.year - (published.month < 9)
    is_last = match[3] == "trước" or (match[3] == "qua" and published.month not in (6, 7, 8))
    start += {"tới": 1}.get(match[3] or "", -int(is_last))
    return Days(date(start, 9, 1), date(start + 1, 8, 31))


def _calendar(first: int, last: int) -> Days:
    return Days(date(first, 1, 1), date(last, 12, 31))


_PARTS: Final[dict[str, Callable[[re.Match[str], Reader], Days]]] = {
    r"(?:(?:hiện\s+)?nay|hiện(?:\s+tại)?|(?:bây\s+)?giờ|thời\s+điểm\s+(?:này|hiện\s+tại))": _now,
    rf"(?:(?:sáng|chiều|tối|trưa)(?:\s+(?:nay|qua))?,?\s*)?(?:ngày\s+)*(\d{{1,2}})\s*[-/.]\s*"
    rf"(\d{{1,2}})(?:\s*[-/.]\s*{_YEAR})?": _day,
    rf"{_COUNT}\s+(tháng|quý)\s+(đầu|cuối){_OF_YEAR}": _first_months,
    rf"{_COUNT}\s+(tháng)(\s)\s*(?:năm\s+)?{_YEAR}": _first_months,
    rf"{_COUNT}\s+(tháng|năm)\s+(?:vừa\s+qua|qua|gần\s+đây)": _past_span,
    rf"quý\s+{_COUNT}{_OF_YEAR}": _quarter,
    rf"tháng\s+{_COUNT}{_OF_YEAR}": _month,
    rf"năm\s+học(?:\s+{_YEAR}\s*-\s*{_YEAR}|\s+(này|nay|qua|trước|tới))?": _school_year,
    rf"(?:(?:nhiệm\s+kỳ|giai\s+đoạn)\s*)?\(?{_YEAR}\s*-\s*{_YEAR}\)?": _years,
    r"(?:nhiệm\s+kỳ|giai\s+đoạn)(?:\s+(?:vừa\s+)?(này|qua|trước))?": _term,
    rf"(?:năm\s+)?{_YEAR}": _year,
    rf"cùng\s+kỳ(?:\s+năm\s+(?:trước|ngoái|{_YEAR}))?": _same_time,
    r"năm(?:\s+(?:vừa\s+)?(nay|này|qua|ngoái|trước|tới|sau))?": _relative_year,
}
_POINTS: Final = [(re.compile(pattern), read) for pattern, read in _PARTS.items()]
