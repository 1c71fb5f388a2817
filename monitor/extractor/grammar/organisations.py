"""Organisations in a sentence: where one is named, of which level, and with which name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from monitor.extractor.grammar.lexicon import lengths_by_first_word
from monitor.extractor.grammar.organisation_names import name_end, without_person
from monitor.extractor.grammar.organisation_words import (
    ALIASES,
    APART,
    BARE,
    HEADS,
    LANDSCAPES,
    NOMINAL,
    RANKS,
    SECOND_WORDS,
    SPLIT_NAMES,
    SPREADING,
    Role,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.extractor.grammar.words import Line

_LONGEST_NAME: Final = 5
_ONE_OF: Final = frozenset({"một", "trong", "những", "các"})
_JOINING: Final = frozenset(
    {("phối", "hợp"), ("liên", "kết"), ("kết", "hợp"), ("cùng", "với"), ("ghép", "với")}
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d\Z")
_HEAD_LENGTHS: Final = lengths_by_first_word(HEADS)
_LEVEL_LENGTHS: Final = lengths_by_first_word(tuple(level.split()) for level in RANKS)
_LANDSCAPE_LENGTHS: Final = lengths_by_first_word(LANDSCAPES)


@dataclass(frozen=True)
class Mention:
    """An organisation or place named in a sentence."""

    first: int
    after: int
    role: Role
    level: str | None
    name: str
    """What follows the level, NFC; empty for a bare ``Đảng bộ xã``."""
    written: str
    is_spread: bool = False
    """``các chi bộ``, ``mỗi xã``: no organisation of its own."""
    is_apart: bool = False
    """``mỗi …``: the figure is said of each, so of none by name."""
    is_partner: bool = False
    """``phối hợp với …``: who helped, and not whose doing it is."""

    @property
    def is_full(self) -> bool:
        """Whether it needs no other mention to be understood."""
        return bool(self.name) or self.level == "nước"

    @property
    def rank(self) -> int:
        """Width, for telling an organisation from its address."""
        return RANKS.get(self.level or "", 2 if self.role != "cell" else 0)


def find_mentions(line: Line) -> list[Mention]:
    """Mentions from left to right, none inside another."""
    found: list[Mention] = []
    index = 0
    for at in range(len(line)):
        if at < index or not _may_start(line, at):
            continue
        mention = _mention(line, at)
        if mention is not None:
            mention = _as_partner(line, found, mention)
            found.append(_joined(line, found[-1], mention) if found else mention)
            index = mention.after
    return found


def _as_partner(line: Line, before: Sequence[Mention], mention: Mention) -> Mention:
    """``A phối hợp với B, C``: B, and C that is listed with it; nobody where A is not named."""
    if not before:
        return mention
    between = line.texts[before[-1].after : mention.first]
    is_listed = before[-1].is_partner and between in ((",",), ("và",))
    is_joined = between[-1:] == ("với",) and _JOINING & set(pairwise(between))
    return replace(mention, is_partner=True) if is_listed or is_joined else mention


def find_nested(line: Line, mention: Mention) -> list[Mention]:
    """Mentions inside another: ``Ban Tổ chức Huyện ủy Phú Lương`` names a huyện."""
    starts = range(mention.first + 1, mention.after)
    found = (_mention(line, at) for at in starts if _may_start(line, at))
    return [inner for inner in found if inner is not None]


def _may_start(line: Line, at: int) -> bool:
    seconds = SECOND_WORDS.get(line.texts[at])
    if seconds is None or "" in seconds:
        return seconds is not None
    return at + 1 < len(line) and line.texts[at + 1] in seconds


def what_a_name_is(line: Line) -> tuple[str, str] | None:
    """``Phương Lâm là xã vùng giáo``: level and name, where a sentence begins so."""
    end = next((i for i, text in enumerate(line.texts[:_LONGEST_NAME]) if text == "là"), 0)
    if not end or not all(line.is_capital(i) for i in range(end)):
        return None
    at = end + 1
    while line.texts[at : at + 1] and line.texts[at] in _ONE_OF:
        at += 1
    level, _ = _level(line, at, len(line))
    return (level, line.written(0, end)) if level in BARE else None


def _joined(line: Line, before: Mention, mention: Mention) -> Mention:
    """``mỗi đảng bộ xã, thị trấn``: the second is as unspecific as the first."""
    between = line.texts[before.after : mention.first]
    if mention.name or not before.is_spread or between not in ((",",), ("và",)):
        return mention
    return replace(mention, is_spread=True, is_apart=before.is_apart)


def _mention(line: Line, at: int) -> Mention | None:
    if _is_counted(line, at):
        return None
    for length in _HEAD_LENGTHS.get(line.texts[at], ()):
        words = line.texts[at : at + length]
        if words in HEADS:
            return _headed(line, at, at + len(words), HEADS[words])
    return _place(line, at)


def _headed(line: Line, at: int, tail: int, head: tuple[Role, str | None]) -> Mention | None:
    role, level = head
    if line.texts[tail : tail + 2] == ("cơ", "sở") or line.texts[tail : tail + 1] == ("viên",):
        return None
    after = name_end(line, tail)
    if level is None and role not in ("department", "union"):
        level, tail = _level(line, tail, after)
    return _built(line, at, after, role=role, level=level, name_at=tail)


def _place(line: Line, at: int) -> Mention | None:
    level, name_at = _level(line, at, len(line))
    if level is None or (at and line.texts[at - 1] in SPLIT_NAMES):
        return None
    if line.texts[name_at : name_at + 1] == ("giao",):
        # "Chỉ tiêu tỉnh giao": who set a goal is not whose figure it is.
        return None
    if level == "khối" and at and line.texts[at - 1] == "sinh":
        return None  # "học sinh khối 12": a school year
    name_at = _after_landscape(line, name_at)
    after = name_end(line, name_at)
    mention = _built(line, at, after, role="place", level=level, name_at=name_at)
    if mention.name and _has_capital(line, at, after):
        return mention
    return mention if level in BARE and not _is_compound(line, name_at) else None


def _after_landscape(line: Line, at: int) -> int:
    """``xã biên giới Sơn Điền``: where the name begins."""
    for length in _LANDSCAPE_LENGTHS.get(line.texts[at], ()) if at < len(line) else ():
        after = at + length
        if line.texts[at:after] in LANDSCAPES and after < len(line) and line.is_capital(after):
            return after
    return at


def _has_capital(line: Line, first: int, after: int) -> bool:
    return any(line.is_capital(i) or line.texts[i].isdigit() for i in range(first, after))


def _is_compound(line: Line, at: int) -> bool:
    """``xã hội``, ``huyện đoàn``, ``thành phố trực thuộc`` name no place."""
    return line.texts[at : at + 1] in (("hội",), ("đoàn",), ("viên",), ("học",), ("luận",))


def _level(line: Line, at: int, after: int) -> tuple[str | None, int]:
    for length in _LEVEL_LENGTHS.get(line.texts[at], ()) if at < after else ():
        end = min(at + length, after)
        level = " ".join(line.texts[at:end])
        if level in RANKS:
            if line.texts[end : end + 1] == (".",) and length == 1:
                end += 1
            return ALIASES.get(level, level), end
    return None, at


def _built(
    line: Line, at: int, after: int, *, role: Role, level: str | None, name_at: int
) -> Mention:
    after = without_person(line, at, name_at, after)
    name = line.written(name_at, after)
    before = line.texts[max(at - 2, 0) : at]
    spread = (
        bool(SPREADING & set(before[-1:]))
        or line.texts[after : after + 1] == ("trực",)
        or (not name and before[1:] == (",",) and before[0] in RANKS)
        or (not name and bool(NOMINAL & set(before[-1:])) and role == "cell" and level is None)
    )
    return Mention(
        at,
        after,
        role=role,
        level=level,
        name=name if name not in ("Đảng", "đảng") else "",
        written=line.written(at, after),
        is_spread=spread and role != "generic",
        is_apart=bool(APART & set(before[-1:])) or _is_some(line, at, role, name),
    )


def _is_some(line: Line, at: int, role: Role, name: str) -> bool:
    """``có chi bộ cả năm kết nạp 1``: one of several that is not named."""
    is_body = role in ("cell", "party") and not name and not line.is_capital(at)
    return is_body and at > 0 and line.texts[at - 1] == "có"


def _is_counted(line: Line, at: int) -> bool:
    """``12 chi bộ``, ``số chi bộ`` count bodies; ``năm 2022 Chi bộ …`` names one."""
    before = line.texts[at - 1] if at else ""
    if before == "số":
        return not line.is_capital(at)
    if before != "%" and not before[:1].isdigit():
        return False
    is_date = _YEAR.match(before) or line.texts[at - 2 : at - 1] in (("/",), ("-",))
    return not (is_date and line.is_capital(at))
