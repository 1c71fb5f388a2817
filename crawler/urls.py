"""What an address says by itself: which page it is, whose it is, whether it is an article."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

if TYPE_CHECKING:
    from datetime import date

    from crawler.items import Source

# Only parameters that never name a page: portals keep the article's identity in the query
# (NewsId, nid, cn, tc), so an unknown parameter stays.
_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|igshid|mc_[ce]id|_ga|_gl"
    r"|zarsrc|zalo\w*|gidzl|fb_comment_id|fb_action_\w+|fb_source|fbrefresh)$",
    re.IGNORECASE,
)
_VIEW_PARAMETER = re.compile(r"^(?:amp|print|outputtype)$", re.IGNORECASE)
_VIEW_SEGMENT = re.compile(
    r"(?:^/(?:amp|print)(?=/.))|(?:/(?:amp|print)$)|(?:\.amp$)", re.IGNORECASE
)
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

_DATE_FIELD = re.compile(r"\{(year|month|day)(:02d)?\}")

# Second-level labels under which names are registered in Vietnam.
_SHARED_SUFFIXES = frozenset({"com", "net", "org", "gov", "edu", "ac", "info", "biz", "name"})


def page_key(url: str) -> str:
    """The identity of a page, whichever way it was linked.

    The scheme, ``www.``, default ports, the fragment, tracking parameters, a trailing
    slash and the AMP and print forms make no other page; every other query parameter does.

    Args:
        url: Absolute address, or a key: keys are keys of themselves.
    """
    parts = urlsplit(url.strip() if "//" in url.split("?")[0] else f"//{url.strip()}")
    path = _canonical_path(parts.path)
    query = urlencode(sorted(_identity(parts.query)))
    return f"{site_of(f'//{parts.netloc}')}{path}{f'?{query}' if query else ''}"


def site_of(url: str) -> str:
    """Host and port of an address: lower case, without ``www.`` and default ports."""
    netloc = urlsplit(url.strip()).netloc.rpartition("@")[2].lower().removeprefix("www.")
    return re.sub(r":(?:80|443)?$", "", netloc)


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
    return ".".join(labels[-3:] if labels[-2] in _SHARED_SUFFIXES else labels[-2:])


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
        None for a link that is empty, within the page, or not http(s).
    """
    if not href.partition("#")[0].strip():
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


def _canonical_path(path: str) -> str:
    decoded = unicodedata.normalize("NFC", unquote(path))
    folded = re.sub(r"/{2,}", "/", decoded).rstrip("/")
    while (viewless := _VIEW_SEGMENT.sub("", folded).rstrip("/")) != folded:
        folded = viewless
    return quote(folded, safe=_PATH_SAFE)


def _identity(query: str) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if not _TRACKING.match(name) and not _VIEW_PARAMETER.match(name)
    ]
