"""From the bytes of a page to a tree: charset, normal form, refusal of what is no page."""

from __future__ import annotations

import html as entities
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from lxml import etree, html
from lxml.cssselect import CSSSelector

from crawler.errors import ReadingError
from crawler.page.charset import decode
from crawler.page.joints import is_gap
from crawler.page.refusals import CHALLENGE_CHARACTERS, refuse_challenge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NOT_HTML = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"RIFF", b"\x1f\x8b")

# lxml loses everything behind a stray </html>, which F3 pages print near the top and within
# the body; no page needs these end tags.
_END_TAGS = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>", re.IGNORECASE)
# Of UTF-8: bytes below 0x20 that are no tab, line feed or carriage return become spaces.
_CONTROLS = bytes(0x20 if byte < 0x20 and byte not in b"\t\n\r" else byte for byte in range(256))
_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")

_characters = etree.XPath("string-length(normalize-space(.))")

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body br center dd details div dl dt fieldset figcaption"
        " figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section select"
        " summary table tbody td tfoot th thead tr ul",
    )
)
# The last are what office programs leave behind their "paste".
_SILENT = frozenset(
    re.findall(
        r"[\w:]+",
        "script style noscript template head iframe svg video audio object canvas textarea"
        " xml o:officedocumentsettings w:worddocument w:latentstyles",
    )
)
_RAISED = ("sup", "sub")
_PIECES_OF_WORD = 5


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a page as its reader sees it."""

    text: str
    element: html.HtmlElement
    """The innermost block element that the line stands in."""
    links: int
    """Links in it."""
    linked: int = 0
    """Characters of it that are links."""
    link_first: int = 0
    """Words of the link that it begins with."""
    beside: tuple[str, str] = ("", "")
    """Of a line with links what stands before the first, and what between and behind them, as
    written."""

    @property
    def label(self) -> str:
        """What stands before the first link."""
        return clean_text(self.beside[0])

    @property
    def rest(self) -> str:
        """What stands between and behind the links."""
        return clean_text(self.beside[1])


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
    text = decode(body, encoding=encoding)
    if "<" not in text:
        raise ReadingError("not-html", "no markup")
    tree = _parse(text)
    if len(text) < CHALLENGE_CHARACTERS:
        title = " ".join(map(text_of, tree.xpath("//title | //h1")))
        refuse_challenge(text, title=title, visible=" ".join(paragraphs(tree)))
    return tree


def clean_text(text: str) -> str:
    """One line: NFC, plain spaces, no zero-width characters, trimmed."""
    if not text.isascii():
        text = _ZERO_WIDTH.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


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


def paragraphs(node: html.HtmlElement) -> list[str]:
    """Visible text of a node as its reader sees it: one string a block, none of them empty."""
    return [block.text for block in blocks(node)]


def blocks(node: html.HtmlElement) -> Iterator[Block]:
    """The lines of a node in document order, none of them empty.

    Inline elements join without a space where a word is split by them; two words that only
    a style sheet sets apart get one.
    """
    line = _Line()
    holders = [node]
    walker = etree.iterwalk(node, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        is_block = tag in _BLOCKS
        if is_block and (block := line.ended(holders[-1])):
            yield block
        if event == "start":
            if is_block:
                holders.append(element)
            elif tag == "a":
                line.in_link += 1
                line.links += 1
            if tag in _SILENT and element is not node:
                walker.skip_subtree()
            elif piece := element.text:
                line.add(piece, is_apart=line.is_behind_element and tag not in _RAISED)
            continue
        if is_block:
            holders.pop()
        elif tag == "a":
            line.in_link -= 1
        if element is node:
            break
        if piece := element.tail:
            line.add(piece, is_apart=False)
        else:
            line.is_behind_element = tag not in _RAISED
    if block := line.ended(node):
        yield block


class _Line:
    """A line while it is collected."""

    __slots__ = (
        "_first", "_label_pieces", "_last_link", "_linked", "_pieces", "_plain", "in_link",
        "is_behind_element", "links",
    )  # fmt: skip

    def __init__(self) -> None:
        self.in_link = 0
        self.links = 0
        self.is_behind_element = False
        """Whether an element has just ended, with no text behind it yet."""
        self._pieces: list[str] = []
        self._linked: list[str] = []
        self._first: list[str] = []
        self._plain: list[str] = []
        self._label_pieces = 0
        self._last_link = 0

    def add(self, piece: str, *, is_apart: bool) -> None:
        """Take a text; apart is one that begins an element right behind the end of another."""
        self.is_behind_element = False
        if not self._pieces:
            if not self.in_link and piece.isspace():
                return
        elif not (piece[0].isspace() or self._pieces[-1][-1].isspace()):
            before = "".join(self._pieces[-_PIECES_OF_WORD:])
            is_next_link = self.in_link > 0 and 0 < self._last_link < self.links
            if is_gap(before, piece, between_elements=is_apart, between_links=is_next_link):
                piece = f" {piece}"
        self._last_link = self.links if self.in_link else 0
        if self.in_link:
            self._linked.append(piece)
            if len(self._first) == len(self._pieces):
                self._first.append(piece)
        else:
            self._plain.append(piece)
            self._label_pieces += not self._linked
        self._pieces.append(piece)

    def ended(self, holder: html.HtmlElement) -> Block | None:
        """The line, if there is any; then another begins."""
        block = None
        if self._pieces:
            if text := clean_text("".join(self._pieces)):
                block = self._block(text, holder)
            self._pieces.clear()
            self._plain.clear()
            self._linked.clear()
            self._first.clear()
            self._label_pieces = 0
        self.links = self.in_link
        self.is_behind_element = False
        return block

    def _block(self, text: str, holder: html.HtmlElement) -> Block:
        if not self._linked:
            return Block(text, holder, self.links)
        label, rest = self._plain[: self._label_pieces], self._plain[self._label_pieces :]
        return Block(
            text,
            holder,
            self.links,
            linked=len(clean_text("".join(self._linked))),
            link_first=len("".join(self._first).split()),
            beside=("".join(label), " ".join(rest)),
        )


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


def _parse(text: str) -> html.HtmlElement:
    source = _END_TAGS.sub(b"", _XML_DECLARATION.sub("", text).encode(errors="replace"))
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    # One class for all: lxml's own lookup runs Python code for each element, each time.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    try:
        return html.document_fromstring(source.translate(_CONTROLS), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ReadingError("empty", str(error)) from error
