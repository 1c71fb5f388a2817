"""Runs of blocks of one shape that each tell of another article, by a short text and a link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.page.blocks import blocks
from crawler.page.links import HEADINGS, is_text, leads_to_page
from crawler.page.markup import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

_LONGEST_TEASER = 450
_LEAST_WORDS = 6
_ROWS = ("tr", "td", "th")
_CALL = re.compile(
    r"\W*(?:(?:xem|đọc)(?: (?:tiếp|thêm|chi tiết|toàn bộ|bài(?: viết)?|ngay|nội dung))*"
    r"|(?:chi )?tiết|tiếp(?: tục| theo)?|(?:read )?more|continue|details?)\W*|[»›→>+.…\s]+",
    re.IGNORECASE,
)


def runs_of_teasers(children: Sequence[HtmlElement]) -> Iterator[list[HtmlElement]]:
    """Siblings that are nothing but teasers, whatever their class names say.

    A shape that holds anything else beside is the shape of the text, and a block alone is no
    run: links stand in paragraphs too.

    Args:
        children: Those of one element that hold lines, in order.
    """
    shapes: dict[tuple[str, str], list[HtmlElement]] = {}
    for child in children:
        shapes.setdefault(_shape(child), []).append(child)
    for alike in shapes.values():
        if _lead_apart([[child] for child in alike]):
            yield alike
    units = _units(children)
    if len(units[0]) > 1 and _lead_apart(units):
        yield [child for unit in units for child in unit]


def _shape(child: HtmlElement) -> tuple[str, str]:
    """Its tag and classes; the number of a card is no shape."""
    return str(child.tag), re.sub(r"\d+", "", child.get("class") or "")


def _units(children: Sequence[HtmlElement]) -> list[list[HtmlElement]]:
    """Headings, each with what stands below it; what stands above the first is left out."""
    units: list[list[HtmlElement]] = []
    for child in children:
        if child.tag in HEADINGS:
            units.append([child])
        elif units:
            units[-1].append(child)
    return units or [[]]


def _lead_apart(cards: Sequence[Sequence[HtmlElement]]) -> bool:
    """Whether there are several cards, and each of them leads to another page."""
    if len(cards) < 2:
        return False
    seen: set[str] = set()
    for card in cards:
        address = _own_address(card)
        if address is None or address in seen:
            return False
        seen.add(address)
    return True


def _own_address(card: Sequence[HtmlElement]) -> str | None:
    """Where a card leads by a link that stands for itself; None for what is no card."""
    anchors = [anchor for part in card for anchor in part.iter("a") if leads_to_page(anchor)]
    if not anchors:
        return None
    lines = [line for part in card for line in blocks(part)]
    if sum(len(line.text) for line in lines) > _LONGEST_TEASER:
        return None
    is_row = card[0].tag in _ROWS
    told = [line for line in lines if 2 * line.linked < len(line.text)]
    if not any(is_text(line) or (not is_row and _is_long(line.text)) for line in told):
        return None
    whole = {line.text for line in lines if line.linked >= len(line.text)}
    is_unit = len(card) > 1
    for anchor in anchors:
        text = text_of(anchor)
        if _is_bare(anchor, text) or _CALL.fullmatch(text) or (not is_unit and text in whole):
            return _page_of(anchor)
    return None


def _is_long(text: str) -> bool:
    return len(text.split()) >= _LEAST_WORDS


def _is_bare(anchor: HtmlElement, text: str) -> bool:
    """Whether a link shows nothing: laid over its card, its words in ``title`` or nowhere."""
    return not text and next(anchor.iter("img", "picture", "svg"), None) is None


def _page_of(anchor: HtmlElement) -> str:
    """Its address without the place on the page: parts of one page are no other articles."""
    return urlsplit(anchor.get("href") or "")._replace(fragment="").geturl()
