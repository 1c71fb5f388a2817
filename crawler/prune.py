"""Take out of a tree what is not the article: controls, boxes, link lists, captions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.lines import is_box_label, is_end_label
from crawler.markup import clean_text, select, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

# Never text of an article, on any site. Options of a date picker (1…31) leak otherwise.
_CONTROLS = (
    "script, style, noscript, template, iframe, object, svg, video, audio, nav",
    "fieldset, select, button, input, textarea, option, datalist, ins[class]",
)
_CAPTIONS = (
    "figcaption, [class*=caption], [class*=Caption], [class*=chu-thich], [class*=chuthich]",
    ".image-note, .img-note, .pic-note, .desc-image, .image-desc",
)
_BOXES = (
    "[class*=related], [class*=relate-], [class*=-relate], [id*=related], [class*=read-more]",
    "[class~=ad], [class~=ads], [class*=quangcao], [class*=adsense], [id^=ads]",
    "[class*=share], [class*=social], [class*=comment], [class*=advert], [class*=banner]",
    "[class~=tags], [class~=tag], [class*=box-tag], [class*=article-tag], [class*=article__tag]",
    "[class*=rating], [class*=breadcrumb], [hidden]",
    "[style*='display:none'], [style*='display: none']",
)
_LEAVES = "p, li, h2, h3, h4, h5, h6, div, span, strong, b, a, legend, label, td, dt"
_INNER = frozenset(("p", "div", "ul", "ol", "table", "section", "article", "h2", "h3"))
_LONGEST_CELL = 120
# A box is never more than two thirds of what it stands in.
_WRAPPER_SHARE = 1.5


def prune(node: HtmlElement, *, drop: Iterable[str], title: str | None) -> None:
    """Leave of a tree what may be the article's text, in place.

    Args:
        node: The article's own node, or the page.
        drop: Selectors of the family's own boxes.
        title: The article's title where the node is a whole page; None for its own node.
    """
    _unwrap_page_forms(node)
    for element in list(select(node, (*_CONTROLS, *_CAPTIONS, *drop))):
        remove(element)
    _prune_labelled_boxes(node, title=title)
    for element in list(select(node, _BOXES)):
        if not _wraps_article(element, node):
            remove(element)
    for paragraph in node.xpath(".//p | .//div | .//td | .//center"):
        if _is_caption_of_image(paragraph):
            remove(paragraph)
    _remove_link_lines(node)
    _flatten_tables(node)


def remove(element: HtmlElement) -> None:
    """Take an element out and leave the text behind it; one already out is no matter."""
    if element.getparent() is not None:
        element.drop_tree()


def _prune_labelled_boxes(root: HtmlElement, *, title: str | None) -> None:
    """Remove boxes that are known by their heading alone.

    Within the article's own node a heading without a box of its own takes the link lists
    behind it along, and stays where none follows, as the mark where the article ends. On a
    whole page it takes all that follows beside it, but nothing that holds the title.
    """
    for element in list(select(root, (_LEAVES,))):
        if element is root or not _is_inside(element, root) or not _is_label(element):
            continue
        box = _box_of(element, root, title)
        if text_of(box) != text_of(element) or _removed_what_follows(box, title=title):
            remove(box)


def _unwrap_page_forms(node: HtmlElement) -> None:
    """Drop forms, except the one that ASP.NET wraps around a whole page."""
    for form in list(node.iter("form")):
        if _wraps_article(form, node):
            form.drop_tag()
        else:
            remove(form)


def _wraps_article(element: HtmlElement, node: HtmlElement) -> bool:
    """Whether the element is no box in the node but most of it, whatever its name says."""
    if (
        element is node
        or element.tag in ("html", "body", "main")
        or element.xpath("boolean(.//h1)")
    ):
        return True
    return _WRAPPER_SHARE * len(text_of(element)) >= len(text_of(node)) > 0


def _is_label(element: HtmlElement) -> bool:
    if len(element) > 3:
        return False
    text = text_of(element)
    return 0 < len(text) <= 60 and (is_box_label(text) or is_end_label(text))


def _box_of(label: HtmlElement, root: HtmlElement, title: str | None) -> HtmlElement:
    """The largest element that the label heads, short of the page's title and the root."""
    box = label
    heading = text_of(label)
    while (parent := box.getparent()) is not None and parent is not root:
        text = text_of(parent)
        if parent.tag in ("body", "html", "form", "main") or not text.startswith(heading):
            break
        if parent.xpath("boolean(.//h1)") or (title and title in text):
            break
        box = parent
    return box


def _removed_what_follows(box: HtmlElement, *, title: str | None) -> bool:
    """Remove what a bare heading announces; False where the heading is to stay."""
    if title is None and is_end_label(text_of(box)):
        return False
    links = 0
    for sibling in list(box.itersiblings()):
        if title in text_of(sibling) if title else not _is_link_list(sibling):
            break
        links += bool(text_of(sibling))
        sibling.drop_tree()
    return title is not None or links > 0 or box.tag in ("div", "section", "aside")


def _is_link_list(element: HtmlElement) -> bool:
    text = text_of(element)
    linked = sum(len(text_of(anchor)) for anchor in element.iter("a"))
    return 2 * linked > len(text) or not text


def _is_inside(element: HtmlElement, root: HtmlElement) -> bool:
    return any(ancestor is root for ancestor in element.iterancestors())


def _remove_link_lines(node: HtmlElement) -> None:
    """Lines that are one link to another article; links within sentences stay."""
    for line in node.xpath(".//p | .//li | .//div | .//h3 | .//h4"):
        if any(child.tag in _INNER for child in line.iterdescendants()):
            continue
        text = re.sub(
            r"^(?:>>|->|[»›•+*-])\s*|^(?:xem|đọc) thêm\s*:?\s*", "", text_of(line), flags=re.I
        )
        anchors = [clean_text(str(anchor.text_content())) for anchor in line.iter("a")]
        if text and len(text.split()) >= 4 and " ".join(anchors).strip() == text:
            remove(line)


def _is_caption_of_image(paragraph: HtmlElement) -> bool:
    """A short centred or italic line right below an image."""
    text = text_of(paragraph)
    if not 0 < len(text) <= 300 or any(
        child.tag in _INNER for child in paragraph.iterdescendants()
    ):
        return False
    before = paragraph.getprevious()
    if before is None or text_of(before) or next(before.iter("img"), None) is None:
        return False
    style = (paragraph.get("style") or "").replace(" ", "")
    centred = "text-align:center" in style or paragraph.get("align") == "center"
    italic = "".join(text_of(child) for child in paragraph.iter("em", "i"))
    return centred or 10 * len(italic) >= 9 * len(text)


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
