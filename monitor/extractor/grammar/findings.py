"""A number understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from monitor.extractor.grammar.scopes import Scope
from monitor.items import DERIVED, Metric, Qualifier

Verdict = Metric | Literal["none"]
"""What a rule says of a number; ``none``: surely no figure."""


@dataclass(frozen=True)
class Finding:
    """A number understood."""

    at: int
    """Index of its token."""
    metric: Metric
    value: float
    scope: Scope
    value_max: float | None = None
    qualifier: Qualifier = "exact"
    is_subset: bool = False
    note: str | None = None

    @property
    def is_derived(self) -> bool:
        """Whether the text implies it and does not print it."""
        return self.note is not None and self.note.startswith(DERIVED)
