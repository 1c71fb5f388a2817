"""Places on a page: what follows its title, what stands above it, what is another article's."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from lxml import etree

from crawler.dating.text import stamp_in
from crawler.page.links import leads_to_page
from crawler.page.markup import text_of
from crawler.page.tools import is_tool

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lxml.html import HtmlElement

_SILENT = frozenset(
    ("script", "style", "noscript", "template", "select", "textarea", "head", "svg", "iframe")
)
_is_longer = etree.XPath("string-length(.) > $limit")
_LINKS_OF_MENU = 5
"""More than a path of crumbs has."""
_CARD_LEVELS = 4
_LONGEST_MOMENT = 50
_LONGEST_CARD = 700
_HEADLINE_WORDS, _LONG_HEADLINE = 5, 9
"""With a number in its address, as articles have; and without: sections have long names too."""

_ASIDE_TAGS = frozenset(
    ("a", "aside", "footer", "header", "marquee", "nav", "option", "select", "figure")
)
# Clocks, and places that belong to other articles, to comments or to the site.
_ASIDE_NAMES = re.compile(
    r"relate(?!d-?author)|relation|comment|binh-?luan|side-?bar|footer|copyright|ban-quyen"
    r"|today|date-?now|time-?now|current-?(?:date|time)|server-?time|title-time"
    r"|(?:^|\s)header-?(?:date|time)"
    r"|lien-?quan|(?:tin|bai)-?(?:khac|moi|cu|lien)|other-?news|news-?other|most-?(?:read|view)"
    r"|ticker|marquee|trending|popular|recommend|suggest|date-?picker|(?:^|[-_\s])lich(?:[-_\s]|$)"
    r"|(?:digital|page|js|date)-?clock|(?:^|[-_\s])dong-?ho|hom-?nay"
    r"|(?:^|[-_\s])(?:clock|hot|nav|menu|latest|newest|same|banner|top-?bar|aside|toolbar)(?:[-_\s]|$)",
    re.IGNORECASE,
)


def texts_after(node: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Texts behind a node in the order of the page, each with the element it stands in."""
    place: HtmlElement | None = node
    while place is not None and (parent := place.getparent()) is not None:
        if place.tail:
            yield place.tail, parent
        for sibling in place.itersiblings():
            yield from texts_in(sibling)
            if sibling.tail:
                yield sibling.tail, parent
        place = parent


def texts_before(node: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Texts above a node, the nearest first, each with the element it stands in."""
    place: HtmlElement | None = node
    while place is not None and (parent := place.getparent()) is not None:
        for sibling in place.itersiblings(preceding=True):
            if sibling.tail:
                yield sibling.tail, parent
            yield from reversed(list(texts_in(sibling)))
        if parent.text:
            yield parent.text, parent
        place = parent


def texts_below_menu(node: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Texts above a node, the nearest first, up to the site's menu; above that runs its clock."""
    links: set[HtmlElement] = set()
    for text, place in texts_before(node):
        anchor = place if place.tag == "a" else next(place.iterancestors("a"), None)
        if anchor is not None and _leads_to_section(anchor):
            links.add(anchor)
        if len(links) >= _LINKS_OF_MENU:
            return
        yield text, place


def _leads_to_section(anchor: HtmlElement) -> bool:
    """Buttons that print or share stand between a date and its title; menus lead to pages."""
    text = text_of(anchor)
    return len(text) > 1 and not is_tool(text) and leads_to_page(anchor)


def texts_in(node: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Texts within a node; what is not shown is left out."""
    walk = etree.iterwalk(node, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element.tag in _SILENT:
                walk.skip_subtree()
            elif element.text:
                yield element.text, element
        elif element is not node and element.tail:
            yield element.tail, element.getparent()


def is_aside(node: HtmlElement, *, around: Collection[HtmlElement]) -> bool:
    """Whether a place belongs to the site, a comment or another article.

    Args:
        node: The place.
        around: The title and all that it stands in: what holds both is never aside.
    """
    places = takewhile(lambda place: place not in around, (node, *node.iterancestors()))
    near = list(islice(places, _CARD_LEVELS))
    if any(map(_is_named_aside, near)):
        return True
    # What shows a headline shows it within the largest small place too.
    small = list(takewhile(_is_small, near))
    if small and _shows_headline(small[-1]):
        return True
    return any(map(_is_named_aside, places))


def permalink(place: HtmlElement) -> HtmlElement | None:
    """The link where a post's own date leads to it."""
    anchor = place if place.tag == "a" else next(place.iterancestors("a"), None)
    return anchor if anchor is not None and _is_moment(text_of(anchor)) else None


def _is_moment(text: str) -> bool:
    """Whether a link's text is a day and a time: more would tell of another article."""
    return len(text) <= _LONGEST_MOMENT and any(one.has_time for one in stamp_in(text))


def drop_behind(place: HtmlElement) -> None:
    """Take out of a page all elements that come after one."""
    for node in (place, *place.iterancestors()):
        for sibling in list(node.itersiblings()):
            sibling.drop_tree()


def drop_asides(page: HtmlElement, *, around: Collection[HtmlElement]) -> None:
    """Take out of a page what ``is_aside``."""
    for anchor in list(page.iter("a")):
        places = [anchor, *islice(anchor.iterancestors(), _CARD_LEVELS)]
        small = list(takewhile(lambda place: place not in around and _is_card(place), places))
        if small and small[-1].getparent() is not None:
            small[-1].drop_tree()
    for place in list(page.iter(etree.Element)):
        if _is_named_aside(place) and place not in around and place.getparent() is not None:
            place.drop_tree()


def is_longer(node: HtmlElement, limit: int) -> bool:
    """Whether the text of an element has more characters, white space included."""
    return bool(_is_longer(node, limit=limit))


def names_of(node: HtmlElement) -> str:
    """Class and id as written."""
    return f"{node.get('class') or ''} {node.get('id') or ''}"


def _is_named_aside(place: HtmlElement) -> bool:
    return place.tag in _ASIDE_TAGS or _names_aside(names_of(place))


@lru_cache(maxsize=4096)
def _names_aside(names: str) -> bool:
    """The same few names stand on every page of a paper."""
    return _ASIDE_NAMES.search(names) is not None


def _is_card(place: HtmlElement) -> bool:
    """Whether a small place shows another article."""
    return _is_small(place) and _shows_headline(place)


def _is_small(place: HtmlElement) -> bool:
    return not is_longer(place, _LONGEST_CARD)


def _shows_headline(place: HtmlElement) -> bool:
    """Whether a link in it is as long as a headline."""
    for anchor in place.iter("a"):
        text = text_of(anchor)
        words = 0 if _is_moment(text) else len(text.split())
        has_number = re.search(r"\d{4}", anchor.get("href") or "") is not None
        if words >= _LONG_HEADLINE or (words >= _HEADLINE_WORDS and has_number):
            return True
    return False
