"""Percentages: which are about admissions or members."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from monitor.extractor.grammar.clauses import ENDING, clause_start, speaks_of
from monitor.extractor.grammar.lexicon import BLOCKING, PEOPLE, word_set
from monitor.extractor.grammar.people import ADMITTING, PARTY_UNITS
from monitor.extractor.grammar.tokens import Token, unit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.extractor.grammar.findings import Finding, Verdict
    from monitor.extractor.grammar.scopes import Scope

_OF_PLAN: Final = frozenset({"goal", "against", "change", "member", "candidate", "total", "trait"})
_ELSEWHERE: Final = frozenset({"judged", "league"})
_OTHERS: Final = BLOCKING | {"cell", "base", "counted", "judged", "attend"}
_MEASURING: Final = frozenset(
    {"reach", "change", "period", "trait", "fresh", "org", "done", "state"}
)
_MEASURING_WORDS: Final = word_set(
    "là lên còn tới đến trên số dân trong toàn của và nay cũng chỉ tổng"
)
"""Words between ``tỷ lệ đảng viên`` and its percentage that leave it a share of members."""
_SOMEBODY: Final = frozenset(
    {"reach", "fresh", "state", "org", "cell", "counted", "done", "period"}
)
_SOME: Final = word_set("nơi chỉ mà một số vài cá biệt nhiều cũng mới thấp nhất hiện") | {
    "hoàn thành"
}
"""Words that say of whom it is without naming them."""


def judge_share(scope: Scope, before: Sequence[Finding]) -> Verdict:
    """Percentages about admissions or members; not of cells, and not of good conduct."""
    follower = scope.follower
    if speaks_of(scope.clause, _ELSEWHERE) or _is_of_bodies(scope):
        return "none"
    if _is_rate_of_members(scope) or _is_part_of_plan(scope) or _are_members(scope):
        return "share"
    if _is_part_of_admissions(scope, before) or _are_some_of_new(scope) or _compares(scope):
        return "share"
    if scope.left_kind == "reach" and scope.is_inherited:
        return "none"
    known = follower is None or follower.kind in ENDING | _OF_PLAN or scope.unit is not None
    if not (known or (follower and follower.text in ("số", "trở", "là", "/", "chỉ", "dân"))):
        return "none"
    if scope.right_kind == "admit" and scope.unit_kind in PEOPLE:
        return "share"
    about = scope.tokens[: scope.at]
    is_about = speaks_of(about, ADMITTING | {"official"}) or _counts_admitted(before)
    if is_about and _goes_on(scope, before):
        return "share"
    of_members = speaks_of(scope.before, frozenset({"reach"})) and _is_beside_members(scope)
    return "share" if of_members and not speaks_of(scope.clause, BLOCKING) else "none"


def _is_rate_of_members(scope: Scope) -> bool:
    """``Tỷ lệ trưởng ấp là đảng viên tăng lên 88,2%``, ``tỷ lệ đảng viên trên dân số là 3,8%``."""
    kinds = [token.kind for token in scope.before]
    if "rate" not in kinds or "member" not in kinds[kinds.index("rate") :]:
        return False
    last = len(kinds) - kinds[::-1].index("member")
    said = scope.before[last:]
    return all(t.kind in _MEASURING or t.text in _MEASURING_WORDS for t in said)


def _are_members(scope: Scope) -> bool:
    """``hơn 80% kỹ sư của nhà máy nay là đảng viên``."""
    last = next((i for i, t in enumerate(scope.behind) if t.kind == "member"), 0)
    said = scope.behind[:last]
    is_said = bool(said) and said[-1].text == "là"
    return is_said and not speaks_of(said, _OTHERS)


def _is_part_of_plan(scope: Scope) -> bool:
    """``Có nơi mới đạt 41,5% kế hoạch``, where the sentences before told of admissions."""
    is_of_goal = scope.follower is not None and scope.follower.kind == "goal"
    if not is_of_goal or scope.around.metric not in ("admitted", "target"):
        return False
    reaches = any(t.kind == "reach" or t.text == "hoàn thành" for t in scope.before)
    return reaches and all(t.kind in _SOMEBODY or t.text in _SOME for t in scope.before)


def _are_some_of_new(scope: Scope) -> bool:
    """``Có trên 45% là đoàn viên``, right after admissions were counted."""
    are = [token.text.split()[0] for token in scope.behind[:1]] == ["là"]
    return are and scope.around.admits and [t.text for t in scope.before] in ([], ["có"])


def _compares(scope: Scope) -> bool:
    """``Con số này giảm 18%`` of the admissions counted last."""
    kinds = [token.kind for token in scope.before]
    return scope.around.admits and kinds[:1] + kinds[-1:] == ["anaphor", "change"]


def _is_part_of_admissions(scope: Scope, before: Sequence[Finding]) -> bool:
    """``…; nguồn do Đoàn giới thiệu chiếm từ 65% trở lên``."""
    if not any(t.kind == "reach" and t.text.startswith("chiếm") for t in scope.before):
        return False
    of_people = speaks_of(scope.clause, PEOPLE | {"introduce", "subset"})
    is_counted = any(f.metric in ("admitted", "target", "share") for f in before)
    return of_people and is_counted


def _is_beside_members(scope: Scope) -> bool:
    """Whether its clause or the one right before it speaks of members as such."""
    start = clause_start(scope.tokens, scope.at)
    before = scope.tokens[clause_start(scope.tokens, start - 1) : start] if start else ()
    if speaks_of(before, BLOCKING | {"attend", "judged"}):
        return False
    near = [*before, *scope.clause]
    # "46 đại biểu là đảng viên, chiếm 95,8%" is said of the delegates.
    of_others = any(one.text == "là" and other.kind == "member" for one, other in pairwise(near))
    return not of_others and speaks_of(near, frozenset({"member"}))


def _is_of_bodies(scope: Scope) -> bool:
    """``100% chi bộ``, ``4 đảng bộ … đạt trên 50%``: said of bodies, not of members."""
    bodies = frozenset({"cell", "base", "counted"})
    counted = (unit_of(scope.before, i) for i, t in enumerate(scope.before) if t.is_number)
    return scope.unit_kind in bodies or any(unit and unit.kind in bodies for unit in counted)


def _counts_admitted(before: Sequence[Finding]) -> bool:
    return any(finding.metric == "admitted" for finding in before)


def _is_about_members(tokens: Sequence[Token]) -> bool:
    return speaks_of(tokens, PARTY_UNITS) or any(
        token.kind in ADMITTING | {"org"} and "đảng" in token.text.split() for token in tokens
    )


def _goes_on(scope: Scope, before: Sequence[Finding]) -> bool:
    """Whether the clause still speaks of the admission."""
    if speaks_of(scope.before, ADMITTING) or scope.left_kind in ADMITTING:
        is_of_members = scope.unit_kind in PARTY_UNITS
        is_known = is_of_members or bool(before) or scope.around.is_of_party
        return is_known or _is_about_members(scope.tokens[: scope.at])
    if scope.left_kind in ("excess", "shortfall", "reach", "change"):
        words = [
            t
            for t in scope.before
            if t.kind == "word" and t.text not in ("được", "và", "cũng", "đã")
        ]
        return bool(before) and not words
    return scope.is_subset and bool(before)
