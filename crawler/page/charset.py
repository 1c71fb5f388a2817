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
# Below 0x20, but for tab, line feed and carriage return.
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r"))
_WITHOUT_CONTROLS = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
# Beyond ASCII, blocks whose characters are all NFC and join nothing before them: those of
# Vietnamese letters and of punctuation. ``unicodedata.normalize`` asks its tables for each one.
_PRINTABLE = bytes(set(range(0x80)) - set(_CONTROLS))
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
    return text if _is_settled(body) else unicodedata.normalize("NFC", text)


def to_utf8(body: bytes, *, encoding: str | None) -> bytes:
    """The same in UTF-8, control characters made spaces. Most pages are that, and not copied."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        is_ready = False
    else:
        is_ready = _is_settled(body)
    if is_ready:
        return body
    return decode(body, encoding=encoding).encode(errors="replace").translate(_WITHOUT_CONTROLS)


def _is_settled(utf8: bytes) -> bool:
    return _UNSETTLED.search(utf8.translate(None, _PRINTABLE).decode("utf-8")) is None


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
