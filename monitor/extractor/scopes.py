"""What governs a number: the predicate before or after it, and whether it is a part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.extractor.clauses import clause_end, clause_start, follower_of, speaks_of, stands_alone
from monitor.extractor.lexicon import BLOCKING, PEOPLE, PREDICATES, WEAK, word_set
from monitor.extractor.tokens import Token, unit_of

_CARRYING: Final = PEOPLE | {
    *("mark", "subset", "state", "reach", "each", "joint", "period", "org", "done", "fresh"),
    *("into_party", "count", "percent", "cell", "base", "attend", "excess"),
}
"""Kinds that may stand between a predicate of an earlier clause and a number it still governs."""
_FUNCTION_WORDS: Final = word_set(
    "là và cả số của đã được như cho tại ở trong đó các cùng còn lại vào toàn tiêu biểu năm hay thu"
    " hút dành sự lần lượt ra lên thêm thì nơi đây nay cũng do từ khóa những nhiều gần với"
)
_PASSED_BY: Final = frozenset({"excess", "shortfall", "change", "judged", "reach", "attend"})
"""Predicates that govern their own clause only."""
_SUBSET: Final = frozenset({"subset"})
_WHOLES: Final = frozenset({"trong", "trong số", "trong tổng số"})
"""Right before a number they make it the whole that is divided after."""
_NUMBERS: Final = frozenset({"count", "percent"})


@dataclass(frozen=True)
class Scope:
    """A number with what governs it."""

    tokens: Sequence[Token]
    at: int
    unit: Token | None
    left: int | None
    """Index of the governing predicate before it."""
    right: int | None
    """Index of the first predicate after it in its clause."""
    is_inherited: bool
    """Whether ``left`` stands in an earlier clause."""
    is_subset: bool

    @property
    def left_kind(self) -> str:
        """Kind of the predicate before, or empty."""
        return self.tokens[self.left].kind if self.left is not None else ""

    @property
    def right_kind(self) -> str:
        """Kind of the predicate after, or empty."""
        return self.tokens[self.right].kind if self.right is not None else ""

    @property
    def unit_kind(self) -> str:
        """Kind of the unit, or empty."""
        return self.unit.kind if self.unit else ""

    @property
    def clause(self) -> Sequence[Token]:
        """The tokens of its own clause."""
        return self.tokens[clause_start(self.tokens, self.at) : clause_end(self.tokens, self.at)]

    @property
    def before(self) -> Sequence[Token]:
        """The clause up to the number."""
        return self.tokens[clause_start(self.tokens, self.at) : self.at]

    @property
    def behind(self) -> Sequence[Token]:
        """The clause after the number."""
        return self.tokens[self.at + 1 : clause_end(self.tokens, self.at)]

    @property
    def follower(self) -> Token | None:
        """The first token after the unit, or after the number."""
        return follower_of(self.tokens, self.at, self.unit)


def scope_of(tokens: Sequence[Token], at: int) -> Scope:
    """Find what governs the number at an index."""
    unit = unit_of(tokens, at)
    left = _left_in_clause(tokens, at)
    if left is None or (tokens[left].kind in WEAK and not _states_a_whole(tokens, at, unit)):
        left = _left_before_clause(tokens, at, left)
    return Scope(
        tokens,
        at,
        unit=unit,
        left=left,
        right=_right(tokens, at),
        is_inherited=left is None or left < clause_start(tokens, at),
        is_subset=_is_subset(tokens, at, left),
    )


def numbers(tokens: Sequence[Token]) -> Iterator[int]:
    """Indexes of the counts and percentages; ``2 trong số 4 người`` is a part and says neither."""
    for index, token in enumerate(tokens):
        if token.is_number and not (_is_part(tokens, index) or _is_part(tokens, index + 2)):
            yield index


def _left_in_clause(tokens: Sequence[Token], at: int) -> int | None:
    weak: int | None = None
    for index in range(at - 1, clause_start(tokens, at) - 1, -1):
        kind = tokens[index].kind
        if kind in PREDICATES and kind not in WEAK:
            return index
        if kind in WEAK and weak is None:
            weak = index
        if kind == "org" and weak is not None and tokens[weak].kind == "state":
            return weak
    return weak


def _states_a_whole(tokens: Sequence[Token], at: int, unit: Token | None) -> bool:
    """``có 18 đảng viên.``: a statement of its own, not a part of what was said before."""
    start = clause_start(tokens, at)
    is_body = unit is not None and unit.kind in ("member", "cell", "base")
    is_part = speaks_of(tokens[start:at], _SUBSET) or _is_announced(tokens, start)
    return is_body and not is_part and stands_alone(tokens, at, unit)


def _left_before_clause(tokens: Sequence[Token], at: int, own: int | None) -> int | None:
    """The predicate of an earlier clause, where nothing new was begun since.

    A mere ``có`` counts only until ``trong đó`` is met on the way back: then the list goes on
    with what was divided.
    """
    if not _carries(tokens, at):
        return own
    stated = own
    for index in range(clause_start(tokens, at) - 1, -1, -1):
        kind = tokens[index].kind
        if (
            kind == "subset"
            and index >= _list_start(tokens, at)
            and not _heads_total(tokens, index)
        ):
            stated = None
        elif kind == "state":
            stated = index if stated is None and _has_a_whole(tokens, index) else stated
        elif kind in PREDICATES and kind not in _PASSED_BY and not _is_remark(tokens, index):
            return index if stated is None or stated == own else stated
    return stated if stated is not None else own


def _is_announced(tokens: Sequence[Token], start: int) -> bool:
    """``Trong số đảng viên mới, có 32 …``: the clause before says what is divided."""
    if start == 0:
        return False
    before = tokens[clause_start(tokens, start - 1) : start - 1]
    return speaks_of(before, _SUBSET) and not speaks_of(before, _NUMBERS)


def _has_a_whole(tokens: Sequence[Token], state: int) -> bool:
    """Whether a ``có`` is said of a whole and not of a part."""
    opens_a_list = tokens[state].text.endswith("gồm") and tokens[state + 1 : state + 2]
    if opens_a_list and tokens[state + 1].text == ":":
        return False
    if speaks_of(tokens[clause_start(tokens, state) : state], _SUBSET):
        return False
    for index in range(state + 1, clause_end(tokens, state)):
        if tokens[index].is_number:
            return stands_alone(tokens, index, unit_of(tokens, index))
    return True


def _is_remark(tokens: Sequence[Token], index: int) -> bool:
    """``… do Đoàn giới thiệu``: said of one number, not of those that follow."""
    if tokens[index].kind not in BLOCKING:
        return False
    return speaks_of(tokens[clause_start(tokens, index) : index], _NUMBERS)


def _carries(tokens: Sequence[Token], at: int) -> bool:
    """Whether the clause of a number only goes on with the one before."""
    before = tokens[clause_start(tokens, at) : at]
    if speaks_of(before, _SUBSET) or _goes_on_dividing(tokens, at, before):
        return True
    return all(
        token.kind in _CARRYING or (token.kind == "word" and token.text in _FUNCTION_WORDS)
        for token in before
    )


def _goes_on_dividing(tokens: Sequence[Token], at: int, before: Sequence[Token]) -> bool:
    """``…, đảng viên người dân tộc ít người 14 đồng chí``: a part named before its number."""
    names_part = bool(before) and before[0].kind in PEOPLE | {"sector"}
    return names_part and not speaks_of(before, PREDICATES) and speaks_of(tokens[:at], _SUBSET)


def _right(tokens: Sequence[Token], at: int) -> int | None:
    """First predicate after the number in its clause; a weak one only for want of another."""
    weak: int | None = None
    for index in range(at + 1, clause_end(tokens, at)):
        kind = tokens[index].kind
        if kind == "count" or _starts_anew(tokens, index):
            break
        if kind in PREDICATES and kind not in WEAK | {"reach"}:
            return index
        if kind == "attend" and weak is None:
            weak = index
    return weak


def _starts_anew(tokens: Sequence[Token], index: int) -> bool:
    """``trao Huy hiệu cho 25 đảng viên và kết nạp 3 …``: the second verb is not said of the 25."""
    following = tokens[index + 1 : index + 2]
    return tokens[index].text == "và" and bool(following) and following[0].kind in PREDICATES


def _is_subset(tokens: Sequence[Token], at: int, left: int | None) -> bool:
    start = _list_start(tokens, at) if left is None else max(left, _list_start(tokens, at))
    parts = [i for i in range(start, at) if tokens[i].kind == "subset"]
    if not parts and left is not None and left >= clause_start(tokens, at):
        parts = [i for i in range(clause_start(tokens, at), left) if tokens[i].kind == "subset"]
    wholes = {at - 1} if tokens[at - 1].text in _WHOLES else set()
    return any(index not in wholes and not _heads_total(tokens, index) for index in parts)


def _list_start(tokens: Sequence[Token], at: int) -> int:
    """Where the statement of a number begins: bodies after a semicolon are no part of people."""
    unit = unit_of(tokens, at)
    if unit is None or unit.kind not in ("cell", "base"):
        return 0
    return max((i for i in range(at) if tokens[i].text == ";"), default=0)


def _heads_total(tokens: Sequence[Token], index: int) -> bool:
    """``Riêng năm 2022, …`` and ``Riêng Đảng bộ X …`` begin a statement of their own."""
    token = tokens[index]
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return token.text == "riêng" and following is not None and following.kind in ("period", "org")


def _is_part(tokens: Sequence[Token], index: int) -> bool:
    near = tokens[max(index - 2, 0) : index + 1]
    return len(near) == 3 and (near[0].kind, near[1].kind, near[2].kind) == (
        "count",
        "subset",
        "count",
    )
