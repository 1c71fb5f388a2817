"""Numbers as the press writes them: digits, words, ranges, pairs, percentages, qualifiers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from monitor.extractor.grammar.lexicon import (
    LABELS,
    MULTIPLIERS,
    NUMERALS,
    UNITS,
    longest,
    phrase_set,
    word_set,
)
from monitor.items import Qualifier

if TYPE_CHECKING:
    from collections.abc import Sequence

_DIGITS: Final = re.compile(r"\d+(?:[.,]\d+)*\Z")
_GROUPED: Final = re.compile(r"\d{1,3}(?:[.,]\d{3})+\Z")
_EITHER: Final = re.compile(r"(\d),(\d)\Z")
_DURATIONS: Final = word_set("năm tháng ngày tuổi giờ phút tuần quý lần khóa")
_NO_LABELS: Final = phrase_set("tổng số | trong số | nâng số | thiểu số | bộ đội")
"""``tổng số 172``, ``dân tộc thiểu số 118``, ``bộ đội 9 người``."""
_JOINTS: Final = frozenset({"-", "đến", "hoặc", "tới"})
_PLANNED: Final = frozenset({"chỉ", "tiêu", "kế", "hoạch", "kh"})

_QUALIFIERS: Final[dict[tuple[str, ...], Qualifier]] = {
    ("trên", "dưới"): "about",
    ("ít", "nhất"): "at_least",
    ("tối", "thiểu"): "at_least",
    ("không", "dưới"): "at_least",
    ("xấp", "xỉ"): "about",
    ("trên",): "over",
    ("hơn",): "over",
    ("khoảng",): "about",
    ("chừng",): "about",
    ("ước",): "about",
    ("độ",): "about",
    ("gần",): "nearly",
    ("ngót",): "nearly",
}
_STARTS: Final = {words[0] for words in _QUALIFIERS} | set(NUMERALS) | {"mười"}
"""Words a quantity may start with, digits apart."""


@dataclass(frozen=True)
class Quantity:
    """A number in a sentence with everything that belongs to it but its unit."""

    value: float
    first: int
    after: int
    """Words it covers, qualifier included."""
    value_max: float | None = None
    planned: float | None = None
    """Second number of a pair: ``5/10``."""
    qualifier: Qualifier = "exact"
    is_percent: bool = False
    follows_from: bool = False
    """Whether ``từ`` stands before it."""


def read_quantity(words: Sequence[str], at: int, *, follows_name: bool = False) -> Quantity | None:
    """The quantity that starts at a word, or None.

    Dates, durations, document numbers and numbers that name a thing (``lớp 12``, ``502-QĐ``)
    are none; a lone ``6,7`` before people is 6 or 7, before ``ngàn`` it is 6,700.
    A pair is no name where a whole name stands before it: ``Đảng bộ xã Sơn Kỳ 0/8``.
    """
    if not words[at][0].isdigit() and words[at] not in _STARTS:
        return None
    qualifier, at_number = _qualifier(words, at)
    number = _digits(words, at_number) or _in_words(words, at_number)
    if number is None or (
        at_number == at
        and _is_label(words, at)
        and not (follows_name and _next(words, number[1]) == "/")
    ):
        return None
    value, after, is_split = number
    if is_split and not _counts_people(words, after):
        return None
    quantity = Quantity(
        value,
        at,
        after,
        value_max=value + 1 if is_split else None,
        qualifier=qualifier,
        follows_from=at > 0 and words[at - 1] == "từ",
    )
    return _close(words, _pair(words, quantity) or _range(words, quantity) or quantity)


def parse_digits(text: str, *, is_percent: bool = False) -> float:
    """``9.550`` is 9550 and ``2,5`` is 2.5; in a percentage a comma is always decimal."""
    if _GROUPED.match(text) and not (is_percent and "," in text):
        return float(re.sub(r"[.,]", "", text))
    if "," in text:
        text = text.replace(".", "").replace(",", ".", 1).replace(",", "")
    elif text.count(".") > 1:
        text = text.replace(".", "")
    return float(text)


def _is_label(words: Sequence[str], at: int) -> bool:
    """Whether the word before makes the number a name; ``tổng số 172`` does not."""
    if at == 0 or words[at - 1] not in LABELS:
        return False
    return at == 1 or (words[at - 2], words[at - 1]) not in _NO_LABELS


def _qualifier(words: Sequence[str], at: int) -> tuple[Qualifier, int]:
    for length in (2, 1):
        qualifier = _QUALIFIERS.get(tuple(words[at : at + length]))
        if qualifier is not None:
            return qualifier, at + length
    return "exact", at


def _digits(words: Sequence[str], at: int) -> tuple[float, int, bool] | None:
    """Value, index after it, and whether it is two numbers that stand for either."""
    if at >= len(words) or not _DIGITS.match(words[at]):
        return None
    multiplier = MULTIPLIERS.get(words[at + 1]) if at + 1 < len(words) else None
    if multiplier is not None:
        value = parse_digits(words[at], is_percent=True)
        return round(value * multiplier), at + 2, False
    either = _EITHER.match(words[at])
    if either and int(either[2]) == int(either[1]) + 1 and _next(words, at + 1) != "%":
        return float(either[1]), at + 1, True
    return parse_digits(words[at], is_percent=_next(words, at + 1) == "%"), at + 1, False


def _in_words(words: Sequence[str], at: int) -> tuple[float, int, bool] | None:
    """A number in words; only before a unit, for ``năm`` is also year and ``ba`` father."""
    total = current = 0
    index = at
    while index < len(words):
        word = words[index]
        if word in NUMERALS and (index == at or word != "không"):
            current += NUMERALS[word]
        elif word in ("mười", "mươi", "chục"):
            current = (current // 100) * 100 + max(current % 100, 1) * 10
        elif index == at and word != "mười":
            break
        elif word == "trăm":
            current = max(current, 1) * 100
        elif word in MULTIPLIERS and index > at:
            total, current = total + max(current, 1) * MULTIPLIERS[word], 0
        elif word not in ("linh", "lẻ") or index == at:
            break
        index += 1
    if index == at or total + current == 0 or not _counts_people(words, index):
        return None
    return float(total + current), index, False


def _counts_people(words: Sequence[str], at: int) -> bool:
    found = longest(words, at) if at < len(words) else None
    return found is not None and found[0] in UNITS


def _pair(words: Sequence[str], quantity: Quantity) -> Quantity | None:
    at = quantity.after
    if _next(words, at) != "/":
        return None
    at += 1
    while _next(words, at) in _PLANNED:
        at += 1
    planned = _digits(words, at)
    if planned is None:
        return None
    return Quantity(
        quantity.value,
        quantity.first,
        planned[1],
        planned=planned[0],
        qualifier=quantity.qualifier,
    )


def _range(words: Sequence[str], quantity: Quantity) -> Quantity | None:
    at = quantity.after
    if _next(words, at) == "%" and _next(words, at + 1) in _JOINTS:
        at += 1
    if _next(words, at) not in _JOINTS and not _is_spaced_pair(words, quantity):
        return None
    upper = _digits(words, at + 1) or _in_words(words, at + 1)
    if upper is None or upper[0] <= quantity.value:
        return None
    return Quantity(
        quantity.value,
        quantity.first,
        upper[1],
        value_max=upper[0],
        qualifier=quantity.qualifier,
        follows_from=quantity.follows_from,
    )


def _is_spaced_pair(words: Sequence[str], quantity: Quantity) -> bool:
    """``6, 7 đồng chí``: two neighbouring single digits before people."""
    at = quantity.after
    if _next(words, at) != "," or not _next(words, at + 1).isdigit():
        return False
    upper = int(words[at + 1])
    return 0 < quantity.value < 9 and upper == quantity.value + 1 and _counts_people(words, at + 2)


def _close(words: Sequence[str], quantity: Quantity) -> Quantity | None:
    after = _next(words, quantity.after)
    if after == "%":
        return _with(quantity, after=quantity.after + 1, is_percent=True)
    if after == "phần" and _next(words, quantity.after + 1) == "trăm":
        return _with(quantity, after=quantity.after + 2, is_percent=True)
    if after in _DURATIONS or (after in "-/" and after and _is_document(words, quantity.after)):
        return None
    return quantity


def _is_document(words: Sequence[str], at: int) -> bool:
    """``502-QĐ/ĐUK``, ``45 - CT / TW``: a dash or slash and an abbreviation."""
    follower = _next(words, at + 1)
    return follower.isalpha() and len(follower) <= 4 and follower != "năm"


def _with(quantity: Quantity, *, after: int, is_percent: bool) -> Quantity:
    return Quantity(
        quantity.value,
        quantity.first,
        after,
        value_max=quantity.value_max,
        planned=quantity.planned,
        qualifier=quantity.qualifier,
        is_percent=is_percent,
        follows_from=quantity.follows_from,
    )


def _next(words: Sequence[str], at: int) -> str:
    return words[at] if at < len(words) else ""
