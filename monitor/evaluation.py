"""How well flags and figures agree with what people read: precision, recall and F1."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from monitor.extractor.text import fold
from monitor.items import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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


_Found = TypeVar("_Found", bound=FigureFacts)
_Gold = TypeVar("_Gold", bound=GoldFigure)


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
    pairs = [
        pair for text in found.keys() & gold.keys() for pair in paired(found[text], gold[text])
    ]
    found_count, gold_count = (sum(map(len, side.values())) for side in (found, gold))
    return FigureResult(
        tp=len(pairs),
        fp=found_count - len(pairs),
        fn=gold_count - len(pairs),
        strict_tp=sum(_agree_strictly(one, fact) for one, fact in pairs),
    )


def paired(found: Iterable[_Found], gold: Iterable[_Gold]) -> list[tuple[_Found, _Gold]]:
    """The figures of a text that are right, each beside the gold figure it is counted for.

    Strict agreement goes first, and in it gold that judges the organisation, so that as many
    as possible agree strictly.
    """
    unread, waiting = list(found), sorted(gold, key=lambda one: not one.is_org_judged)
    pairs: list[tuple[_Found, _Gold]] = []
    for agree in (_agree_strictly, _agree):
        missed = []
        for fact in waiting:
            match = next((one for one in unread if agree(one, fact)), None)
            if match is None:
                missed.append(fact)
                continue
            unread.remove(match)
            pairs.append((match, fact))
        waiting = missed
    return pairs


def _agree(one: FigureFacts, fact: GoldFigure) -> bool:
    return (one.metric, one.value, one.value_max) == (fact.metric, fact.value, fact.value_max)


def _agree_strictly(one: FigureFacts, fact: GoldFigure) -> bool:
    is_org_right = not fact.is_org_judged or _folded(one.org) == _folded(fact.org)
    return _agree(one, fact) and one.qualifier == fact.qualifier and is_org_right


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


def _folded(org: str | None) -> str:
    return " ".join(fold(org or "").split())


def _rate(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
