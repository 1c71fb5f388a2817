"""The units somebody asks for, by an old or a new name, with or without marks."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from monitor.extractor.gazetteer import provinces
from monitor.extractor.gazetteer.spelling import plain_key
from monitor.extractor.gazetteer.table import KINDS, Unit, table
from monitor.extractor.text import fold, without_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


_SEPARATORS = re.compile(r"[,;()]|\s[-–]\s")
_KINDS = (*KINDS, "tp.", "tp", "tx.", "tx", "q.", "p.", "h.", "x.")
_SHORT_KINDS = {
    **dict.fromkeys(("tp", "tp."), "thành phố"),
    **dict.fromkeys(("tx", "tx."), "thị xã"),
    "q.": "quận",
    "p.": "phường",
    "h.": "huyện",
    "x.": "xã",
}
_COMMUNE_KINDS = frozenset({"xa", "phuong", "thi tran", "dac khu"})


@dataclass(frozen=True)
class Asked:
    """What a query means."""

    units: tuple[Unit, ...]
    """Those of the name, in all places and times that fit; empty where there is none."""
    codes: frozenset[str]
    """Of these, all that lies in them, what they became and what they came from."""


def asked_for(query: str) -> Asked:
    """The units of a query: ``huyện Phú Lương``, ``xa hop thanh, thai nguyen``, ``Bắc Kạn``.

    What follows a comma, or follows the name, is what the unit lies in. A bare name that is a
    province's means the province.
    """
    parts = [part.strip() for part in _SEPARATORS.split(fold(query)) if part.strip()]
    if provinces.canonical(query) is not None:  # Bà Rịa - Vũng Tàu is one name
        parts = [fold(query)]
    units = _named(parts[0]) if parts else ()
    for part in parts[1:]:
        units = _within(units, _named(part))
    codes = frozenset(code for unit in units for code in table().extent(unit))
    return Asked(units, codes)


def nearest_name(query: str) -> str | None:
    """A unit whose name is spelled nearly as asked; None where nothing is near."""
    name = plain_key(_without_kind(fold(query).partition(",")[0])[1])
    near = get_close_matches(name, _by_plain_key(), n=1, cutoff=0.8)
    return _by_plain_key()[near[0]][0].title if near else None


def _named(words: str) -> tuple[Unit, ...]:
    """The units of a name; of "hợp thành thái nguyên" those of the first that lie in the last."""
    kind, name = _without_kind(words)
    syllables = name.split()
    for length in range(len(syllables), 0, -1):
        units = _of_kind(_units(" ".join(syllables[:length])), kind)
        rest = " ".join(syllables[length:])
        found = _within(units, _named(rest)) if rest else units
        if found:
            return found
    return ()


def _within(units: Iterable[Unit], wider: Iterable[Unit]) -> tuple[Unit, ...]:
    around = tuple(wider)
    return tuple(
        unit
        for unit in units
        if any(unit.code != one.code and table().is_in(unit, one) for one in around)
    )


def _units(name: str) -> tuple[Unit, ...]:
    exact = (*table().named(name), *table().named(provinces.canonical(name) or name))
    if exact or name != without_marks(name):
        return tuple(dict.fromkeys(exact))
    return _by_plain_key().get(plain_key(name), ())


def _of_kind(units: tuple[Unit, ...], kind: str | None) -> tuple[Unit, ...]:
    """Those of a kind; else of its tier: a commune may have been made a ward since."""
    if kind is None:
        return tuple(unit for unit in units if unit.tier == "province") or units
    exact = tuple(unit for unit in units if kind in map(without_marks, unit.kinds))
    is_commune = kind in _COMMUNE_KINDS
    return exact or tuple(unit for unit in units if (unit.tier == "commune") == is_commune)


def _without_kind(words: str) -> tuple[str | None, str]:
    """The kind, without marks, and the name; no kind where the name is nothing but one."""
    bare = without_marks(words)
    for kind in _KINDS:
        plain = without_marks(kind)
        if bare.startswith(f"{plain} ") or (kind.endswith(".") and bare.startswith(plain)):
            return without_marks(_SHORT_KINDS.get(kind, kind)), words[len(plain) :].strip()
    return None, words


@cache
def _by_plain_key() -> Mapping[str, tuple[Unit, ...]]:
    found: dict[str, list[Unit]] = defaultdict(list)
    for key, units in table().by_key.items():
        found[without_marks(key)].extend(units)
    return {key: tuple(units) for key, units in found.items()}
