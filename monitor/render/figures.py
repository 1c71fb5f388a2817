"""Figures in the reader's words, gathered under the organisations they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.render.plain import name_of, one_line, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.items import Figure
    from monitor.wording import Wording

_ORG_UNITS = 120
_WORD_UNITS = 60


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """One figure: a row of a table, or a line."""

    metric: str
    value: str
    """With its qualifier, unit and basis: ``mỗi năm từ 100 đảng viên trở lên``."""
    period: str
    """As written; empty where the text names none."""
    line: str
    """All three in one."""


@dataclass(frozen=True, kw_only=True)
class FigureGroup:
    """The figures of one organisation."""

    org: str
    """As written, or words for an organisation that is not named."""
    rows: tuple[FigureRow, ...]


def figure_groups(figures: Sequence[Figure], *, wording: Wording) -> tuple[FigureGroup, ...]:
    """Figures under their organisations in the order of first mention, the unnamed one last."""
    return tuple(
        FigureGroup(org=org, rows=tuple(figure_row(figure, wording) for figure in group))
        for org, group in by_organisation(figures, wording=wording).items()
    )


def by_organisation(figures: Sequence[Figure], *, wording: Wording) -> dict[str, list[Figure]]:
    """The same, whole: organisations as written to their figures in reading order."""
    groups: dict[str, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(shorten(one_line(figure.org or ""), _ORG_UNITS), []).append(figure)
    unnamed = groups.pop("", [])
    return {**groups, wording.say("figure.org_unknown"): unnamed} if unnamed else groups


def days_in_words(figure: Figure, *, wording: Wording) -> str:
    """The period as days, such as ``01/01/2023–30/04/2023``; empty where they cannot be told."""
    first, last = figure.period_from, figure.period_to
    if first is None:
        return wording.say("figure.until", day=wording.day(last)) if last else ""
    if last is None:
        return wording.say("figure.since", day=wording.day(first))
    if first == last:
        return wording.day(first)
    return wording.say("figure.range", low=wording.day(first), high=wording.day(last))


def value_in_words(figure: Figure, *, wording: Wording) -> str:
    """A figure's value with unit, qualifier and basis, such as ``trên 9.550 đảng viên``.

    One that the text does not print but implies is marked as derived, one that not all
    papers print with the paper's name.
    """
    amount = wording.number(figure.value)
    if figure.value_max is not None:
        high = wording.number(figure.value_max)
        amount = wording.say("figure.range", low=amount, high=high)
    amount = wording.say(f"qualifier.{figure.qualifier}", amount=amount + _unit(figure))
    if figure.basis == "per_year":
        amount = wording.say("figure.per_year", amount=amount)
    if figure.is_derived:
        amount = wording.say("figure.derived", value=amount)
    if figure.paper:
        amount = wording.say("figure.in_paper", value=amount, paper=name_of(figure.paper))
    return amount


def figure_row(figure: Figure, wording: Wording) -> FigureRow:
    """One figure in words."""
    metric = wording.say(f"metric.{figure.metric}")
    value = value_in_words(figure, wording=wording)
    period = shorten(one_line(figure.period or ""), _WORD_UNITS)
    key = "figure.line_period" if period else "figure.line"
    line = wording.say(key, metric=metric, value=value, period=period)
    return FigureRow(metric=metric, value=value, period=period, line=line)


def _unit(figure: Figure) -> str:
    """With the space before it; a percent sign stands close, as both languages print it."""
    unit = shorten(one_line(figure.unit or ""), _WORD_UNITS)
    if figure.metric == "share" and not unit:
        unit = "%"
    if not unit or unit.startswith("%"):
        return unit
    return f" {unit}"
