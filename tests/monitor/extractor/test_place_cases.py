"""Our labelled texts: the unit, its district and province then, and what they are today."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

from monitor.extractor.places import place_of
from monitor.items import Place

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("place_cases.yaml").read_text("utf-8")
)
FEW = 2
FLOOR = 0.97


def placed(case: dict[str, Any], *, form: str = "NFC") -> Place:
    return place_of(
        title=unicodedata.normalize(form, case["title"]),
        body=unicodedata.normalize(form, case.get("body", "")),
        source_province=case.get("source"),
        source_place=case.get("place"),
        published_on=case.get("day"),
    )


def faults(case: dict[str, Any], found: Place) -> list[str]:
    """What differs from the gold, one line each."""
    now = case.get("now")
    wanted = {
        "unit": case.get("unit"),
        "district": case.get("district"),
        "province_then": case.get("then", now),
        "province": now,
    }
    wrong = [
        f"{name}: {getattr(found, name)} for {value}"
        for name, value in wanted.items()
        if getattr(found, name) != value
    ]
    today = set(case.get("today", ()))
    is_right = today <= set(found.today) if found.today else not today
    if not is_right or (0 < len(found.today) <= FEW < len(today)):
        wrong.append(f"today: {found.today} for {sorted(today)}")
    if len(found.candidates) != case.get("open", 0):
        wrong.append(f"open: {found.candidates}")
    return wrong


def test_the_labelled_texts_are_placed() -> None:
    wrong = [(case["title"], found) for case in CASES if (found := faults(case, placed(case)))]
    assert 1 - len(wrong) / len(CASES) >= FLOOR, wrong


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 60
    assert sum("open" in case for case in CASES) >= 5


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_decomposed_letters_change_nothing(case: dict[str, Any]) -> None:
    assert placed(case, form="NFD") == placed(case)
