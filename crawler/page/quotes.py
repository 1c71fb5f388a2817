"""Takes quotes out of a tree that a page pulls from its own paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from crawler.page.blocks import blocks

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from lxml.html import HtmlElement

_QUOTE_NAMES = re.compile(
    r"(?:pull|block|box)-?quote|(?:^|[-_\s])quote|trich-?(?:dan|loi)|(?:^|\s)trich(?:\s|$)",
    re.IGNORECASE,
)
_OMITTED = re.compile(r"\(?\[?(?:\.{3}|…)\]?\)?")
_LEAST_WORDS = 5
_LEAST_SHORTENED, _LEAST_LEFT_OUT = 8, 3
"""Words of a quote that may leave others out, and how many at least."""
_LONGEST_SOURCE = 8
"""Words of the line below a quote that says whose it is."""


def remove_repeated_quotes(root: HtmlElement, *, kept: Container[HtmlElement]) -> None:
    """Remove quotes set apart whose words a longer paragraph holds too, in place.

    A quote that stands nowhere else is text of the article and stays.

    Args:
        root: The article's own node, or a page.
        kept: What holds the title.
    """
    quotes = [
        element
        for element in root.iter(etree.Element)
        if element is not root and element not in kept and _is_set_apart(element)
    ]
    if not quotes:
        return
    lines = [(_words(line.text), line.element) for line in blocks(root)]
    for quote in quotes:
        inside = set(quote.iter())
        others = [text for text, element in lines if element not in inside]
        if quote.getparent() is not None and _is_repeated(quote, others):
            quote.drop_tree()


def _is_set_apart(element: HtmlElement) -> bool:
    if element.tag in ("blockquote", "aside", "q"):
        return True
    name = element.get("class")
    return bool(name and _QUOTE_NAMES.search(name))


def _is_repeated(quote: HtmlElement, others: list[str]) -> bool:
    """Whether all that a quote says is told elsewhere; whose it is may stand below it."""
    told = [line.text for line in blocks(quote)]
    while len(told) > 1 and len(told[-1].split()) <= _LONGEST_SOURCE:
        told.pop()
    pieces = [_words(piece) for line in told for piece in _OMITTED.split(line)]
    pieces = [piece for piece in pieces if piece]
    if sum(len(piece.split()) for piece in pieces) < _LEAST_WORDS:
        return False
    return all(any(_holds(other, piece) for other in others) for piece in pieces)


def _holds(other: str, piece: str) -> bool:
    """Whether a paragraph holds a piece and more: a lead printed twice is no quote."""
    if len(other) <= len(piece):
        return False
    return f" {piece} " in f" {other} " or _is_shortened(piece.split(), other.split())


def _is_shortened(quote: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the words of a quote stand in a paragraph in their order, few others between."""
    if len(quote) < _LEAST_SHORTENED:
        return False
    longest = len(quote) + max(_LEAST_LEFT_OUT, len(quote) // 3)
    starts = (place for place, word in enumerate(other) if word == quote[0])
    return any(_is_within(quote, other[start : start + longest]) for start in starts)


def _is_within(quote: Sequence[str], passage: Sequence[str]) -> bool:
    words = iter(passage)
    return all(word in words for word in quote)


def _words(text: str) -> str:
    """The words alone, for quotes are set with other signs than the text they come from."""
    return " ".join(re.findall(r"\w+", text.casefold()))
