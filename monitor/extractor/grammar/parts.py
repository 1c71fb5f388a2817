"""Whether a number is a part of another: ``trong đó``, ``riêng``, ``2 trong số 4``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from monitor.extractor.grammar.clauses import clause_start
from monitor.extractor.grammar.tokens import Token, unit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

SUBSET: Final = frozenset({"subset"})
WHOLES: Final = frozenset({"trong", "trong số", "trong tổng số"})
"""Right before a number they make it the whole that is divided after."""


def is_subset(tokens: Sequence[Token], at: int, left: int | None) -> bool:
    """Whether a number is a part of one told before."""
    start = list_start(tokens, at) if left is None else max(left, list_start(tokens, at))
    parts = [i for i in range(start, at) if tokens[i].kind == "subset"]
    if not parts and left is not None and left >= clause_start(tokens, at):
        parts = [i for i in range(clause_start(tokens, at), left) if tokens[i].kind == "subset"]
    wholes = {at - 1} if tokens[at - 1].text in WHOLES else set()
    return any(index not in wholes and not heads_total(tokens, index) for index in parts)


def list_start(tokens: Sequence[Token], at: int) -> int:
    """Where the statement of a number begins: bodies after a semicolon are no part of people."""
    unit = unit_of(tokens, at)
    if unit is None or unit.kind not in ("cell", "base"):
        return 0
    return max((i for i in range(at) if tokens[i].text == ";"), default=0)


def heads_total(tokens: Sequence[Token], index: int) -> bool:
    """``Riêng năm 2022, …`` and ``Riêng Đảng bộ X …`` begin a statement of their own."""
    token = tokens[index]
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return token.text == "riêng" and following is not None and following.kind in ("period", "org")


def is_fraction(tokens: Sequence[Token], index: int) -> bool:
    """``2 trong số 4 người``: a part that says neither number."""
    near = tokens[max(index - 2, 0) : index + 1]
    return [token.kind for token in near] == ["count", "subset", "count"]
