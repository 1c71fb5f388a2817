"""Numbers of party bodies, and numbers that stand without a unit."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from monitor.extractor.grammar.clauses import ENDING, speaks_of, stands_alone
from monitor.extractor.grammar.lexicon import PEOPLE
from monitor.extractor.grammar.memberships import (
    ends_a_rise,
    goes_on_counting,
    is_total,
    points_back,
    starts_a_rise,
)
from monitor.extractor.grammar.people import ADMITTING, admission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.extractor.grammar.findings import Finding, Verdict
    from monitor.extractor.grammar.scopes import Scope
    from monitor.extractor.grammar.tokens import Token
    from monitor.items import Metric


_PASSIVES: Final = ("được", "vào", "gia nhập", "đứng", "trở thành")
"""How the verbs begin that are said of the people who are admitted."""
_AFTER_BARE: Final = frozenset({"và", "vào", "theo", "lên"})


def judge_bodies(scope: Scope, before: Sequence[Finding]) -> Verdict:
    """Chi bộ and tổ chức cơ sở đảng of an organisation; only the whole, never its parts."""
    quantity = scope.tokens[scope.at].quantity
    metric: Metric = "cells" if scope.unit_kind == "cell" else "orgs"
    follower = scope.follower
    is_direct = follower is not None and follower.text == "trực"
    if quantity is None or quantity.planned is not None:
        return "none"
    is_whole = stands_alone(scope.tokens, scope.at, scope.unit)
    if starts_a_rise(scope) or (is_whole and ends_a_rise(scope)):
        return metric
    if quantity.follows_from:
        return "none"
    if is_direct and metric == "cells" and before and before[-1].metric == "orgs":
        return "cells"
    if scope.left_kind not in ("state", "total") or _is_part_in_brackets(scope, before):
        return "none"
    is_told = any(r.metric == metric and not starts_a_rise(r.scope) for r in before)
    if (scope.is_subset or is_told) and not is_direct:
        return "none"
    if any(r.metric == metric and r.scope.follower == follower for r in before):
        return "none"
    is_aside = speaks_of(scope.before, frozenset({"attend", "not"}))
    return metric if is_whole and not is_aside else "none"


def _is_part_in_brackets(scope: Scope, before: Sequence[Finding]) -> bool:
    """``612 tổ chức cơ sở đảng (263 đảng bộ, 349 chi bộ)``."""
    since = next((f.at for f in reversed(before) if f.metric == "orgs"), scope.at)
    depth = [token.text for token in scope.tokens[since : scope.at]]
    return depth.count("(") > depth.count(")")


def judge_bare(scope: Scope) -> Verdict:
    """A number without a unit: right after its verb, or alone in the brackets of a list."""
    if _is_pair_of_goal(scope):
        return "admitted"
    if scope.right is not None and _are_unknown_people(scope):
        return admission(replace(scope, unit=scope.follower), scope.right)
    if _counts_new_members(scope):
        return "admitted"
    follower = scope.follower
    ends = follower is None or follower.kind in ENDING or follower.text in _AFTER_BARE
    if ends and (metric := goes_on_counting(scope)):
        return metric
    if ends and _states_goal(scope):
        return "target"
    if scope.left is None:
        return "none"
    between = scope.tokens[scope.left + 1 : scope.at]
    is_direct = all(
        t.kind in ("fresh", "reach", "done") or t.text in ("được", "là") for t in between
    )
    is_unknown = _counts_unknown_people(scope)
    if not ends and not (is_unknown and (is_direct or scope.is_subset)):
        return "none"
    if scope.left_kind in ("total", "anaphor"):
        return points_back(scope) or _counted_bodies(scope, between) or is_total(scope) or "none"
    if scope.left_kind in ADMITTING and (is_direct or is_unknown or _is_list_item(scope)):
        return (
            admission(replace(scope, unit=scope.tokens[scope.at]), scope.left)
            if (scope.left_kind == "admit" or not is_direct)
            else "none"
        )
    return "none"


def _is_pair_of_goal(scope: Scope) -> bool:
    """``đạt 9/15 chỉ tiêu kết nạp đảng viên``."""
    quantity = scope.tokens[scope.at].quantity
    is_pair = quantity is not None and quantity.planned is not None
    is_of_goal = scope.follower is not None and scope.follower.kind == "goal"
    return is_pair and is_of_goal and speaks_of(scope.clause, ADMITTING)


def _counts_unknown_people(scope: Scope) -> bool:
    """``kết nạp 3 ngư dân``, ``trong đó có 9 giảng viên và 4 chuyên viên``.

    Whoever is admitted, the verb says that they are people.
    """
    if scope.left is None or scope.follower is None:
        return False
    is_word = scope.follower.kind == "word" and scope.follower.text.isalpha()
    is_listed = scope.is_subset and scope.tokens[scope.at - 1].text in (",", "và")
    admits = scope.tokens[scope.left].text.startswith("kết nạp")
    return is_word and admits and (is_listed or not scope.is_inherited)


def _counts_new_members(scope: Scope) -> bool:
    """``số đảng viên mới trong doanh nghiệp là 187``."""
    pairs = [(one.kind, other.kind) for one, other in pairwise(scope.before)]
    is_stated = scope.at > 0 and scope.tokens[scope.at - 1].text == "là"
    if any("tuổi" in token.text.split() for token in scope.before):
        return False  # "tuổi bình quân của đảng viên mới là 27,6"
    return is_stated and ("member", "fresh") in pairs and scope.left is None


def _states_goal(scope: Scope) -> bool:
    """``Chỉ tiêu của cả năm học là 32``, right after admissions were counted."""
    words = scope.before
    is_of_goal = bool(words) and words[-1].text == "là" and words[0].kind == "goal"
    return is_of_goal and scope.around.admits and not speaks_of(words, PEOPLE | {"counted"})


def _are_unknown_people(scope: Scope) -> bool:
    """``7 trưởng ấp được kết nạp``: whoever they are, they were admitted."""
    if scope.right is None or scope.right_kind != "admit" or scope.follower is None:
        return False
    verb, before = scope.tokens[scope.right].text, scope.tokens[scope.right - 1].text
    is_passive = before == "được" or verb.startswith(_PASSIVES)
    if scope.at and scope.tokens[scope.at - 1].text == "cả":
        return is_passive  # "giúp đỡ 5 đoàn viên, cả 5 đều được kết nạp"
    return is_passive and scope.follower.kind == "word" and scope.follower.text.isalpha()


def _counted_bodies(scope: Scope, between: Sequence[Token]) -> Verdict | None:
    """``nâng tổng số chi bộ lên 19``."""
    if scope.is_subset:
        return None
    units = [token.kind for token in between if token.kind in ("cell", "base", "member")]
    counted: dict[str, Verdict] = {"cell": "cells", "base": "orgs"}
    return counted.get(units[0]) if units else None


def _is_list_item(scope: Scope) -> bool:
    before = scope.tokens[scope.at - 1] if scope.at else None
    after = scope.tokens[scope.at + 1] if scope.at + 1 < len(scope.tokens) else None
    if before is None or not scope.is_inherited:
        return False
    in_brackets = before.text == "(" and after is not None and after.text == ")"
    return in_brackets or (before.kind == "org" or before.text == ":") or scope.is_subset
