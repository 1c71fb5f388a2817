"""Which predicate governs a number: in its clause, or in one it only goes on with."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from monitor.extractor.grammar.clauses import (
    TURNS,
    clause_end,
    clause_start,
    speaks_of,
    stands_alone,
)
from monitor.extractor.grammar.lexicon import BLOCKING, PEOPLE, PREDICATES, WEAK, word_set
from monitor.extractor.grammar.parts import SUBSET, WHOLES, heads_total, list_start
from monitor.extractor.grammar.tokens import Token, unit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_CARRYING: Final = PEOPLE | {
    *("mark", "subset", "state", "reach", "each", "joint", "period", "org", "done", "fresh"),
    *("into_party", "count", "percent", "cell", "base", "attend", "excess", "name", "sector"),
}
"""Kinds that may stand between a predicate of an earlier clause and a number it still governs."""
_FUNCTION_WORDS: Final = word_set(
    "là và cả số của đã được như cho tại ở trong đó các cùng còn lại vào toàn tiêu biểu năm hay thu"
    " hút bình quân dành sự lần lượt ra lên thêm thì nơi đây nay cũng do từ khóa những nhiều gần"
    " với chỉ tới lũy kế tháng ba sáu chín"
)
_PASSED_BY: Final = frozenset({"excess", "shortfall", "change", "judged", "reach", "attend"})
"""Predicates that govern their own clause only."""
_ANEW: Final = PREDICATES - {"attend", "reach"} | {"org", "period"}
"""Kinds that begin a statement of their own."""
_NUMBERS: Final = frozenset({"count", "percent"})
_NARROWING: Final = frozenset({"count", "percent", "subset", "theory"})
_NOT_YET: Final = frozenset({"để", "nhằm", "chờ", "khi", "chuẩn", "sớm", "do"})
"""Words that make a following passive a purpose, or said of somebody else."""
_WITH_THEM: Final = PEOPLE | {
    *("word", "name", "count", "org", "done", "fresh", "class", "course", "attend"),
}
"""Kinds that tell who the people before a shared passive are."""
_DEEDS: Final = word_set("trao tổ mở cử làm ra tiến")
"""First words of deeds: ``trao quyết định``, ``tổ chức``, ``tiến hành``."""
_FOUNDED: Final = frozenset({"thành lập", "được thành lập", "sáp nhập"})


def left_of(tokens: Sequence[Token], at: int, *, unit: Token | None) -> int | None:
    """Index of the predicate before a number that governs it, or None."""
    left = _left_in_clause(tokens, at)
    if left is None or (tokens[left].kind in WEAK and not _states_a_whole(tokens, at, unit)):
        left = _left_before_clause(tokens, at, left)
    return left


def right_of(tokens: Sequence[Token], at: int, *, left: int | None) -> int | None:
    """Index of the first predicate after a number in its clause, or None.

    A weak one only for want of another; where the number is merely stated (``có 34 quần chúng
    người Hà Nhì, La Hủ được kết nạp``), also one of the next clause.
    """
    right = _right(tokens, at)
    if right is None or tokens[right].kind == "class":
        right = _shared_passive(tokens, at, may_count=right is None) or right
    if right is None:
        right = _shared_class(tokens, at)
    is_stated = left is None or tokens[left].kind == "state"
    return _right_in_next(tokens, at) if right is None and is_stated else right


def _left_in_clause(tokens: Sequence[Token], at: int) -> int | None:
    weak: int | None = None
    for index in range(at - 1, clause_start(tokens, at) - 1, -1):
        kind = tokens[index].kind
        if kind in PREDICATES and kind not in WEAK:
            # "Thành lập năm 2014 với 3 đảng viên" counts members, not foundations.
            return index if weak is None or tokens[index].text not in _FOUNDED else weak
        if kind in WEAK and weak is None:
            weak = index
        if kind == "org" and weak is not None and tokens[weak].kind == "state":
            return weak
    return weak


def _states_a_whole(tokens: Sequence[Token], at: int, unit: Token | None) -> bool:
    """``có 18 đảng viên.``: a statement of its own, not a part of what was said before."""
    start = clause_start(tokens, at)
    is_body = unit is not None and unit.kind in ("member", "cell", "base")
    is_part = speaks_of(tokens[start:at], SUBSET) or _is_announced(tokens, start)
    return is_body and not is_part and stands_alone(tokens, at, unit)


def _left_before_clause(tokens: Sequence[Token], at: int, own: int | None) -> int | None:
    """The predicate of an earlier clause, where nothing new was begun since.

    A mere ``có`` counts only until ``trong đó`` is met on the way back: then the list goes on
    with what was divided.
    """
    if not _carries(tokens, at) or (own is not None and _divides_its_own(tokens, at)):
        return own
    stated = own
    for index in range(clause_start(tokens, at) - 1, -1, -1):
        kind = tokens[index].kind
        is_listed = kind == "subset" and index >= list_start(tokens, at)
        if is_listed and not heads_total(tokens, index):
            stated = None
        elif kind == "state" and tokens[index - 1].kind in PREDICATES - WEAK:
            continue  # "kết nạp vỏn vẹn 6 đảng viên"
        elif kind == "state":
            stated = index if stated is None and _has_a_whole(tokens, index) else stated
        elif kind in PREDICATES and kind not in _PASSED_BY and not _is_remark(tokens, index):
            return index if stated is None or stated == own else stated
    return stated if stated is not None else own


def _divides_its_own(tokens: Sequence[Token], at: int) -> bool:
    """``…; trong 33 đảng viên kết nạp năm 2025 có 18 nữ``: the clause tells its whole itself."""
    before = tokens[clause_start(tokens, at) : at]
    tells_whole = any(one.text in WHOLES and other.is_number for one, other in pairwise(before))
    return tells_whole and speaks_of(before, frozenset({"admit", "fresh"}))


def _is_announced(tokens: Sequence[Token], start: int) -> bool:
    """``Trong số đảng viên mới, có 32 …``: the clause before says what is divided."""
    if start == 0:
        return False
    before = tokens[clause_start(tokens, start - 1) : start - 1]
    divides_number = any(one.text in WHOLES and other.is_number for one, other in pairwise(before))
    return speaks_of(before, SUBSET) and (divides_number or not speaks_of(before, _NUMBERS))


def _has_a_whole(tokens: Sequence[Token], state: int) -> bool:
    """Whether a ``có`` is said of a whole and not of a part."""
    start = clause_start(tokens, state)
    if tokens[state].text.endswith("gồm"):
        # "Kết nạp được nhiều đảng viên gồm …" and "gồm: …" list what was said before.
        is_listing = [token.text for token in tokens[state + 1 : state + 2]] == [":"]
        if is_listing or speaks_of(tokens[start:state], PREDICATES - WEAK):
            return False
    if speaks_of(tokens[start:state], SUBSET) or _is_announced(tokens, start):
        return False
    for index in range(state + 1, clause_end(tokens, state)):
        if tokens[index].is_number:
            unit = unit_of(tokens, index)
            is_of_bodies = unit is not None and unit.text.startswith("đảng bộ")
            return is_of_bodies or stands_alone(tokens, index, unit)
    return True


def _is_remark(tokens: Sequence[Token], index: int) -> bool:
    """``… do Đoàn giới thiệu``: said of one number, not of those that follow."""
    if tokens[index].kind not in BLOCKING:
        return False
    return speaks_of(tokens[clause_start(tokens, index) : index], _NUMBERS)


def _carries(tokens: Sequence[Token], at: int) -> bool:
    """Whether the clause of a number only goes on with the one before."""
    start = clause_start(tokens, at)
    before = tokens[start:at]
    if start and tokens[start - 1].text in TURNS:
        return speaks_of(before, SUBSET)
    if speaks_of(before, SUBSET) or _goes_on_dividing(tokens, at, before):
        return True
    if start > 1 and tokens[start - 2].kind == "subset" and not speaks_of(before, BLOCKING):
        # "Trong số này, thợ lò trực tiếp chiếm 31 người".
        return True
    return all(
        token.kind in _CARRYING
        or (token.kind == "word" and (token.text in _FUNCTION_WORDS or token.text.isdigit()))
        or (token.kind == "counted" and index and before[index - 1].kind == "sector")
        for index, token in enumerate(before)
    )


def _goes_on_dividing(tokens: Sequence[Token], at: int, before: Sequence[Token]) -> bool:
    """``…, đảng viên người dân tộc ít người 14 đồng chí``: a part named before its number."""
    unit = unit_of(tokens, at)
    counts_people = bool(before) and unit is not None and unit.kind in PEOPLE
    return counts_people and not speaks_of(before, _ANEW) and speaks_of(tokens[:at], SUBSET)


def _right(tokens: Sequence[Token], at: int) -> int | None:
    weak: int | None = None
    for index in range(at + 1, clause_end(tokens, at)):
        kind = tokens[index].kind
        if kind == "count" or tokens[index].text == "do" or _starts_anew(tokens, index):
            break
        if kind in PREDICATES and kind not in WEAK | {"reach"}:
            return index
        if kind == "attend" and weak is None:
            weak = index
    return weak


def _shared_passive(tokens: Sequence[Token], at: int, *, may_count: bool) -> int | None:
    """``4 chủ trang trại và 3 lái xe được kết nạp``: one passive for all who stand before it.

    Also past the class they had been to; not ``học lớp … để được kết nạp``.
    """
    for index in range(at + 1, len(tokens)):
        token = tokens[index]
        if token.kind in ("admit", "official"):
            is_passive = tokens[index - 1].text == "được" or token.text.startswith("được")
            return index if is_passive and not _NOT_YET & _texts(tokens[at:index]) else None
        if token.kind not in _WITH_THEM and token.text != ",":
            return None
        if token.kind == "count" and not may_count:
            return None
        if token.text == "," and not any(t.is_number for t in tokens[index + 1 : index + 2]):
            return None
    return None


def _shared_class(tokens: Sequence[Token], at: int) -> int | None:
    """``cử 14 học sinh và 3 giáo viên dự lớp …``: one class for all who stand before it."""
    attends = counts = False
    for index in range(at + 1, clause_end(tokens, at)):
        token = tokens[index]
        if token.kind == "class":
            return index if attends and counts else None
        if token.kind not in PEOPLE | {"count", "attend", "course"} and token.text != "và":
            return None
        attends = attends or token.kind == "attend"
        counts = counts or token.kind == "count"
    return None


def _texts(tokens: Sequence[Token]) -> set[str]:
    return {token.text for token in tokens}


def _right_in_next(tokens: Sequence[Token], at: int) -> int | None:
    """A passive of the clause after, where that clause counts and names nothing itself."""
    end = clause_end(tokens, at)
    if end >= len(tokens) or tokens[end].text != ",":
        return None
    for index in range(end + 1, clause_end(tokens, end)):
        token = tokens[index]
        if token.kind in _NARROWING:
            return None
        if token.kind in PREDICATES - WEAK:
            is_passive = tokens[index - 1].text == "được" or token.text.startswith("được")
            return index if is_passive and token.kind in ("admit", "official") else None
    return None


def _starts_anew(tokens: Sequence[Token], index: int) -> bool:
    """``trao Huy hiệu cho 25 đảng viên và kết nạp 3 …``: the second verb is not said of the 25."""
    if tokens[index].text != "và" or index + 1 == len(tokens):
        return False
    return tokens[index + 1].kind in PREDICATES or tokens[index + 1].text in _DEEDS
