"""Where a site may keep its news: entries proposed from its home page and robots.txt."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urljoin, urlsplit

from crawler.fold import fold
from crawler.items import Certainty, Entry, EntryKind
from crawler.page.blocks import clean_text
from crawler.page.markup import meta_content, text_of
from crawler.urls import absolute_url, document_base, is_article_url, page_key, site_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

FEED_PLACES = ("/rss/home.rss", "/feed")
"""Where the CMS families of the Vietnamese press keep a feed that no page links to."""

FEED_INDEXES = ("/rss", "/rss.html")
"""Pages that list a paper's feeds, or are a feed themselves."""

SITEMAP_PLACES = ("/sitemap.xml", "/news-sitemap.xml")

_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
_FEED = re.compile(
    r"\.(?:rss|atom|rdf)$|/feed/?$|/rss/.+|[-_/]rss\.(?:xml|ashx|aspx)$|/(?:rss|feed|atom)\.xml$",
    re.IGNORECASE,
)
_FEED_INDEX = re.compile(r"^/(?:[\w-]+/)?rss/?$|/rss(?:-feeds?)?\.(?:html?|aspx|php)$", re.I)
_COMMENTS = re.compile(r"comments?/feed|binh-luan", re.IGNORECASE)
_SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)

# What a section must be about to be worth a visit each time, the best first.
_SECTIONS = tuple(
    re.compile(pattern)
    for pattern in (
        r"xây dựng đảng|công tác đảng|tổ chức đảng|đảng bộ|xay-dung-dang|cong-tac-dang",
        r"^chính trị\b|/chinh-tri/?$",
        r"^thời sự\b|/thoi-su/?$",
        r"^tin (?:tức|mới|trong tỉnh|địa phương)\b|^tin tức|/tin-tuc/?$",
        r"trang chủ|tin mới|/(?:home|trang-chu|tin-moi)(?:\.|/|$)",
    )
)
_PLAIN_HOME_NAMES = re.compile(r"^(?:trang chủ|home(?: page)?|trang chu|mới nhất)$", re.I)
_TITLE_BORDER = re.compile(r"\s+[|–—-]\s+|\s*[|:]\s+")
_LONGEST_LABEL = 40
_MOST_FEEDS = 6
_MOST_SECTIONS = 4
_MOST_SITEMAPS = 3
_MOST_JSON_LISTS = 3
_SCRIPT_LIST = re.compile(
    r"""["'`]([^"'`\s<>{}$]*/api/[^"'`\s<>{}$]*(?:news|article|post|tin|bai)[^"'`\s<>{}$]*)["'`]""",
    re.IGNORECASE,
)
"""An address in a script that a list of articles may answer at, written out in full."""

_TAIL = re.compile(r"-([a-z]{0,6})\d{3,}(\.[a-z]{2,5}|/)?$")
_MONTH_FOLDER = re.compile(r"/(?:19|20)\d{4}/[^/]+/?$")
_DAY_FOLDER = re.compile(r"/(?:19|20)\d\d/\d\d/(?:\d\d/)?[^/]+/?$")
_VIEW_CONTENT = re.compile(r"/(-/view-content|newsid|ndid)/\d+", re.IGNORECASE)
_SLUG = re.compile(r"/[a-z0-9]+(?:-[a-z0-9]+){3,}(\.[a-z]{2,5}|/)?$")

_FEWEST_ALIKE = 3
_SHARE_ALIKE = 0.6


def site_name(tree: HtmlElement) -> str | None:
    """The name a home page gives its site: its metadata's, else the surest part of its title."""
    if name := meta_content(tree, "og:site_name", "application-name"):
        return name
    title = next(iter(tree.xpath("//head/title")), None)
    parts = _TITLE_BORDER.split(text_of(title)) if title is not None else []
    named = [part for part in parts if part and not _PLAIN_HOME_NAMES.match(part)]
    papers = (part for part in named if re.match(r"(?:báo|cổng|trang|tỉnh|thành)\b", part.lower()))
    return next(papers, None) or next(iter(named), None)


