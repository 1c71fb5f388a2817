"""The table of administrative units: the 63 provinces with districts, and the 34 without.

``units.tsv`` says where it comes from; ``tools/build_units.py`` makes it.
"""

from __future__ import annotations

import pkgutil
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Literal

from monitor.extractor.gazetteer.spelling import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Tier = Literal["province", "district", "commune"]

TODAY, BEFORE = "34", "63"
"""Eras: since 1 July 2025 there are 34 provinces and two tiers, before there were 63 and three."""

_TIERS: Mapping[int, Tier] = {2: "province", 3: "district", 5: "commune"}


_RENAMED = "a"
"""Ends the code of a district that bore it before one of another name did."""

_LATER_NAMES_FROM = date(2024, 1, 1)
"""The table knows names and borders of 2021 to 2023 and of 2025; between them the later hold."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A province, district or commune-level unit as long as it stood."""

    code: str
    """Era and code of the General Statistics Office: ``63-05638``."""
    kind: str
    name: str
    within: tuple[str, ...] = ()
    """Code of what it lies in, then of what it lay in before; empty for a province."""
    into: tuple[str, ...] = ()
    """Codes of what it became, the likeliest first; empty for one of today."""
    also: tuple[tuple[str, str], ...] = ()
    """Other kinds and names it had: it was a town before it was a ward."""
    since: date | None = None
    """First day, where the table knows it."""
    until: date | None = None
    """Last day, or a day by which it had gone; None for one of today."""

    @property
    def era(self) -> str:
        """``TODAY`` or ``BEFORE``."""
        return self.code[:2]

    @property
    def tier(self) -> Tier:
        """Two tiers today; districts are of before."""
        return _TIERS[len(self.code[3:].rstrip(_RENAMED))]

    @property
    def title(self) -> str:
        """``huyện Phú Lương``; a province by its name alone, as readers know it."""
        return self.name if self.tier == "province" else f"{self.kind} {self.name}"

    def title_on(self, day: date | None) -> str:
        """The title it had on a day: ``huyện Việt Yên`` until it was made a town."""
        if day is None or day >= _LATER_NAMES_FROM or not self.also or self.tier == "province":
            return self.title
        return " ".join(self.also[0])

    @property
    def kinds(self) -> frozenset[str]:
        """What it is and was called: ``xã``, ``phường``."""
        return frozenset({self.kind, *(kind for kind, _ in self.also)})


@dataclass(frozen=True)
class Table:
    """All units, by code and by name."""

    units: Mapping[str, Unit]
    by_key: Mapping[str, tuple[Unit, ...]]
    """``name_key`` of each name a unit has or had."""
    parts: Mapping[str, tuple[Unit, ...]] = field(repr=False)
    """Code to the units that lie, or lay, right in it."""
    formers: Mapping[str, tuple[Unit, ...]] = field(repr=False)
    """Code to the units that became it, wholly or in part."""

    def named(self, name: str) -> tuple[Unit, ...]:
        """Units of a name in any spelling, of all eras, kinds and places."""
        return self.by_key.get(name_key(name), ())

    def province_of(self, unit: Unit) -> Unit:
        """The province it lies in, of its own era."""
        while unit.within:
            unit = self.units[unit.within[0]]
        return unit

    def district_of(self, unit: Unit, day: date | None = None) -> Unit | None:
        """The district it lies or on a day lay in; None for other than a commune of before."""
        is_early = day is not None and day < _LATER_NAMES_FROM
        parent = self.units[unit.within[-1 if is_early else 0]] if unit.within else None
        return parent if parent is not None and parent.tier == "district" else None

    def today(self, unit: Unit) -> tuple[Unit, ...]:
        """What it is today: itself, what it became, or what its communes became.

        One that kept the name comes first.
        Empty where the table does not know the heir of one that went before 2025.
        """
        if unit.era == TODAY:
            return (unit,)
        if unit.tier == "commune" or not self.parts.get(unit.code):
            heirs = [self.units[code] for code in unit.into]
        elif unit.tier == "province":
            return tuple(self.units[code] for code in unit.into)
        else:
            heirs = list(self.parts[unit.code])
        found = dict.fromkeys(heir for one in heirs for heir in self.today(one))
        return tuple(sorted(found, key=lambda heir: heir.name != unit.name))

    def is_in(self, unit: Unit, wider: Unit) -> bool:
        """Whether a unit lies or lay in another, itself included, across the eras of provinces."""
        if unit.code == wider.code:
            return True
        if wider.era == TODAY and wider.tier == "province" and unit.era == BEFORE:
            return wider.code in self.province_of(unit).into
        if unit.era == TODAY and wider.era == BEFORE:
            return any(self.is_in(former, wider) for former in self.formers.get(unit.code, ()))
        return any(self.is_in(self.units[code], wider) for code in unit.within)

    def extent(self, unit: Unit) -> frozenset[str]:
        """Codes of all there is in a unit: its parts, what they became, and what they came from.

        Asked for by an old name, what a unit became is in it; by a new one, what it was.
        """
        own = set(self._inside(unit))
        if unit.era == TODAY:
            linked = {code for one in own for code in self._came_from(one)}
        else:
            linked = {heir.code for one in own for heir in self._heirs(self.units[one])}
        return frozenset(own | linked)

    def _inside(self, unit: Unit) -> Iterator[str]:
        yield unit.code
        for part in self.parts.get(unit.code, ()):
            yield from self._inside(part)

    def _heirs(self, unit: Unit) -> Iterator[Unit]:
        """What communes became; provinces and districts became more than they were."""
        if unit.tier == "commune" or not self.parts.get(unit.code):
            yield from self.today(unit)
            yield from (self.units[code] for code in unit.into)

    def _came_from(self, code: str) -> Iterator[str]:
        for former in self.formers.get(code, ()):
            yield former.code
            yield from self._came_from(former.code)
            if former.tier == "province":
                yield from self._inside(former)


