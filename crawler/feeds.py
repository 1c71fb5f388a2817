"""Reads feeds and sitemaps: where links are found in XML."""

from __future__ import annotations

import html as entities
import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from lxml import etree

from crawler.dating.text import VIETNAM, parse_vietnamese_date
from crawler.errors import ReadingError
from crawler.items import DatedBy, Link
from crawler.page.blocks import clean_text
from crawler.page.markup import parse_page
from crawler.urls import absolute_url, page_key

if TYPE_CHECKING:
    from collections.abc import Iterable

# The sitemap protocol's own limit for one file, unpacked (sitemaps.org).
_UNPACKED_BYTES = 50 * 1024 * 1024

_EARLIEST_YEAR = 1997
_LATEST_YEAR = 2200
LONGEST_TITLE = 1_000
"""Characters; the longest headlines have about 200."""

# Tried at one place only: a body of nothing but DOCTYPEs would be scanned once for each.
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_DOCTYPE_START = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
# lxml takes a surrogate's number in and cannot give it out again.
_SURROGATE = re.compile(
    rb"&#(?:x0*d[89a-f][0-9a-f]{2}"
    rb"|0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));",
    re.IGNORECASE,
)
_NAMED_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)(\w{2,12});")
_TAG = re.compile(r"<[^>]*>")
_HTML_START = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body|<script|<meta)", re.IGNORECASE)
_CLOCK_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")


@dataclass(frozen=True)
class FoundLink:
    """An article's address as an entry gives it."""

    url: str
    title: str | None
    dated_at: datetime | None
    """Aware UTC: publication, in a sitemap without news tags the last change."""
    dated_by: DatedBy | None = None
    """Which of them; None without a date."""

    def link(self, *, source: str, key: str, found_in: str) -> Link:
        """It as a record.

        Args:
            source: Key of the source.
            key: Of the page, as the source's moves give it.
            found_in: Address of the entry.
        """
        return Link(
            source=source,
            url=self.url,
            key=key,
            found_in=found_in,
            title=self.title,
            dated_at=self.dated_at,
            dated_by=self.dated_by,
        )


@dataclass(frozen=True)
class SitemapChild:
    """A sitemap that an index names."""

    url: str
    modified_at: datetime | None


@dataclass(frozen=True)
class Sitemap:
    """What a sitemap file holds: pages, or further files."""

    links: list[FoundLink]
    children: list[SitemapChild]


def parse_feed(body: bytes, *, base_url: str) -> list[FoundLink]:
    """Links of an RSS 2, RDF or Atom feed, in its order, each page once.

    Args:
        body: What the server sent, decompressed.
        base_url: Where the feed was found; several channels print relative links.

    Raises:
        ReadingError: ``not-html`` for a page or plain text in the feed's place, ``challenge``,
            ``parse`` for XML that is no feed, ``empty`` for no bytes or no items: a feed
            without items is broken and not "no news".
    """
    root = _parse_xml(body)
    if _name(root) not in ("rss", "RDF", "feed", "channel"):
        raise ReadingError("parse", f"<{_name(root)}> is no feed")
    items = [element for element in root.iter() if _name(element) in ("item", "entry")]
    links = _each_page_once(_feed_link(item, base_url) for item in items)
    if not links:
        raise ReadingError("empty", f"a feed with {len(items)} items and no link")
    return links


def parse_sitemap(body: bytes, *, base_url: str) -> Sitemap:
    """Pages or child files of a sitemap, gzip'd or not.

    Raises:
        ReadingError: As for feeds; ``size`` for a file that unpacks to more than 50 MiB.
    """
    root = _parse_xml(_unpacked(body))
    if _name(root) not in ("urlset", "sitemapindex"):
        raise ReadingError("parse", f"<{_name(root)}> is no sitemap")
    children = [_child(element, base_url) for element in root if _name(element) == "sitemap"]
    pages = (_sitemap_link(element, base_url) for element in root if _name(element) == "url")
    links = _each_page_once(pages)
    if not links and not any(children):
        raise ReadingError("empty", "a sitemap without addresses")
    return Sitemap(links=links, children=[child for child in children if child])


