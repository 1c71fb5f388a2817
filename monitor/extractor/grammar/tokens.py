"""A sentence as typed tokens: counts, units, predicates, organisations, periods, moods."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from monitor.extractor.grammar.lexicon import PEOPLE, UNITS, longest
from monitor.extractor.grammar.numbers import Quantity, read_quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.extractor.grammar.organisations import Mention
    from monitor.extractor.grammar.periods import Period
    from monitor.extractor.grammar.words import Line

BOUNDARIES = frozenset(',;:()[]".!?…')
"""Marks that end a clause."""


class Token(NamedTuple):
    """One unit of the grammar."""

    kind: str
    """A kind of the lexicon, or count, percent, org, period, mark, word; a word with a capital
    inside a sentence is a name."""
    text: str
    """Folded."""
    first: int
    after: int
    """Words it covers."""
    quantity: Quantity | None = None
    mention: Mention | None = None
    period: Period | None = None

    @property
    def is_boundary(self) -> bool:
        """Whether a clause ends here."""
        return self.kind == "mark" and self.text in BOUNDARIES

    @property
    def is_number(self) -> bool:
        """Whether it is a count or a percentage."""
        return self.quantity is not None


def tokenize(
    line: Line, *, mentions: Sequence[Mention], periods: Sequence[Period]
) -> tuple[Token, ...]:
    """Cut a line into tokens; periods come first, then organisations, numbers, phrases."""
    spans = _spans(line, mentions, periods)
    tokens: list[Token] = []
    index = 0
    while index < len(line):
        token = spans.get(index) or _token(line, index, last=tokens[-1] if tokens else None)
        tokens.append(token)
        index = token.after
    return tuple(tokens)


def unit_of(tokens: Sequence[Token], at: int) -> Token | None:
    """The unit of the number at an index: directly after it, ``số`` or ``lượt`` allowed between."""
    index = at + 1
    while index < len(tokens) and tokens[index].text in ("số", "là", "tổng", "lượt"):
        index += 1
    if index >= len(tokens) or tokens[index].kind not in UNITS:
        return None
    if tokens[index].kind == "person" and tokens[index + 1 : index + 2]:
        # "21 đ/c đảng viên" counts members.
        following = tokens[index + 1]
        return following if following.kind == "member" else tokens[index]
    return tokens[index]


def _spans(line: Line, mentions: Sequence[Mention], periods: Sequence[Period]) -> dict[int, Token]:
    spans = {m.first: _of_mention(line, m) for m in mentions}
    for period in periods:
        inside = range(bisect_left(line.starts, period.start), bisect_left(line.starts, period.end))
        if inside and not _is_counted(line, inside):
            token = _of_period(line, inside[0], inside[-1] + 1, period)
            if _ends_in_a_count(line, token):
                continue
            spans = {
                at: t for at, t in spans.items() if t.after <= token.first or at >= token.after
            }
            spans[inside[0]] = token
    return spans


def _is_counted(line: Line, inside: Sequence[int]) -> bool:
    """Whether what looks like a day, ``5/10``, counts people after all."""
    texts = line.texts[inside[0] : inside[-1] + 1]
    unit = longest(line.texts, inside[-1] + 1) if inside[-1] + 1 < len(line) else None
    return all(text[0].isdigit() or text in "-/." for text in texts) and (
        unit is not None and unit[0] in UNITS
    )


def _ends_in_a_count(line: Line, period: Token) -> bool:
    """``vượt kế hoạch quý 2 đồng chí``: by two, and not in the second quarter."""
    named, _, number = period.text.rpartition(" ")
    unit = longest(line.texts, period.after) if period.after < len(line) else None
    is_of_goal = line.texts[period.first - 1] in ("hoạch", "tiêu") if period.first else False
    is_counted = unit is not None and unit[0] in PEOPLE
    return is_of_goal and is_counted and named in ("quý", "tháng") and number.isdigit()


def _of_mention(line: Line, mention: Mention) -> Token:
    text = " ".join(line.texts[mention.first : mention.after])
    return Token("org", text, mention.first, mention.after, mention=mention)


def _of_period(line: Line, first: int, after: int, period: Period) -> Token:
    return Token("period", " ".join(line.texts[first:after]), first, after, period=period)


def _token(line: Line, index: int, *, last: Token | None) -> Token:
    text = line.texts[index]
    follows_name = last is not None and last.kind == "org"
    quantity = read_quantity(line.texts, index, follows_name=follows_name)
    if quantity is not None:
        kind = "percent" if quantity.is_percent else "count"
        return Token(kind, text, index, quantity.after, quantity=quantity)
    found = longest(line.texts, index)
    if found is not None:
        kind, after = found
        return Token(kind, " ".join(line.texts[index:after]), index, after)
    if text == "trong" and index + 1 < len(line) and read_quantity(line.texts, index + 1):
        # "Trong 787 đảng viên mới có 248 nữ": what follows divides the number.
        return Token("subset", text, index, index + 1)
    if not text[0].isalnum():
        return Token("mark", text, index, index + 1)
    return Token("name" if index and line.is_capital(index) else "word", text, index, index + 1)
