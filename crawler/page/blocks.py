"""The lines of a page as its reader sees them: blocks in order, words whole, links counted."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree
from lxml.html import HtmlElement

from crawler.page.joints import is_gap

if TYPE_CHECKING:
    from collections.abc import Iterator

_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")

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
    element: HtmlElement
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


def clean_text(text: str) -> str:
    """One line: NFC, plain spaces, no zero-width characters, trimmed."""
    if not text.isascii():
        text = _ZERO_WIDTH.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def paragraphs(node: HtmlElement) -> list[str]:
    """Visible text of a node as its reader sees it: one string a block, none of them empty."""
    return [block.text for block in blocks(node)]


def blocks(node: HtmlElement) -> Iterator[Block]:
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
        "_first", "_label_pieces", "_last_link", "_linked", "_pieces", "_rest", "in_link",
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
        self._rest: list[str] = []
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
        elif self._linked:
            self._rest.append(piece)
        else:
            self._label_pieces += 1
        self._pieces.append(piece)

    def ended(self, holder: HtmlElement) -> Block | None:
        """The line, if there is any; then another begins."""
        block = None
        if self._pieces:
            if text := clean_text("".join(self._pieces)):
                block = self._block(text, holder)
            self._pieces.clear()
            if self._linked:
                self._linked.clear()
                self._first.clear()
                self._rest.clear()
            self._label_pieces = 0
        self.links = self.in_link
        self.is_behind_element = False
        return block

    def _block(self, text: str, holder: HtmlElement) -> Block:
        if not self._linked:
            return Block(text, holder, self.links)
        return Block(
            text,
            holder,
            self.links,
            linked=len(clean_text("".join(self._linked))),
            link_first=len("".join(self._first).split()),
            beside=("".join(self._pieces[: self._label_pieces]), " ".join(self._rest)),
        )
