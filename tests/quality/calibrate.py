"""``python -m tests.quality.calibrate``: fit the topic's value to labelled texts.

Every text of every corpus is weighed. On each side of the border a logistic curve is fitted
(Platt scaling) to how many points it has over the border and whether a reader calls it one of
the topic. Flagged texts that the rules were written with flatter them: they count a tenth of
other people's. The table tells what share of the texts of a value readers agree with; there
each text's value comes from curves that were fitted without it.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Console
from rich.table import Table

from crawler.pagetext import article_text
from monitor import topics
from monitor.extractor.terms.calibration import Calibration, Curve
from monitor.extractor.topic import tally
from monitor.topics import load_topic
from tests.quality.corpora import own_corpora, shared_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monitor.topics import Topic

TOPIC_FILE = Path(topics.__file__).with_name("dang-vien.yaml")
FOLDS = 5
LEAST_PER_POINT = 0.1
"""So that the value orders flagged stories even where hardly one of them is wrong."""
OWN_WEIGHT = 0.1
BINS = (0.0, 0.02, 0.1, 0.5, 0.95, 0.96, 0.98, 1.0)

out = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Weighed:
    """One text: its points over the border, what was decided, what a reader says."""

    margin: float
    is_flagged: bool
    is_topic: bool
    is_own: bool

    @property
    def point(self) -> Point:
        """As the curve of its side sees it."""
        if not self.is_flagged:
            return Point(min(self.margin, 0.0), self.is_topic, 1.0)
        return Point(self.margin, self.is_topic, OWN_WEIGHT if self.is_own else 1.0)


class Point(NamedTuple):
    """What a curve is fitted to."""

    margin: float
    is_topic: bool
    weight: float


def main(arguments: list[str] | None = None) -> int:
    """Print the curves and the table; with ``--write`` put the curves into the topic file."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.calibrate", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"change {TOPIC_FILE.name}")
    options = parser.parse_args(arguments)
    texts = list(weighed_texts(load_topic()))
    fitted = fit(texts)
    lines = [*_yaml_lines(fitted)]
    out.print(*lines, sep="\n")
    out.print(_reliability(texts))
    if options.write:
        TOPIC_FILE.write_text(_replaced(TOPIC_FILE.read_text("utf-8"), lines), "utf-8")
    return 0


def weighed_texts(topic: Topic) -> Iterator[Weighed]:
    """Every labelled text of every corpus, those beside the project included."""
    for title, text, label, is_own in _labelled():
        told = tally(title, body=article_text(title, text), topic=topic)
        yield Weighed(told.margin, told.label != "none", label != "none", is_own)


def fit(texts: Iterable[Weighed]) -> Calibration:
    """The curves of both sides."""
    texts = list(texts)
    above, below = (
        [one.point for one in texts if one.is_flagged is side] for side in (True, False)
    )
    return Calibration(flagged=fit_curve(above), left_out=fit_curve(below))


def fit_curve(points: Sequence[Point]) -> Curve:
    """Platt scaling by Newton's method, with the smoothed targets that he proposes.

    Platt, "Probabilistic outputs for support vector machines" (1999): N+ and N- texts aim at
    (N+ + 1) / (N+ + 2) and 1 / (N- + 2), so that few texts do not make a certainty.
    """
    right, wrong = (
        sum(point.weight for point in points if point.is_topic is side) for side in (True, False)
    )
    high, low = (right + 1) / (right + 2), 1 / (wrong + 2)
    aims = [(one.margin, high if one.is_topic else low, one.weight) for one in points]
    level, slope = 0.0, LEAST_PER_POINT
    for _ in range(50):
        step_level, step_slope = _newton_step(aims, level, slope)
        level, slope = level - step_level, max(slope - step_slope, LEAST_PER_POINT)
    return Curve(at_border=round(1 / (1 + math.exp(-level)), 3), per_point=round(slope, 2))


def _newton_step(
    aims: Sequence[tuple[float, float, float]], level: float, slope: float
) -> tuple[float, float]:
    gradient = [0.0, 0.0]
    a, b, c = 1e-3, 0.0, 1e-3  # of the Hessian; the ridge keeps it invertible
    for margin, aim, share in aims:
        chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, level + slope * margin))))
        weight = share * chance * (1 - chance)
        gradient[0] += share * (chance - aim)
        gradient[1] += share * (chance - aim) * margin
        a, b, c = a + weight, b + weight * margin, c + weight * margin * margin
    if slope <= LEAST_PER_POINT and gradient[1] > 0:
        return gradient[0] / a, 0.0
    determinant = a * c - b * b
    return (
        (c * gradient[0] - b * gradient[1]) / determinant,
        (a * gradient[1] - b * gradient[0]) / determinant,
    )


def _labelled() -> Iterator[tuple[str, str, str, bool]]:
    for _, path, _, floors in shared_files():
        lines = path.read_text(encoding="utf-8").splitlines() if floors.judges_flags else []
        for row in map(json.loads, filter(None, lines)):
            yield row["title"], row["text"] or "", row["label"], False
    for corpus in own_corpora():
        if corpus.floors.judges_flags:
            yield from ((text.title, text.text, text.label, True) for text in corpus.texts)


def _reliability(texts: Sequence[Weighed]) -> Table:
    valued = [
        (curves.value(one.margin, is_flagged=one.is_flagged), one.is_topic, one.is_own)
        for fold in range(FOLDS)
        for curves in [fit(one for number, one in enumerate(texts) if number % FOLDS != fold)]
        for one in texts[fold::FOLDS]
    ]
    columns = ("texts by", "value", "number", "mean value", "of the topic")
    table = Table(*columns, box=None, pad_edge=False)
    for (is_own, who), (low, high) in product(((False, "others"), (True, "us")), pairwise(BINS)):
        inside = [(value, is_topic) for value, is_topic, own in valued if own is is_own]
        inside = [one for one in inside if low <= one[0] < high or one[0] == high == BINS[-1]]
        if inside:
            mean, share = (sum(column) / len(inside) for column in zip(*inside, strict=True))
            cells = (f"{low:.2f}-{high:.2f}", str(len(inside)), f"{mean:.3f}", f"{share:.3f}")
            table.add_row(who, *cells)
    return table


def _yaml_lines(fitted: Calibration) -> Iterator[str]:
    for name, curve in (("flagged", fitted.flagged), ("left_out", fitted.left_out)):
        yield f"  {name}: {{at_border: {curve.at_border}, per_point: {curve.per_point}}}"


def _replaced(file: str, lines: Iterable[str]) -> str:
    for line in lines:
        name = line.partition(":")[0]
        file = re.sub(rf"^{name}: \{{at_border.*$", line, file, count=1, flags=re.MULTILINE)
    return file


if __name__ == "__main__":
    sys.exit(main())
