"""Captions of pictures that nothing but their place and their looks tells from text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.page.blocks import blocks, clean_text
from crawler.page.lines import is_prose
from crawler.page.looks import is_bold, is_centred, is_italic, is_small
from crawler.page.markup import text_length, text_of

if TYPE_CHECKING:
    from collections.abc import Container

    from lxml.html import HtmlElement

_MEDIA = ("img", "video", "iframe", "object", "embed", "audio")
_INLINE = frozenset(
    ("a", "span", "strong", "b", "em", "i", "u", "font", "picture", "img", "center", "small")
)
_HEADINGS = frozenset(("h2", "h3", "h4"))
_HEADING_NAME = re.compile(r"title|heading|tieu-?de|head\b", re.IGNORECASE)
_FLOATS = re.compile(r"float\s*:\s*(?:left|right)|\b(?:float-|align)?(?:left|right)\b", re.I)
_PICTURE = re.compile(r"^#?$|^javascript|\.(?:jpe?g|png|gif|webp|avif)(?:[?#]|$)", re.IGNORECASE)
_QUOTE = re.compile(r"^\W*[\"“”'«-]")
# How a story is told; a caption says who is seen doing what.
_TELLS = re.compile(
    r"(?:ngày|sáng|chiều|tối|trưa|hôm|mới đây|theo|tại|trong|để|với|từ|sau|trước|năm|tháng|hiện"
    r"|đến|nhằm|thực hiện|phát biểu|nhân|qua|bên cạnh)\b[^.]{0,80},",
    re.IGNORECASE,
)

# A caption is a sentence or two; a paragraph that a picture stands in has more.
_LONGEST_CAPTION = 300
_CAPTION_WORDS = 25
_MOST_WORDS = 45
_FEW_WORDS = 7
_LONGEST_BLANK = 4


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
        if parent is None or holder is root:
            continue
        if parent not in kept and (
            _is_frame(parent, root, whole=whole) or _is_captioned_line(parent, media)
        ):
            _empty(parent)
        elif holder.tag in _INLINE:
            _remove_line_below(holder)
        else:
            _remove_caption_below(holder, media)


def _lonely(media: HtmlElement, root: HtmlElement) -> HtmlElement:
    """The largest element around a picture that holds no text."""
    holder = media
    while holder is not root:
        parent = holder.getparent()
        if parent is None or parent is root or _has_text(parent):
            break
        holder = parent
    return holder


def _has_text(element: HtmlElement) -> bool:
    length = text_length(element)
    return length > _LONGEST_BLANK or (length > 0 and text_of(element) != "")


def _is_frame(parent: HtmlElement, root: HtmlElement, *, whole: int) -> bool:
    """Whether an element is there for the picture: all its text is one short caption."""
    if parent is root or parent.tag == "p" or parent.tag in _INLINE:
        return False
    length = text_length(parent)
    if length > _LONGEST_CAPTION or 2 * length > whole:
        return False
    lines = list(blocks(parent))
    if _leads_away(parent, text_of(parent)) or not 1 <= len(lines) <= 2:
        return False
    if any(len(line.text.split()) > _MOST_WORDS for line in lines):
        return False
    first = lines[0]
    # Beside a picture stands a text, below it a caption; a lead is bold.
    if is_prose(first.text) and (parent.tag == "tr" or is_bold(first.element, first.text)):
        return False
    return first.element is not parent or len(first.text.split()) <= _CAPTION_WORDS


def _leads_away(element: HtmlElement, text: str) -> bool:
    """Whether most of a text is a link to another page than the picture's own."""
    links = [*element.iter("a"), *element.iterancestors("a")]
    linked = sum(text_length(link) for link in links if not _PICTURE.search(link.get("href") or ""))
    return 2 * linked > len(text)


