"""How well flags and figures agree with what people read: precision, recall and F1."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from monitor.extractor.text import fold
from monitor.items import Label

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from monitor.items import Score


class FigureFacts(Protocol):
    """What two figures are compared by; ``monitor.items.Figure`` and gold records have it."""

    @property
    def metric(self) -> str:
        """As in ``monitor.items.Metric``."""

    @property
    def value(self) -> float:
        """The number, or the lower end of a range."""

    @property
    def value_max(self) -> float | None:
        """The upper end."""

    @property
    def qualifier(self) -> str:
        """As in ``monitor.items.Qualifier``."""

    @property
    def org(self) -> str | None:
        """Whose number it is, as written."""


@dataclass(frozen=True, kw_only=True)
class GoldFigure:
    """A figure as a person read it."""

    metric: str
    value: float
    value_max: float | None = None
    qualifier: str = "exact"
    org: str | None = None
    is_org_judged: bool = True
    """False where the text leaves open whose number it is: any organisation is right."""


@dataclass(frozen=True, kw_only=True)
class JudgedLabel:
    """What was found for one story beside what a person says."""

    id: str
    found: Label
    gold: Label


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Right, too many, missed. A rate with nothing to count is 1: nothing went wrong."""

    tp: int
    fp: int
    fn: int

    @property
    def precision(self) -> float:
        """Part of what was found that is right."""
        return _rate(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float:
        """Part of what is there that was found."""
        return _rate(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return _rate(2 * self.tp, 2 * self.tp + self.fp + self.fn)


@dataclass(frozen=True, kw_only=True)
class FlagResult(Counts):
    """Flags against gold labels; ``main`` and ``part`` are flagged."""

    wrong: tuple[str, ...] = ()
    """Ids of stories flagged or left out against the gold label, in the order given."""
    same_kind: int = 0
    """Of ``tp``, those found to be the same of main and part as people say."""

    @property
    def kind(self) -> float:
        """Part of the right flags whose kind is right too."""
        return _rate(self.same_kind, self.tp)


@dataclass(frozen=True, kw_only=True)
class FigureResult(Counts):
    """Figures against gold figures, by metric and values."""

    strict_tp: int
    """Of ``tp``, those whose qualifier and folded organisation agree too."""

    @property
    def strict_f1(self) -> float:
        """F1 where only strict agreement counts."""
        return _rate(2 * self.strict_tp, 2 * self.tp + self.fp + self.fn)


def evaluate_flags(pairs: Iterable[JudgedLabel]) -> FlagResult:
    """Count flags.

    Args:
        pairs: One a story.
    """
    judged = list(pairs)
    kinds = Counter((pair.found != "none", pair.gold != "none") for pair in judged)
    return FlagResult(
        tp=kinds[True, True],
        fp=kinds[True, False],
        fn=kinds[False, True],
        same_kind=sum(pair.found == pair.gold != "none" for pair in judged),
        wrong=tuple(p.id for p in judged if (p.found == "none") != (p.gold == "none")),
    )


def evaluate_figures(
    found_by_id: Mapping[str, Iterable[FigureFacts]],
    gold_by_id: Mapping[str, Iterable[GoldFigure]],
) -> FigureResult:
    """Count figures, each gold figure once, text by text.

    Args:
        found_by_id: Figures that were read, by text; a text may be absent.
        gold_by_id: The same from people. A figure of a text without gold counts as too many.
    """
    found = {text: tuple(figures) for text, figures in found_by_id.items()}
    gold = {text: tuple(figures) for text, figures in gold_by_id.items()}
    tp = strict_tp = 0
    for text in found.keys() & gold.keys():
        tp += (Counter(map(_facts, found[text])) & Counter(map(_facts, gold[text]))).total()
        strict_tp += _strictly_right(found[text], gold[text])
    found_count, gold_count = (sum(map(len, side.values())) for side in (found, gold))
    return FigureResult(tp=tp, fp=found_count - tp, fn=gold_count - tp, strict_tp=strict_tp)


def _strictly_right(found: Iterable[FigureFacts], gold: Iterable[GoldFigure]) -> int:
    """How many agree in qualifier and organisation too; gold that judges one goes first."""
    left = Counter((_facts(one), one.qualifier, _folded(one.org)) for one in found)
    right = 0
    for fact in sorted(gold, key=lambda one: not one.is_org_judged):
        agreeing = [
            one
            for one in left
            if one[:2] == (_facts(fact), fact.qualifier)
            and (one[2] == _folded(fact.org) or not fact.is_org_judged)
        ]
        if agreeing:
            left -= Counter(agreeing[:1])
            right += 1
    return right


@dataclass(frozen=True, kw_only=True)
class Misfire:
    """A term that spoke for a wrong decision."""

    term: str
    """As the topic file names it."""
    wrong: int
    """Stories decided wrongly that it spoke for."""
    right: int
    """Stories decided rightly that it spoke for: what its removal would cost."""
    weight: float
    """Points it gave in the wrong ones, all together; negative for a veto."""


def misfires(judged: Iterable[tuple[Score, Label]]) -> list[Misfire]:
    """Terms that counted for a wrong flag, or against a story that was left out wrongly.

    Args:
        judged: The score of each story with the label a person gives it.

    Returns:
        Those with the most wrong stories first, then those with the fewest right ones.
    """
    wrong, right = Counter[str](), Counter[str]()
    weights: defaultdict[str, float] = defaultdict(float)
    for score, gold in judged:
        spoke = [r for r in score.reasons if (r.weight > 0) == score.is_flagged]
        is_right = score.is_flagged == (gold != "none")
        (right if is_right else wrong).update({reason.term for reason in spoke})
        if not is_right:
            for reason in spoke:
                weights[reason.term] += reason.weight
    found = [
        Misfire(term=term, wrong=count, right=right[term], weight=round(weights[term], 3))
        for term, count in wrong.items()
    ]
    return sorted(found, key=lambda one: (-one.wrong, one.right, -abs(one.weight), one.term))


def _facts(figure: FigureFacts) -> Hashable:
    return figure.metric, figure.value, figure.value_max


def _folded(org: str | None) -> str:
    return " ".join(fold(org or "").split())


def _rate(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
