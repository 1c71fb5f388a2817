"""The figures of a digest as one list: whose, where, how many, and which stories tell them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.digest import by_province
from monitor.extractor.gazetteer.provinces import READING_ORDER
from monitor.extractor.gazetteer.table import table
from monitor.extractor.text import fold
from monitor.items import Figure, Story

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from monitor.items import Digest, Place


@dataclass(frozen=True, kw_only=True)
class Locality:
    """Where the organisation of a figure is, as far as it is known."""

    province: str | None = None
    """Today's name."""
    district: str | None = None
    """Until July 2025."""
    commune: str | None = None


@dataclass(frozen=True, kw_only=True)
class TabledFigure:
    """A figure that one story tells, or several."""

    figure: Figure
    """As the first of them tells it."""
    locality: Locality
    stories: tuple[Story, ...]
    """In the order of the digest."""


def tabled_figures(digest: Digest) -> list[TabledFigure]:
    """Every figure of a digest once, by the province of today it is about.

    What several papers print of one story is one figure already (see
    ``monitor.extractor.reprints``). Here a figure that several stories tell in the same words
    of the same organisation becomes one too; what differs in value or period stays apart.

    Returns:
        Provinces in the order of the digest, those that only figures are about after them from
        north to south, the unknown one last; figures of one organisation stand together.
    """
    told: dict[Hashable, list[Story]] = {}
    first: dict[Hashable, Figure] = {}
    for story in digest.stories:
        for figure in story.figures:
            said = _said(figure, story)
            first.setdefault(said, figure)
            if story not in (stories := told.setdefault(said, [])):
                stories.append(story)
    found = [
        TabledFigure(
            figure=figure,
            locality=_locality(figure, told[said][0].place),
            stories=tuple(told[said]),
        )
        for said, figure in first.items()
    ]
    ranks = {province: rank for rank, province in enumerate(_reading_order(digest))}
    return sorted(_together(found), key=lambda one: ranks.get(one.locality.province, len(ranks)))


def _said(figure: Figure, story: Story) -> Hashable:
    """What makes two tellings one figure; without a name, an organisation is its story's own."""
    org = figure.place_code or (figure.org and (fold(figure.org), story.place.province))
    days = (figure.period_from, figure.period_to)
    value = (figure.value, figure.value_max, figure.qualifier, figure.basis, figure.paper)
    unit = fold(figure.unit or "")
    when = days if any(days) else fold(figure.period or "")
    return org or story.article_id, fold(figure.org or ""), figure.metric, *value, unit, when


def _together(found: Sequence[TabledFigure]) -> list[TabledFigure]:
    """Those of one organisation side by side, where the first of them stands."""
    groups: dict[Hashable, list[TabledFigure]] = {}
    for one in found:
        org = fold(one.figure.org) if one.figure.org else one.stories[0].article_id
        groups.setdefault((org, one.locality.province), []).append(one)
    return [one for group in groups.values() for one in group]


def _reading_order(digest: Digest) -> list[str | None]:
    """Provinces as the stories stand under them, then those that only figures are about."""
    told = [province for province, _ in by_province(digest.stories) if province is not None]
    return [*told, *(province for province in READING_ORDER if province not in told), None]


def _locality(figure: Figure, place: Place) -> Locality:
    """Of the organisation's own unit where it has one, else of its story."""
    units = table().units
    unit = units.get(figure.place_code or "") or units.get(place.code or "")
    if unit is None:
        return Locality(province=place.province, district=place.district, commune=place.unit)
    provinces = [heir.name for heir in table().today(table().province_of(unit))]
    district = unit if unit.tier == "district" else table().district_of(unit)
    return Locality(
        province=place.province if place.province in provinces else provinces[0],
        district=district.title if district is not None else None,
        commune=unit.title if unit.tier == "commune" else None,
    )
