"""Tells, before a page is cleaned, whether it can be about the topic at all.

Cleaning takes several times as long as parsing, and most pages are about something else. A
page may be passed over only if the cleaned text could not hold a trigger word, so everything
the reading takes words from is searched: visible text, metas and inline scripts, in the widest
spelling. Left out is what the reading never takes: navigation, and lines that are nothing
but a link. Without that a menu's "Xây dựng Đảng" would keep every page of a paper.
"""

from __future__ import annotations

import base64
import binascii
import html as entities
import re
import unicodedata
from html.entities import html5
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

from crawler.fold import fold, spellings, unspaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

# Words under which a page or the whole site is filed; the reading does not take them.
_FILED_UNDER = ("keywords", "news_keywords", "article:tag", "article:section")

# A line that is one link: what ``crawler.page.prune`` takes out of any text where it has four words
# or more. Shorter ones are a menu's labels, also side by side or at the head of a submenu.
_LINK_LINE = """
@href
and (parent::li or parent::div or parent::h3 or parent::h4)
and not(../text()[normalize-space()])
and (
    not(../*[2])
    or not(../*[not(self::a)][normalize-space()] or ../a[normalize-space()][2])
    or (
        string-length(normalize-space()) &lt;= 40
        and not(
            ../span[normalize-space()] or ../b[normalize-space()] or ../strong[normalize-space()]
            or ../i[normalize-space()] or ../em[normalize-space()] or ../u[normalize-space()]
            or ../font[normalize-space()]
        )
    )
)
and (
    not(*)
    or not(descendant::p or descendant::div or descendant::h2 or descendant::h3)
)
"""
# One walk within libxslt takes half the time of an XPath that asks each text what it stands in.
_visible = etree.XSLT(
    etree.XML(f"""
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
    <xsl:output method="text"/>
    <xsl:template match="script | style | nav | a[{" ".join(_LINK_LINE.split())}]"/>
</xsl:stylesheet>""")
)

_TAG = re.compile(r"<[^<>]{0,400}>")
_ESCAPE = re.compile(r"\\u\{?([0-9A-Fa-f]{4})\}?|\\x([0-9A-Fa-f]{2})|\\[nrt]|\\")
_ASCII = bytes(range(0x80))
_CODE = re.compile(r"\\[ux]")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
# ``html.unescape`` tries every length of a name behind each "&", and scripts have many.
_BARE_NAMES = "|".join(
    f"{first}(?:{'|'.join(sorted((name[1:] for name in names), key=len, reverse=True))})"
    for first, names in groupby(sorted(name for name in html5 if name[-1] != ";"), itemgetter(0))
)
_REFERENCE = re.compile(
    rf"&(?=[#A-Za-z])(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z0-9]{{2,32}};|{_BARE_NAMES})"
)
_BASE64_CALLS = ("atob", "base64")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{80,}={0,2}")

# What cannot be judged is left to the reading, which says what is wrong with it: hardly any
# text, or text encoded for a script.
_LEAST_TEXT = 400
_ENCODED = b"+" * 60
_IN_BASE64 = re.sub(rb"[^+]", b" ", re.sub(rb"[A-Za-z0-9+/]", b"+", bytes(range(0x100))))


class Triage:
    """Looks for trigger words in parsed pages.

    Args:
        trigger_words: Words and phrases, in any spelling; without any, every page is worth
            cleaning.
    """

    def __init__(self, trigger_words: Iterable[str]) -> None:
        needles = {spelled for word in trigger_words for spelled in spellings(fold(word))}
        compact = {"".join(needle.split()) for needle in needles} - {""}
        # Where a longer one stands a shorter one within it stands too.
        self._needles = tuple(
            sorted(one for one in compact if not any(other in one for other in compact - {one}))
        )
        self._letters = {frozenset(_beyond_ascii(needle)) for needle in self._needles}

    def may_concern(self, tree: HtmlElement) -> bool:
        """Whether the page must be cleaned: it may hold a trigger word, or cannot be judged.

        Args:
            tree: As parsed; it is not changed.
        """
        if not self._needles:
            return True
        try:
            visible = str(_visible(tree))
        except etree.XSLTError:
            return True
        if len(visible.strip()) < _LEAST_TEXT or _is_encoded(visible):
            return True
        return self.holds(visible) or any(map(self.holds, self._unseen_texts(tree)))

    def holds(self, text: str) -> bool:
        """Whether a trigger word stands in a text, whatever spaces and tags split it.

        Without words to look for every text holds what is wanted.
        """
        compact = unspaced(_unescaped(text))
        return not self._needles or any(needle in compact for needle in self._needles)

    def _unseen_texts(self, tree: HtmlElement) -> Iterator[str]:
        for element in tree.iter("meta", "script"):
            if element.tag == "meta":
                yield _unescaped(_content(element))
            elif element.get("src") is None and self._may_tell(element.text or ""):
                yield from _decoded(element.text or "")

    def _may_tell(self, script: str) -> bool:
        """Whether it has the letters of a trigger word, or codes for letters."""
        return _hides_letters(script) or self._has_letters(script)

    def _has_letters(self, text: str) -> bool:
        beyond = _beyond_ascii(text)
        letters = frozenset(unspaced(beyond))
        is_spelled = any(needed <= letters for needed in self._letters)
        return is_spelled or any(map(unicodedata.combining, beyond))


def _content(meta: HtmlElement) -> str:
    name = meta.get("name") or meta.get("property") or meta.get("itemprop") or ""
    return "" if name.lower() in _FILED_UNDER else meta.get("content") or ""


def _beyond_ascii(text: str) -> str:
    """Its letters with signs, lone signs, and what else is no ASCII."""
    return text.encode(errors="replace").translate(None, _ASCII).decode()


def _is_encoded(text: str) -> bool:
    """Whether there are sixty letters of base64 in a row."""
    return _ENCODED in text.encode(errors="replace").translate(_IN_BASE64)


def _hides_letters(text: str) -> bool:
    """Whether plain ASCII may stand for other letters."""
    return any(pattern.search(text) for pattern in (_CODE, _PERCENT, _REFERENCE)) or any(
        call in text for call in _BASE64_CALLS
    )


def _decoded(script: str) -> Iterator[str]:
    """What a script may put on the page: literals unescaped, tags taken out, base64 read."""
    text = unquote(script) if "%" in script else script
    text = _ESCAPE.sub(_character, text) if "\\" in text else text
    yield _TAG.sub("", _unescaped(text))
    if not any(call in script for call in _BASE64_CALLS):
        return
    for match in _BASE64.finditer(script):
        try:
            yield _TAG.sub("", base64.b64decode(match[0]).decode())
        except (binascii.Error, UnicodeDecodeError):
            continue  # a picture, a font or a key


def _unescaped(text: str) -> str:
    """As ``html.unescape`` gives it."""
    return _REFERENCE.sub(lambda match: entities.unescape(match[0]), text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    digits = match[1] or match[2]
    if digits is None:
        return " " if len(match[0]) == 2 else ""
    return chr(int(digits, 16))
