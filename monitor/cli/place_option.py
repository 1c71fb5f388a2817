"""``--place``: a unit by its old or new name, for the commands that look something up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.output import notes, out
from monitor.errors import InputError
from monitor.extractor.gazetteer.asking import Asked, asked_for, nearest_name
from monitor.extractor.gazetteer.table import table

if TYPE_CHECKING:
    from monitor.extractor.gazetteer.table import Unit
    from monitor.watch import Watch

PlaceOption = Annotated[
    str | None,
    typer.Option(
        "--place",
        "-p",
        help="Only of this province, district, commune or ward, by its old or new name.",
    ),
]

_SHOWN = 8
"""Units of one name that are listed; the name alone is then too little to ask for."""


def asked_place(query: str) -> Asked:
    """The units somebody asks for.

    Raises:
        InputError: There is none of that name, or none that lies where the query says.
    """
    asked = asked_for(query)
    if asked.units:
        return asked
    near = nearest_name(query)
    hint = f", did you mean '{near}'?" if near else ""
    raise InputError(f"no province, district, commune or ward '{query}'{hint}")


def print_asked(watch: Watch, asked: Asked) -> None:
    """Tell which units were meant, and what cannot be found by a place yet."""
    say = watch.wording.say
    titles = dict.fromkeys(_in_words(unit, watch) for unit in asked.units)
    shown = list(titles)[:_SHOWN]
    if len(titles) > _SHOWN:
        shown.append(say("place.more", count=len(titles) - _SHOWN))
    out.print(say("place.asked", units="; ".join(shown)))
    unplaced = watch.store.count_unplaced()
    if unplaced:
        notes.print(say("place.unplaced", count=unplaced))


def _in_words(unit: Unit, watch: Watch) -> str:
    if unit.tier == "province":
        return unit.title
    wider = (table().district_of(unit), table().province_of(unit))
    address = ", ".join(one.title for one in wider if one is not None)
    return watch.wording.say("place.unit", unit=unit.title, province=address)
