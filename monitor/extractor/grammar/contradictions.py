"""Percentages that the numbers beside them do not give: reported as printed, and marked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from monitor.extractor.grammar.clauses import speaks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.extractor.grammar.findings import Finding

_TOLERANCE: Final = 0.6
"""Percentage points: the press rounds to whole numbers as often as to tenths."""
_NUMBERS: Final = frozenset({"count", "percent"})
_REACH: Final = frozenset({"reach"})


def mark_contradictions(findings: Sequence[Finding]) -> list[Finding]:
    """The findings of a sentence, with a note on each share that contradicts them."""
    return [
        replace(finding, note=_contradiction(finding, index, findings))
        if finding.metric == "share"
        else finding
        for index, finding in enumerate(findings)
    ]


def _contradiction(finding: Finding, index: int, findings: Sequence[Finding]) -> str | None:
    if finding.qualifier != "exact":
        return finding.note
    pair = _part_and_whole(finding, findings[:index]) or _done_and_planned(finding, findings)
    if pair is None:
        return finding.note
    part, whole = pair
    computed = round(100 * part / whole, 1)
    if abs(computed - finding.value) <= _TOLERANCE:
        return finding.note
    return f"mâu thuẫn trong bài: {part:g}/{whole:g} là {computed:g}%"


def _part_and_whole(finding: Finding, before: Sequence[Finding]) -> tuple[float, float] | None:
    """``Trong 787 đảng viên mới có 248 nữ (36,1%)``."""
    clause = finding.scope.before
    is_said_of_part = not clause or speaks_of(clause, _REACH)
    if len(before) < 2 or not is_said_of_part or before[-1].metric == "share":
        return None
    whole, part = before[-2], before[-1]
    between = finding.scope.tokens[part.at + 1 : finding.at]
    is_about = part.is_subset and not whole.is_subset and part.metric == whole.metric
    if not is_about or speaks_of(between, _NUMBERS) or not whole.value:
        return None
    return part.value, whole.value


def _done_and_planned(finding: Finding, findings: Sequence[Finding]) -> tuple[float, float] | None:
    """``kết nạp 20 đảng viên, đạt 133% chỉ tiêu (18 đảng viên)``."""
    done = [f for f in findings if f.metric == "admitted" and not f.is_subset]
    planned = [f for f in findings if f.metric == "target"]
    if len(done) != 1 or len(planned) != 1 or not planned[0].value or planned[0].is_derived:
        return None
    follower = finding.scope.follower
    is_of_goal = follower is not None and follower.kind == "goal"
    is_of_pair = planned[0].at == done[0].at and (follower is None or follower.kind == "mark")
    if not speaks_of(finding.scope.before, _REACH) or not (is_of_goal or is_of_pair):
        return None
    return done[0].value, planned[0].value
