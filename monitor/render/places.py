"""A place in the reader's words: as it was called, and what it is today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.extractor.gazetteer.table import TODAY
from monitor.render.plain import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.items import Place
    from monitor.wording import Wording

_FEW = 3
"""Units of today that are named; more are counted."""


def place_parts(place: Place, *, wording: Wording) -> Iterator[str]:
    """The unit, what it is today, and its province of then: parts of a line.

    The province of today is left to whoever prints the line.
    """
    if place.unit:
        yield ", ".join(map(name_of, filter(None, (place.unit, place.district))))
    yield from _today(place, wording)
    if place.candidates:
        yield wording.say("story.place_open", count=len(place.candidates))
    if place.province_then and place.province_then != place.province:
        yield wording.say("story.place_then", province=name_of(place.province_then))


def place_in_full(place: Place, *, wording: Wording) -> str:
    """A line for one article: ``xã Yên Ninh, huyện Phú Lương, Thái Nguyên · nay là …``."""
    parts = list(place_parts(place, wording=wording))
    if place.province:
        first = [parts.pop(0)] if place.unit else []
        parts.insert(0, ", ".join((*first, name_of(place.province))))
    if place.candidates:
        parts.append("; ".join(map(name_of, place.candidates)))
    return " · ".join(parts)


def _today(place: Place, wording: Wording) -> Iterator[str]:
    """Nothing where the unit bears its name still, or where it cannot be told."""
    names = tuple(map(name_of, place.today))
    is_of_today = place.code is not None and place.code.startswith(TODAY)
    if is_of_today or not names or names == (place.unit,):
        return
    if len(names) == 1:
        yield wording.say("story.place_now", unit=names[0])
    elif len(names) <= _FEW:
        yield wording.say("story.place_among", units=", ".join(names))
    else:
        yield wording.say("story.place_many", count=len(names) - 1, unit=names[0])