def _parse_xml(body: bytes) -> etree._Element:
    """The root of an XML document, with nothing expanded and nothing loaded from elsewhere."""
    if not body.strip():
        raise ReadingError("empty", "no bytes")
    if _HTML_START.match(body) or b"<" not in body:
        parse_page(body, encoding=None)  # raises where it is a challenge
        raise ReadingError("not-html", "a page in place of XML")
    plain = _NAMED_ENTITY.sub(_spelled_out, _SURROGATE.sub(b" ", _without_doctype(body))).lstrip()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    try:
        root = etree.fromstring(plain, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadingError("parse", str(error)) from error
    if root is None:
        raise ReadingError("parse", "no element")
    if _name(root) == "html":
        raise ReadingError("not-html", "a page in place of XML")
    return root


def _without_doctype(body: bytes) -> bytes:
    start = _DOCTYPE_START.search(body)
    doctype = _DOCTYPE.match(body, start.start()) if start else None
    return body[: doctype.start()] + body[doctype.end() :] if doctype else body


def _spelled_out(entity: re.Match[bytes]) -> bytes:
    """A named HTML entity as a character reference: XML does not know its name."""
    name = entity[0].decode()
    character = entities.unescape(name)
    return b" " if character == name else character.encode("ascii", "xmlcharrefreplace")


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    decompressor = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        unpacked = decompressor.decompress(body, _UNPACKED_BYTES)
    except zlib.error as error:
        raise ReadingError("parse", f"gzip: {error}") from error
    if decompressor.unconsumed_tail:
        raise ReadingError("size", f"unpacks to more than {_UNPACKED_BYTES} bytes")
    if not decompressor.eof:
        raise ReadingError("parse", "gzip: cut short")
    return unpacked


def _feed_link(item: etree._Element, base_url: str) -> FoundLink | None:
    url = absolute_url(_href(item), base_url=base_url)
    if url is None:
        return None
    raw = _child_text(item, "pubDate", "date", "published", "issued")
    return _dated(url, plain_title(_child_text(item, "title")), feed_date(raw), by="feed")


def _href(item: etree._Element) -> str:
    """The article's address: RSS text, Atom's alternate, or a guid that is an address."""
    for link in (child for child in item if _name(child) == "link"):
        if link.get("rel", "alternate") == "alternate" and (link.text or "").strip():
            return (link.text or "").strip()
        if link.get("rel", "alternate") == "alternate" and link.get("href"):
            return str(link.get("href"))
    for guid in (child for child in item if _name(child) in ("guid", "id")):
        if (guid.text or "").strip().startswith(("http://", "https://")):
            return (guid.text or "").strip()
    return ""


def _sitemap_link(element: etree._Element, base_url: str) -> FoundLink | None:
    url = absolute_url(_child_text(element, "loc") or "", base_url=base_url)
    if url is None:
        return None
    news = next((child for child in element if _name(child) == "news"), None)
    title = plain_title(_child_text(news, "title")) if news is not None else None
    published = _child_text(news, "publication_date") if news is not None else None
    if published_at := feed_date(published):
        return _dated(url, title, published_at, by="sitemap")
    return _dated(url, title, feed_date(_child_text(element, "lastmod")), by="lastmod")


def _dated(url: str, title: str | None, at: datetime | None, *, by: DatedBy) -> FoundLink:
    return FoundLink(url, title, at, by if at is not None else None)


def _child(element: etree._Element, base_url: str) -> SitemapChild | None:
    url = absolute_url(_child_text(element, "loc") or "", base_url=base_url)
    return SitemapChild(url, feed_date(_child_text(element, "lastmod"))) if url else None


def feed_date(raw: str | None) -> datetime | None:
    """RFC 822, ISO, or as Vietnamese pages print it; None for what cannot be."""
    if not raw:
        return None
    text = re.sub(r"(?:GMT|UTC)\s*\+\s*0?7(?::?00)?", "+0700", raw.strip())
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        parsed = parse_vietnamese_date(text)
        return parsed[0] if parsed else None
    if at.tzinfo is None:
        # "-0000" and a missing zone alike: these feeds print the local clock.
        at = at.replace(tzinfo=VIETNAM)
    if not _EARLIEST_YEAR <= at.year <= _LATEST_YEAR or not _CLOCK_TIME.search(text):
        return None
    return at.astimezone(UTC)


def _each_page_once(links: Iterable[FoundLink | None]) -> list[FoundLink]:
    found: dict[str, FoundLink] = {}
    for link in links:
        if link is not None:
            found.setdefault(page_key(link.url), link)
    return list(found.values())


def _name(element: etree._Element) -> str:
    """Local name; feeds of the wild use any prefix or none."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _child_text(element: etree._Element, *names: str) -> str | None:
    for name in names:
        for child in element:
            if _name(child) == name and (text := "".join(map(str, child.itertext())).strip()):
                return str(text)
    return None


def plain_title(text: str | None) -> str | None:
    """A title without markup; some channels escape it twice."""
    if text is None:
        return None
    escaped = text[: 4 * LONGEST_TITLE]  # room for markup
    plain = clean_text(entities.unescape(_TAG.sub(" ", entities.unescape(escaped))))
    return plain[:LONGEST_TITLE] or None
