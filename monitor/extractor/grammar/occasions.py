"""When a figure is said of: the time expression that belongs to a number."""

from __future__ import annotations

from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from monitor.extractor.grammar.periods import find_periods
from monitor.extractor.text import nfc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.extractor.grammar.findings import Finding
    from monitor.extractor.grammar.tokens import Token
    from monitor.extractor.grammar.words import Line

_BY_YEAR: Final = ("/", "năm")
_PASSED: Final = frozenset({"của", "vào", "được", "trong"})


class Occasion(NamedTuple):
    """When, and whether it is said of each year."""

    period: str | None
    """As written."""
    is_each_year: bool
    beside: str | None = None
    """Of the deed the plan is told beside, where ``period`` is the plan's own."""


def period_as_written(line: Line, token: Token) -> str:
    """A time expression in a sentence: small first letter, without ``trong`` or ``riêng``."""
    return _trimmed(line.written(token.first, token.after))


def first_period(line: Line) -> str | None:
    """The first time expression of a sentence that counts nothing: it holds for the next."""
    for period in find_periods(line.folded.text):
        start, end = line.folded.span(period.start, period.end)
        return _trimmed(" ".join(nfc(line.folded.original[start:end]).split()))
    return None


def _trimmed(written: str) -> str:
    lowered = written[:1].lower() + written[1:]
    if lowered == "trong năm":
        return lowered
    return lowered.removeprefix("trong ").removeprefix("riêng ")


def occasion_of(
    finding: Finding, line: Line, *, tokens: Sequence[Token], inherited: str | None
) -> Occasion:
    """The nearest time expression before the number, else right after, else inherited.

    A target is of the time its plan is made for: ``9 tháng … 16/20, chỉ tiêu cả năm``.
    """
    when = _told(finding, line, tokens=tokens, inherited=inherited)
    planned = _plan_time(finding, line, tokens) if finding.metric == "target" else None
    if planned is None or when.is_each_year:
        return when
    return Occasion(planned, is_each_year=False, beside=when.period)


def _told(
    finding: Finding, line: Line, *, tokens: Sequence[Token], inherited: str | None
) -> Occasion:
    adjacent = _adjacent(finding, line, tokens) or _in_brackets_of(finding, line, tokens)
    is_each = _is_by_year(finding)
    if adjacent:
        return Occasion(adjacent, is_each)
    each: str | None = None
    for token in reversed(tokens[: finding.at]):
        if token.kind == "each" and each is None:
            each = period_as_written(line, token)
        if token.kind == "period" and not _is_measure(line, token):
            return Occasion(period_as_written(line, token), is_each or each is not None)
    if each is not None:
        return Occasion(inherited if finding.metric != "share" else each, is_each_year=True)
    return Occasion(_behind(finding, line) or inherited, is_each)


def _plan_time(finding: Finding, line: Line, tokens: Sequence[Token]) -> str | None:
    """What follows ``kế hoạch``, ``chỉ tiêu``: nearest after the number, else before it."""
    before, rest = tokens[: finding.at], tokens[finding.at + 1 :]
    after = [*takewhile(lambda token: token.kind != "count" and token.text != ";", rest)]
    for one, other in [*pairwise(after), *reversed([*pairwise(before)])]:
        if one.kind != "goal":
            continue
        if other.period is not None:
            return period_as_written(line, other)
        if line.texts[other.first : other.first + 2] == ("nhiệm", "kỳ"):
            return line.written(other.first, other.first + 2)
        if other.text == "năm":
            return line.written(one.first, other.after).lower()
    return None


def _is_by_year(finding: Finding) -> bool:
    """``15 đảng viên/năm``, ``bình quân 70 đảng viên mỗi năm``."""
    follower = finding.scope.follower
    if follower is not None and follower.kind == "each":
        return True
    texts = [token.text for token in finding.scope.behind if token.kind != "fresh"]
    return _BY_YEAR in (tuple(texts[:2]), tuple(texts[1:3]))


def _adjacent(finding: Finding, line: Line, tokens: Sequence[Token]) -> str | None:
    """``1.200 đảng viên mới của cả nhiệm kỳ``."""
    follower = finding.scope.follower
    if follower is None:
        return None
    for token in tokens[tokens.index(follower) :]:
        if token.kind == "period":
            return period_as_written(line, token)
        if token.kind not in ("fresh", "admit") and token.text not in _PASSED:
            break
    return None


def _in_brackets_of(finding: Finding, line: Line, tokens: Sequence[Token]) -> str | None:
    """``so với năm 2021 (200 đồng chí)``: the time whose number the brackets give."""
    if finding.at < 2 or tokens[finding.at - 1].text != "(":
        return None
    before = tokens[finding.at - 2]
    return (
        period_as_written(line, before)
        if before.period and before.period.tense != "future" and finding.metric != "target"
        else None
    )


def _is_measure(line: Line, token: Token) -> bool:
    """``so với năm 2017``, ``Quyết định 05 ngày 28-8-2018``: no time of the figure."""
    before = line.texts[max(token.first - 3, 0) : token.first]
    dates_a_paper = token.text.startswith("ngày") and bool(before) and before[-1].isdigit()
    measures_a_goal = before[-1:] in (("tiêu",), ("hoạch",)) and token.text == "cả năm"
    if measures_a_goal:
        return True
    return before[-2:] == ("so", "với") or before[:2] == ("so", "với") or dates_a_paper


def _behind(finding: Finding, line: Line) -> str | None:
    behind = finding.scope.behind
    return next((period_as_written(line, t) for t in behind if t.kind == "period"), None)
