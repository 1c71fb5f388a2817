"""What a number of people means: rules over its scope, the first that decides wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from monitor.extractor.clauses import speaks_of, stands_alone
from monitor.extractor.lexicon import BLOCKING
from monitor.extractor.moods import is_finished_class, is_negated, is_planned

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.extractor.findings import Verdict
    from monitor.extractor.scopes import Scope

ADMITTING: Final = frozenset({"admit", "grow"})
PARTY_UNITS: Final = frozenset({"member", "candidate"})


def judge_people(scope: Scope) -> Verdict:
    """The verdict of the first rule that has one; without any, no figure."""
    return next((v for rule in _RULES if (v := rule(scope)) is not None), "none")


def _turned_away(scope: Scope) -> Verdict | None:
    """``chưa kết nạp``, ``bị khai trừ``, ``giới thiệu cho Đảng kết nạp``: no figure."""
    if scope.right is not None and is_negated(scope, scope.right, since=scope.at):
        return "none"
    if scope.right_kind in ("judged", "change") or _is_compared_with(scope):
        return "none"
    if scope.right_kind in BLOCKING and not _is_admission(scope):
        return "none"
    is_introduced = scope.left_kind == "introduce" and not scope.is_inherited
    return "none" if is_introduced and scope.right_kind == "admit" else None


def _is_compared_with(scope: Scope) -> bool:
    """``so với năm 2021 (200 đồng chí)``: the other side of a comparison."""
    since = scope.tokens[scope.left or 0 : scope.at]
    compares = any(token.text == "so với" for token in since)
    return compares and not speaks_of(since, frozenset({"goal"}))


def _goes_to_class(scope: Scope) -> Verdict | None:
    if scope.right_kind != "class" or is_finished_class(scope):
        return None
    if scope.left_kind in ("theory", "honour", "discipline") and not scope.is_inherited:
        return "none"
    return "none" if is_planned(scope, scope.at) else "awareness_class"


def _made_official(scope: Scope) -> Verdict | None:
    kinds = (scope.right_kind, scope.left_kind)
    if "official" not in kinds or (scope.is_inherited and scope.right_kind != "official"):
        return None
    return "none" if is_planned(scope, scope.at) else "official"


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
    about = speaks_of(scope.tokens, ADMITTING)
    return "target" if about else None


def _is_among_new(scope: Scope) -> Verdict | None:
    """``Trong số các đảng viên mới có 6 …, 14 …``: parts of an admission told before."""
    about = scope.tokens[: scope.at]
    starts = [i for i, token in enumerate(about) if token.kind == "subset"]
    of_new = bool(starts) and speaks_of(about[starts[-1] :], frozenset({"fresh"}))
    return "admitted" if of_new and scope.left_kind in ("state", "") else None


def is_total(scope: Scope) -> Verdict | None:
    """``tổng số 172 đảng viên``, ``nâng tổng số đảng viên lên 1.154``."""
    if scope.left_kind != "total" or scope.left is None or scope.is_subset:
        return None
    between = scope.tokens[scope.left : scope.at]
    if scope.unit_kind == "member" and _is_followed_by_new(scope):
        return "admitted"
    of_members = scope.unit_kind == "member" or any(
        token.kind == "member" or token.text.endswith("đảng viên") for token in between
    )
    if not of_members or speaks_of(between, frozenset({"trait", "not"})):
        return "none"
    return "members_total" if stands_alone(scope.tokens, scope.at, scope.unit) else "none"


def _is_membership(scope: Scope) -> Verdict | None:
    if scope.unit is None or scope.unit.text.endswith("dự bị"):
        return None
    if (
        scope.unit_kind != "member"
        or scope.is_subset
        or not stands_alone(scope.tokens, scope.at, scope.unit)
    ):
        return None
    if speaks_of(scope.clause, frozenset({"attend"})) and scope.right is None:
        return "none"
    if scope.left_kind == "state" or _starts_a_rise(scope):
        return "members_total"
    return None


def _is_new(scope: Scope) -> Verdict | None:
    """``có 12 đảng viên mới``."""
    is_whole = scope.left_kind == "state" or scope.tokens[scope.at - 1].text == "trong"
    if scope.unit_kind != "member" or not is_whole or not _is_followed_by_new(scope):
        return None
    return "none" if scope.right is not None else "admitted"


def _is_followed_by_new(scope: Scope) -> bool:
    return scope.follower is not None and scope.follower.kind == "fresh"


def _is_admission(scope: Scope) -> bool:
    return scope.left_kind in ADMITTING and not scope.is_inherited


def admission(scope: Scope, predicate: int) -> Verdict:
    """Admitted or to be admitted; no figure for other bodies and for ``chưa kết nạp``."""
    tokens = scope.tokens
    if tokens[predicate].kind == "grow" and not scope.is_inherited:
        between = tokens[predicate + 1 : scope.at]
        if scope.unit_kind != "member" or any(token.kind != "fresh" for token in between):
            return "none"
    if speaks_of(tokens, frozenset({"league"})) or not _is_of_the_party(scope, predicate):
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
        return any("đảng" in token.text.split() for token in scope.clause) or (
            "đảng" in scope.tokens[predicate].text
        )
    return any(
        token.kind in ("member", "candidate")
        or "đảng" in token.text.split()
        or token.kind == "cell"
        or (token.kind == "org" and ("đảng" in token.text or "chi bộ" in token.text))
        for token in scope.tokens
    )


def _starts_a_rise(scope: Scope) -> bool:
    """``từ 5.650 đảng viên năm 2020 … lên 6.050``."""
    quantity = scope.tokens[scope.at].quantity
    behind = scope.tokens[scope.at :]
    return (
        quantity is not None
        and quantity.follows_from
        and any(t.text == "lên" or t.text.endswith("nay") for t in behind)
    )


_RULES: Final[tuple[Callable[[Scope], Verdict | None], ...]] = (
    _turned_away,
    _goes_to_class,
    _made_official,
    _is_admitted,
    _is_blocked,
    _in_class,
    _is_goal,
    _is_among_new,
    is_total,
    _is_new,
    _is_membership,
)
