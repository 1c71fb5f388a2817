"""Clauses of a tokenised sentence: where they begin and end, and what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from monitor.extractor.grammar.lexicon import PEOPLE, UNITS, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.extractor.grammar.tokens import Token

ENDING: Final = frozenset({"mark", "period", "state", "count", "percent", "subset", "done", "org"})
"""Kinds that may follow a number's unit without narrowing it."""
_ENDING_WORDS: Final = word_set(
    "và sinh tại ở trong trực nhưng của thuộc với đảng hoạt toàn trên dưới thì mà trước sau phải /"
)
TURNS: Final = frozenset({"nhưng", "song"})
"""Words after which something else is said."""


def clause_start(tokens: Sequence[Token], at: int) -> int:
    """Index of the first token of the clause that holds an index."""
    index = at
    while index > 0 and not _parts(tokens, index - 1):
        index -= 1
    return index


def clause_end(tokens: Sequence[Token], at: int) -> int:
    """Index after the last token of the clause that holds an index."""
    index = at + 1
    while index < len(tokens) and not _parts(tokens, index):
        index += 1
    return index


def clause_of(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    """The clause that holds an index."""
    return tokens[clause_start(tokens, at) : clause_end(tokens, at)]


def speaks_of(tokens: Sequence[Token], kinds: frozenset[str]) -> bool:
    """Whether any token is of one of the kinds."""
    return any(token.kind in kinds for token in tokens)


def stands_alone(tokens: Sequence[Token], at: int, unit: Token | None) -> bool:
    """Whether nothing after the unit narrows it: ``đảng viên nữ`` is a part."""
    follower = follower_of(tokens, at, unit)
    if follower is None or follower.kind in ENDING:
        return True
    return follower.text in _ENDING_WORDS


def follower_of(tokens: Sequence[Token], at: int, unit: Token | None) -> Token | None:
    """The first token after a number and its unit."""
    after = unit.after if unit else tokens[at].after
    return next((token for token in tokens[at + 1 :] if token.first >= after), None)


def _parts(tokens: Sequence[Token], index: int) -> bool:
    """Whether a mark ends a clause; a comma between two units does not."""
    if not tokens[index].is_boundary:
        return tokens[index].text in TURNS
    if tokens[index].text != "," or not 0 < index < len(tokens) - 1:
        return True
    if index + 2 < len(tokens) and tokens[index + 2].is_number:
        # "Ngư dân 11 người, bộ đội 9 người".
        return True
    return not (tokens[index - 1].kind in UNITS and tokens[index + 1].kind in PEOPLE)
