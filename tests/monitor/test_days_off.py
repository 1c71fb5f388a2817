"""The table of public holidays."""

from __future__ import annotations

from datetime import date, timedelta

from monitor.days_off import days_off, is_of_tet
from tools import build_days_off


def test_the_table_is_what_the_package_of_all_countries_says() -> None:
    # Days of later years may be moved yet, and newer versions of the package know of it.
    last = date(2026, 12, 31)
    said = {day: name for day, name in build_days_off.days_off().items() if day <= last}
    assert {day: name for day, name in days_off().items() if day <= last} == said


def test_tet_is_told_from_other_days_off() -> None:
    assert is_of_tet(date(2026, 2, 17))
    assert is_of_tet(date(2026, 2, 16))
    assert date(2026, 9, 2) in days_off()
    assert not is_of_tet(date(2026, 9, 2))
    assert not is_of_tet(date(2026, 2, 24))


def test_every_year_has_a_tet_of_three_days_at_least() -> None:
    for year in range(2015, 2061):
        first_quarter = (date(year, 1, 1) + timedelta(days=each) for each in range(90))
        assert sum(is_of_tet(day) for day in first_quarter) >= 3, year
