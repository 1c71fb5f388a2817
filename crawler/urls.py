"""What an address says by itself: which page it is, whose it is, whether it is an article."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urljoin, urlsplit

from crawler.decorations import SHARED_SUFFIXES, bare_host, bare_path, bare_query

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from crawler.items import Source

_DEFAULT_PORT = re.compile(r":(?:80|443)?$")
_PATH_SAFE = "/-._~!$&'()*+,;=:@"

_NEVER_ARTICLE = re.compile(
    r"(?:^|/)(?:tags?|tu-khoa|tim-kiem|search|tac-gia|authors?|chu-de|topics?|events?|rss|feeds?"
    r"|print|in-bai|bao-in|doc-bao-in|e-?paper|categor(?:y|ies)|dang-nhap|login)(?:/|$|\?|\.\w+$)"
    r"|-(?:event\d+|ptag)\.html?$|^/s/"
    r"|\.(?:rss|xml|pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png|gif|webp|svg|mp[34]|m3u8|css|js|json)$",
    re.IGNORECASE,
)

# Shapes of the CMS families in use by Vietnamese papers and portals.
_ARTICLE_SHAPES = re.compile(
    r"-\d{3,}\.html?$"
    r"|-(?:post|a|c|postid)\d+\.(?:html?|tpo|vnp|bbg|epi|amp)$"
    r"|\.bbg$"
    r"|/(?:19|20)\d{4}/[^/]+/?$"
    r"|/(?:[^/-]+-){3,}\d{4,}/?$"
    r"|/newsid/[^/]+|/-/view-content/\d+|/ndid/\d+"
    r"|[?&](?:newsid|nid|itemid|articleid|mabb|idnews|tc)=[\w{}-]+",
    re.IGNORECASE,
)

_LONGEST_ADDRESS = 8_000
"""Characters; servers need not take more (RFC 9110, section 4.1)."""

_DATE_FIELD = re.compile(r"\{(year|month|day)(:02d)?\}")


def page_key(url: str, *, moved: Mapping[str, str] | None = None) -> str:
    """The identity of a page, whichever way it was linked.

    The scheme, ``www.`` and hosts for phones, default ports, the fragment, tracking
    parameters, session ids, a trailing slash and the AMP and print forms make no other page
    (``crawler.decorations``); every other query parameter does.

    Args:
        url: Absolute address, or a key: keys are keys of themselves.
        moved: Sites whose pages stand on another site now, under the same paths
            (``moved_sites``).
    """
    site, rest = _site_and_rest(url)
    return (moved or {}).get(site, site) + rest


@lru_cache(maxsize=2048)  # each step on a link's way asks for its key: eight in a crawl
def _site_and_rest(url: str) -> tuple[str, str]:
    parts = urlsplit(url.strip() if "//" in url.split("?")[0] else f"//{url.strip()}")
    path = quote(bare_path(parts.path), safe=_PATH_SAFE)
    query = urlencode(bare_query(parts.query)) if parts.query else ""
    return site_of(f"//{parts.netloc}"), f"{path}{f'?{query}' if query else ''}"


def moved_sites(source: Source) -> Mapping[str, str]:
    """Former sites of a source whose pages stand at its home now, under the same paths."""
    home = site_of(source.home)
    hosts = (former.host for former in source.predecessors if former.moved)
    return {site_of(f"//{host}"): home for host in hosts}


def site_of(url: str) -> str:
    """Host and port of an address: lower case, without ``www.``, ``m.`` and default ports."""
    netloc = urlsplit(url.strip()).netloc.rpartition("@")[2].lower()
    host = _DEFAULT_PORT.sub("", netloc)
    name, colon, port = host.partition(":")
    return f"{bare_host(name.rstrip('.'))}{colon}{port}"


def sites_of(source: Source) -> frozenset[str]:
    """The sites a source's requests and links may go to.

    Its home, the hosts of its entries and its predecessors', as ``site_of`` names them.
    """
    hosts = (former.host for former in source.predecessors)
    formers = (host if "//" in host else f"https://{host}/" for host in hosts)
    addresses = (source.home, *(entry.url for entry in source.entries), *formers)
    return frozenset(site_of(address) for address in addresses if urlsplit(address).netloc)


def registrable_domain(url: str) -> str:
    """The name somebody registered: ``baocantho.com.vn`` of ``https://cdn.baocantho.com.vn/``."""
    host = site_of(url).partition(":")[0]
    labels = host.split(".")
    if len(labels) <= 2 or labels[-1].isdigit():
        return host
    return ".".join(labels[-3:] if labels[-2] in SHARED_SUFFIXES else labels[-2:])


def is_article_url(url: str, *, pattern: str | None) -> bool:
    """Whether an address has the form of an article's.

    Tag, category, author, topic, event, search, print, e-paper and feed addresses never
    do, whatever the pattern says.

    Args:
        url: Absolute address.
        pattern: Regular expression searched in path and query; None accepts by shape.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or _NEVER_ARTICLE.search(parts.path):
        return False
    address = f"{parts.path}?{parts.query}" if parts.query else parts.path
    if pattern is not None:
        return re.search(pattern, address) is not None
    shaped = _ARTICLE_SHAPES.search(address) or _ARTICLE_SHAPES.search(parts.path)
    return shaped is not None


def fill_dates(url: str, *, day: date) -> str:
    """An entry's address on a day.

    Fills ``{year}``, ``{month}``, ``{month:02d}``, ``{day}`` and ``{day:02d}``.
    """

    def value(field: re.Match[str]) -> str:
        number: int = getattr(day, field[1])
        return f"{number:02d}" if field[2] else str(number)

    return _DATE_FIELD.sub(value, url)


def absolute_url(href: str, *, base_url: str) -> str | None:
    """The address a link leads to, without its fragment.

    A link with ``http`` to the very site that was read over ``https`` follows the page:
    several papers' feeds still print the old scheme.

    Returns:
        None for a link that is empty, within the page, not http(s), or too long to be asked
        for.
    """
    if not href.partition("#")[0].strip() or len(href) > _LONGEST_ADDRESS:
        return None
    try:
        parts = urlsplit(urljoin(base_url, href.strip()))
        base = urlsplit(base_url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    if base.scheme == "https" and parts.netloc == base.netloc:
        parts = parts._replace(scheme="https")
    return parts._replace(fragment="").geturl()


def document_base(href: str | None, *, page_url: str) -> str:
    """What relative links of a page resolve against.

    A ``<base>`` counts only within the page's own registrable domain: F5 papers point it
    at a static host.
    """
    if not href:
        return page_url
    base = absolute_url(href, base_url=page_url)
    if base is None or registrable_domain(base) != registrable_domain(page_url):
        return page_url
    return base
