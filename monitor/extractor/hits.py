"""Where the terms of a topic stand in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.extractor.rules import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.extractor.phrases import Line
    from monitor.extractor.rules import Topic
    from monitor.items import Where


@dataclass(frozen=True)
class Hit:
    """A term and its place in the folded sentence."""

    term: Term
    start: int
    end: int


def find_hits(line: Line, topic: Topic, *, where: Where) -> Iterator[Hit]:
    """Terms in a sentence that no idiom swallows; of overlapping ones the heaviest.

    Args:
        line: The sentence.
        topic: What to look for.
        where: Title and sapo, typed in a hurry, are forgiven wrong or missing tone marks in
            longer phrases. Asides are no asides in a title.
    """
    found = list(_matches(line, topic))
    if where != "body":
        found += _misspelt_matches(line, topic)
    if not found:
        return
    idioms = list(topic.idioms.spans(line))
    if where != "title":
        idioms += topic.asides.spans(line)
    taken: list[Hit] = []
    for hit in sorted(found, key=lambda hit: (-hit.term.weight, hit.start - hit.end)):
        if not _is_swallowed(hit, idioms) and not _overlaps(hit, taken):
            taken.append(hit)
            yield hit


def _matches(line: Line, topic: Topic) -> Iterator[Hit]:
    if topic.triggers.search(line.text):
        for term in topic.terms:
            yield from (Hit(term, *span) for span in term.phrases.spans(line))


def _misspelt_matches(line: Line, topic: Topic) -> Iterator[Hit]:
    for term in topic.terms:
        yield from (Hit(term, *span) for span in term.toneless_phrases.spans(line.toneless))


def _is_swallowed(hit: Hit, idioms: Iterable[tuple[int, int]]) -> bool:
    """Whether an idiom holds the hit (niềm tin vào Đảng) or takes its end (vào Đảng | ủy)."""
    return any(
        (start <= hit.start and hit.end <= end) or start < hit.end < end for start, end in idioms
    )


def _overlaps(hit: Hit, others: Iterable[Hit]) -> bool:
    return any(hit.start < other.end and other.start < hit.end for other in others)
