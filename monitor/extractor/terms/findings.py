"""The sentences of a story, and what was found in each."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.extractor.terms.hits import find_hits
from monitor.extractor.terms.matching import Line
from monitor.extractor.terms.rules import Term, Veto
from monitor.items import Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.extractor.terms.rules import Proof, Topic

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
    paragraph: int = 0
    """Of the body, counted from its beginning."""

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
    first: int = 0
    """Where in the folded line the first term begins."""

    @property
    def size(self) -> int:
        """In characters, up to the length from which a sentence speaks of several things."""
        return min(len(self.passage.line.text), _LONG_SENTENCE)

    @property
    def proofs(self) -> set[Proof]:
        """Kinds of proof in it."""
        return {term.proof for term in self.terms}


def find_all(passages: Sequence[Passage], topic: Topic) -> list[Finding]:
    """What each sentence holds; terms that a veto voids, here or from the head, are left out."""
    findings = [_finding(passage, topic) for passage in passages]
    if any(v.is_about_all for one in findings if one.passage.is_head for v in one.vetoes):
        return [dataclasses.replace(one, terms=()) for one in findings]
    if any(term.is_figurative for one in findings for term in one.terms):
        return _without_loose_figures(findings, topic)
    return findings


def size_of(findings: Iterable[Finding]) -> int:
    """Their size in characters, long sentences cut."""
    return sum(finding.size for finding in findings)


def _finding(passage: Passage, topic: Topic) -> Finding:
    hits = list(find_hits(passage.line, topic, where=passage.where))
    if not (hits or passage.is_head):
        return Finding(passage)
    vetoes = tuple(dict.fromkeys(match.owner for match in topic.vetoes.find(passage.line)))
    if any(veto.voids for veto in vetoes):
        hits = []
    first = min((hit.start for hit in hits), default=0)
    return Finding(passage, tuple(hit.owner for hit in hits), vetoes, first)


def _without_loose_figures(findings: Sequence[Finding], topic: Topic) -> list[Finding]:
    """Figures of speech count beside a word of the topic's own field, never beside another's.

    Where the sentence says neither, the rest of the story decides; a title that is all there
    is gets the benefit of the doubt.
    """
    is_title_alone = all(one.passage.where == "title" for one in findings)
    is_ours = is_title_alone or any(topic.context.matches(one.passage.line) for one in findings)
    return [one if _may_stay(one, topic, is_ours) else _literal(one) for one in findings]


def _may_stay(finding: Finding, topic: Topic, is_ours: bool) -> bool:
    line = finding.passage.line
    if topic.context.matches(line):
        return True
    return is_ours and not topic.other_fields.matches(line)


def _literal(finding: Finding) -> Finding:
    terms = tuple(term for term in finding.terms if not term.is_figurative)
    return dataclasses.replace(finding, terms=terms)