def feeds_on(tree: HtmlElement, *, url: str) -> list[Entry]:
    """Feeds that a page links to, those of the sections that matter first.

    Args:
        tree: A home page, or a page that lists feeds.
        url: Where it was found; only its own site's feeds are taken.
    """
    announced = [
        (str(link.get("href") or ""), clean_text(link.get("title") or ""))
        for link in tree.iter("link")
        if (link.get("type") or "").lower() in _FEED_TYPES
    ]
    anchors = [
        (href, label)
        for href, label in _anchors(tree)
        if _FEED.search(urlsplit(href).path) and not _FEED_INDEX.search(urlsplit(href).path)
    ]
    own = _own((*announced, *anchors), tree, url)
    ranked = sorted(own, key=lambda link: _rank(*link))
    feeds = [link for link, _ in ranked if not _COMMENTS.search(link)]
    return _entries(feeds[:_MOST_FEEDS], kind="feed", certainty="seen")


def feed_indexes_on(tree: HtmlElement, *, url: str) -> list[str]:
    """Pages that list the site's feeds: those linked, then the usual places."""
    linked = [each for each in _anchors(tree) if _FEED_INDEX.search(urlsplit(each[0]).path)]
    places = [urljoin(url, place) for place in FEED_INDEXES]
    return _each_once([*(link for link, _ in _own(linked, tree, url)), *places])[:_MOST_FEEDS]


def json_lists_on(tree: HtmlElement, *, url: str) -> list[Entry]:
    """Lists that a page names for programs: JSON Feed, WordPress, what its own scripts ask for."""
    announced = [
        (str(link.get("href") or ""), "")
        for link in tree.iter("link")
        if (link.get("type") or "").lower() == "application/feed+json"
    ]
    roots = (str(link.get("href")) for link in tree.xpath("//link[@rel='https://api.w.org/']"))
    wordpress = [(urljoin(root, "wp/v2/posts"), "") for root in roots]
    scripts = (str(text) for text in tree.xpath("//script[not(@src)]/text()"))
    asked = [(match[1], "") for text in scripts for match in _SCRIPT_LIST.finditer(text)]
    own = _own((*announced, *wordpress, *asked), tree, url)
    found = [link for link, _ in own]
    return _entries(found[:_MOST_JSON_LISTS], kind="json", certainty="seen")


def sections_on(tree: HtmlElement, *, url: str) -> list[Entry]:
    """Listing pages of the sections that matter, by the text of their links, the best first."""
    own = [
        (link, label)
        for link, label in _own(_anchors(tree), tree, url)
        if len(label) <= _LONGEST_LABEL
        and not is_article_url(link, pattern=None)
        and page_key(link) != page_key(url)
        and not _FEED.search(urlsplit(link).path)
    ]
    ranked = sorted(own, key=lambda each: _rank(*each))
    sections = [link for link, label in ranked if _rank(link, label) < len(_SECTIONS) - 1]
    return _entries(_each_once(sections)[:_MOST_SECTIONS], kind="listing", certainty="seen")


def sitemaps_in(robots: str, *, url: str) -> list[Entry]:
    """Sitemaps that robots.txt names on its own site, else the usual places.

    Args:
        robots: Its text; empty where there is none.
        url: The site's home page.
    """
    named = (absolute_url(each, base_url=url) for each in _SITEMAP_LINE.findall(robots))
    own = _each_once(each for each in named if each and site_of(each) == site_of(url))
    if own:
        return _entries(own[:_MOST_SITEMAPS], kind="sitemap", certainty="seen")
    return places(url, SITEMAP_PLACES, kind="sitemap")


def places(url: str, paths: Iterable[str], *, kind: EntryKind) -> list[Entry]:
    """Usual places of a site, as entries that nobody has seen yet."""
    return _entries([urljoin(url, path) for path in paths], kind=kind, certainty="inferred")


