"""Organisations in a sentence: where one is named, of which level, and with which name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from monitor.extractor.organisation_names import name_end, without_person
from monitor.extractor.organisation_words import (
    ALIASES,
    APART,
    BARE,
    FIRST_WORDS,
    HEADS,
    NOMINAL,
    RANKS,
    SPLIT_NAMES,
    SPREADING,
    Role,
)

if TYPE_CHECKING:
    from monitor.extractor.words import Line

_YEAR: Final = re.compile(r"(?:19|20)\d\d\Z")


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
    for at, text in enumerate(line.texts):
        if at < index or text not in FIRST_WORDS:
            continue
        mention = _mention(line, at)
        if mention is not None:
            found.append(_joined(line, found[-1], mention) if found else mention)
            index = mention.after
    return found


def find_nested(line: Line, mention: Mention) -> list[Mention]:
    """Mentions inside another: ``Ban Tổ chức Huyện ủy Phú Lương`` names a huyện."""
    starts = range(mention.first + 1, mention.after)
    found = (_mention(line, at) for at in starts if line.texts[at] in FIRST_WORDS)
    return [inner for inner in found if inner is not None]


def _joined(line: Line, before: Mention, mention: Mention) -> Mention:
    """``mỗi đảng bộ xã, thị trấn``: the second is as unspecific as the first."""
    between = line.texts[before.after : mention.first]
    if mention.name or not before.is_spread or between not in ((",",), ("và",)):
        return mention
    return replace(mention, is_spread=True, is_apart=before.is_apart)


def _mention(line: Line, at: int) -> Mention | None:
    if _is_counted(line, at):
        return None
    for length in (6, 5, 4, 3, 2):
        words = line.texts[at : at + length]
        if len(words) == length and words in HEADS:
            return _headed(line, at, at + length, HEADS[words])
    return _place(line, at)


def _headed(line: Line, at: int, tail: int, head: tuple[Role, str | None]) -> Mention | None:
    role, level = head
    if line.texts[tail : tail + 2] == ("cơ", "sở") or line.texts[tail : tail + 1] == ("viên",):
        return None
    after = name_end(line, tail)
    if level is None and role != "department":
        level, tail = _level(line, tail, after)
    return _built(line, at, after, role=role, level=level, name_at=tail)


def _place(line: Line, at: int) -> Mention | None:
    level, name_at = _level(line, at, len(line))
    if level is None or (at and line.texts[at - 1] in SPLIT_NAMES):
        return None
    after = name_end(line, name_at)
    mention = _built(line, at, after, role="place", level=level, name_at=name_at)
    if mention.name and _has_capital(line, at, after):
        return mention
    return mention if level in BARE and not _is_compound(line, name_at) else None


def _has_capital(line: Line, first: int, after: int) -> bool:
    return any(line.is_capital(i) or line.texts[i].isdigit() for i in range(first, after))


def _is_compound(line: Line, at: int) -> bool:
    """``xã hội``, ``huyện đoàn``, ``thành phố trực thuộc`` name no place."""
    return line.texts[at : at + 1] in (("hội",), ("đoàn",), ("viên",), ("học",), ("luận",))


def _level(line: Line, at: int, after: int) -> tuple[str | None, int]:
    for length in (3, 2, 1):
        words = line.texts[at : min(at + length, after)]
        level = " ".join(words)
        if len(words) == length and level in RANKS:
            end = at + length
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
        is_apart=bool(APART & set(before[-1:])),
    )


def _is_counted(line: Line, at: int) -> bool:
    """``12 chi bộ`` counts bodies; ``năm 2022 Chi bộ …`` and ``ngày 20/10 Chi bộ …`` name one."""
    before = line.texts[at - 1] if at else ""
    if before != "%" and not before[:1].isdigit():
        return False
    is_date = _YEAR.match(before) or line.texts[at - 2 : at - 1] in (("/",), ("-",))
    return not (is_date and line.is_capital(at))
