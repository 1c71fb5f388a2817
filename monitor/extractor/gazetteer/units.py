"""Districts, communes and wards as a text names them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.extractor.gazetteer import provinces

if TYPE_CHECKING:
    from collections.abc import Iterator

_KIND = re.compile(
    r"(?<!\w)(xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tp\.?|tx\.?)\s*(?=[^\W_])",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'’]*")
_NUMBER = re.compile(r"\d{1,2}(?![\w.,/%-])")
_COUNTED = re.compile(
    r" (?:đảng|chi bộ|đồng chí|quần chúng|đoàn viên|hội viên|người|hộ|thôn|xã|phường|năm|tháng)"
)
"""What follows a number that counts instead of naming: xã An Khê 3 chi bộ."""
_SURNAMES = frozenset(
    {
        *("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi"),
        *("Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Trịnh", "Lương", "Đào", "Mai", "Cao", "Tạ"),
    }
)
_SURNAMES_NEVER_SECOND = frozenset({"Nguyễn", "Trần", "Phạm", "Đặng", "Võ"})
"""No unit's second syllable, so that "TP. Vinh Nguyễn Văn A" ends after Vinh."""
_LONGEST_NAME = 4
_LEAD_CHARACTERS = 400


@dataclass(frozen=True)
class Unit:
    """A district, commune or ward at one place in a text."""

    kind: str
    name: str
    start: int

    @property
    def written(self) -> str:
        """``xã Hợp Thành``, ``TP. Pleiku``."""
        return f"{self.kind} {self.name}"


def main_unit(title: str, body: str, *, source_place: str | None) -> str | None:
    """The unit a story is about.

    In this order: named in the title; named in the text with its kind and in the title
    without; the one the source speaks for; the first in the lead; one the text names twice.

    Args:
        title: As printed.
        body: Sapo and body.
        source_place: The unit a small portal speaks for.
    """
    in_title = next(find_units(title), None)
    if in_title:
        return in_title.written
    in_body = list(find_units(body))
    echoed = [unit.written for unit in in_body if _stands_in(unit.name, title)]
    if echoed:
        return Counter(echoed).most_common(1)[0][0]
    if source_place:
        return source_place
    in_lead = [unit.written for unit in in_body if unit.start < _LEAD_CHARACTERS]
    if in_lead:
        return in_lead[0]
    repeated = Counter(unit.written for unit in in_body).most_common(1)
    return repeated[0][0] if repeated and repeated[0][1] > 1 else None


def find_units(text: str) -> Iterator[Unit]:
    """Kinds followed by a name; a kind alone ("Đảng bộ xã") names nothing."""
    for match in _KIND.finditer(text):
        name = _name_at(text, match.end())
        if name and not _is_province(match[1], name):
            yield Unit(_plain_kind(match[1]), name, match.start())


def _name_at(text: str, start: int) -> str | None:
    number = _NUMBER.match(text, start)
    if number:
        return None if _COUNTED.match(text, number.end()) else number[0]
    words: list[str] = []
    while len(words) < _LONGEST_NAME:
        word = _WORD.match(text, start)
        if not word or not word[0][0].isupper() or _begins_a_person(word[0], len(words)):
            break
        words.append(word[0])
        start = word.end()
        if text[start : start + 1] != " ":
            return " ".join(words)
        start += 1
    return _with_number(words, text, start) if words else None


def _begins_a_person(word: str, position: int) -> bool:
    if position == 0:
        return False
    return word in (_SURNAMES_NEVER_SECOND if position == 1 else _SURNAMES)


def _with_number(words: list[str], text: str, start: int) -> str:
    """Wards since 2025 may be numbered: phường Móng Cái 3."""
    number = _NUMBER.match(text, start)
    if number and not _COUNTED.match(text, number.end()):
        words = [*words, number[0]]
    return " ".join(words)


def _plain_kind(kind: str) -> str:
    """``Phường`` at the start of a title as ``phường``; TP. and TX. keep their capitals."""
    return kind.upper() if kind.lower().startswith(("tp", "tx")) else kind.lower()


def _is_province(kind: str, name: str) -> bool:
    """Cities that are provinces themselves; Huế was a city in one until 2025."""
    known = provinces.canonical(name) if kind.lower()[:2] in {"tp", "th"} else None
    return known in {"Hà Nội", "Hải Phòng", "Đà Nẵng", "TP. Hồ Chí Minh", "Cần Thơ"}


def _stands_in(name: str, title: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title, re.IGNORECASE))
