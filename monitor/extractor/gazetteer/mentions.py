"""Districts, communes and wards as a text names them: a kind, and the name after it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.extractor.gazetteer import provinces
from monitor.extractor.gazetteer.spelling import name_key
from monitor.extractor.gazetteer.table import BEFORE, TODAY, Unit, table
from monitor.extractor.grammar.organisation_words import SURNAMES
from monitor.extractor.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from monitor.extractor.gazetteer.table import Tier

_LANDSCAPE = (
    r"(?:(?:đảo|miền núi|vùng cao|vùng sâu|vùng xa|vùng biên|biên giới|ven biển|trung du"
    r"|ngoại thành|nông thôn mới|anh hùng|đặc biệt khó khăn|nghèo|khó khăn|trung tâm|mới)\s+){0,2}"
)
_KIND = re.compile(
    r"(?<!\w)(?<!bà )(?<!ông )(?P<plural>(?:các|những|hai|ba|bốn|năm|sáu|bảy|tám|[2-9])\s+)?"
    r"(?P<kind>(?:xã|phường|huyện|quận|thị xã|thành phố)(?:\s+(?:ủy|uỷ|đoàn))?"
    r"|thị trấn|đặc khu|(?:thành|thị)\s+(?:ủy|uỷ|đoàn)|tp\.?|tx\.?|tt\.)"
    rf":?\s*{_LANDSCAPE}(?=[^\W_])(?!(?:tp|tx)\b)",
    re.IGNORECASE,
)
"""Also inside the name of a body: Huyện ủy Phú Lương, Thành đoàn Vinh."""

_WORD = re.compile(r"[^\W\d_][\w'’`]*|\d{1,2}(?![\w/%-]|[.,]\d)")
_JOINT = re.compile(r"\s?[-–'’]\s?|[ \u00a0]")
_NUMBER = re.compile(r"\d{1,2}(?![\w/%-]|[.,]\d)")
_ROMAN = re.compile(r"[IVX]{1,4}(?!\w)")
_COUNTED = re.compile(
    r" (?:đảng|chi bộ|đồng chí|quần chúng|đoàn viên|hội viên|người|hộ|thôn|xã|phường|năm|tháng)"
)
"""What follows a number that counts instead of naming: xã An Khê 3 chi bộ."""

_COMMON_SURNAMES = frozenset(
    {
        *("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi"),
        *("Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Trịnh", "Lương", "Đào", "Mai", "Cao", "Tạ"),
    }
)
"""Those that end a name the table does not have; the rarer ones are syllables of units too."""
_NEVER_SECOND = frozenset({"Nguyễn", "Trần", "Phạm", "Đặng", "Võ"})
"""No unit's second syllable, so that "TP. Vinh Nguyễn Văn A" ends after Vinh."""
_LONGEST_KNOWN, _LONGEST_UNKNOWN = 7, 4
_PERSON = 3
"""Words from which a name that begins with a surname is a person's, unless a unit bears it."""

_FULL_KINDS = {"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn", "thành": "thành phố"}
_TIER_OF_KIND: Mapping[str, Tier] = {
    **dict.fromkeys(("xã", "phường", "thị trấn", "đặc khu"), "commune"),
    **dict.fromkeys(("huyện", "quận", "thị xã", "thành phố"), "district"),
}

_KINDS_BEGIN = frozenset({"tỉnh", "thành", "thị", "huyện", "quận", "xã", "phường", "tp", "tx"})

_NOW = re.compile(r"\b(?:nay|hiện nay|bây giờ|mới)\s(?:là|thuộc|gọi là|thành)\s(?:địa bàn\s)?$")
_ONCE = re.compile(
    r"\b(?:trước đây|trước kia|trước|tiền thân|vốn|nguyên)\s(?:là|thuộc)\s(?:địa bàn\s)?$"
    r"|\b(?:sáp nhập|hợp nhất|nhập)\s(?:từ\s)?(?:các\s)?$"
)
_WAS = re.compile(r"\s?(?:\(?\s?(?:cũ|trước đây)\b|[,(]\s?(?:nay|hiện nay|bây giờ)\s(?:là|thuộc))")
_HINT_CHARACTERS, _ADDRESS_CHARACTERS = 30, 90

_NEXT = re.compile(r"\s?,\s|\svà\s")


@dataclass(frozen=True)
class Mention:
    """A unit at one place in a text."""

    kind: str
    """As the table calls it: ``thành phố`` for TP and for Thành ủy."""
    written_kind: str
    name: str
    start: int
    end: int
    units: tuple[Unit, ...] = ()
    """All of the name and tier; empty where the table knows none."""
    era: str | None = None
    """Where the words around say it: ``xã X (nay là …)``, ``huyện Y cũ``."""
    behind: str = ""
    """The words after it, where its address may stand."""

    @property
    def written(self) -> str:
        """``xã Hợp Thành``, ``TP. Pleiku``."""
        return f"{self.written_kind} {self.name}"

    @property
    def key(self) -> tuple[Tier, str]:
        """What all mentions of a name have in common, however it is spelled."""
        return self.tier, name_key(self.name)

    @property
    def tier(self) -> Tier:
        """The tier its kind belongs to."""
        return _TIER_OF_KIND[self.kind]


def find_units(text: str, *, known_only: bool = False) -> Iterator[Mention]:
    """Kinds followed by a name; a kind alone ("Đảng bộ xã") names nothing.

    Args:
        text: NFC.
        known_only: Leave out names that the table does not have, as in a line of capitals.
    """
    behind = 0
    for match in _KIND.finditer(text):
        if match.start("kind") < behind:
            continue
        kind = _full_kind(match["kind"])
        mention = _named(text, match, kind, known_only=known_only)
        while mention is not None:
            behind = mention.end
            yield mention
            mention = _next_in_list(text, mention) if match["plural"] else None