@cache
def table() -> Table:
    """The table, read when first asked for."""
    # Data of the package, loaded as its modules are; the table is too long for a module.
    content = pkgutil.get_data("monitor.extractor.gazetteer", "units.tsv") or b""
    return parse_table(content.decode("utf-8"))


def parse_table(text: str) -> Table:
    """A table from its text form: blocks of an era with the days of its units, a line a unit."""
    units = {unit.code: unit for unit in _units(text)}
    by_key: dict[str, dict[str, Unit]] = defaultdict(dict)
    parts: dict[str, list[Unit]] = defaultdict(list)
    formers: dict[str, list[Unit]] = defaultdict(list)
    key_of = cache(name_key)
    for unit in units.values():
        for name in (unit.name, *(other for _, other in unit.also)):
            by_key[key_of(name)][unit.code] = unit
        for code in unit.within:
            parts[code].append(unit)
        for code in unit.into:
            formers[code].append(unit)
    return Table(
        units=units,
        by_key={key: tuple(named.values()) for key, named in by_key.items()},
        parts=_frozen(parts),
        formers=_frozen(formers),
    )


def _frozen(lists: Mapping[str, Iterable[Unit]]) -> dict[str, tuple[Unit, ...]]:
    return {key: tuple(units) for key, units in lists.items()}


def _units(text: str) -> Iterator[Unit]:
    era, into_era = "", ""
    days: tuple[date | None, date | None] = (None, None)
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("["):
            era, *written = line.strip("[]").split("\t")
            days = _day(written[0]), _day(written[1])
            # Those that went first became units of the same era.
            into_era = TODAY if days[1] == _LAST_DAY else era
            continue
        yield _unit(line.split("\t"), era=era, into_era=into_era, days=days)


_LAST_DAY = date(2025, 6, 30)
"""Of the 63 provinces and their districts."""


def _unit(
    columns: list[str], *, era: str, into_era: str, days: tuple[date | None, date | None]
) -> Unit:
    # Most words and codes stand in many units: interned, the table takes two thirds of the room.
    code, kind, name, within, into, also = (*columns, "", "", "")[:6]
    return Unit(
        sys.intern(f"{era}-{code}"),
        sys.intern(kind),
        sys.intern(name),
        tuple(sys.intern(f"{era}-{one}") for one in within.split(";") if one),
        tuple(sys.intern(f"{into_era}-{one}") for one in into.split(";") if one),
        tuple(_kind_and_name(one) for one in also.split(";") if one),
        *days,
    )


def _kind_and_name(title: str) -> tuple[str, str]:
    kind = next(kind for kind in KINDS if title.startswith(f"{kind} "))
    return kind, title[len(kind) + 1 :]


KINDS = ("thành phố", "thị xã", "thị trấn", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã")
"""Of units, those first that begin like others."""


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None
