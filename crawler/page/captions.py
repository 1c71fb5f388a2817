"""Captions of pictures that nothing but their place tells from text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.page.lines import is_prose
from crawler.page.markup import blocks, text_length, text_of

if TYPE_CHECKING:
    from collections.abc import Container

    from lxml.html import HtmlElement

_MEDIA = ("img", "video", "iframe", "object", "embed", "audio")
_INLINE = frozenset(
    ("a", "span", "strong", "b", "em", "i", "u", "font", "picture", "img", "center")
)
_BOLD = frozenset(("strong", "b", "h2", "h3", "h4"))
_HEADING_NAME = re.compile(r"title|heading|tieu-?de|head\b", re.IGNORECASE)

# A caption is a sentence or two; a paragraph that a picture stands in has more.
_LONGEST_CAPTION = 300
_CAPTION_WORDS = 25


def remove_captions(root: HtmlElement, *, kept: Container[HtmlElement]) -> None:
    """Take captions out of an article's node or page, in place.

    Args:
        root: The article's own node, or a page.
        kept: What holds the title, and is no caption.
    """
    whole = text_length(root)
    for media in list(root.iter(*_MEDIA)):
        holder = _lonely(media, root)
        parent = holder.getparent()
        if parent is None or holder is root or parent in kept:
            continue
        if _is_frame(parent, root, whole=whole) or _is_captioned_line(parent):
            _empty(parent)
        elif holder.tag not in _INLINE:
            _remove_caption_below(holder)


def _lonely(media: HtmlElement, root: HtmlElement) -> HtmlElement:
    """The largest element around a picture that holds no text."""
    holder = media
    while holder is not root:
        parent = holder.getparent()
        if parent is None or parent is root or text_length(parent):
            break
        holder = parent
    return holder


def _is_frame(parent: HtmlElement, root: HtmlElement, *, whole: int) -> bool:
    """Whether an element is there for the picture: all its text is one short caption."""
    if parent is root or parent.tag == "p" or parent.tag in _INLINE:
        return False
    length = text_length(parent)
    if length > _LONGEST_CAPTION or 2 * length > whole:
        return False
    lines = list(blocks(parent))
    return len(lines) <= 2 and (
        lines[0].element is not parent or len(lines[0].text.split()) <= _CAPTION_WORDS
    )


def _is_captioned_line(parent: HtmlElement) -> bool:
    """Whether the text that shares a paragraph with a picture is its caption."""
    line = next(
        (one for one in (parent, *parent.iterancestors()) if one.tag not in _INLINE), parent
    )
    if line.tag not in ("p", "div", "td") or text_length(line) > _LONGEST_CAPTION:
        return False
    text = text_of(line)
    if any(child.tag not in _INLINE and child.tag != "br" for child in line.iterdescendants()):
        return False
    return len(text.split()) <= _CAPTION_WORDS or _is_set_apart(line, text)


def _remove_caption_below(holder: HtmlElement) -> None:
    """The first line behind a picture: centred, italic, or short and no sentence."""
    below = next((one for one in holder.itersiblings() if text_length(one)), None)
    if below is None or _is_heading(below) or text_length(below) > _LONGEST_CAPTION:
        return
    lines = list(blocks(below))
    if len(lines) != 1:
        return
    text = lines[0].text
    is_bare = len(text.split()) <= _CAPTION_WORDS and not is_prose(text) and text[-1:] not in ".:;"
    is_heading = any(text_of(bold) == text for bold in below.iter(*_BOLD))
    if _is_set_apart(below, text) or (is_bare and not is_heading):
        _empty(below)


def _is_heading(element: HtmlElement) -> bool:
    return element.tag in _BOLD or _HEADING_NAME.search(element.get("class") or "") is not None


def _is_set_apart(element: HtmlElement, text: str) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    if "text-align:center" in style or element.get("align") == "center" or element.tag == "center":
        return True
    slanted = sum(len(text_of(one)) for one in element.iter("em", "i"))
    return 10 * slanted >= 9 * len(text)


def _empty(element: HtmlElement) -> None:
    """Take all within an element out, and leave the text behind it."""
    tail = element.tail
    element.clear()
    element.tail = tail
