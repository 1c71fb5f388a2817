"""Finds the next page of a listing, and notices when going on leads nowhere.

The use of it, page by page::

    walk = ListingWalk()
    url: str | None = entry.url
    while url is not None and walk.may_ask(url):
        page = parse_listing(...)                               # what the server answered
        if not walk.brought_new(page_key(link.url) for link in page.links):
            break                                               # a page seen before
        url = page.next_url                                     # the next older one, or None

``next_page`` reads the page only: a listing that loads more by script and names no address
has no next page. How many pages may be asked for is the caller's budget.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from crawler.fold import fold
from crawler.page.markup import text_of
from crawler.urls import absolute_url, document_base, page_key, site_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

# Query keys that number pages: generic ones, Liferay's `<portlet>_cur`, ASP.NET controls.
_PAGE_NAME = re.compile(
    r"^(?:p|pg|pn|pi|page|paged|trang|paging|pager|cur|cp|page_?(?:index|no|num|number)"
    r"|(?:cur|current)_?page|[\w.:-]*[_$:.-](?:cur|page|paged|pageindex|pageno)"
    r"|[\w.:$-]+page_?index)$",
    re.IGNORECASE,
)
_OFFSET_NAME = re.compile(r"^(?:start|offset|limitstart|skip)$", re.IGNORECASE)
_PAGE_PATH = re.compile(
    r"[/-](?:page|trang|paged|p)[-/_]?(?P<number>\d{1,5})(?:/?|\.\w{3,5})$", re.IGNORECASE
)
_EXTENSION = re.compile(r"\.(?:html?|aspx?|php|epi|jsp)$", re.IGNORECASE)

# What says "next" wherever it stands.
_NEXT_WORDS = re.compile(
    r"^(?:(?:sang |xem )?trang (?:sau|tiếp(?: theo)?|kế(?: tiếp)?)"
    r"|(?:tin|bài)(?: viết)? cũ hơn|next page|older(?: posts| entries)?)\W*$"
)
# What says it in a pager only: elsewhere it leads to a section or a story.
_PAGER_WORDS = re.compile(
    r"^\W*(?:(?:xem|tải|hiển thị) (?:thêm|tiếp)(?: tin| bài)?|tiếp(?: theo)?|kế tiếp|sau|cũ hơn"
    r"|next|more|load more)\W*$|^(?:›|»|→|>{1,2})$"
)
_PAGER = re.compile(r"pag(?:er|ing|ina)|phan-?trang|pagenavi|nav-links|load-?more", re.IGNORECASE)
_PAGER_DEPTH = 4
"""Elements above a link in which a pager's name may stand."""

_NEXT_CLASS = re.compile(r"(?:^|[\s_-])next(?:$|[\s_-])", re.IGNORECASE)
_CURRENT = re.compile(r"(?:^|[\s_-])(?:active|current|selected)(?:$|[\s_-])", re.IGNORECASE)


@dataclass(frozen=True)
class PageNumber:
    """What an address says of its place in a listing."""

    listing: str
    """The same for all pages of one listing."""
    number: int | None
    """As the address counts; None where it does not, as on most first pages."""
    is_offset: bool = False
    """Whether it counts items instead of pages."""


class ListingWalk:
    """The pages of one listing that were asked for, and the links they held."""

    def __init__(self) -> None:
        self._asked: set[str] = set()
        self._seen: set[str] = set()

    @property
    def is_begun(self) -> bool:
        """Whether a page was asked for."""
        return bool(self._asked)

    def may_ask(self, url: str) -> bool:
        """Whether an address is not a page of this walk yet; from now on it is."""
        key = page_key(url)
        if key in self._asked:
            return False
        self._asked.add(key)
        return True

    def brought_new(self, keys: Iterable[str]) -> bool:
        """Whether a page holds a link that none before held.

        Servers answer a number past the end with the last page, the first one, or a page of
        nothing but the links that stand beside every list.

        Args:
            keys: Of the page's article links (``crawler.urls.page_key``).
        """
        return bool(self.new_among(keys))

    def new_among(self, keys: Iterable[str]) -> frozenset[str]:
        """Those of a page's links that no page before held; from now on they are held."""
        new = frozenset(keys) - self._seen
        self._seen |= new
        return new


def next_page(tree: HtmlElement, *, url: str) -> str | None:
    """The address of the page that follows in a listing, which is the next older one.

    The page's own word counts first (``rel="next"``), then a link that says so in words, then
    the number after this page's in the row of page numbers, then a pager's arrow.

    Args:
        tree: The listing page (``crawler.page.markup.parse_page``).
        url: Where it was found.

    Returns:
        Absolute, on the same site, never the page itself; None where there is none or only a
        script knows it.
    """
    here = page_number(url)
    onward = [one for one in _candidates(tree, url=url) if not _goes_back(one, here)]
    for choose in (_by_rel, _by_words, _by_number, _by_arrow):
        found = choose(onward, here)
        if found is not None:
            return found.url
    return None


