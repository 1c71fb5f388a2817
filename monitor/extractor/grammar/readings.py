"""Reading the numbers of a tokenised sentence."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from monitor.extractor.grammar.bodies import judge_bare, judge_bodies
from monitor.extractor.grammar.clauses import speaks_of
from monitor.extractor.grammar.contradictions import mark_contradictions
from monitor.extractor.grammar.findings import Finding, Verdict
from monitor.extractor.grammar.lexicon import PEOPLE
from monitor.extractor.grammar.people import judge_people
from monitor.extractor.grammar.scopes import Around, Scope, numbers, scope_of
from monitor.extractor.grammar.shares import judge_share
from monitor.items import DERIVED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.extractor.grammar.numbers import Quantity
    from monitor.extractor.grammar.tokens import Token
    from monitor.items import Qualifier

_NOTHING: Final = Around()
_MOST_NUMBERS: Final = 120
"""A "sentence" with more is a table run together: no prose, and slow to read as such."""


def read(tokens: Sequence[Token], *, around: Around = _NOTHING) -> list[Finding]:
    """Every figure of one tokenised sentence, from left to right.

    Args:
        tokens: The sentence.
        around: What the sentences before were about.
    """
    findings: list[Finding] = []
    if sum(token.is_number for token in tokens) > _MOST_NUMBERS:
        return findings
    for at in numbers(tokens):
        counted = next((f.metric for f in reversed(findings) if f.metric != "share"), None)
        known = replace(around, metric=counted) if counted else around
        findings.extend(_read_one(scope_of(tokens, at, around=known), findings))
    return mark_contradictions(findings)


def _read_one(scope: Scope, before: Sequence[Finding]) -> list[Finding]:
    quantity = scope.tokens[scope.at].quantity
    if quantity is None:
        return []
    if scope.left_kind in ("excess", "shortfall") and not quantity.is_percent:
        return _derived_target(scope, before)
    verdict = _decide(scope, before)
    if verdict == "none":
        return []
    finding = Finding(
        scope.at,
        verdict,
        quantity.value,
        scope,
        value_max=quantity.value_max,
        qualifier=_qualifier(scope, quantity),
        is_subset=scope.is_subset,
    )
    if quantity.planned is None:
        return [finding]
    return _pair(finding, quantity.planned)


def _qualifier(scope: Scope, quantity: Quantity) -> Qualifier:
    """The word before the number, or ``trở lên`` after it."""
    if quantity.qualifier != "exact":
        return quantity.qualifier
    for token, following in pairwise(scope.behind):
        if token.is_number:
            break
        if (token.text, following.text) == ("trở", "lên"):
            return "at_least"
    return "exact"


def _decide(scope: Scope, before: Sequence[Finding]) -> Verdict:
    quantity = scope.tokens[scope.at].quantity
    if quantity is not None and quantity.is_percent:
        return judge_share(scope, before)
    if scope.unit_kind in ("cell", "base"):
        return judge_bodies(scope, before)
    if scope.unit is None:
        return judge_bare(scope)
    if scope.unit_kind not in PEOPLE:
        return "none"
    return judge_people(scope)


def _pair(finding: Finding, planned: float) -> list[Finding]:
    """``5/10``: done and planned; in a subset or of a total, part and whole."""
    if finding.metric == "target":
        finding = replace(finding, metric="admitted")
    if finding.metric != "admitted":
        return []
    if finding.is_subset:
        return [finding]
    note = "số thứ hai của cặp thực hiện/kế hoạch"
    return [finding, replace(finding, metric="target", value=planned, note=note)]


def _derived_target(scope: Scope, before: Sequence[Finding]) -> list[Finding]:
    """``kết nạp 31, vượt 11 so với chỉ tiêu``: the target was 20."""
    quantity = scope.tokens[scope.at].quantity
    done = [r for r in before if r.metric == "admitted" and not r.is_subset]
    if not done or quantity is None or not speaks_of(scope.clause, frozenset({"goal", "member"})):
        return []
    excess = quantity.value if scope.left_kind == "excess" else -quantity.value
    if any(r.metric == "target" for r in before) or done[-1].value - excess <= 0:
        return []
    relation = "vượt" if excess > 0 else "thiếu"
    note = f"{DERIVED}: kết nạp {done[-1].value:g}, {relation} {quantity.value:g}"
    return [
        Finding(scope.at, "target", done[-1].value - excess, done[-1].scope, note=note),
    ]
