"""Tells, before a page is cleaned, whether it can be about the topic at all.

Cleaning takes ten times as long as parsing, and most pages are about something else. A page
may be passed over only if the cleaned text could not hold a trigger word, so everything the
reading takes words from is searched: visible text, metas and inline scripts, in the widest
spelling. Left out is what the reading never takes: navigation, and lines that are nothing
but a link. Without that a menu's "Xây dựng Đảng" would keep every page of a paper.
"""

from __future__ import annotations

import base64
import binascii
import html as entities
import re
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

from lxml import etree

from crawler.fold import fold, plain, spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

# A line that is one link: what ``crawler.prune`` takes out of any text where it has four words
# or more. Shorter ones are a menu's labels, also side by side or at the head of a submenu.
_INLINE = "self::span or self::b or self::strong or self::i or self::em or self::u or self::font"
_BLOCK = "self::p or self::div or self::h2 or self::h3"
_LINK_LINE = f"""
ancestor::a[@href]
    [parent::li or parent::div or parent::h3 or parent::h4]
    [not(../text()[normalize-space()])]
    [
        not(../*[2])
        or not(../*[not(self::a)][normalize-space()] or ../a[normalize-space()][2])
        or (string-length(normalize-space()) <= 40 and not(../*[{_INLINE}][normalize-space()]))
    ]
    [not(*) or not(descendant::*[{_BLOCK}])]
"""
_VISIBLE = etree.XPath(
    "//text()[not(parent::script or parent::style or ancestor::nav"
    f" or {' '.join(_LINK_LINE.split())})]",
    smart_strings=False,
)
_SCRIPTS = etree.XPath("//script[not(@src)]/text()", smart_strings=False)

# Words under which a page or the whole site is filed; the reading does not take them.
_FILED_UNDER = ("keywords", "news_keywords", "article:tag", "article:section")

_TAG = re.compile(r"<[^<>]{0,400}>")
_ESCAPE = re.compile(r"\\u\{?([0-9A-Fa-f]{4})\}?|\\x([0-9A-Fa-f]{2})|\\[nrt]|\\")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{80,}={0,2}")

# What cannot be judged is left to the reading, which says what is wrong with it: hardly any
# text, or text encoded for a script.
_LEAST_TEXT = 400
_ENCODED_LINE = re.compile(r"[A-Za-z0-9+/]{60,}={0,2}")


class Triage:
    """Looks for trigger words in parsed pages.

    Args:
        trigger_words: Words and phrases, in any spelling; without any, every page is worth
            cleaning.
    """

    def __init__(self, trigger_words: Iterable[str]) -> None:
        needles = (spelled for word in trigger_words for spelled in spellings(fold(word)))
        self._needles = tuple(sorted({_compact(needle) for needle in needles} - {""}))
        self._are_ascii = any(needle.isascii() for needle in self._needles)

    def may_concern(self, tree: HtmlElement) -> bool:
        """Whether the page must be cleaned: it may hold a trigger word, or cannot be judged.

        Args:
            tree: As parsed; it is not changed.
        """
        if not self._needles:
            return True
        pieces = _strings(_VISIBLE, tree)
        visible = "".join(pieces)
        if len(visible.strip()) < _LEAST_TEXT or any(map(_ENCODED_LINE.search, pieces)):
            return True
        return self.holds(visible) or any(map(self.holds, self._unseen_texts(tree)))

    def holds(self, text: str) -> bool:
        """Whether a trigger word stands in a text, whatever spaces and tags split it."""
        text = entities.unescape(text) if "&" in text else text
        compact = _compact(plain(text))
        return any(needle in compact for needle in self._needles)

    def _unseen_texts(self, tree: HtmlElement) -> Iterator[str]:
        yield from _meta_contents(tree)
        for script in _strings(_SCRIPTS, tree):
            if self._are_ascii or not script.isascii() or _is_encoded(script):
                yield from _decoded(script)


def _strings(path: etree.XPath, tree: HtmlElement) -> list[str]:
    return cast("list[str]", path(tree))


def _compact(text: str) -> str:
    return "".join(text.split())


def _meta_contents(tree: HtmlElement) -> Iterator[str]:
    for meta in tree.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("itemprop") or ""
        if name.lower() not in _FILED_UNDER:
            yield entities.unescape(meta.get("content") or "")


def _is_encoded(script: str) -> bool:
    return any(mark in script for mark in ("\\u", "\\x", "%", "&", "atob", "base64"))


def _decoded(script: str) -> Iterator[str]:
    """What a script may put on the page: literals unescaped, tags taken out, base64 read."""
    text = unquote(script) if "%" in script else script
    text = _ESCAPE.sub(_unescaped, text) if "\\" in text else text
    yield _TAG.sub("", entities.unescape(text))
    for match in _BASE64.finditer(script):
        try:
            yield _TAG.sub("", base64.b64decode(match[0]).decode())
        except (binascii.Error, UnicodeDecodeError):
            continue  # a picture, a font or a key


def _unescaped(match: re.Match[str]) -> str:
    digits = match[1] or match[2]
    if digits is None:
        return " " if len(match[0]) == 2 else ""
    return chr(int(digits, 16))
