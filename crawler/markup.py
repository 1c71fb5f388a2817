"""From the bytes of a page to a tree: charset, normal form, refusal of what is no page."""

from __future__ import annotations

import codecs
import html as entities
import json
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from lxml import etree, html
from lxml.cssselect import CSSSelector

from crawler.errors import ReadingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_HTML = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"RIFF", b"\x1f\x8b")

# lxml loses everything behind a stray </html>, which F3 pages print near the top and within
# the body; no page needs these end tags.
_END_TAGS = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")

# A challenge page is small: the largest seen (a captcha with its styles) has under 20 kB.
_CHALLENGE_CHARACTERS = 40_000
_CHALLENGE_SCRIPT = re.compile(
    r"document\.cookie\s*=.{0,2000}?location(?:\.(?:reload|replace|href|assign)|\s*=)"
    r"|[?&]jskey=|challenge-platform|cf_chl_|/cdn-cgi/challenge",
    re.DOTALL | re.IGNORECASE,
)
_CHALLENGE_WORDS = re.compile(
    r"captcha|thông báo từ chối truy cập|từ chối truy cập|just a moment|attention required"
    r"|verify you are (?:a )?human|xác (?:minh|thực|nhận) (?:rằng )?bạn (?:là con người|không phải)"
    r"|không phải (?:là )?(?:robot|người máy)|access denied|checking your browser",
    re.IGNORECASE,
)

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body br center dd details div dl dt fieldset figcaption"
        " figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section select"
        " summary table tbody td tfoot th thead tr ul",
    )
)
_SILENT = frozenset(("script", "style", "noscript", "template", "head", "iframe", "svg"))


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
    if len(text) < _CHALLENGE_CHARACTERS:
        _refuse_challenge(text, tree)
    return tree


def decode(body: bytes, *, encoding: str | None) -> str:
    """Text of a body, NFC.

    UTF-8 that decodes without a fault is UTF-8, whatever header and meta claim; then they
    are asked in this order, and windows-1258 is what is left of the old Vietnamese web.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return unicodedata.normalize("NFC", body[len(mark) :].decode(name, errors="replace"))
    declared = _META_CHARSET.search(body[:4096])
    names = ["utf-8", encoding, declared[1].decode("ascii") if declared else None, "cp1258"]
    for name in filter(None, names):
        try:
            return unicodedata.normalize("NFC", body.decode(name))
        except (UnicodeDecodeError, LookupError):
            continue
    return unicodedata.normalize("NFC", body.decode("utf-8", errors="replace"))


def clean_text(text: str) -> str:
    """One line: NFC, plain spaces, no zero-width characters, trimmed."""
    return " ".join(_ZERO_WIDTH.sub("", unicodedata.normalize("NFC", text)).split())


def text_of(element: html.HtmlElement) -> str:
    """All text of an element on one line."""
    return clean_text(str(element.text_content()))


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


def json_ld_articles(tree: html.HtmlElement) -> Iterator[Mapping[str, Any]]:
    """Article objects of the page's JSON-LD, nested graphs included."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            document = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from (thing for thing in _things(document) if _is_article(thing))


def paragraphs(node: html.HtmlElement) -> list[str]:
    """Visible text of a node as its reader sees it: one string a block, none of them empty."""
    found: list[str] = []
    pieces: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(node, events=("start", "end")):
        tag = element.tag
        silent += (tag in _SILENT) * (1 if event == "start" else -1)
        if tag in _BLOCKS:
            found.append("".join(pieces))
            pieces.clear()
        piece = element.text if event == "start" else element.tail
        if piece and not silent and (event == "start" or element is not node):
            pieces.append(piece)
    found.append("".join(pieces))
    return [line for line in map(clean_text, found) if line]


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
    source = _CONTROLS.sub(" ", _END_TAGS.sub("", _XML_DECLARATION.sub("", text)))
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(source.encode(errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ReadingError("empty", str(error)) from error


def _refuse_challenge(text: str, tree: html.HtmlElement) -> None:
    visible = " ".join(paragraphs(tree))
    if len(visible) < 400 and _CHALLENGE_SCRIPT.search(text):
        raise ReadingError("challenge", "a script sets a cookie and loads the page again")
    if len(visible) > 1500:
        return
    title = " ".join(map(text_of, tree.xpath("//title | //h1")))
    if match := _CHALLENGE_WORDS.search(f"{title} {visible if len(visible) < 600 else ''}"):
        raise ReadingError("challenge", match[0])


def _things(document: object) -> Iterator[Mapping[str, Any]]:
    waiting = [document]
    while waiting:
        thing = waiting.pop(0)
        if isinstance(thing, list):
            waiting.extend(thing)
        elif isinstance(thing, dict):
            yield thing
            waiting.extend(thing.get(key) for key in ("@graph", "mainEntity"))


def _is_article(thing: Mapping[str, Any]) -> bool:
    kind = thing.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return any(str(name).endswith(("Article", "Posting")) for name in kinds)