def _is_captioned_line(parent: HtmlElement, media: HtmlElement) -> bool:
    """Whether the text that shares a paragraph with a picture is its caption."""
    line = next(
        (one for one in (parent, *parent.iterancestors()) if one.tag not in _INLINE), parent
    )
    if line.tag not in ("p", "div", "td") or text_length(line) > _LONGEST_CAPTION:
        return False
    text = text_of(line)
    if _leads_away(line, text):
        return False
    if any(child.tag not in _INLINE and child.tag != "br" for child in line.iterdescendants()):
        return False
    if is_prose(text) and (_floats(media) or is_bold(line, text)):
        return False
    if _is_set_apart(line, text):
        return True
    is_told = is_prose(text) and _TELLS.match(text) is not None
    return len(text.split()) <= _CAPTION_WORDS and not is_told


def _floats(media: HtmlElement) -> bool:
    """Whether a text flows around a picture."""
    marks = f"{media.get('style') or ''};{media.get('align') or ''};{media.get('class') or ''}"
    return _FLOATS.search(marks) is not None


def _remove_caption_below(holder: HtmlElement, media: HtmlElement) -> None:
    """The first line behind a picture, where it looks like a caption."""
    below = next(filter(_has_text, holder.itersiblings()), None)
    if below is None or _is_heading(below) or text_length(below) > _LONGEST_CAPTION:
        return
    lines = list(blocks(below))
    if len(lines) == 1 and _is_caption(below, lines[0].text, alt=media.get("alt")):
        _empty(below)


def _remove_line_below(holder: HtmlElement) -> None:
    """The line behind a picture that stands among lines with breaks between them."""
    place: HtmlElement | None = holder
    while place is not None and not clean_text(place.tail or ""):
        place = place.getnext()
        if place is None or (place.tag != "br" and place.tag not in _INLINE):
            return
        if place.tag != "br" and _has_text(place):
            if _ends_line(place) and _is_caption(place, text_of(place), alt=None):
                _empty(place)
            return
    if place is None or place.tag != "br" or not _is_line_end(place.getnext()):
        return
    text = clean_text(place.tail or "")
    if _is_bare_caption(text):
        place.tail = None


def _ends_line(element: HtmlElement) -> bool:
    return not clean_text(element.tail or "") and _is_line_end(element.getnext())


def _is_line_end(element: HtmlElement | None) -> bool:
    return element is None or element.tag not in _INLINE


def _is_caption(element: HtmlElement, text: str, *, alt: str | None) -> bool:
    if _leads_away(element, text):
        return False
    if alt and clean_text(alt) == text:
        return True
    if is_bold(element, text) and not is_italic(element, text):
        return False
    return _is_set_apart(element, text) or _is_bare_caption(text)


def _is_bare_caption(text: str) -> bool:
    """Whether a line without any looks of its own is too little of a sentence to be text."""
    words = len(text.split())
    if text.endswith((":", ";")) or _QUOTE.match(text):
        return False
    is_short = words <= _FEW_WORDS or not text.endswith(".")
    return words <= _CAPTION_WORDS and not is_prose(text) and is_short


def _is_heading(element: HtmlElement) -> bool:
    return element.tag in _HEADINGS or _HEADING_NAME.search(element.get("class") or "") is not None


def _is_set_apart(element: HtmlElement, text: str) -> bool:
    if is_small(element, text):
        return True
    if is_italic(element, text):
        return not (is_prose(text) and _QUOTE.match(text))
    return is_centred(element, text) and not _is_followed_alike(element)


def _is_followed_alike(element: HtmlElement) -> bool:
    """Whether the paragraph behind a centred line is centred too: then that says nothing."""
    after = next(filter(_has_text, element.itersiblings()), None)
    text = text_of(after) if after is not None else ""
    return after is not None and is_prose(text) and is_centred(after, text)


def _empty(element: HtmlElement) -> None:
    """Take all within an element out, and leave the text behind it."""
    tail = element.tail
    element.clear()
    element.tail = tail
