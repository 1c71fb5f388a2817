"""Where a page shows its title, below which it tells its date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from crawler.dating.places import names_of
from crawler.page.blocks import clean_text
from crawler.page.markup import text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEAST_TITLE = 20
_NO_TITLE_TAGS = ("a", "title", "script")
# A title that comes with the site's name around it holds the line that the page shows.
_LINES_OF_TITLE = etree.XPath(
    "//body//text()[contains($title, normalize-space(.))]"
    "[string-length(normalize-space(.)) >= $least or normalize-space(.) = $title]"
)
_HEADINGS = ("h1", "h2", "h3", "h4")
_HEADING_NAMES = re.compile(r"title|head(?:ing|line)|tieu-?de", re.IGNORECASE)


def title_node(tree: HtmlElement, title: str) -> HtmlElement | None:
    """The element that shows the title, a heading rather than another.

    Args:
        tree: The whole page.
        title: As found or as its metas say it; empty where neither does.
    """
    title = clean_text(title)
    headings = list(tree.iter("h1"))
    for heading in headings:
        if title and text_of(heading) == title:
            return heading
    lines = _lines_of(tree, title) if title else []
    longest = max((length for length, _ in lines), default=0)
    whole = [node for length, node in lines if length == longest]
    subheadings = [node for node in whole if node.tag in ("h2", "h3")]
    return next(iter((*subheadings[:1], *whole[-1:], *headings[-1:])), None)


def _lines_of(tree: HtmlElement, title: str) -> list[tuple[int, HtmlElement]]:
    """Elements whose text is the title or a long part of it, with that text's length."""
    found = _LINES_OF_TITLE(tree, title=title, least=_LEAST_TITLE)
    lines = [
        (len(clean_text(line)), line.getparent())
        for line in cast("list[Any]", found)  # lxml's "smart" strings
    ]
    shown = [(length, node) for length, node in lines if node.tag not in _NO_TITLE_TAGS]
    return shown or _linked_heading(tree, title)


def _linked_heading(tree: HtmlElement, title: str) -> list[tuple[int, HtmlElement]]:
    """The heading that leads to its own page; other pages' lists may hold it further down."""
    for anchor in tree.iter("a"):
        if text_of(anchor) == title:
            for place in (anchor, *anchor.iterancestors()):
                if text_of(place) != title:
                    break
                if place.tag in _HEADINGS or _HEADING_NAMES.search(names_of(place)):
                    return [(len(title), place)]
    return []
