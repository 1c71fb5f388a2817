"""Take out of a tree what is not the article: controls, boxes, link lists, captions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from crawler.page.blocks import blocks
from crawler.page.boxes import around_title, remove_labelled
from crawler.page.captions import remove_captions
from crawler.page.cards import remove_linked
from crawler.page.lines import is_prose
from crawler.page.markup import select, text_length, text_of
from crawler.page.quotes import remove_repeated_quotes

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from lxml.html import HtmlElement

# Never text of an article, on any site. Options of a date picker (1…31) leak otherwise.
_CONTROLS = frozenset(
    re.findall(
        r"\w+",
        "script style noscript template svg nav fieldset select button input textarea option"
        " datalist figcaption canvas",
    )
)
# By class, in the words of its makers.
_CAPTION_NAMES = re.compile(
    r"caption|chu-?thich|(?:image|img|pic|photo|anh)[-_]?(?:note|desc\b|title)|desc-?image",
    re.IGNORECASE,
)
_BOX_NAMES = re.compile(
    r"related|relate-|-relate|read-?more|quang-?cao|adsense|advert|banner"
    r"|share(?!point)|social|comment|binh-?luan|box-?tag|article-tag|article__tag|breadcrumb"
    r"|(?<![a-z])rating|lien-?quan|doc-?nhieu|xem-?nhieu|tin-?khac|most-?(?:read|view)|other-?news"
    r"|news-?other|pagination|(?<![\w-])(?:ads?|tags?|hidden|hide|d-none|sr-only)(?![\w-])",
    re.IGNORECASE,
)
_SHOWN_LATER = re.compile(r"\bd-\w+-(?:block|flex|inline|grid)")
_AD_ID = re.compile(r"^ads|comment|related|breadcrumb|sidebar", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LONGEST_CELL = 120
_PARAGRAPHS_OF_PAGE = 2
_LONGEST_POLL = 400
# A box is never more than two thirds of what it stands in.
_WRAPPER_SHARE = 1.5
_has_heading = etree.XPath("boolean(.//h1)")


def prune(node: HtmlElement, *, drop: Iterable[str], title: str | None) -> None:
    """Leave of a tree what may be the article's text, in place.

    Args:
        node: The article's own node, or the page.
        drop: Selectors of the family's own boxes.
        title: The article's title where the node is a whole page; None for its own node.
    """
    _remove_polls(node)
    for element in [*node.iter(*_CONTROLS), *select(node, drop)]:
        if element is not node:
            remove(element)
    _unwrap_page_forms(node)
    lines = list(blocks(node))
    kept = around_title(node, lines, title)
    remove_captions(node, kept=kept)
    _remove_named(node, kept)
    remove_labelled(node, lines, kept=kept, is_page=title is not None)
    remove_linked(node, kept=kept)
    remove_repeated_quotes(node, kept=kept)
    _flatten_tables(node)


def remove(element: HtmlElement) -> None:
    """Take an element out and leave the text behind it; one already out is no matter."""
    if element.getparent() is not None:
        element.drop_tree()


def _remove_polls(node: HtmlElement) -> None:
    """Questions with buttons to choose an answer by."""
    for choice in list(node.iter("input")):
        box = choice.getparent()
        is_poll = choice.get("type") in ("radio", "checkbox") and box is not None
        if is_poll and box is not node and 0 < text_length(box) <= _LONGEST_POLL:
            remove(box)


def _unwrap_page_forms(node: HtmlElement) -> None:
    """Drop forms, except the one that ASP.NET wraps around a whole page."""
    for form in [form for form in node.iter("form") if form is not node]:
        paragraphs = sum(is_prose(line.text) for line in blocks(form))
        if paragraphs >= _PARAGRAPHS_OF_PAGE or _has_heading(form):
            form.drop_tag()
        else:
            remove(form)


def _remove_named(node: HtmlElement, kept: Container[HtmlElement]) -> None:
    """Boxes and captions that their class, id or style names as such."""
    named = [
        element
        for element in node.iter(etree.Element)
        if element.attrib and element is not node and _is_named_box(element)
    ]
    whole = text_length(node) if named else 0
    for element in named:
        if element not in kept and not _wraps_article(element, whole):
            remove(element)


def _is_named_box(element: HtmlElement) -> bool:
    name = element.get("class")
    if name and (_BOX_NAMES.search(name) or _CAPTION_NAMES.search(name)):
        return _SHOWN_LATER.search(name) is None
    identity = element.get("id")
    if identity and _AD_ID.search(identity):
        return True
    if element.tag == "ins" and name:
        return True
    style = element.get("style")
    return "hidden" in element.attrib or bool(style and _HIDDEN_STYLE.search(style))


def _wraps_article(element: HtmlElement, whole: int) -> bool:
    """Whether the element is no box in a node but most of it, whatever its name says."""
    if element.tag in ("html", "body", "main", "tbody"):
        return True
    return _WRAPPER_SHARE * text_length(element) >= whole > 0


def _flatten_tables(node: HtmlElement) -> None:
    """Make each row of figures one line, ``Phường A | 19``; layout tables stay as they are."""
    for row in list(node.iter("tr")):
        cells = [text_of(cell) for cell in row if cell.tag in ("td", "th")]
        filled = [cell for cell in cells if cell]
        if len(filled) < 2 or max(map(len, filled)) > _LONGEST_CELL:
            continue
        for child in list(row):
            row.remove(child)
        row.text = " | ".join(filled)
