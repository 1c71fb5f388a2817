"""Reads JSON lists: what papers serve to their own pages where these are drawn by scripts."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from crawler.dating.text import VIETNAM, parse_vietnamese_date
from crawler.errors import ReadingError
from crawler.feeds import FoundLink, feed_date, plain_title
from crawler.items import JsonKeys
from crawler.page.markup import parse_page
from crawler.pagination import page_number
from crawler.urls import absolute_url, page_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_LINKS = (
    *("url", "link", "href", "permalink", "share_url", "shareurl", "detail_url", "detailurl"),
    *("article_url", "news_url", "full_url", "external_url", "path", "uri", "slug", "alias"),
)
_TITLES = ("title", "name", "headline", "tieude", "tieu_de", "subject", "post_title")
_DATES = (
    *("date_published", "published_at", "publishedat", "publish_date", "publishdate"),
    *("published_date", "publisheddate", "published_time", "publish_time", "publishtime"),
    *("publish_at", "pubdate", "pub_date", "distribution_date", "ngaydang", "ngay_dang"),
    *("display_date", "date_gmt", "date", "time", "post_date", "posted_at", "created_at"),
    *("createdat", "created_date", "createddate"),
)
"""Under what keys lists keep these things, the best first; compared in lower case."""

_MOST_ITEMS = 2_000
_DEEPEST = 6
_TICKS = re.compile(r"^/?Date\((-?\d{9,14})(?:[+-]\d{4})?\)/?$")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_FIELD = re.compile(r"\{([\w.-]+)\}")
_EARLIEST_YEAR = 1997


def parse_json_list(
    body: bytes,
    *,
    base_url: str,
    accept: Callable[[str], bool],
    keys: JsonKeys | None = None,
) -> list[FoundLink]:
    """Article links of a JSON list, in its order, each page once.

    Without keys it is the list with the most items that have an address the source accepts.

    Args:
        body: What the server sent, decompressed.
        base_url: Where it was found; addresses and slugs are relative to its site.
        accept: Whether an absolute address is an article of the source.
        keys: Where things are, as far as the seeds tell.

    Raises:
        ReadingError: ``not-html`` for a page in its place, ``challenge``, ``parse`` for what is
            not JSON, ``empty`` where no item has an accepted address.
    """
    document = _parse_json(body)
    keys = keys or JsonKeys()
    if keys.items is not None:
        named = _at(document, keys.items)
        lists = [named] if isinstance(named, list) else []
    else:
        lists = list(_lists_in(document, depth=0))
    read = ([*_links(items, base_url, accept, keys)] for items in lists)
    links = max(read, key=len, default=[])
    if not links:
        raise ReadingError("empty", "no article in this list")
    return links


def next_of_json(body: bytes, *, url: str) -> str | None:
    """The address of a list's next page.

    The one it names (JSON Feed's ``next_url`` and the like); else its own, where that counts
    pages, with the next number.

    Args:
        body: As for ``parse_json_list``, which has read it.
        url: Where it was found.
    """
    document = _parse_json(body)
    places = ("next_url", "next", "next_page_url", "links.next", "meta.next", "data.next_page_url")
    named = (_at(document, place) for place in places)
    told = next((one for one in named if isinstance(one, str)), "")
    return absolute_url(told, base_url=url) or _with_next_number(url)


def _with_next_number(url: str) -> str | None:
    here = page_number(url)
    if here.number is None or here.is_offset:
        return None
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    for place, (name, value) in enumerate(pairs):
        if page_number(f"{parts.path}?{urlencode([(name, value)])}").number is not None:
            pairs[place] = (name, str(here.number + 1))
            return parts._replace(query=urlencode(pairs)).geturl()
    return None


def json_date(value: object) -> datetime | None:
    """A date as such lists print it.

    Args:
        value: ISO text, seconds or milliseconds since 1970 as a number or text,
            ``/Date(ms)/``, RFC 822, or a day as Vietnam writes it. Without a zone it is
            Vietnam's time.

    Returns:
        Aware UTC, or None for what is none of these.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(int(value)) if isinstance(value, float) and value == value // 1 else str(value)
    text = text.strip()
    if match := _TICKS.match(text):
        return _instant(int(match[1]) / 1000)
    if _EPOCH.fullmatch(text):
        return _instant(int(text[:10]))
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return feed_date(text)
    if at.time() == at.time().min and (parsed := parse_vietnamese_date(text)):
        return parsed[0]
    local = at if at.tzinfo else at.replace(tzinfo=VIETNAM)
    return local.astimezone(UTC) if local.year >= _EARLIEST_YEAR else None


def _parse_json(body: bytes) -> Any:
    if not body.strip():
        raise ReadingError("empty", "no bytes")
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        parse_page(body, encoding=None)  # raises where it is a challenge
        raise ReadingError("not-html", "a page in place of JSON")
    try:
        return json.loads(body.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError) as error:
        raise ReadingError("parse", f"not JSON: {error}") from error


def _lists_in(node: object, *, depth: int) -> Iterator[list[Any]]:
    """Lists of objects, outermost first; JSON kept as text within JSON is not looked into."""
    if depth > _DEEPEST:
        return
    if isinstance(node, list):
        if any(isinstance(one, dict) for one in node):
            yield node
        below: Iterable[Any] = islice(node, _MOST_ITEMS)
    else:
        below = node.values() if isinstance(node, dict) else ()
    for one in below:
        yield from _lists_in(one, depth=depth + 1)


def _links(
    items: list[Any], base_url: str, accept: Callable[[str], bool], keys: JsonKeys
) -> Iterator[FoundLink]:
    seen: set[str] = set()
    for item in islice(items, _MOST_ITEMS):
        link = _link(item, base_url, accept, keys) if isinstance(item, dict) else None
        if link is not None and page_key(link.url) not in seen:
            seen.add(page_key(link.url))
            yield link


def _link(
    item: dict[str, Any], base_url: str, accept: Callable[[str], bool], keys: JsonKeys
) -> FoundLink | None:
    addresses = _addresses(item, keys)
    urls = (absolute_url(address, base_url=base_url) for address in addresses)
    url = next((url for url in urls if url is not None and accept(url)), None)
    if url is None:
        return None
    title = next(_texts(item, keys.title, _TITLES), None)
    dates = (json_date(value) for value in _values(item, keys.date, _DATES))
    at = next((date for date in dates if date), None)
    return FoundLink(url, plain_title(title), at, "json" if at else None)


def _addresses(item: dict[str, Any], keys: JsonKeys) -> Iterator[str]:
    if keys.address is None:
        # A bare slug is a place on the site, not one beside the list.
        yield from (_rooted(address) for address in _texts(item, keys.link, _LINKS))
        return
    values = {name: _at(item, name) for name in _FIELD.findall(keys.address)}
    if all(isinstance(value, str | int) and value != "" for value in values.values()):
        yield _FIELD.sub(lambda field: quote(str(values[field[1]]), safe="/"), keys.address)


def _rooted(address: str) -> str:
    is_bare = bool(address) and not address.startswith(("/", "?", ".")) and ":" not in address
    return f"/{address}" if is_bare else address


def _texts(item: dict[str, Any], key: str | None, usual: tuple[str, ...]) -> Iterator[str]:
    for value in _values(item, key, usual):
        rendered = value.get("rendered") if isinstance(value, dict) else value
        if isinstance(rendered, str) and rendered.strip():
            yield rendered.strip()


def _values(item: dict[str, Any], key: str | None, usual: tuple[str, ...]) -> Iterator[Any]:
    if key is not None:
        yield _at(item, key)
        return
    named = {name.lower(): value for name, value in item.items()}
    yield from (named[name] for name in usual if name in named)


def _at(node: object, dotted: str) -> Any:
    for name in dotted.split("."):
        if isinstance(node, list) and name.isdigit():
            node = node[int(name)] if int(name) < len(node) else None
        else:
            node = node.get(name) if isinstance(node, dict) else None
    return node


def _instant(seconds: float) -> datetime | None:
    try:
        at = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return at if at.year >= _EARLIEST_YEAR else None
