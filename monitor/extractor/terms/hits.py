"""Where the terms of a topic stand in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.extractor.terms.matching import Line, Match
    from monitor.extractor.terms.rules import Term, Topic
    from monitor.items import Where


def find_hits(line: Line, topic: Topic, *, where: Where) -> Iterator[Match[Term]]:
    """Terms in a sentence that no idiom swallows; of overlapping ones the heaviest.

    Args:
        line: The sentence.
        topic: What to look for.
        where: Title and sapo, typed in a hurry, are forgiven wrong or missing tone marks in
            longer phrases. Asides are no asides in a title.
    """
    found = list(topic.terms.find(line)) if topic.triggers.search(line.text) else []
    if where != "body":
        found += topic.toneless_terms.find(line.toneless)
    if not found:
        return
    idioms = list(topic.idioms.find(line))
    asides = [] if where == "title" else list(topic.asides.find(line))
    taken: list[Match[Term]] = []
    for hit in sorted(found, key=_rank):
        is_void = _is_held(hit, asides) or _is_held(hit, idioms) or _is_cut(hit, idioms)
        if not is_void and not _overlaps(hit, taken):
            taken.append(hit)
            yield hit


def _rank(hit: Match[Term]) -> tuple[float, int, int, str]:
    return -hit.owner.weight, hit.start - hit.end, hit.start, hit.owner.name


def _is_held(hit: Match[Term], others: Iterable[Match[None]]) -> bool:
    """Whether another meaning takes in the whole hit: niềm tin vào Đảng."""
    return any(other.start <= hit.start and hit.end <= other.end for other in others)


def _is_cut(hit: Match[Term], others: Iterable[Match[None]]) -> bool:
    """Whether another meaning begins in the hit and goes on: kết nạp vào Đảng | bộ."""
    return any(other.start < hit.end < other.end for other in others)


def _overlaps(hit: Match[Term], others: Iterable[Match[Term]]) -> bool:
    return any(hit.start < other.end and other.start < hit.end for other in others)
