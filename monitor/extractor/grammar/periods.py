"""Time expressions: which words say when, and whether that lies ahead."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

Tense = Literal["past", "future", "open"]

_YEAR = r"(?:19|20)\d\d"
_YEARS = rf"{_YEAR}\s*-\s*{_YEAR}"
_COUNT = r"(?:\d{1,2}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
_DAY = rf"(?:ngày\s+)?\d{{1,2}}\s*[-/.]\s*\d{{1,2}}(?:\s*[-/.]\s*{_YEAR})?"
_OF_YEAR = rf"(?:\s*[-/.]\s*{_YEAR}|(?:\s*,)?\s+năm\s+(?:{_YEAR}|nay|ngoái|trước))?"
_MONTH = rf"tháng\s+{_COUNT}{_OF_YEAR}"
_QUARTER = rf"quý\s+(?:i{{1,3}}|iv|[1-4]){_OF_YEAR}"
_EDGE = r"(?:nửa\s+)?(?:đầu|cuối)"
_NAMED_YEAR = (
    rf"năm\s+học\s+(?:{_YEARS}|này|nay|qua|trước|tới)|năm\s+{_YEAR}"
    r"|năm\s+(?:nay|(?:vừa\s+)?qua|ngoái|trước|học|tới|sau|này)"
)
_TERM = rf"(?:nhiệm\s+kỳ|giai\s+đoạn)\s*(?:này|(?:vừa\s+)?qua|{_YEARS}|\({_YEARS}\))"
_BARE_TERM = r"(?:nhiệm\s+kỳ|giai\s+đoạn)"
_SPAN = (
    rf"(?:{_COUNT}\s+(?:tháng|năm|quý)\s+(?:đầu|cuối|vừa\s+qua|qua|gần\s+đây)"
    rf"(?:\s+(?:năm(?:\s+(?:học\s+)?(?:{_YEARS}|{_YEAR}|nay))?|nhiệm\s+kỳ(?:\s+{_YEARS})?|{_YEAR}))?"
    rf"|{_COUNT}\s+tháng\s+(?:năm\s+)?{_YEAR})"
)
_POINT = (
    rf"(?:{_SPAN}|(?:{_EDGE}|giữa|hết|hết\s+ngày|cuối\s+ngày)?\s*"
    rf"(?:{_NAMED_YEAR}|{_TERM}|{_BARE_TERM}|{_MONTH}|{_QUARTER}|{_DAY}|năm|{_YEAR})|nay|(?:bây\s+)?giờ|thời\s+điểm\s+(?:này|hiện\s+tại))"
)
_PERIOD: Final = re.compile(
    rf"""(?<!\w)(?:
      từ\s+(?:{_POINT}|khi\s+\w+\s+\w+)\s*,?\s*(?:đến|tới)\s+(?:hết\s+|tháng\s+)?{_POINT}
    | từ\s+nay\s+(?:đến|tới)\s+(?:hết\s+)?{_POINT}
    | từ\s+(?:(?:đầu|giữa|cuối)\s+)?(?:{_NAMED_YEAR}|{_TERM}|{_BARE_TERM}|{_MONTH})
    | cùng\s+kỳ(?:\s+năm\s+(?:trước|ngoái|{_YEAR}))?
    | (?:tính\s+)?(?:đến|tới)\s+(?:hết\s+)?{_POINT}
    | (?:trong|cả|riêng|sau)?\s*{_SPAN}
    | hiện\s+nay|hiện\s+tại|hiện|bây\s+giờ|những\s+năm\s+(?:qua|gần\s+đây)|thời\s+gian\s+qua
    | (?:(?:trong|cả|đến|qua|{_EDGE})\s+)?(?:{_NAMED_YEAR}|{_TERM}|{_MONTH}|{_QUARTER})
    | (?:sáng|chiều|tối|trưa)(?:\s+nay|\s+qua)?,?\s*(?:ngày\s+)?{_DAY}
    | ngày\s+{_DAY}|{_DAY}\s*[-/.]\s*{_YEAR}
    | (?:trong|cả|{_EDGE})\s+{_BARE_TERM}|(?:trong|cả)\s+năm|{_YEARS}
    )(?!\w)""",
    re.VERBOSE,
)
_PAST = re.compile(r"(?:\bnay|\bqua|\bngoái|trước|gần đây|thời điểm này|hiện tại)$|^tính|^từ đầu")
_AHEAD = re.compile(r"^từ nay|\b(?:tới|sau)$")
_ANY_YEAR = re.compile(_YEAR)


class Period(NamedTuple):
    """A time expression in a folded sentence."""

    start: int
    end: int
    tense: Tense


def find_periods(folded: str, *, year: int | None = None) -> list[Period]:
    """Time expressions from left to right.

    Args:
        folded: One folded sentence.
        year: Year of publication; years after it lie ahead.
    """
    return [
        Period(match.start() + _blank(match[0]), match.end(), _tense(match[0].strip(), year))
        for match in _PERIOD.finditer(folded)
        if match[0].strip()
    ]


def _blank(text: str) -> int:
    return len(text) - len(text.lstrip())


def _tense(text: str, year: int | None) -> Tense:
    if _AHEAD.search(text):
        return "future"
    if text not in ("năm nay", "hiện nay") and _PAST.search(text):
        return "past"
    years = [int(found) for found in _ANY_YEAR.findall(text)]
    if year is not None and years and max(years) > year and len(years) == 1:
        return "future"
    return "open"
