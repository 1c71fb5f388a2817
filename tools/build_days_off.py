"""Makes ``monitor/days_off.tsv``, Vietnam's public holidays, from the ``holidays`` package.

``python -m tools.build_days_off > monitor/days_off.tsv``; to be run again when the government
has moved days and the package knows of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import holidays

if TYPE_CHECKING:
    from datetime import date

FIRST_YEAR, LAST_YEAR = 2015, 2060

HEADER = """\
# Vietnam's public holidays, days off in lieu included: day, name.
# Made by tools/build_days_off.py from the package "holidays" (MIT; see NOTICE)."""


def days_off() -> dict[date, str]:
    """Each day off with its name in English; several of one day are joined by ``; ``."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    known = holidays.country_holidays("VN", years=years, language="en_US")
    return dict(sorted(known.items()))


if __name__ == "__main__":
    print(HEADER)
    for day, name in days_off().items():
        print(f"{day}\t{name}")