def story_links(tree: HtmlElement, *, url: str) -> list[str]:
    """Addresses on a listing page that may be articles, whatever their form.

    Links with a text long enough for a headline; used to learn the form from.
    """
    own = _own(_anchors(tree), tree, url)
    shaped = [link for link, _ in own if is_article_url(link, pattern=None)]
    return shaped or [link for link, label in own if len(label) > _LONGEST_LABEL]


def learn_article_url(urls: Iterable[str]) -> str | None:
    """A regular expression for article addresses, from some that were seen.

    Args:
        urls: Absolute addresses of articles; a few strangers among them do no harm.

    Returns:
        For path and query, as ``Source.article_url`` wants it; None where fewer than three
        or fewer than 60 % have a form in common.
    """
    addresses = {page_key(url): _address(url) for url in urls}.values()
    forms = Counter(form for address in addresses if (form := _form(address)))
    if not forms:
        return None
    form, count = forms.most_common(1)[0]
    is_common = count >= _FEWEST_ALIKE and count >= _SHARE_ALIKE * len(addresses)
    return form if is_common else None


def _form(address: str) -> str | None:
    path, _, query = address.partition("?")
    if query and (named := _query_form(query)):
        return named
    if match := _VIEW_CONTENT.search(path):
        return rf"/{match[1].lower()}/\d+"
    if _MONTH_FOLDER.search(path):
        return r"/(?:19|20)\d{4}/[^/]+/?$"
    if _DAY_FOLDER.search(path):
        return r"/(?:19|20)\d\d/\d\d/(?:\d\d/)?[^/]+/?$"
    if match := _TAIL.search(path):
        return rf"-{match[1]}\d+{_ending(match[2])}$"
    if path.endswith(".bbg"):
        return r"\.bbg$"
    if match := _SLUG.search(path):
        return rf"/[a-z0-9]+(?:-[a-z0-9]+){{3,}}{_ending(match[1])}$"
    return None


def _query_form(query: str) -> str | None:
    """The last numbered parameter is the article's; those before it file it."""
    numbered = [name for name, value in parse_qsl(query) if value.isdecimal()]
    pages = {"page", "p", "trang"}
    names = [name for name in numbered if name.lower() not in pages]
    return rf"[?&]{re.escape(names[-1])}=\d+" if names else None


def _ending(suffix: str | None) -> str:
    if suffix in (None, "/"):
        return "/?"
    return re.escape(suffix or "")


def _address(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _rank(link: str, label: str) -> int:
    said = fold(label)
    ranks = (
        rank
        for rank, about in enumerate(_SECTIONS)
        if about.search(said) or about.search(link.lower())
    )
    return next(ranks, len(_SECTIONS))


def _anchors(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    for anchor in tree.iter("a"):
        label = text_of(anchor) or clean_text(anchor.get("title") or "")
        yield str(anchor.get("href") or "").strip(), label


def _own(links: Iterable[tuple[str, str]], tree: HtmlElement, url: str) -> list[tuple[str, str]]:
    """Absolute addresses on the page's own site, each once, with the longest label."""
    base = document_base(next(iter(tree.xpath("//base/@href")), None), page_url=url)
    found: dict[str, tuple[str, str]] = {}
    for href, label in links:
        link = absolute_url(href, base_url=base)
        if link is None or site_of(link) != site_of(url):
            continue
        known = found.setdefault(page_key(link), (link, label))
        if len(label) > len(known[1]):
            found[page_key(link)] = (known[0], label)
    return list(found.values())


def _entries(urls: Iterable[str], *, kind: EntryKind, certainty: Certainty) -> list[Entry]:
    return [Entry(url=url, kind=kind, certainty=certainty) for url in _each_once(urls)]


def _each_once(urls: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for url in urls:
        found.setdefault(page_key(url), url)
    return list(found.values())
