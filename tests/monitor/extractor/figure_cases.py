"""Texts with the figures a person reads in them, and how the reader does on them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from monitor.evaluation import FigureResult, GoldFigure, evaluate_figures, paired
from monitor.extractor.figures import find_figures
from monitor.items import Figure

HOME = Path(__file__).with_name("cases")
HELD_OUT = ("held_out.yaml", "held_out_later.yaml")

Case = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Labelled(GoldFigure):
    """A gold figure with all that its file says of it, such as its period."""

    facts: Mapping[str, Any] = field(compare=False)


def gold_of(figures: Iterable[Mapping[str, Any]]) -> list[Labelled]:
    """Of a file: where it names no organisation, any is right."""
    return [
        Labelled(
            metric=facts["metric"],
            value=facts["value"],
            value_max=facts.get("max", facts.get("value_max")),
            qualifier=facts.get("qualifier", "exact"),
            org=facts.get("org"),
            is_org_judged="org" in facts,
            facts=facts,
        )
        for facts in figures
    ]


def load(path: Path) -> list[Case]:
    cases: list[Case] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return cases


HELD = [case for name in HELD_OUT for case in load(HOME / name)]
CASES = [
    case for path in sorted(HOME.glob("*.yaml")) if path.name not in HELD_OUT for case in load(path)
]


def text_of(case: Case) -> str:
    text: str = case["text"]
    if case.get("form") == "nfd":
        return unicodedata.normalize("NFD", text)
    return text.replace(" ", "\u00a0") if case.get("form") == "nbsp" else text


def read_case(case: Case) -> tuple[Figure, ...]:
    published_on = case.get("published_on")
    return find_figures(text_of(case), title=case.get("title"), published_on=published_on)


def result_of(cases: Iterable[Case]) -> FigureResult:
    numbered = {str(n): case for n, case in enumerate(cases)}
    return evaluate_figures(
        {number: read_case(case) for number, case in numbered.items()},
        {number: gold_of(case["figures"]) for number, case in numbered.items()},
    )


def pairs_of(case: Case) -> Iterator[tuple[Figure, Mapping[str, Any]]]:
    """Figures that are right, each beside what its file says of it."""
    for figure, gold in paired(read_case(case), gold_of(case["figures"])):
        yield figure, gold.facts
