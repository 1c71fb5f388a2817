"""The table of a digest's figures in the reader's words: whose, what, how many, told where."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from monitor.extractor.gazetteer.table import KINDS
from monitor.extractor.text import fold
from monitor.render.figures import FigureRow, figure_row
from monitor.render.plain import name_of, one_line, shorten
from monitor.tabulation import tabled_figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from monitor.items import Digest
    from monitor.tabulation import TabledFigure
    from monitor.wording import Wording

_ORG_UNITS = 120


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """A figure, and the stories that tell it."""

    row: FigureRow
    numbers: tuple[int, ...]
    """Of the stories in the digest, from 1."""
    rank: int
    """Of the best of them, 0 for the best of the digest."""


@dataclass(frozen=True, kw_only=True)
class TableGroup:
    """The figures of one organisation."""

    org: str
    place: str
    """District and commune, where its name does not say them; may be empty."""
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, kw_only=True)
class TableSection:
    """The figures of one province."""

    title: str
    groups: tuple[TableGroup, ...]


@dataclass(frozen=True, kw_only=True)
class FigureTable:
    """All figures whose organisations are named."""

    sections: tuple[TableSection, ...] = ()
    note: str = ""
    """Says what is left out; empty where nothing is."""

    @property
    def rows(self) -> list[TableRow]:
        """In order."""
        return [row for part in self.sections for group in part.groups for row in group.rows]


def figure_table(
    digest: Digest, *, numbers: Mapping[int, int], ranks: Mapping[int, int], wording: Wording
) -> FigureTable:
    """The figures of a digest by province and organisation, nothing cut.

    A figure of an organisation that is not named stands with its story only.

    Args:
        digest: As it was decided.
        numbers: Where each story stands, from 1, by its article.
        ranks: How good each story is, 0 for the best, by its article.
        wording: The reader's language.
    """
    named = [one for one in tabled_figures(digest) if one.figure.org]
    sections = tuple(
        TableSection(
            title=one_line(province) if province else wording.say("digest.nationwide"),
            groups=tuple(_groups(found, numbers, ranks, wording)),
        )
        for province, found in groupby(named, key=lambda one: one.locality.province)
    )
    return FigureTable(sections=sections)


def cut_table(
    whole: FigureTable, most: int, *, shown: int, wording: Wording, has_csv: bool = False
) -> FigureTable:
    """The table with the figures of the best stories, the others counted.

    Args:
        whole: With all rows.
        most: Rows that stay.
        shown: Stories of a lower rank are not in the digest any more, nor are their figures.
        wording: To say what was cut.
        has_csv: Whether the reader has all of them in a file.
    """
    best = sorted((row for row in whole.rows if row.rank < shown), key=lambda row: row.rank)
    kept = {id(row) for row in best[:most]}
    hidden = len(whole.rows) - len(kept)
    if not hidden:
        return whole
    key = "table.cut_csv" if has_csv else "table.cut"
    note = wording.say(key, count=hidden)
    sections = (_kept(section, kept) for section in whole.sections)
    return FigureTable(sections=tuple(one for one in sections if one.groups), note=note)


def _kept(section: TableSection, kept: set[int]) -> TableSection:
    groups = (
        TableGroup(
            org=group.org,
            place=group.place,
            rows=tuple(row for row in group.rows if id(row) in kept),
        )
        for group in section.groups
    )
    return TableSection(title=section.title, groups=tuple(one for one in groups if one.rows))


def _groups(
    found: Iterable[TabledFigure],
    numbers: Mapping[int, int],
    ranks: Mapping[int, int],
    wording: Wording,
) -> Iterable[TableGroup]:
    for org, same in groupby(found, key=lambda one: fold(one.figure.org or "")):
        figures = list(same)
        name = shorten(one_line(figures[0].figure.org or ""), _ORG_UNITS)
        rows = tuple(_row(one, numbers, ranks, wording) for one in figures)
        yield TableGroup(org=name, place=_place(figures[0], org), rows=rows)


def _place(one: TabledFigure, org: str) -> str:
    """What the organisation's name does not say already, in full or as ``TP Phủ Lý``."""
    units = (one.locality.commune, one.locality.district)
    return ", ".join(name_of(unit) for unit in units if unit and fold(_bare(unit)) not in org)


def _bare(unit: str) -> str:
    """A unit's name without its kind; whole where the name is a number: ``quận 1``."""
    kind = next((kind for kind in KINDS if unit.lower().startswith(f"{kind} ")), "")
    bare = unit[len(kind) :].strip()
    return unit if bare.isdigit() else bare


def _row(
    one: TabledFigure, numbers: Mapping[int, int], ranks: Mapping[int, int], wording: Wording
) -> TableRow:
    articles = [story.article_id for story in one.stories]
    return TableRow(
        row=figure_row(one.figure, wording),
        numbers=tuple(numbers[article] for article in articles),
        rank=min(ranks[article] for article in articles),
    )
