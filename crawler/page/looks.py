"""How a line of a page is set: bold, italic, large, small, centred."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from crawler.page.markup import text_length, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_BOLD = ("strong", "b", "h1", "h2", "h3", "h4")
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC_STYLE = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_CENTRED_STYLE = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_CENTRED_NAME = re.compile(r"(?:^|[\s_-])(?:text-?|align-?|rte)?(?:center|centre|giua)(?:$|[\s_-])")
_LARGE_STYLE = re.compile(
    r"font-size\s*:\s*(?:(?:1[6-9]|[2-9]\d)(?:\.\d+)?pt|(?:2\d|[3-9]\d)(?:\.\d+)?px"
    r"|(?:1\.[2-9]|[2-9](?:\.\d+)?)\d*r?em|1[2-9]\d(?:\.\d+)?%|(?:x+-)?large)",
    re.IGNORECASE,
)
_SMALL_STYLE = re.compile(
    r"font-size\s*:\s*(?:(?:[1-9]|1[0-3])(?:\.\d+)?px|[1-9](?:\.\d+)?pt|0?\.\d+r?em"
    r"|[1-8]\d(?:\.\d+)?%|(?:x+-)?small)",
    re.IGNORECASE,
)


def holders(element: HtmlElement, text: str) -> Iterator[HtmlElement]:
    """What is around a line and nothing else: the element, or parts of it.

    Args:
        element: That the line stands in, with others perhaps.
        text: The line.
    """
    least = len(text) + 2
    if text_length(element) <= least:
        yield element
    for inner in element.iterdescendants(etree.Element):
        if len(text) - 2 <= text_length(inner) <= least and text_of(inner) == text:
            yield inner


def is_bold(element: HtmlElement, text: str) -> bool:
    """Whether a line is bold as a whole."""
    return any(one.tag in _BOLD or _has_style(one, _BOLD_STYLE) for one in holders(element, text))


def is_italic(element: HtmlElement, text: str) -> bool:
    """Whether nearly all of a line is italic."""
    slanted = sum(len(text_of(one)) for one in element.iter("em", "i"))
    if text and 10 * slanted >= 9 * len(text):
        return True
    return any(_has_style(one, _ITALIC_STYLE) for one in holders(element, text))


def is_centred(element: HtmlElement, text: str) -> bool:
    """Whether a line is centred by itself."""
    return any(
        one.tag == "center"
        or one.get("align") == "center"
        or _has_style(one, _CENTRED_STYLE)
        or _CENTRED_NAME.search(one.get("class") or "") is not None
        for one in holders(element, text)
    )


def is_large(element: HtmlElement, text: str) -> bool:
    """Whether a line is set in a larger size than texts are."""
    return any(_is_larger(one) for one in holders(element, text))


def is_small(element: HtmlElement, text: str) -> bool:
    """Whether a line is set in a smaller size than texts are."""
    return any(
        one.tag == "small"
        or (one.tag == "font" and (one.get("size") or "").strip() in ("1", "-1", "-2"))
        or _has_style(one, _SMALL_STYLE)
        for one in holders(element, text)
    )


def _is_larger(element: HtmlElement) -> bool:
    size = (element.get("size") or "").strip() if element.tag == "font" else ""
    is_larger = size.startswith("+") or (size.isdigit() and int(size) >= 4)
    return element.tag == "big" or is_larger or _has_style(element, _LARGE_STYLE)


def _has_style(element: HtmlElement, style: re.Pattern[str]) -> bool:
    written = element.get("style")
    return bool(written) and style.search(written) is not None
