"""How far the name of an organisation runs in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from monitor.extractor.grammar.lexicon import UNITS, lengths_by_first_word, longest
from monitor.extractor.grammar.organisation_words import (
    AFTER_TITLES,
    DEPARTMENTS,
    HEAD_ENDS,
    HEADS,
    LANDSCAPES,
    NUMBERED,
    OFFICES,
    RANKS,
    SURNAMES,
    TAIL,
    TITLES,
    WIDE,
)

if TYPE_CHECKING:
    from monitor.extractor.grammar.words import Line

_LONGEST_RUN: Final = 3
"""Words in small letters a title may hold in a row: ``Phát triển nông thôn``."""
_DEPARTMENT_ENDS: Final = frozenset({"giáo", "chức", "trị", "vận"})
_TAIL: Final = TAIL | DEPARTMENTS
_TAIL_LENGTHS: Final = lengths_by_first_word(_TAIL)
_LANDSCAPE_LENGTHS: Final = lengths_by_first_word(LANDSCAPES)


def name_end(line: Line, at: int) -> int:
    """Index after the name that starts at a word."""
    index = at
    while index < len(line) and (step := _step(line, index, at)):
        index += step
    while index > at and line.texts[index - 1] in ("các", ",", "-", "và", "."):
        index -= 1
    return index


def _step(line: Line, index: int, at: int) -> int:
    """How many of the next words still belong to the name that starts at ``at``."""
    word = line.texts[index]
    if word.isdigit():
        return int(_names(line, index, at))
    if not word[0].isalnum() or word == "và":
        return int(_joins(line, index, at))
    if word == "số" and line.texts[index + 1 : index + 2] and line.texts[index + 1].isdigit():
        return 2 if index == at or line.texts[index - 1] in NUMBERED else 0
    if line.texts[index : index + 2] in HEADS:
        is_of_office = line.texts[index - 2 : index] == ("văn", "phòng")
        return 2 if is_of_office or line.texts[at - 1] in _DEPARTMENT_ENDS else 0
    for length in _TAIL_LENGTHS.get(word, ()):
        words = line.texts[index : index + length]
        if words in _TAIL:
            return len(words)
    if line.is_capital(index):
        return int(not _starts_a_clause(line, index))
    if landscape := _landscape(line, index, at):
        return landscape
    return int(_may_be_in_a_title(line, index) and _runs_on(line, index, at))


def _landscape(line: Line, index: int, at: int) -> int:
    """``thôn biển Xuân Lộc``, ``Chi bộ chợ Đầm``: what stands between a head and its name."""
    lengths = _LANDSCAPE_LENGTHS.get(line.texts[index], ())
    if lengths and any(line.is_capital(i) for i in range(at, index)):
        return 0
    for length in lengths:
        after = index + length
        is_known = line.texts[index:after] in LANDSCAPES
        if (
            is_known
            and after < len(line)
            and (line.is_capital(after) or line.texts[after] in RANKS)
        ):
            return length
    return 0


def _joins(line: Line, index: int, at: int) -> bool:
    """Whether a mark or ``và`` holds two parts of one name together."""
    text = line.texts[index]
    if index + 1 >= len(line) or not _is_name(line, index + 1):
        return False
    if text == ".":
        return line.texts[index - 1] in ("tp", "tx", "tt", "th", "tdp")
    if text in (",", "và"):
        is_listing = "các" in line.texts[at - 1 : index]
        return is_listing or (_is_office(line, at) and line.texts[index + 1] not in RANKS)
    return text == "-"


def _is_office(line: Line, at: int) -> bool:
    """Whether the level before is one whose title runs on in small letters.

    ``Sở Nông nghiệp và Phát triển nông thôn``, ``Bệnh viện Phục hồi chức năng``.
    """
    if at < len(line) and line.texts[at] == "báo" and line.is_capital(at):
        return True  # "Báo và Phát thanh - Truyền hình tỉnh"
    return bool(OFFICES & set(line.texts[max(at - 2, 0) : at + 3]))


def _runs_on(line: Line, index: int, at: int) -> bool:
    """Whether small letters go on a title: ``Nông nghiệp``, not the proper name ``Phú Mỹ giúp``."""
    start = index - 1
    while start > at and not line.is_capital(start):
        start -= 1
    before = line.texts[start - 1]
    # After an acronym a title begins as after its office: "Công ty TNHH MTV Cao su Phú Lộc".
    is_acronym = len(before) > 1 and line.written(start - 1, start).isupper()
    begins = start == at or before in OFFICES or is_acronym
    is_title = begins or not line.is_capital(start - 1)
    if not is_title or index - start > _LONGEST_RUN or not line.is_capital(start):
        return False
    is_followed = index + 1 < len(line) and _is_name(line, index + 1)
    return _is_office(line, at) or (begins and index == start + 1 and is_followed)


def _may_be_in_a_title(line: Line, index: int) -> bool:
    word = line.texts[index]
    found = longest(line.texts, index)
    is_plain = found is None or found[0] == "sector"
    return word.isalpha() and word not in AFTER_TITLES and is_plain


def _starts_a_clause(line: Line, index: int) -> bool:
    found = longest(line.texts, index)
    return found is not None and found[1] - index > 1


def _is_name(line: Line, index: int) -> bool:
    may_start = line.is_capital(index) or line.texts[index] in RANKS
    return may_start and line.texts[index : index + 2] not in HEADS


def _names(line: Line, index: int, at: int) -> bool:
    """Whether a number belongs to a name: ``thôn Tượng 1``, not before something counted.

    Communes and wider units have one only in the place of a name: ``Phường 13``.
    """
    if WIDE & set(line.texts[max(at - 2, 0) : at + 2]) and line.texts[index - 1] not in WIDE:
        return False
    if line.texts[index + 1 : index + 2] in (("%",), ("/",)):
        return False
    unit = longest(line.texts, index + 1) if index + 1 < len(line) else None
    return (unit is None or unit[0] not in UNITS) and len(line.texts[index]) <= 3


def without_person(line: Line, at: int, name_at: int, after: int) -> int:
    """Cut the holder's name off ``Bí thư Chi bộ Trường X Trần Văn Y``.

    ``Bí thư Đảng ủy phường Lê Văn Tám`` may name a person or a ward: nobody's name may become
    an organisation's, so it is the person, and the ward is the one the text names elsewhere.
    """
    if not TITLES & set(line.texts[max(at - 8, 0) : at]):
        return after
    is_holder = bool(TITLES & set(line.texts[max(at - 3, 0) : at]))
    for length in (3, 4, 2):
        cut = after - length
        heads = cut == name_at and (
            line.texts[cut - 1].isdigit() or line.texts[cut - 1] in HEAD_ENDS
        )
        is_long = cut == name_at and length > 2 and is_holder
        keeps_a_name = cut > name_at or heads or is_long
        if keeps_a_name and line.texts[cut] in SURNAMES and line.is_capital(cut):
            return cut
    return after
