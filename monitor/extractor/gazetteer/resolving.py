"""Which of the units of a name a text means: told by its words and its source, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from monitor.extractor.gazetteer import provinces
from monitor.extractor.gazetteer.mentions import names_at
from monitor.extractor.gazetteer.table import BEFORE, TODAY, Unit, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from monitor.extractor.gazetteer.mentions import Mention
    from monitor.extractor.gazetteer.table import Tier

_KNOWN_AHEAD_FROM = date(2025, 4, 1)
"""From when papers wrote of the communes that were to come on 1 July 2025."""

_ADDRESS = re.compile(
    r"\s?[,(–-]\s?(?:thuộc\s)?|\s(?:thuộc|của|ở|tại)\s",
)
_OF_KIND = re.compile(
    r"(?:(?P<tier>huyện|quận|thị xã|thành phố|tp\.?|tx\.?|tỉnh)\s*)?(?:đảo\s|miền núi\s)?",
    re.IGNORECASE,
)
_LONGEST_ADDRESS = 3
_WIDER_TIERS: Mapping[Tier, frozenset[Tier]] = {
    "commune": frozenset({"district", "province"}),
    "district": frozenset({"province"}),
}
"""What may be a unit's address; anything else beside it is a neighbour in a list."""
_SEVERAL = 2


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What is known before a name is looked at."""

    published_on: date | None
    home: str | None
    """The province of the story, by its old or new name."""
    source: str | None
    """The source's, where the story is placed elsewhere."""
    is_of_before: bool
    """Whether the text speaks of a time with districts, by its date or its words."""
    districts: tuple[Unit, ...] = field(default=())
    """Districts that the text names and that are told apart."""


def setting_of(
    mentions: Sequence[Mention],
    *,
    home: str | None,
    source: str | None,
    published_on: date | None,
) -> Setting:
    """The setting of a text's units: its time, its province, the districts it names.

    Args:
        mentions: Of units, in their order.
        home: Name of the story's province, old or new.
        source: Name of the source's.
        published_on: Day of publication.
    """
    is_of_before = _is_of_before(mentions, published_on)
    bare = Setting(published_on=published_on, home=home, source=source, is_of_before=is_of_before)
    named = (resolve(one, bare) for one in mentions if one.tier == "district")
    districts = dict.fromkeys(units[0] for units in named if len(units) == 1)
    return replace(bare, districts=tuple(districts))


def resolve(mention: Mention, setting: Setting) -> tuple[Unit, ...]:
    """The units a mention may mean: one where it is told apart, none where the table has none.

    In this order: what the words around say of its time; the address right behind it; the
    province of the story; the time of the text; the districts it names; the kind.
    """
    left = _possible(mention, setting)
    addressed = _by_address(mention, left)
    if addressed is not None:
        left = addressed
    elif setting.home is not None:
        left = _at_homes(left, setting)
    for is_fit in _preferences(setting):
        if len(left) < _SEVERAL:
            break
        left = tuple(filter(is_fit, left)) or left
    return _last_of_each(_of_kind(mention, left))


def _preferences(setting: Setting) -> tuple[Callable[[Unit], bool], ...]:
    era = BEFORE if setting.is_of_before else TODAY
    return (
        lambda unit: unit.era == era,
        lambda unit: any(table().is_in(unit, one) for one in setting.districts),
    )


def _of_kind(mention: Mention, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Those of the kind that is written, among neighbours: a kind tells nothing of a province."""
    if len({_province_today(unit) for unit in units}) > 1:
        return units
    of_kind = tuple(unit for unit in units if mention.kind in unit.kinds) or units
    return tuple(unit for unit in of_kind if mention.kind == unit.kind) or of_kind


def _last_of_each(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Without those that became another of them, under the same name."""
    codes = {unit.code for unit in units}
    return tuple(unit for unit in units if codes.isdisjoint(unit.into)) or units


def _possible(mention: Mention, setting: Setting) -> tuple[Unit, ...]:
    """Without those of a time that the words or the day of the text rule out."""
    units = mention.units
    if mention.era is not None:
        return tuple(unit for unit in units if unit.era == mention.era) or units
    day = setting.published_on
    if day is not None and day < _KNOWN_AHEAD_FROM:
        return tuple(unit for unit in units if unit.era == BEFORE)
    return units


def _by_address(mention: Mention, units: tuple[Unit, ...]) -> tuple[Unit, ...] | None:
    """Those that lie where the words right behind the name say; None where they say nothing."""
    said = False
    for wider in _addresses(mention.behind, tiers=_WIDER_TIERS[mention.tier]):
        inside = tuple(
            unit
            for unit in units
            if any(table().is_in(unit, one) and one.code != unit.code for one in wider.units)
        )
        if inside or wider.is_called:
            units, said = inside, True
        if not inside:
            break
    return units if said else None


@dataclass(frozen=True)
class _Wider:
    """A district or province named behind a unit."""

    units: tuple[Unit, ...]
    is_called: bool
    """Whether its kind is said; a bare name may be anything else."""


def _addresses(text: str, *, tiers: frozenset[Tier]) -> Iterator[_Wider]:
    at = 0
    for _ in range(_LONGEST_ADDRESS):
        joint = _ADDRESS.match(text, at)
        if not joint:
            return
        of_kind = _OF_KIND.match(text, joint.end())
        start, called = (of_kind.end(), of_kind["tier"]) if of_kind else (joint.end(), None)
        units, at = next(_units_at(text, start, tiers=tiers), ((), start))
        if not units:
            return
        yield _Wider(units, called is not None)


def _units_at(
    text: str, start: int, *, tiers: frozenset[Tier]
) -> Iterator[tuple[tuple[Unit, ...], int]]:
    for name, end in names_at(text, start):
        named = (*table().named(name), *table().named(provinces.canonical(name) or name))
        units = tuple(unit for unit in dict.fromkeys(named) if unit.tier in tiers)
        if units:
            yield units, end


def _at_homes(units: tuple[Unit, ...], setting: Setting) -> tuple[Unit, ...]:
    """Those of the story's province, or of its source's where the story's has none."""
    homes = (home for home in (setting.home, setting.source) if home is not None)
    at_homes = (_at_home(units, home, is_of_before=setting.is_of_before) for home in homes)
    return next(filter(None, at_homes), ())


def _at_home(units: tuple[Unit, ...], home: str, *, is_of_before: bool) -> tuple[Unit, ...]:
    """Those of the province; of its old borders, in their time, where that is enough."""
    exact = tuple(unit for unit in units if table().province_of(unit).name == home)
    if is_of_before and any(unit.era == BEFORE for unit in exact):
        return exact
    today = provinces.today(home)
    return tuple(unit for unit in units if _province_today(unit) == today)


def _province_today(unit: Unit) -> str | None:
    return provinces.today(table().province_of(unit).name)


def _is_of_before(mentions: Iterable[Mention], published_on: date | None) -> bool:
    if published_on is not None:
        return published_on < provinces.MERGED_ON
    # An undated text that speaks of districts or towns as if they were there is older.
    gone = (one for one in mentions if one.tier == "district" or one.kind == "thị trấn")
    return any(one.era is None for one in gone)
