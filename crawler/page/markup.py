"""From the bytes of a page to a tree: charset, normal form, refusal of what is no page."""

from __future__ import annotations

import html as entities
import re
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from lxml import etree, html
from lxml.cssselect import CSSSelector

from crawler.errors import ReadingError
from crawler.page.blocks import Block, blocks, clean_text, paragraphs
from crawler.page.charset import to_utf8
from crawler.page.refusals import CHALLENGE_BYTES, is_suspect, refuse_challenge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NOT_HTML = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"RIFF", b"\x1f\x8b")

# lxml loses everything behind a stray </html>, which F3 pages print near the top and within
# the body; no page needs these end tags.
_END_TAGS = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_XML_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*>", re.IGNORECASE)

_characters = etree.XPath("string-length(normalize-space(.))")


def parse_page(body: bytes, *, encoding: str | None) -> html.HtmlElement:
    """Parse a page once, for all who read it.

    Args:
        body: What the server sent, decompressed.
        encoding: Charset of the Content-Type header, if any.

    Raises:
        ReadingError: ``empty``, ``not-html``, ``parse``, or ``challenge`` where the page is a
            refusal or a test of the visitor.
    """
    if not body.strip():
        raise ReadingError("empty", "no bytes")
    _refuse_other_kinds(body)
    source = to_utf8(body, encoding=encoding)
    if b"<" not in source:
        raise ReadingError("not-html", "no markup")
    tree = _parse(source)
    titles = [text_of(title) for title in tree.iter("title", "h1")]
    if len(source) < CHALLENGE_BYTES or is_suspect(titles):
        refuse_challenge(source.decode(), tree, titles=titles, lines=blocks(tree))
    return tree


def text_length(element: html.HtmlElement) -> int:
    """Characters of an element's text, white space counted once; scripts count too."""
    return int(cast("float", _characters(element)))


def text_of(element: html.HtmlElement) -> str:
    """All visible text of an element on one line, that of its blocks apart."""
    if len(element) == 0:
        return clean_text(element.text or "")
    return " ".join(paragraphs(element))


def is_inside(element: html.HtmlElement, root: html.HtmlElement) -> bool:
    """Whether an element stands in another."""
    return any(ancestor is root for ancestor in element.iterancestors())


def outermost(line: Block) -> html.HtmlElement:
    """The largest element that holds the line and nothing else; else the one it stands in."""
    outer = line.element
    while (parent := outer.getparent()) is not None:
        if text_length(parent) > len(line.text) + 2:
            break
        outer = parent
    return outer


def select(tree: html.HtmlElement, selectors: Iterable[str]) -> Iterator[html.HtmlElement]:
    """Elements matching CSS selectors: selector by selector, each in document order."""
    for selector in selectors:
        yield from cast("list[html.HtmlElement]", compiled(selector)(tree))


def select_text(tree: html.HtmlElement, selectors: Iterable[str]) -> str | None:
    """Text of the first matching element that has any."""
    return next(filter(None, map(text_of, select(tree, selectors))), None)


@lru_cache(maxsize=1024)
def compiled(selector: str) -> CSSSelector:
    """The selector, translated to XPath once."""
    return CSSSelector(selector, translator="html")


def meta_content(tree: html.HtmlElement, *names: str) -> str | None:
    """Content of the first ``<meta>`` with one of the names, as name, property or itemprop."""
    for name in names:
        for attribute in ("property", "name", "itemprop"):
            for content in tree.xpath(f"//meta[@{attribute}=$name]/@content", name=name):
                # F2 escapes twice: the attribute still holds entities after parsing.
                if cleaned := clean_text(entities.unescape(str(content))):
                    return cleaned
    return None


def _refuse_other_kinds(body: bytes) -> None:
    start = body[:512].lstrip()
    if start.startswith(_NOT_HTML):
        raise ReadingError("not-html", f"starts with {start[:4]!r}")
    if start[:1] in (b"{", b"["):
        raise ReadingError("not-html", "JSON")
    if start.startswith(b"<?xml") and not re.search(rb"<(?:!doctype )?html", body[:2048], re.I):
        raise ReadingError("not-html", "XML")
    if start.startswith((b"<rss", b"<feed", b"<urlset")):
        raise ReadingError("not-html", "a feed")


def _parse(utf8: bytes) -> html.HtmlElement:
    source = _END_TAGS.sub(b"", _XML_DECLARATION.sub(b"", utf8))
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    # One class for all: lxml's own lookup runs Python code for each element, each time.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    try:
        return html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ReadingError("empty", str(error)) from error
