"""Numbers of all members: stated, counted up, or pointed back at."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from monitor.extractor.grammar.clauses import speaks_of, stands_alone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.extractor.grammar.findings import Verdict
    from monitor.extractor.grammar.scopes import Scope
    from monitor.extractor.grammar.tokens import Token

_PLAIN: Final = frozenset({"đảng viên", "đv"})
"""Names of members as such; ``đảng viên trẻ`` are some of them."""
_COMRADES: Final = frozenset({"đồng chí", "đ/c"})
_POINTED_AT: Final = frozenset({"members_total", "admitted", "official", "awareness_class"})
_DIVISIBLE: Final = frozenset({"admitted", "awareness_class"})
"""Metrics whose parts are figures."""
_OF_BODIES: Final = frozenset({"cells", "orgs"})
_PERIODS: Final = frozenset({"period"})
_AROUND_TIMES: Final = frozenset({"period", "done", "fresh"})
_MOODS: Final = frozenset({"goal", "plan", "future", "done"})
_RISING: Final = frozenset({"grow", "change", "total", "anaphor"})
_LIFTED: Final = frozenset({"nay", "hiện", "hiện nay", "đến nay", "đưa", "nâng"})
"""Words before ``lên`` that make its number one of all members."""
_STATING: Final = frozenset({"là", "chỉ có", "được", "thực hiện được", "làm được"})
_EARLIER: Final = frozenset({"trước"})
_OTHERWISE: Final = _EARLIER | {"trong", "khi", "còn", "thì", "năm", "chỉ", "nhiệm", "kỳ"}
_ONES_OWN: Final = frozenset({"tôi", "mình", "ta", "chúng tôi"})


def rises(scope: Scope) -> Verdict | None:
    """``từ 5.650 đảng viên … lên 6.050 đảng viên``: both ends are totals."""
    if scope.unit is None or not _counts_members(scope, scope.unit):
        return None
    is_part = scope.is_subset and not _tells_state_anew(scope)
    is_whole = not is_part and stands_alone(scope.tokens, scope.at, scope.unit)
    if starts_a_rise(scope) or (is_whole and ends_a_rise(scope)):
        return "members_total"
    return None


def _tells_state_anew(scope: Scope) -> bool:
    """``…, trong đó có 2 bộ đội; nay đã lên 8 đảng viên``: of the whole again."""
    return any(token.text in _LIFTED for token in scope.before)


def _counts_members(scope: Scope, unit: Token) -> bool:
    """``37 đảng viên``, or ``số đảng viên tăng lên 148 đồng chí``."""
    is_of_members = unit.text in _COMRADES and speaks_of(scope.before, frozenset({"member"}))
    return unit.text in _PLAIN or is_of_members


def starts_a_rise(scope: Scope) -> bool:
    """``từ 5.650 đảng viên năm 2020 … lên 6.050``."""
    quantity = scope.tokens[scope.at].quantity
    if quantity is None or not quantity.follows_from or scope.left_kind in ("admit", "reach"):
        return False
    words = [token.text for token in scope.tokens[scope.at :]]
    rises = any(pair[1] == "lên" and pair[0] != "trở" for pair in pairwise(words))
    return rises or any("nay" in word.split() for word in words)


def ends_a_rise(scope: Scope) -> bool:
    """``phát triển lên 37``, ``tăng lên đến 37``, ``đưa Chi bộ X lên 37``.

    Not ``số kết nạp mới tăng lên 37``.
    """
    before = scope.before
    words = [token.text for token in before if token.text not in ("đến", "tới", "thành")]
    reaches = words[-1:] == ["lên"]
    rises = speaks_of(before, _RISING) or not _LIFTED.isdisjoint(words)
    is_of_new = speaks_of(before, frozenset({"admit", "class", "official"})) or any(
        (one.kind, other.kind) == ("member", "fresh") for one, other in pairwise(before)
    )
    return reaches and rises and not is_of_new


def points_back(scope: Scope) -> Verdict | None:
    """``con số ấy mới là 176``: the same of what was counted last."""
    if scope.left_kind != "anaphor":
        return None
    metric = scope.around.metric
    if scope.is_subset:
        return metric if metric in _DIVISIBLE else "none"
    if metric in _OF_BODIES and scope.unit is not None and scope.unit.text in _PLAIN:
        metric = "members_total"
    return metric if metric in _POINTED_AT else "none"


def goes_on_counting(scope: Scope) -> Verdict | None:
    """``Năm 2020 kết nạp 5 đảng viên, năm 2021 là 7``: the same of another time.

    Also ``có năm được 14``, and of what was planned ``đến nay đã thực hiện được 6``.
    """
    last = scope.before[-1] if scope.before else None
    if last is None or last.text not in _STATING or not _is_of_another_time(scope.before[:-1]):
        return None
    metric = scope.around.metric
    if metric == "target" and last.text != "là":
        return "admitted"
    return metric if metric in _POINTED_AT else None


def _is_of_another_time(before: Sequence[Token]) -> bool:
    """``có năm``, ``trong khi nhiệm kỳ trước``, ``đến nay đã``."""
    is_some_year = [token.text for token in before] == ["có", "năm"]
    is_told = speaks_of(before, _PERIODS) or any(t.text in _EARLIER for t in before)
    return is_some_year or (
        is_told and all(t.kind in _AROUND_TIMES or t.text in _OTHERWISE for t in before)
    )


def is_total(scope: Scope) -> Verdict | None:
    """``tổng số 172 đảng viên``, ``nâng tổng số đảng viên lên 1.154``."""
    if scope.left_kind != "total" or scope.left is None or scope.is_subset:
        return None
    between = scope.tokens[scope.left : scope.at]
    if scope.unit_kind == "member" and is_followed_by_new(scope):
        return "admitted"
    of_members = scope.unit_kind == "member" or any(
        token.kind == "member" or token.text.endswith("đảng viên") for token in between
    )
    if not of_members or speaks_of(between, frozenset({"trait", "not"})):
        return "none"
    is_whole = stands_alone(scope.tokens, scope.at, scope.unit) or starts_a_rise(scope)
    return "members_total" if is_whole and not _is_aimed_at(scope) else "none"


def is_membership(scope: Scope) -> Verdict | None:
    """``Đảng bộ có 214 đảng viên``, ``Chi bộ hiện có 15 đồng chí``."""
    if scope.unit is None or scope.is_subset or speaks_of(scope.before, frozenset({"not"})):
        return None
    if not stands_alone(scope.tokens, scope.at, scope.unit):
        return None
    if scope.left_kind != "state" and not _follows_whole_body(scope):
        return None
    if scope.unit.text in _COMRADES:
        return "members_total" if _is_said_of_a_body(scope) else None
    if scope.unit.text not in _PLAIN:
        return None
    attends = speaks_of(scope.clause, frozenset({"attend"})) and scope.right is None
    return "none" if attends or _is_aimed_at(scope) else "members_total"


def _is_aimed_at(scope: Scope) -> bool:
    """``Mục tiêu là đến năm 2030 có 25 đảng viên``: how many there shall be."""
    said = [token for token in scope.before if token.kind in _MOODS]
    return bool(said) and said[-1].kind != "done"


def is_followed_by_new(scope: Scope) -> bool:
    """``12 đảng viên mới``."""
    return scope.follower is not None and scope.follower.kind == "fresh"


def _follows_whole_body(scope: Scope) -> bool:
    """``Toàn Đảng bộ xã 520 đảng viên, …``, ``Chi bộ tôi 24 đảng viên``: without a verb."""
    at = scope.at
    if at > 1 and scope.tokens[at - 1].text in _ONES_OWN:
        return scope.left is None and scope.tokens[at - 2].kind in ("org", "cell")
    mention = scope.tokens[at - 1].mention if at else None
    is_whole = mention is not None and mention.written.lower().startswith("toàn ")
    return scope.left is None and scope.right is None and is_whole


def _is_said_of_a_body(scope: Scope) -> bool:
    """Whether a đảng bộ or chi bộ stands right before ``có``; a committee has members too."""
    if scope.left is None or scope.is_inherited or scope.right is not None:
        return False
    before = [t for t in scope.tokens[: scope.left] if t.kind not in ("period", "done", "mark")]
    mention = before[-1].mention if before else None
    return mention is not None and mention.role in ("party", "cell")
