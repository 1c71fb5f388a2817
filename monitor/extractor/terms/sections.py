"""Paragraphs of a body that are about the topic and nothing else."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from monitor.extractor.terms.findings import size_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.extractor.terms.findings import Finding
    from monitor.extractor.terms.rules import Topic


def own_sections(findings: Sequence[Finding], topic: Topic) -> list[Sequence[Finding]]:
    """Sections that the topic has to itself in a story about more than it.

    A section is a paragraph, or several in a row that are each about the topic: some papers
    print every sentence as a paragraph. Sentences with a term, and those that name the topic's
    people, fill the part of it that the topic asks for, and it gives two proofs. One sentence
    in passing is no section, unless it both names the topic and counts, and either title or
    lead say that the story is about those people, or it is a good part of a short story. In a
    story about something else a section must not be sparse.

    Args:
        findings: All sentences of the story, in order.
        topic: Gives the part and the words.
    """
    body = [one for one in findings if one.passage.where == "body" and not one.passage.is_lead]
    if not any(finding.proofs & {"strong", "count"} for finding in body):
        return []
    is_report = any(
        topic.context.matches(one.passage.line) for one in findings if one.passage.is_head
    )
    paragraphs = list(_paragraphs(body))
    whole, weighing = size_of(body), topic.weighing
    found = [
        one
        for one in paragraphs
        if _is_own(one, topic, may_be_one=is_report or size_of(one) >= weighing.dense * whole)
    ]
    found += [run for run in _runs(paragraphs, topic) if _has_count(run)]
    return [one for one in found if is_report or size_of(one) >= weighing.sparse * whole]


def _paragraphs(body: Sequence[Finding]) -> Iterator[Sequence[Finding]]:
    for _, group in groupby(body, key=lambda finding: finding.passage.paragraph):
        yield list(group)


def _is_own(paragraph: Sequence[Finding], topic: Topic, *, may_be_one: bool) -> bool:
    if not _has_two_proofs(paragraph):
        return False
    near = [one for one in paragraph if one.terms or topic.context.matches(one.passage.line)]
    is_passing = len(near) < 2 and not (may_be_one and near[0].proofs >= {"strong", "count"})
    return not is_passing and size_of(near) >= topic.weighing.own * size_of(paragraph)


def _runs(paragraphs: Sequence[Sequence[Finding]], topic: Topic) -> Iterator[Sequence[Finding]]:
    """Neighbouring paragraphs that are about the topic, taken together."""
    for is_about, group in groupby(paragraphs, key=lambda one: _is_about(one, topic)):
        run = [finding for paragraph in group for finding in paragraph]
        if is_about and len(run) > 1 and _has_two_proofs(run):
            yield run


def _is_about(paragraph: Sequence[Finding], topic: Topic) -> bool:
    about = [finding for finding in paragraph if finding.terms]
    return size_of(about) >= topic.weighing.own * size_of(paragraph)


def _has_count(section: Sequence[Finding]) -> bool:
    """Measures without a number are asked for in one paragraph as printed."""
    return any("count" in finding.proofs for finding in section)


def _has_two_proofs(section: Sequence[Finding]) -> bool:
    """A count beside another term or another count; without one, two different strong terms."""
    terms = {term for finding in section for term in finding.terms}
    counts = sum("count" in finding.proofs for finding in section)
    strong = sum(term.proof == "strong" for term in terms)
    return counts > 1 or (counts == 1 and len(terms) > 1) or strong > 1