def page_number(url: str) -> PageNumber:
    """Take an address apart into its listing and the number of the page.

    Knows ``?page=2``, ``?p=2``, ``?trang=2``, ``?start=20``, Liferay's ``_cur``, ASP.NET's
    ``…$PageIndex``, ``/page/2``, ``/trang-2.html`` and ``-p2.html``.
    """
    parts = urlsplit(url)
    kept: list[tuple[str, str]] = []
    number, is_offset = None, False
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if number is None and _counts(name, value):
            number, is_offset = int(value), _OFFSET_NAME.match(name) is not None
        else:
            kept.append((name, value))
    path = unquote(parts.path)
    if number is None and (found := _PAGE_PATH.search(path)):
        number, path = int(found["number"]), path[: found.start()]
    listing = f"{site_of(url)}{_EXTENSION.sub('', path.rstrip('/'))}?{urlencode(sorted(kept))}"
    return PageNumber(listing, number, is_offset)


def _counts(name: str, value: str) -> bool:
    is_counter = _PAGE_NAME.match(name) or _OFFSET_NAME.match(name)
    return is_counter is not None and re.fullmatch(r"[0-9]{1,6}", value) is not None


@dataclass(frozen=True)
class _Candidate:
    """A link that may lead to the next page."""

    url: str
    at: PageNumber
    text: str
    """What it says, folded; from its label where it shows a picture."""
    rel: str
    is_in_pager: bool
    follows_current: bool
    """Whether it is the number after the marked one in a row of numbers."""


def _candidates(tree: HtmlElement, *, url: str) -> Iterator[_Candidate]:
    base = document_base(next(iter(tree.xpath("//base/@href")), None), page_url=url)
    for element in tree.iter("link", "a", "button", "div", "span"):
        href = _href(element)
        there = absolute_url(href, base_url=base) if href else None
        if there is None or site_of(there) != site_of(url) or page_key(there) == page_key(url):
            continue
        yield _Candidate(
            url=there,
            at=page_number(there),
            text=fold(_label(element)),
            rel=(element.get("rel") or "").lower(),
            is_in_pager=_is_in_pager(element),
            follows_current=_follows_current(element),
        )


def _href(element: HtmlElement) -> str | None:
    """Of a link; or of a "more" button, which keeps its address for a script."""
    href = str(element.get("href") or "")
    if href and not href.startswith(("#", "javascript:")):
        return href
    kept = (element.get(name) for name in ("data-next", "data-next-url", "data-href"))
    return next((str(href) for href in kept if href), None)


def _label(element: HtmlElement) -> str:
    own = text_of(element) or element.get("title") or element.get("aria-label")
    return own or ("next" if _NEXT_CLASS.search(element.get("class") or "") else "")


def _is_in_pager(element: HtmlElement) -> bool:
    above = [element, *element.iterancestors()][: _PAGER_DEPTH + 1]
    names = (f"{one.get('class') or ''} {one.get('id') or ''}" for one in above)
    return any(_PAGER.search(name) for name in names)


def _follows_current(element: HtmlElement) -> bool:
    """Whether its number is one more than the marked one before it."""
    parent = element.getparent()
    item = parent if parent is not None and parent.tag == "li" else element
    before = item.getprevious()
    if before is None:
        return False
    number, following = text_of(before), text_of(element)
    is_next = number.isdecimal() and following.isdecimal() and int(following) == int(number) + 1
    return is_next and any(_is_current(mark) for mark in before.iter())


def _is_current(mark: HtmlElement) -> bool:
    if mark.tag in ("strong", "b") or mark.get("aria-current"):
        return True
    return _CURRENT.search(mark.get("class") or "") is not None


def _goes_back(one: _Candidate, here: PageNumber) -> bool:
    if one.at.listing != here.listing or here.number is None:
        return False
    return one.at.number is None or one.at.number <= here.number


def _by_rel(onward: list[_Candidate], here: PageNumber) -> _Candidate | None:
    del here  # the page itself says what follows
    return next((one for one in onward if "next" in one.rel.split()), None)


def _by_words(onward: list[_Candidate], here: PageNumber) -> _Candidate | None:
    del here
    return next((one for one in onward if _NEXT_WORDS.match(one.text)), None)


def _by_number(onward: list[_Candidate], here: PageNumber) -> _Candidate | None:
    """The row of page numbers; some count from 0, some in items, some in words of their own."""
    row = [one for one in onward if one.at.listing == here.listing and one.at.number is not None]
    second = [one for one in row if here.number is None and one.text == "2"]
    number = 2 if here.number is None else here.number + 1
    following = [one for one in row if one.at.number == number and not one.at.is_offset]
    offsets = sorted((one for one in row if one.at.is_offset), key=_number)
    marked = [one for one in onward if one.follows_current]
    return next(iter([*second, *following, *marked, *offsets]), None)


def _by_arrow(onward: list[_Candidate], here: PageNumber) -> _Candidate | None:
    """An arrow may lead to the last page: the nearest page is taken."""
    arrows = [
        one
        for one in onward
        if one.is_in_pager and _PAGER_WORDS.match(one.text) and one.at.listing == here.listing
    ]
    return min(arrows, key=_number, default=None)


def _number(one: _Candidate) -> int:
    return one.at.number or 0
