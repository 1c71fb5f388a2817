"""Plan or deed, done or not: the mood a number stands in."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from monitor.extractor.grammar.clauses import clause_start, speaks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.extractor.grammar.scopes import Scope
    from monitor.extractor.grammar.tokens import Token

_FINISHED: Final = frozenset({"qua", "xong", "hoàn", "sau"})
_GOAL: Final = frozenset({"goal"})
_LEARNT: Final = frozenset({("đã", "học"), ("đã", "dự học")})
_PROPOSING: Final = ("đề nghị", "đề xuất")
_ASSIGNED: Final = frozenset({"admit", "grow", "org", "each", "period"})
"""Kinds that follow ``giao`` where it gives a task."""

_TIMES: Final = frozenset({"each", "period"})
_TO_EACH: Final = frozenset({"mỗi", "từng", "các", "cho"})


def is_planned(scope: Scope, predicate: int) -> bool:
    """Whether the last word of mood before a predicate speaks of a plan."""
    if _names_goal(scope.tokens, predicate) or _explains_goal(scope):
        return True
    if _is_measured(scope):
        return False
    for index in range(max(predicate, scope.at) - 1, -1, -1):
        mood = _mood(scope.tokens, index)
        if mood is not None:
            return mood == "plan"
    return False


def is_negated(scope: Scope, predicate: int, *, since: int | None = None) -> bool:
    """Whether ``chưa`` or ``không`` stands before a predicate: right before, or ``since``."""
    start = max(clause_start(scope.tokens, predicate), predicate - 3) if since is None else since
    return any(token.kind == "not" for token in scope.tokens[start:predicate])


def is_proposed(scope: Scope, predicate: int) -> bool:
    """``đề nghị Huyện ủy xem xét, kết nạp 3 …``: asked for and not done."""
    for index in range(predicate - 1, -1, -1):
        token = scope.tokens[index]
        if token.kind == "introduce":
            return token.text.startswith(_PROPOSING) and scope.tokens[index + 1].text != "của"
        is_between = token.kind in ("org", "word", "name", "into_party") or token.text == ","
        if not is_between or token.text in ("được", "và"):
            return False
    return False


def is_finished_class(scope: Scope) -> bool:
    """``đã qua lớp …``: people who were in a class before, not sent to one now."""
    right = scope.right or 0
    between = scope.tokens[scope.at + 1 : right]
    return any(_FINISHED & set(t.text.split()) for t in between) or any(
        (t.text, following.text) in _LEARNT for t, following in pairwise(between)
    )


def _explains_goal(scope: Scope) -> bool:
    """``kết nạp 27 đảng viên, đạt 90% kế hoạch năm (30 đảng viên)``: the plan, in brackets."""
    tokens, at = scope.tokens, scope.at
    if at == 0 or tokens[at - 1].text != "(" or scope.left is None:
        return False
    is_after_goal = speaks_of(tokens[max(at - 4, 0) : at], _GOAL)
    return is_after_goal and any(token.kind == "count" for token in tokens[scope.left : at])


def _is_measured(scope: Scope) -> bool:
    """``kết nạp 160 đảng viên, bằng 53% kế hoạch``: what is measured by the plan was done."""
    for index in range(scope.at + 1, len(scope.tokens) - 1):
        if scope.tokens[index].kind == "count":
            return False
        if scope.tokens[index].kind == "percent":
            return any(t.kind == "goal" for t in scope.tokens[index + 1 : index + 3])
    return False


def _mood(tokens: Sequence[Token], index: int) -> str | None:
    token = tokens[index]
    if token.period is not None:
        return {"past": "done", "future": "plan", "open": None}[token.period.tense]
    if token.kind == "goal":
        return None if token.text == "nghị quyết" or _is_reached(tokens, index) else "plan"
    if token.text in ("nhưng", "song") or _is_only(tokens, index):
        return "done"
    if token.text.endswith("giao") and speaks_of(tokens[max(index - 2, 0) : index], _GOAL):
        return None
    if token.kind in ("assign", "resolve"):
        following = tokens[index + 1]
        if token.kind == "resolve":
            return "plan" if following.kind in _TIMES | {"admit"} else None
        return "plan" if following.kind in _ASSIGNED or following.text in _TO_EACH else None
    if token.kind in ("plan", "future"):
        return "plan"
    return "done" if token.kind == "done" else None


def _is_only(tokens: Sequence[Token], index: int) -> bool:
    """``mới kết nạp 360``: not new but only, and so a deed."""
    following = tokens[index + 1 : index + 2]
    return tokens[index].kind == "fresh" and bool(following) and following[0].kind == "admit"


def _is_reached(tokens: Sequence[Token], index: int) -> bool:
    """``vượt chỉ tiêu``, ``so với kế hoạch``: the goal is a measure, not the mood."""
    return any(
        token.kind in ("excess", "shortfall", "reach", "against", "percent", "change")
        for token in tokens[max(index - 3, 0) : index]
    )


def _names_goal(tokens: Sequence[Token], predicate: int) -> bool:
    """``chỉ tiêu kết nạp N``: the goal itself, whatever is said of it."""
    near = tokens[max(predicate - 4, clause_start(tokens, predicate)) : predicate]
    return any(token.kind == "goal" and token.text != "nghị quyết" for token in near)
