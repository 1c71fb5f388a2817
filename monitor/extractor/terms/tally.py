"""What the sentences of one story add up to."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from monitor.extractor.terms.findings import size_of
from monitor.extractor.terms.naming import is_one_of_several
from monitor.extractor.terms.sections import own_sections
from monitor.items import Reason, Shortfall

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.extractor.terms.findings import Finding, Passage
    from monitor.extractor.terms.rules import Term, Topic, Veto
    from monitor.items import Label, Lack

_MOST = 0.5
"""Part of a body from which the topic is what it is about, though title and lead hide it."""


class Tally:
    """The points of one story."""

    def __init__(self, findings: Sequence[Finding], topic: Topic) -> None:
        """Count.

        Args:
            findings: All sentences, those without a find included.
            topic: What a place is worth.
        """
        self._weighing = topic.weighing
        self._findings = findings
        self._body = [finding for finding in findings if finding.passage.where == "body"]
        self._after = [finding for finding in self._body if not finding.passage.is_lead]
        """The body but the lead."""
        self._sections = own_sections(findings, topic)
        self._in_section = {id(finding) for section in self._sections for finding in section}
        self._counted: dict[str, Reason] = {}
        """Terms and vetoes by name, each at its best place."""
        self._head: dict[str, float] = {}
        """Points of terms in title and lead."""
        self._echoes = 0.0
        for finding in findings:
            self._count(finding)

    @cached_property
    def points(self) -> float:
        """The sum, vetoes taken off."""
        echoes = min(self._echoes, self._weighing.echoes_at_most)
        return echoes + sum(reason.weight for reason in self._counted.values())

    @property
    def margin(self) -> float:
        """Points over the border."""
        return self.points - self._weighing.part

    @cached_property
    def label(self) -> Label:
        """What the sum means."""
        if self.points < self._weighing.part or not (self._has_head or self._body_proves_it):
            return "none"
        return "main" if self._is_the_matter() else "part"

    def strongest_first(self) -> list[Reason]:
        """The reasons by the size of their weight."""
        return sorted(self._counted.values(), key=lambda why: (-abs(why.weight), why.term))

    def shortfall(self) -> Shortfall | None:
        """What a story below the border lacks; None for others, and where nothing was found."""
        if self.label != "none" or not self._counted:
            return None
        points = max(0.0, self._weighing.part - self.points)
        return Shortfall(points=round(points, 2), lacks=tuple(self._lacks()))

    def _lacks(self) -> Iterator[Lack]:
        terms = {term for finding in self._findings for term in finding.terms}
        if any(reason.weight < 0 for reason in self._counted.values()):
            yield "vetoed"
        if not terms:
            return
        if not self._has_head:
            yield "head"
        if self._kinds.isdisjoint({"strong", "count"}):
            yield "strong"
        elif not (self._has_head or self._has_proof):
            yield "second_proof"
        if self._after and not (self._has_head or self._sections):
            yield "section"

    @cached_property
    def _kinds(self) -> set[str]:
        return {proof for finding in self._findings for proof in finding.proofs}

    @cached_property
    def _has_head(self) -> bool:
        return sum(self._head.values()) >= self._weighing.head

    @cached_property
    def _has_proof(self) -> bool:
        terms = {term for finding in self._findings for term in finding.terms}
        kinds = [term.proof for term in terms]
        return "count" in kinds or kinds.count("strong") > 1

    @cached_property
    def _body_proves_it(self) -> bool:
        hits = [finding for finding in self._body if finding.terms]
        return self._has_proof and size_of(hits) >= self._weighing.share * size_of(self._body)

    def _is_the_matter(self) -> bool:
        """Whether title, lead or nearly the whole body make it what the story is about."""
        title = [one for one in self._findings if one.passage.where == "title" and one.terms]
        named = sum(term.weight for one in title for term in one.terms)
        if named >= self._weighing.part:
            return self._share >= _MOST or not any(map(_is_aside, title))
        leads = [one for one in self._findings if one.passage.is_lead and one.proofs - {"weak"}]
        if not (title or leads) or any(map(_is_aside, leads)):
            return self._share >= _MOST
        return not self._after or self.points >= self._weighing.main

    @cached_property
    def _share(self) -> float:
        """Part of the body in sentences with proof.

        One sentence is a mention however short the story, and words without a number may be
        said of anybody: two sentences are asked for, one of them with a count.
        """
        proving = [finding for finding in self._body if finding.proofs & {"strong", "count"}]
        if len(proving) < 2 or not any("count" in finding.proofs for finding in proving):
            return 0.0
        return size_of(proving) / size_of(self._body)

    @cached_property
    def _density(self) -> float:
        """How near the body comes to being about nothing else, from 0 to 1."""
        floor = self._weighing.sparse
        return min(1.0, max(0.0, (self._share - floor) / (self._weighing.dense - floor)))

    def _factor(self, finding: Finding) -> float:
        """The part of a rule's points that counts at that place."""
        weighing, passage = self._weighing, finding.passage
        if passage.where == "title":
            return 1.0
        if passage.is_lead:
            return weighing.sapo if self._after else weighing.lone_sapo
        if id(finding) in self._in_section:
            return weighing.sapo
        return weighing.body + self._density * (weighing.sapo - weighing.body)

    def _count(self, finding: Finding) -> None:
        if not (finding.terms or finding.vetoes):
            return
        factor = self._factor(finding)
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


def _is_aside(finding: Finding) -> bool:
    return is_one_of_several(finding.passage.line.text, finding.first)
