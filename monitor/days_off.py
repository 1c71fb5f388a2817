"""Vietnam's public holidays, Tết among them: the days on which silence means nothing.

``days_off.tsv`` says where they come from; ``tools/build_days_off.py`` makes it. The package
they are taken from loads the holidays of two hundred countries for those of one, 14 MB that
the service would keep.
"""

from __future__ import annotations

import pkgutil
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_TET = "Lunar New Year"
"""In the names that the table gives the days of Tết."""


@cache
def days_off() -> Mapping[date, str]:
    """Each public holiday of 2015 to 2060 and each day off in lieu, with its English name.

    The government moves days a year ahead at most: those of later years are the usual ones.
    """
    content = pkgutil.get_data("monitor", "days_off.tsv") or b""
    lines = (line for line in content.decode("utf-8").splitlines() if not line.startswith("#"))
    return {date.fromisoformat(day): name for day, name in (line.split("\t") for line in lines)}


def is_of_tet(day: date) -> bool:
    """Whether a day is one of the lunar new year's public holidays."""
    return _TET in days_off().get(day, "")
