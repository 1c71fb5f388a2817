"""Whether a story is about the topic, how sure that is, and which words say so.

Every sentence is compared with the topic's phrases. A hit counts by its place, in the title
most, and a phrase counts once, at its best place. Idioms void the hits they swallow; vetoes
take points away. The sum decides; the body alone needs more than one kind of proof.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.extractor.hits import find_hits
from monitor.extractor.phrases import Line
from monitor.extractor.text import fold, sentences
from monitor.items import Reason, Score, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.extractor.rules import Proof, Term, Topic, Veto, Weighing
    from monitor.extractor.text import Sentence
    from monitor.items import Label

_POINTS_PER_LOGIT = 1.5
"""Scale of ``value``: a bare title hit stands near 0.7, a full story near 1."""
_LEAD_SENTENCES = 2
"""Of the body's first paragraph, where the lead was not found apart."""


@dataclass(frozen=True)
class _Passage:
    """A sentence as printed and as it is compared."""

    where: Where
    factor: float
    sentence: str
    line: Line


def score(title: str, *, sapo: str | None = None, body: str = "", topic: Topic) -> Score:
    """Weigh a story.

    Args:
        title: As printed.
        sapo: The lead, where it is known apart from the body; otherwise the first sentences
            of the body count as the lead.
        body: Plain text; line breaks end sentences.
        topic: What to look for.

    Returns:
        Label, a value from 0 to 1 (flagged from 0.5 on), and the reasons, strongest first.
    """
    passages = list(_passages(title, sapo or "", body, topic.weighing))
    if not any(topic.triggers.search(passage.line.text) for passage in passages):
        return Score(label="none", value=_value(0.0, topic.weighing))
    tally = _Tally(topic)
    for passage in passages:
        tally.add(passage)
    label = tally.label()
    value = _value(tally.points, topic.weighing)
    # A story kept out although its points suffice must not overtake a flagged one.
    value = max(value, 0.5) if label != "none" else min(value, 0.4999)
    return Score(label=label, value=value, reasons=tuple(tally.strongest_first()))


def _value(points: float, weighing: Weighing) -> float:
    return round(1 / (1 + math.exp((weighing.part - points) / _POINTS_PER_LOGIT)), 4)


def _passages(title: str, sapo: str, body: str, weighing: Weighing) -> Iterator[_Passage]:
    for sentence in sentences(title):
        yield _passage(sentence, "title", 1.0)
    for sentence in sentences(sapo):
        yield _passage(sentence, "sapo", weighing.sapo)
    lead_end = 0 if sapo else _end_of_first_line(body)
    for number, sentence in enumerate(sentences(body)):
        is_lead = number < _LEAD_SENTENCES and sentence.start < lead_end
        yield _passage(sentence, "body", weighing.sapo if is_lead else weighing.body)


def _passage(sentence: Sentence, where: Where, factor: float) -> _Passage:
    line = Line(" ".join(fold(sentence.text).split()))
    return _Passage(where=where, factor=factor, sentence=sentence.text, line=line)


def _end_of_first_line(text: str) -> int:
    end = text.find("\n", len(text) - len(text.lstrip()))
    return len(text) if end < 0 else end


class _Tally:
    """What the sentences of one story add up to."""

    def __init__(self, topic: Topic) -> None:
        self._topic = topic
        self._counted: dict[str, Reason] = {}
        """Terms and vetoes by name, each at its best place."""
        self._head: dict[str, float] = {}
        """Points of terms in title and lead."""
        self._proofs: set[tuple[Proof, str]] = set()
        self._echoes = 0.0
        self._body_size = 0
        self._size_with_hits = 0

    @property
    def points(self) -> float:
        """The sum, vetoes taken off."""
        echoes = min(self._echoes, self._topic.weighing.echoes_at_most)
        return echoes + sum(reason.weight for reason in self._counted.values())

    def add(self, passage: _Passage) -> None:
        """Count one sentence."""
        is_head = passage.factor > self._topic.weighing.body
        hits = list(find_hits(passage.line, self._topic, where=passage.where))
        if hits or is_head:
            vetoes = [veto for veto in self._topic.vetoes if veto.phrases.matches(passage.line)]
            for veto in vetoes:
                self._keep_best(veto, passage)
            if any(veto.voids for veto in vetoes):
                hits = []
        for hit in hits:
            self._count(hit.term, passage, is_head=is_head)
        if passage.where == "body":
            self._body_size += len(passage.line.text)
            self._size_with_hits += len(passage.line.text) if hits else 0

    def _count(self, term: Term, passage: _Passage, *, is_head: bool) -> None:
        self._proofs.add((term.proof, term.name))
        if is_head:
            points = term.weight * passage.factor
            self._head[term.name] = max(points, self._head.get(term.name, 0.0))
        elif term.name in self._counted:
            self._echoes += term.weight * self._topic.weighing.echo
        self._keep_best(term, passage)

    def _keep_best(self, rule: Term | Veto, passage: _Passage) -> None:
        weight = rule.weight * passage.factor
        known = self._counted.get(rule.name)
        if known is None or abs(weight) > abs(known.weight):
            self._counted[rule.name] = Reason(
                term=rule.name, weight=weight, where=passage.where, sentence=passage.sentence
            )

    def label(self) -> Label:
        """What the sum means."""
        weighing = self._topic.weighing
        has_head = sum(self._head.values()) >= weighing.head
        if self.points < weighing.part or not (has_head or self._body_proves_it()):
            return "none"
        return "main" if has_head and self.points >= weighing.main else "part"

    def _body_proves_it(self) -> bool:
        kinds = [proof for proof, _ in self._proofs]
        if self._size_with_hits < self._topic.weighing.share * self._body_size:
            return False
        return "count" in kinds or kinds.count("strong") > 1

    def strongest_first(self) -> list[Reason]:
        """The reasons by the size of their weight."""
        return sorted(self._counted.values(), key=lambda reason: -abs(reason.weight))
