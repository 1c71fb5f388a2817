"""Where the text of a page weighs most, and where its title stands among the lines."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from crawler.page.labels import is_end_label
from crawler.page.lines import is_caption, is_date_line, is_prose
from crawler.page.tools import is_tool

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from crawler.page.blocks import Block

_LINES_OF_TITLE = 4


def is_paragraph(line: Block) -> bool:
    """Whether a line is text of an article: prose, and most of it no link."""
    text = line.text
    if 2 * line.linked > len(text) or not is_prose(text):
        return False
    return not (is_tool(text) or is_caption(text) or is_date_line(text) or is_end_label(text))


def title_places(lines: Sequence[Block], title: str) -> list[int]:
    """Where the title stands among lines: of each place the last line.

    A heading may be set in several lines.
    """
    wanted = title.casefold()
    places: list[int] = []
    for place, line in enumerate(lines):
        text = line.text.casefold()
        if text == wanted:
            places.append(place)
        elif wanted.startswith(f"{text} ") and (end := _end_of_title(lines, place, wanted)):
            places.append(end)
    return places


def _end_of_title(lines: Sequence[Block], start: int, wanted: str) -> int:
    """The line that completes a title begun on another; 0 where none does."""
    text = lines[start].text.casefold()
    for place in range(start + 1, min(start + _LINES_OF_TITLE, len(lines))):
        text = f"{text} {lines[place].text.casefold()}"
        if text == wanted:
            return place
    return 0


def with_ancestors(element: HtmlElement) -> Iterator[HtmlElement]:
    """An element and all that it stands in, from the inside."""
    yield element
    yield from element.iterancestors()


def heaviest(lines: Sequence[Block]) -> HtmlElement | None:
    """The element that most of the paragraphs stand in, each directly or one level deeper."""
    paragraphs = [line for line in lines if is_paragraph(line)]
    counts = Counter(line.element for line in lines)
    weights: dict[HtmlElement, float] = {}
    for line in paragraphs:
        holder = line.element.getparent() if counts[line.element] == 1 else line.element
        for share in (1.0, 0.5):
            if holder is None:
                break
            weights[holder] = weights.get(holder, 0) + share * len(line.text)
            holder = holder.getparent()
    if not weights:
        return None
    best = max(weights, key=lambda element: weights[element])
    return _with_likes(best, {line.element: None for line in paragraphs})


def _with_likes(element: HtmlElement, holders: dict[HtmlElement, None]) -> HtmlElement:
    """The parent instead, as long as siblings of the same shape hold paragraphs too."""
    while (parent := element.getparent()) is not None:
        likes = [
            child
            for child in parent
            if child is not element
            and (child.tag, child.get("class")) == (element.tag, element.get("class"))
            and any(any(up is child for up in with_ancestors(one)) for one in holders)
        ]
        if not likes or element.tag in ("td", "li"):
            return element
        element = parent
    return element