def units_of_tier(name: str, tier: Tier) -> tuple[Unit, ...]:
    """The units of a name and tier, of both eras."""
    return tuple(unit for unit in table().named(name) if unit.tier == tier)


def names_at(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Runs of capitalised words from a place on, longest first, with their ends."""
    ends: list[int] = []
    at, may_be_small = start, False
    while len(ends) < _LONGEST_KNOWN and (word := _WORD.match(text, at)):
        if not (word[0][0].isupper() or word[0][0].isdigit() or may_be_small):
            break
        ends.append(word.end())
        joint = _JOINT.match(text, word.end())
        if not joint:
            break
        # A-yun, Cư M'gar: one word in two parts.
        at, may_be_small = joint.end(), not joint[0].isspace() and joint[0].strip() == joint[0]
    for end in reversed(ends):
        yield text[start:end], end


def _named(text: str, match: re.Match[str], kind: str, *, known_only: bool) -> Mention | None:
    start = match.end()
    tier = _TIER_OF_KIND[kind]
    for name, end in names_at(text, start):
        if _COUNTED.match(text, end) and name[-1].isdigit():
            continue
        if kind == "thành phố" and _is_province(name):
            return None
        units = units_of_tier(name, tier)
        if units and (known_only or not _goes_on(text, end)):
            return _mention(text, match, kind, name=name, end=end, units=units)
    is_short = match["kind"].lower().startswith(("tp", "tx", "tt"))
    name, end = ("", start) if known_only or is_short else _unknown_name(text, start)
    if not name or (kind in {"thành phố", "thị xã"} and _is_province(name)):
        return None
    return _mention(text, match, kind, name=name, end=end, units=())


def _goes_on(text: str, end: int) -> bool:
    """Whether a longer name begins like a known one: xã Đông Tiến Hạ is not xã Đông Tiến.

    A person may follow (Bí thư Đảng ủy xã A Nguyễn Văn B), or the address without a comma.
    """
    word = _WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    if word is None or not word[0][0].isupper() or word[0].lower() in SURNAMES:
        return False
    if _KIND.match(text, end + 1) or word[0].lower() in _KINDS_BEGIN:
        return False
    return not any(
        unit.tier != "commune"
        for name, _ in names_at(text, end + 1)
        for unit in table().named(name)
    )


def _mention(
    text: str, match: re.Match[str], kind: str, *, name: str, end: int, units: tuple[Unit, ...]
) -> Mention:
    return Mention(
        kind,
        _written_kind(match["kind"], kind),
        " ".join(name.split()),
        match.start("kind"),
        end,
        units,
        _era_said(text, match.start(), end),
        text[end : end + _ADDRESS_CHARACTERS],
    )


def _next_in_list(text: str, before: Mention) -> Mention | None:
    """``các xã Yên Ninh, Phú Đô và Động Đạt``: names that share a kind."""
    joint = _NEXT.match(text, before.end)
    if not joint:
        return None
    for name, end in names_at(text, joint.end()):
        units = units_of_tier(name, before.tier)
        if units:
            behind = text[end : end + _ADDRESS_CHARACTERS]
            start = joint.end()
            return replace(before, name=name, start=start, end=end, units=units, behind=behind)
    return None


def _era_said(text: str, start: int, end: int) -> str | None:
    if _WAS.match(text, end):
        return BEFORE
    before = text[max(0, start - _HINT_CHARACTERS) : start].lower()
    if _NOW.search(before):
        return TODAY
    return BEFORE if _ONCE.search(before) else None


def _unknown_name(text: str, start: int) -> tuple[str, int]:
    """A name the table does not have, as far as its capitals go."""
    if match := (_NUMBER.match(text, start) or _ROMAN.match(text, start)):
        return ("", start) if _COUNTED.match(text, match.end()) else (match[0], match.end())
    words: list[str] = []
    end = start
    while len(words) < _LONGEST_UNKNOWN and (word := _WORD.match(text, start)):
        if not word[0][0].isupper() or _begins_a_person(word[0], len(words)):
            break
        words.append(word[0])
        end = word.end()
        if text[end : end + 1] != " ":
            break
        start = end + 1
    is_person = len(words) >= _PERSON and words[0] in _COMMON_SURNAMES
    # A single syllable that the table does not have is the next word of the sentence.
    return ("", start) if is_person or len(words) == 1 else (" ".join(words), end)


def _begins_a_person(word: str, position: int) -> bool:
    if position == 0:
        return False
    return word in (_NEVER_SECOND if position == 1 else _COMMON_SURNAMES)


def _full_kind(written: str) -> str:
    """``Huyện uỷ`` as ``huyện``, ``Thị đoàn`` as ``thị xã``, ``TP.`` as ``thành phố``."""
    folded = fold(written).rstrip(".")
    body = folded.removesuffix(" ủy").removesuffix(" đoàn")
    if body == "thị":
        return "thị xã"
    return _FULL_KINDS.get(body, body)


def _written_kind(written: str, kind: str) -> str:
    """``Phường`` at the start of a title as ``phường``; TP. and TX. keep their capitals."""
    if written.lower().startswith(("tp", "tx", "tt")):
        return written.upper()
    return kind


def _is_province(name: str) -> bool:
    """Cities that are provinces themselves; Huế was a city in one until 2025."""
    known = provinces.canonical(name)
    return known in {"Hà Nội", "Hải Phòng", "Đà Nẵng", "TP. Hồ Chí Minh", "Cần Thơ"}
