"""What a number of people means: rules over its scope, the first that decides wins."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from monitor.extractor.grammar.clauses import clause_end, clause_of, speaks_of
from monitor.extractor.grammar.lexicon import BLOCKING
from monitor.extractor.grammar.memberships import (
    is_followed_by_new,
    is_membership,
    is_total,
    points_back,
    rises,
)
from monitor.extractor.grammar.moods import is_finished_class, is_negated, is_planned, is_proposed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from monitor.extractor.grammar.findings import Verdict
    from monitor.extractor.grammar.scopes import Scope
    from monitor.extractor.grammar.tokens import Token

ADMITTING: Final = frozenset({"admit", "grow"})
PARTY_UNITS: Final = frozenset({"member", "candidate"})
_TELLING: Final = frozenset({"org", "period", "done", "fresh", "count", "plan", "each", "cell"})
"""Kinds of which one stands before a deed that is told."""
_NUMBERS: Final = frozenset({"count", "percent"})
_NEW: Final = frozenset({"fresh", "admit"})
_ATTENDING: Final = frozenset({"attend"})
_COURSES: Final = frozenset({"course", "theory"})
_THESE: Final = frozenset({"này", "đó", "ấy", "trên"})
_NO_LEARNING: Final = frozenset({"not", "move", "discipline"})
_MERELY: Final = frozenset({"vỏn vẹn", "vẻn vẹn", "chỉ vỏn vẹn", "chỉ", "tổng", "cộng"})
"""Words that may stand between ``phát triển được`` and its number."""


def judge_people(scope: Scope) -> Verdict:
    """The verdict of the first rule that has one; without any, no figure."""
    return next((v for rule in _RULES if (v := rule(scope)) is not None), "none")


def _counts_nobody(scope: Scope) -> Verdict | None:
    """``Kết nạp một công nhân đã khó``, ``là một cô giáo``: one of a kind, and no deed told."""
    if scope.tokens[scope.at].text != "một" or scope.left_kind not in ("admit", "state"):
        return None
    if scope.tokens[scope.at - 1].text == "là":
        return "none"
    told = speaks_of(scope.tokens[: scope.at], _TELLING) or speaks_of(scope.behind, _NUMBERS)
    return None if told else "none"


def _turned_away(scope: Scope) -> Verdict | None:
    """``chưa kết nạp``, ``bị khai trừ``, ``giới thiệu cho Đảng kết nạp``: no figure."""
    if scope.right is not None and is_negated(scope, scope.right, since=scope.at):
        return "none"
    if _is_compared_with(scope):
        return "none"
    if scope.right_kind == "discipline":
        return "none"
    if scope.right_kind in BLOCKING | {"judged", "change"} and not _is_admission(scope):
        return "none"
    is_introduced = scope.left_kind == "introduce" and not scope.is_inherited
    return "none" if is_introduced and scope.right_kind == "admit" else None


def _is_compared_with(scope: Scope) -> bool:
    """``so với năm 2021 (200 đồng chí)``: the other side of a comparison."""
    since = scope.tokens[scope.left or 0 : scope.at]
    compares = any(token.text == "so với" for token in since)
    return compares and not speaks_of(since, frozenset({"goal"})) and not _explains_time(since)


def _explains_time(since: Sequence[Token]) -> bool:
    """``so với cùng kỳ năm 2021 (200 đồng chí)``: admitted then."""
    return [token.kind for token in since[-2:-1]] == ["period"] and since[-1].text == "("


def _are_learners(scope: Scope) -> Verdict | None:
    """``Sau 5 ngày, 94 học viên được nghe …``, ``21 học viên loại giỏi``: the class was named."""
    is_one = scope.unit is not None and scope.unit.text == "học viên"
    if not is_one or not scope.around.is_in_class or speaks_of(scope.clause, _NO_LEARNING):
        return None
    if any(token.kind == "percent" for token in scope.tokens[: scope.at]):
        return "none"  # "100% học viên đạt yêu cầu, 31 học viên loại giỏi"
    passes = scope.right_kind in ("judged", "") and scope.left_kind in ("state", "class", "")
    return "awareness_class" if scope.right_kind == "attend" or passes else None


def _is_class_size(scope: Scope) -> Verdict | None:
    """``Lớp bồi dưỡng nhận thức về Đảng của huyện X có 115 học viên``."""
    is_one = scope.unit is not None and scope.unit.text == "học viên"
    courses = [t.kind for t in scope.tokens[: scope.at] if t.kind in ("class", "theory")]
    if not is_one or not courses or scope.is_subset or scope.right_kind == "admit":
        return None
    if courses[-1] == "theory":
        return "none"
    is_stated = scope.left_kind == "state" and not scope.is_inherited
    return "awareness_class" if is_stated or scope.left_kind == "class" else None


def _is_size_of_each(scope: Scope) -> Verdict | None:
    """``mở hai lớp nhận thức về Đảng, mỗi lớp có từ 90 đến 110 sinh viên``."""
    each = any(
        one.text == "mỗi" and other.kind in ("course", "class")
        for one, other in pairwise(scope.before)
    )
    if not each or speaks_of(scope.tokens[: scope.at], frozenset({"theory"})):
        return None
    is_known = scope.around.is_in_class or speaks_of(scope.tokens[: scope.at], frozenset({"class"}))
    return "awareness_class" if is_known and scope.left_kind in ("state", "", "class") else None


def _studies_as_member(scope: Scope) -> Verdict | None:
    """``Tham gia lớp học có 52 đảng viên mới được kết nạp``: admitted before, and at school now."""
    if scope.unit_kind != "member" or not is_followed_by_new(scope):
        return None
    side = scope.before if speaks_of(scope.before, _ATTENDING) else scope.behind
    attends = speaks_of(side, _ATTENDING) and speaks_of(side, _COURSES)
    return "none" if attends and scope.left_kind in ("state", "attend", "course", "") else None


def _goes_to_class(scope: Scope) -> Verdict | None:
    if scope.right_kind != "class":
        return None
    if is_finished_class(scope) and scope.left_kind != "state":
        return None
    if scope.left_kind in ("theory", "honour", "discipline") and not scope.is_inherited:
        return "none"
    return "none" if is_planned(scope, scope.at) else "awareness_class"


def _made_official(scope: Scope) -> Verdict | None:
    kinds = (scope.right_kind, scope.left_kind)
    if "official" not in kinds or (scope.is_inherited and scope.right_kind != "official"):
        return None
    predicate = scope.left if scope.left_kind == "official" else scope.right
    if predicate is None or _is_of_merit(scope, predicate) or is_proposed(scope, predicate):
        return "none"
    return "none" if is_planned(scope, scope.at) else "official"


def _is_of_merit(scope: Scope, predicate: int) -> bool:
    """``công nhận 5 đảng viên xuất sắc``, not ``công nhận 187 đảng viên chính thức``."""
    becomes = scope.follower is not None and scope.follower.text == "chính"
    return scope.tokens[predicate].text == "công nhận" and not becomes


def _is_admitted(scope: Scope) -> Verdict | None:
    if scope.right_kind == "admit" and scope.right is not None:
        return admission(scope, scope.right)
    if scope.left_kind in ADMITTING and scope.left is not None:
        return admission(scope, scope.left)
    return None


def _is_blocked(scope: Scope) -> Verdict | None:
    if scope.unit_kind == "candidate" and "đối tượng" in (scope.unit.text if scope.unit else ""):
        return "awareness_class" if scope.left_kind == "theory" else None
    return "none" if scope.left_kind in BLOCKING else None


def _in_class(scope: Scope) -> Verdict | None:
    if scope.left_kind != "class":
        return None
    return "none" if is_planned(scope, scope.at) else "awareness_class"


def _is_goal(scope: Scope) -> Verdict | None:
    """``chỉ tiêu 20 đảng viên`` beside an admission."""
    named = speaks_of(scope.before, frozenset({"goal", "plan"})) and scope.left_kind in (
        "",
        "reach",
    )
    if not named or scope.unit_kind not in PARTY_UNITS | {"person"}:
        return None
    about = scope.around.is_of_party or speaks_of(scope.tokens, ADMITTING)
    return "target" if about else None


def _is_among_new(scope: Scope) -> Verdict | None:
    """``Trong số các đảng viên mới có 6 …, 14 …``: parts of an admission told before."""
    about = scope.tokens[: scope.at]
    starts = [i for i, token in enumerate(about) if token.kind == "subset"]
    if not starts or scope.left_kind not in ("state", ""):
        return None
    whole = about[starts[-1] :]
    of_new = speaks_of(whole, _NEW)
    is_pointed_at = scope.around.metric == "admitted" and any(t.text in _THESE for t in whole)
    return "admitted" if of_new or is_pointed_at else None


def _is_new(scope: Scope) -> Verdict | None:
    """``có 12 đảng viên mới``."""
    is_whole = scope.left_kind == "state" or scope.tokens[scope.at - 1].text == "trong"
    if scope.unit_kind != "member" or not is_whole or not is_followed_by_new(scope):
        return None
    return "none" if scope.right is not None else "admitted"


def _is_admission(scope: Scope) -> bool:
    return scope.left_kind in ADMITTING and not scope.is_inherited


def admission(scope: Scope, predicate: int) -> Verdict:
    """Admitted or to be admitted; no figure for other bodies and for ``chưa kết nạp``."""
    tokens = scope.tokens
    if tokens[predicate].kind == "grow" and not scope.is_inherited:
        between = tokens[predicate + 1 : scope.at]
        is_direct = all(t.kind == "fresh" or t.text in _MERELY for t in between)
        if scope.unit_kind != "member" or not is_direct:
            return "none"
    if speaks_of(tokens, frozenset({"league"})) or not _is_of_the_party(scope, predicate):
        return "none"
    if is_proposed(scope, predicate):
        return "none"
    planned = is_planned(scope, predicate)
    if is_negated(scope, predicate) and not planned:
        return "none"
    return "target" if planned else "admitted"


def _is_of_the_party(scope: Scope, predicate: int) -> bool:
    """Whether the people are admitted to the party and not to some other body."""
    if scope.unit_kind in PARTY_UNITS:
        return True
    if scope.unit_kind == "leaguer":
        clause = clause_of(scope.tokens, predicate) if scope.is_inherited else scope.clause
        return any("đảng" in token.text.split() for token in [*clause, scope.tokens[predicate]])
    return scope.around.is_of_party or any(
        token.kind in ("member", "candidate")
        or "đảng" in token.text.split()
        or token.kind == "cell"
        or (token.kind == "org" and ("đảng" in token.text or "chi bộ" in token.text))
        for token in scope.tokens[: clause_end(scope.tokens, max(scope.at, predicate))]
    )


_RULES: Final[tuple[Callable[[Scope], Verdict | None], ...]] = (
    rises,
    points_back,
    _counts_nobody,
    _are_learners,
    _turned_away,
    _is_class_size,
    _is_size_of_each,
    _studies_as_member,
    _goes_to_class,
    _made_official,
    _is_admitted,
    _is_blocked,
    _in_class,
    _is_goal,
    _is_among_new,
    is_total,
    _is_new,
    is_membership,
)
