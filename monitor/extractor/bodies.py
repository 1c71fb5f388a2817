"""Numbers of party bodies, and numbers that stand without a unit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.extractor.clauses import ENDING, speaks_of, stands_alone
from monitor.extractor.people import ADMITTING, admission, is_total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.extractor.findings import Finding, Verdict
    from monitor.extractor.scopes import Scope
    from monitor.items import Metric


def judge_bodies(scope: Scope, before: Sequence[Finding]) -> Verdict:
    """Chi bộ and tổ chức cơ sở đảng of an organisation; only the whole, never its parts."""
    quantity = scope.tokens[scope.at].quantity
    metric: Metric = "cells" if scope.unit_kind == "cell" else "orgs"
    follower = scope.follower
    is_direct = follower is not None and follower.text == "trực"
    if quantity is not None and quantity.planned is not None:
        return "none"
    if is_direct and metric == "cells" and before and before[-1].metric == "orgs":
        return "cells"
    if scope.left_kind not in ("state", "total"):
        return "none"
    if (scope.is_subset or any(r.metric == metric for r in before)) and not is_direct:
        return "none"
    if any(r.metric == metric and r.scope.follower == follower for r in before):
        return "none"
    if speaks_of(scope.before, frozenset({"attend", "not"})) or not stands_alone(
        scope.tokens, scope.at, scope.unit
    ):
        return "none"
    return metric


def judge_bare(scope: Scope) -> Verdict:
    """A number without a unit: right after its verb, or alone in the brackets of a list."""
    follower = scope.follower
    ends = follower is None or follower.kind in ENDING or follower.text in ("và", "vào", "theo")
    if scope.left is None or not ends:
        return "none"
    between = scope.tokens[scope.left + 1 : scope.at]
    if scope.left_kind == "total":
        return is_total(scope) or "none"
    is_direct = all(
        t.kind in ("fresh", "reach", "done") or t.text in ("được", "là") for t in between
    )
    if scope.left_kind in ADMITTING and (is_direct or _is_list_item(scope)):
        return (
            admission(replace(scope, unit=scope.tokens[scope.at]), scope.left)
            if (scope.left_kind == "admit" or not is_direct)
            else "none"
        )
    return "none"


def _is_list_item(scope: Scope) -> bool:
    before = scope.tokens[scope.at - 1] if scope.at else None
    after = scope.tokens[scope.at + 1] if scope.at + 1 < len(scope.tokens) else None
    if before is None or not scope.is_inherited:
        return False
    in_brackets = before.text == "(" and after is not None and after.text == ")"
    return in_brackets or (before.kind == "org" or before.text == ":") or scope.is_subset
