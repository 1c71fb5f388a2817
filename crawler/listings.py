"""Reads a listing page: its article links, the columns they stand in, and where it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.dating.text import epoch_in, parse_vietnamese_date, stamp_in
from crawler.errors import ReadingError
from crawler.feeds import LONGEST_TITLE, FoundLink
from crawler.page.blocks import clean_text
from crawler.page.markup import parse_page, text_of
from crawler.pagination import next_page
from crawler.urls import absolute_url, document_base, page_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from lxml.html import HtmlElement

_FEWEST_IN_COLUMN = 3
"""Links in the same markup; fewer are a headline on top or a pair of boxes."""


@dataclass(frozen=True, kw_only=True)
class ListingPage:
    """What one page of a listing holds."""

    links: list[FoundLink]
    """In page order, each page once."""
    columns: list[list[FoundLink]]
    """The same in the columns they stand in, each from the top: a box beside the list has an
    order of its own."""
    next_url: str | None
    """Where older links follow."""


def parse_listing(
    body: bytes, *, base_url: str, accept: Callable[[str], bool], encoding: str | None = None
) -> ListingPage:
    """Article links of a listing page with their text, and its next page.

    Args:
        body: What the server sent, decompressed.
        base_url: Where the page was found.
        accept: Whether an absolute address is an article of the source.
        encoding: Charset of the Content-Type header.

    Raises:
        ReadingError: ``empty`` where no link is accepted, else as ``parse_page``.
    """
    tree = parse_page(body, encoding=encoding)
    base = document_base(next(iter(tree.xpath("//base/@href")), None), page_url=base_url)
    found: dict[str, FoundLink] = {}
    places: dict[str, dict[str, None]] = {}
    for anchor in tree.iter("a"):
        url = absolute_url(anchor.get("href") or "", base_url=base)
        if url is None or not accept(url):
            continue
        key = page_key(url)
        found[key] = _better(found.get(key), _link(anchor, url))
        places.setdefault(_place(anchor), {})[key] = None
    if not found:
        raise ReadingError("empty", "no article link on the page")
    columns = [list(keys) for keys in places.values() if len(keys) >= _FEWEST_IN_COLUMN]
    return ListingPage(
        links=list(found.values()),
        columns=[[found[key] for key in keys] for keys in columns or [list(found)]],
        next_url=next_page(tree, url=base_url),
    )


def _place(anchor: HtmlElement) -> str:
    """The names and classes of everything around a link: alike for the cards of one column."""
    around = [anchor, *anchor.iterancestors()]
    return " ".join(f"{element.tag}.{element.get('class') or ''}" for element in around)


def _link(anchor: HtmlElement, url: str) -> FoundLink:
    dated_at = _card_date(anchor)
    return FoundLink(url, _title(anchor), dated_at, "listing" if dated_at else None)


def _better(known: FoundLink | None, link: FoundLink) -> FoundLink:
    """Of two links to one page the one with more words, with the date that either has."""
    if known is None:
        return link
    if len(link.title or "") <= len(known.title or ""):
        return known
    at = known.dated_at or link.dated_at
    return FoundLink(known.url, link.title, at, "listing" if at else None)


def _title(anchor: HtmlElement) -> str | None:
    own = text_of(anchor) or clean_text(anchor.get("title") or "")
    images = (clean_text(image.get("alt") or "") for image in anchor.iter("img"))
    return (own or next(filter(None, images), ""))[:LONGEST_TITLE] or None


def _card_date(anchor: HtmlElement) -> datetime | None:
    """The date in the link's own card: an epoch or ISO attribute, or its text."""
    card = anchor
    for ancestor in anchor.iterancestors("div", "li", "article", "td"):
        hrefs = {(link.get("href") or "").partition("#")[0] for link in ancestor.iter("a")}
        if len(hrefs) > 1:
            break
        card = ancestor
    for node in card.iter("time"):
        if epoch := epoch_in(node.get("rel") or ""):
            return epoch.at
        if parsed := parse_vietnamese_date(node.get("datetime") or text_of(node)):
            return parsed[0]
    if card is anchor:
        return None
    beside = card.xpath(".//text()[not(ancestor::a)]")
    return next((date.at for text in beside for date in stamp_in(clean_text(text))), None)
