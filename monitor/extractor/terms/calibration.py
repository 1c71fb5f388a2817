"""Points over the border turned into the chance that a reader calls the story one of the topic."""

from __future__ import annotations

import math
from dataclasses import dataclass

_HIGHEST_LEFT_OUT = 0.4999
"""So that no story left out overtakes a flagged one: the flag's border is one half."""


@dataclass(frozen=True, kw_only=True)
class Curve:
    """A logistic curve over points."""

    at_border: float
    """The chance at the border, above 0 and below 1."""
    per_point: float
    """Logits by which the chance rises with each point."""

    def chance(self, margin: float) -> float:
        """At so many points over the border; negative below it."""
        logit = math.log(self.at_border / (1 - self.at_border)) + self.per_point * margin
        return 1 / (1 + math.exp(-logit)) if logit > 0 else math.exp(logit) / (1 + math.exp(logit))


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """Two curves, because flagged stories meet demands that points do not tell."""

    flagged: Curve
    left_out: Curve

    def value(self, margin: float, *, is_flagged: bool) -> float:
        """From 0 to 1, rising with the margin, with 0.5 between the flagged and the others.

        Args:
            margin: Points over the border; a story left out may have some.
            is_flagged: Decides the curve.
        """
        if is_flagged:
            return round(max(self.flagged.chance(margin), 0.5), 4)
        return round(min(self.left_out.chance(min(margin, 0.0)), _HIGHEST_LEFT_OUT), 4)
