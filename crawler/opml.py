"""Lists of feeds as feed readers exchange them: OPML 2.0 in and out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from crawler.errors import ReadingError
from crawler.page.blocks import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True)
class OpmlFeed:
    """An outline with the address of a feed."""

    url: str
    title: str
    home: str | None = None
    """Home page of the site, where the outline names it."""
    group: str | None = None
    """Text of the outline it stands in."""


def parse_opml(body: bytes) -> list[OpmlFeed]:
    """Feeds of an OPML file, in its order, each address once.

    Nothing is expanded and nothing is loaded from elsewhere. Outlines without an http(s)
    address of a feed are passed over.

    Raises:
        ReadingError: ``parse`` where it is no OPML, ``empty`` where it names no feed.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(_DOCTYPE.sub(b"", body, count=1).lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadingError("parse", f"not XML: {error}") from error
    if root.tag != "opml":
        raise ReadingError("parse", f"<{root.tag}> is no OPML")
    feeds: dict[str, OpmlFeed] = {}
    for feed in filter(None, map(_feed, root.iter("outline"))):
        feeds.setdefault(feed.url, feed)
    if not feeds:
        raise ReadingError("empty", "names no feed (no outline with an xmlUrl)")
    return list(feeds.values())


def write_opml(title: str, groups: Mapping[str, Sequence[OpmlFeed]]) -> bytes:
    """An OPML file, UTF-8.

    Args:
        title: Of the list.
        groups: Feeds by the text of the outline they shall stand in.
    """
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = _xml_text(title)
    body = etree.SubElement(root, "body")
    for name, feeds in groups.items():
        group = etree.SubElement(body, "outline", text=_xml_text(name))
        for feed in feeds:
            text = _xml_text(feed.title)
            outline = etree.SubElement(group, "outline", type="rss", text=text, title=text)
            outline.set("xmlUrl", feed.url)
            if feed.home:
                outline.set("htmlUrl", feed.home)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _feed(outline: etree._Element) -> OpmlFeed | None:
    url = (outline.get("xmlUrl") or outline.get("xmlurl") or "").strip()
    if not url.startswith(("http://", "https://")):
        return None
    parent = outline.getparent()
    home = (outline.get("htmlUrl") or "").strip()
    return OpmlFeed(
        url=url,
        title=_named(outline) or url,
        home=home if home.startswith(("http://", "https://")) else None,
        group=_named(parent) if parent is not None else None,
    )


def _named(outline: etree._Element) -> str | None:
    return clean_text(outline.get("title") or outline.get("text") or "") or None


def _xml_text(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
