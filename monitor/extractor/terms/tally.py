"""What the sentences of one story add up to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.extractor.terms.matching import Line
from monitor.extractor.terms.rules import Term, Veto
from monitor.items import Reason, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.extractor.terms.rules import Proof, Weighing
    from monitor.items import Label


_LONG_SENTENCE = 200
"""Characters. In reports and lists the topic is one clause of many in a longer sentence."""


@dataclass(frozen=True)
class Passage:
    """A sentence as printed and as it is compared."""

    where: Where
    is_lead: bool
    """Stands in the sapo, or opens a body whose sapo was not found apart."""
    sentence: str
    line: Line

    @property
    def is_head(self) -> bool:
        """Stands in the title or the lead."""
        return self.is_lead or self.where == "title"


@dataclass(frozen=True)
class Finding:
    """A sentence and what was found in it."""

    passage: Passage
    terms: tuple[Term, ...] = ()
    """Those that count: not voided, not swallowed by an idiom."""
    vetoes: tuple[Veto, ...] = ()

    @property
    def size(self) -> int:
        """In characters, up to the length from which a sentence speaks of several things."""
        return min(len(self.passage.line.text), _LONG_SENTENCE)

    @property
    def proofs(self) -> set[Proof]:
        """Kinds of proof in it."""
        return {term.proof for term in self.terms}


class Tally:
    """The points of one story."""

    def __init__(self, findings: Sequence[Finding], weighing: Weighing) -> None:
        """Count.

        Args:
            findings: All sentences, those without a find included.
            weighing: What a place is worth.
        """
        self._weighing = weighing
        self._findings = findings
        self._body = [finding for finding in findings if finding.passage.where == "body"]
        self._density = self._measured_density()
        self._counted: dict[str, Reason] = {}
        """Terms and vetoes by name, each at its best place."""
        self._head: dict[str, float] = {}
        """Points of terms in title and lead."""
        self._echoes = 0.0
        for finding in findings:
            self._count(finding)

    @property
    def points(self) -> float:
        """The sum, vetoes taken off."""
        echoes = min(self._echoes, self._weighing.echoes_at_most)
        return echoes + sum(reason.weight for reason in self._counted.values())

    def label(self) -> Label:
        """What the sum means."""
        has_head = sum(self._head.values()) >= self._weighing.head
        if self.points < self._weighing.part or not (has_head or self._body_proves_it()):
            return "none"
        # What neither title nor lead names may fill a report, and still be a part of it.
        return "main" if has_head and self.points >= self._weighing.main else "part"

    def strongest_first(self) -> list[Reason]:
        """The reasons by the size of their weight."""
        return sorted(self._counted.values(), key=lambda why: (-abs(why.weight), why.term))

    def _measured_density(self) -> float:
        """How near the body comes to being about nothing else, from 0 to 1.

        One sentence is a mention however short the story, and words without a number may be
        said of anybody: two sentences are asked for, one of them with a count.
        """
        proving = [finding for finding in self._body if finding.proofs & {"strong", "count"}]
        if len(proving) < 2 or not any("count" in finding.proofs for finding in proving):
            return 0.0
        share, floor = _size(proving) / _size(self._body), self._weighing.sparse
        return min(1.0, max(0.0, (share - floor) / (self._weighing.dense - floor)))

    def _body_proves_it(self) -> bool:
        hits = [finding for finding in self._body if finding.terms]
        if _size(hits) < self._weighing.share * _size(self._body):
            return False
        terms = {term for finding in self._findings for term in finding.terms}
        kinds = [term.proof for term in terms]
        return "count" in kinds or kinds.count("strong") > 1

    def _factor(self, passage: Passage) -> float:
        """The part of a rule's points that counts at that place."""
        if passage.where == "title":
            return 1.0
        if passage.is_lead:
            return self._weighing.sapo
        return self._weighing.body + self._density * (self._weighing.sapo - self._weighing.body)

    def _count(self, finding: Finding) -> None:
        factor = self._factor(finding.passage)
        for veto in finding.vetoes:
            self._keep_best(veto, finding.passage, factor)
        for term in finding.terms:
            if finding.passage.is_head:
                known = self._head.get(term.name, 0.0)
                self._head[term.name] = max(term.weight * factor, known)
            elif term.name in self._counted:
                self._echoes += term.weight * self._weighing.echo
            self._keep_best(term, finding.passage, factor)

    def _keep_best(self, rule: Term | Veto, passage: Passage, factor: float) -> None:
        weight = rule.weight * factor
        known = self._counted.get(rule.name)
        if known is None or abs(weight) > abs(known.weight):
            self._counted[rule.name] = Reason(
                term=rule.name, weight=weight, where=passage.where, sentence=passage.sentence
            )


def _size(findings: Iterable[Finding]) -> int:
    return sum(finding.size for finding in findings)
