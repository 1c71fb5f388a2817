"""A text in, everything known about it out: score, figures, place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.extractor.figures import find_figures
from monitor.extractor.gazetteer import provinces
from monitor.extractor.gazetteer.province_points import province_named_in
from monitor.extractor.gazetteer.table import table
from monitor.extractor.places import find_place
from monitor.extractor.topic import score
from monitor.items import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from monitor.extractor.terms.rules import Topic


def prepare() -> None:
    """Load what reading needs, before several threads ask for it at once.

    Each would make the table of units then: the service kept 10 MB more for ever.
    """
    table()


def read(
    *,
    title: str,
    sapo: str | None,
    body: str,
    topics: Sequence[Topic],
    source_province: str | None = None,
    source_place: str | None = None,
    original_source: str | None = None,
    published_on: date | None = None,
) -> Reading:
    """Read one article.

    Args:
        title: As printed.
        sapo: The lead, where it stands apart from the body.
        body: Paragraphs joined by an empty line.
        topics: What makes a story; at least one.
        source_province: The source's province by its old or new name; None for a national
            source.
        source_place: The district, commune or ward a small portal speaks for.
        original_source: Whom a reprint names; for a national source it tells the province.
        published_on: Day of publication in Vietnam; relative periods are resolved by it.

    Returns:
        Figures only where a topic flags the story whose stories have such figures; their
        offsets refer to ``article_text(sapo, body)``.
    """
    text = article_text(sapo, body)
    scores = {topic.key: score(title, sapo=sapo, body=body, topic=topic) for topic in topics}
    found = find_place(
        title=title,
        body=text,
        source_province=_home(source_province, original_source),
        source_place=source_place,
        published_on=published_on,
    )
    if not any(topic.has_figures and scores[topic.key].is_flagged for topic in topics):
        return Reading(scores=scores, place=found.place)
    figures = find_figures(text, title=title, published_on=published_on)
    placed = tuple(
        replace(figure, place_code=found.code_of(figure.org)) if figure.org else figure
        for figure in figures
    )
    return Reading(scores=scores, place=found.place, figures=placed)


def article_text(sapo: str | None, body: str) -> str:
    """The text that figures point into: the lead, an empty line, the body."""
    return f"{sapo}\n\n{body}" if sapo else body


def _home(source_province: str | None, original_source: str | None) -> str | None:
    """The source's province, or the original paper's where that is the more exact one."""
    original = province_named_in(original_source)
    if source_province is None or original is None:
        return source_province or original
    is_inside = provinces.today(original) == provinces.today(source_province)
    return original if is_inside else source_province
