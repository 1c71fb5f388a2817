"""Text from the bytes of a page, whatever charset its header and its meta element claim."""

from __future__ import annotations

import codecs
import re
import unicodedata

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_META_BYTES = 4096

# Words that no Vietnamese page of any length does without; a wrong charset spells none of them.
_COMMON_WORDS = re.compile(
    r"\b(?:và|của|được|đã|các|là|với|người|ở|những|đảng|tỉnh|xã|báo)\b", re.I
)
# Beyond ASCII, blocks whose characters are all NFC and join nothing before them: those of
# Vietnamese letters and of punctuation. ``unicodedata.normalize`` asks its tables for each one.
_ASCII = bytes(range(0x80))
_UNSETTLED = re.compile("[^\u0080-\u02ff\u1e00-\u1eff\u2002-\u2064\u20ab]")
_UNREADABLE = "\N{REPLACEMENT CHARACTER}"


def decode(body: bytes, *, encoding: str | None) -> str:
    """Text of a body, NFC.

    UTF-8 that decodes without a fault is UTF-8. Else the charset of the header, that of the
    meta element, UTF-8 with a few broken bytes and windows-1258 (the old Vietnamese web, often
    labelled windows-1252 or iso-8859-1) are tried, and the one that reads as Vietnamese wins;
    the declared one where none does.

    Args:
        body: What the server sent, decompressed.
        encoding: Charset of the Content-Type header, if any.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return unicodedata.normalize("NFC", body[len(mark) :].decode(name, errors="replace"))
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _most_vietnamese(body, (encoding, _declared(body), "utf-8", "cp1258"))
    is_settled = _UNSETTLED.search(body.translate(None, _ASCII).decode("utf-8")) is None
    return text if is_settled else unicodedata.normalize("NFC", text)


def _declared(body: bytes) -> str | None:
    match = _META_CHARSET.search(body[:_META_BYTES])
    return match[1].decode("ascii", errors="replace") if match else None


def _most_vietnamese(body: bytes, names: tuple[str | None, ...]) -> str:
    texts: list[str] = []
    for name in filter(None, names):
        try:
            texts.append(unicodedata.normalize("NFC", body.decode(name, errors="replace")))
        except (UnicodeError, LookupError):
            continue
    return max(texts, key=lambda text: len(_COMMON_WORDS.findall(text)) - text.count(_UNREADABLE))
