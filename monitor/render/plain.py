"""Text from elsewhere made fit to print: one line, bounded length, links that only lead out."""

from __future__ import annotations

import textwrap
import unicodedata
from urllib.parse import urlsplit

SEPARATOR = " · "
"""Between the parts of a line."""

TEXT_COLUMNS = 78
"""Width of plain-text mail (RFC 5322, section 2.1.1, asks for 78 at most)."""

_NAME_UNITS = 100
_URL_LETTERS = 2_000
"""Longer addresses are cut by mail clients, and no paper prints one."""
_UNPRINTABLE = frozenset({"Cc", "Cs", "Co", "Cn"})
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Direction overrides, which would turn the text after them around."""


def one_line(text: str) -> str:
    """NFC, single spaces, without control characters, lone surrogates and direction marks."""
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(letter for letter in spaced if _is_printable(letter))


def utf16_units(text: str) -> int:
    """Length as Telegram counts it: a letter beyond U+FFFF is two."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def shorten(text: str, units: int) -> str:
    """At most ``units`` UTF-16 units, cut at a word bound and ended with ``…``."""
    if utf16_units(text) <= units:
        return text
    kept = _first_units(text, units - 1)
    head, space, _ = kept.rpartition(" ")
    if space and len(head) > len(kept) // 2:
        kept = head
    return kept.rstrip(" ,;:.-–—“\"'(") + "…"


def name_of(text: str) -> str:
    """A paper, place or term on one line and of bearable length."""
    return shorten(one_line(text), _NAME_UNITS)


def capitalised(text: str) -> str:
    """With a capital letter at its beginning, the others as they are."""
    return text[:1].upper() + text[1:]


def safe_link(url: str) -> str | None:
    """The address where it is http or https with a host and without blanks, else None."""
    if len(url) > _URL_LETTERS or any(letter.isspace() or letter < " " for letter in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def wrap(text: str, indent: str = "", first: str | None = None) -> str:
    """Lines of at most ``TEXT_COLUMNS``; a longer single word (an address) stays whole.

    A separator ends a line rather than opening the next; at a no-break space no line ends.

    Args:
        text: One paragraph.
        indent: Before each line.
        first: Before the first line, where it differs.
    """
    return (
        textwrap.fill(
            text.replace(SEPARATOR, "\u00a0· "),
            width=TEXT_COLUMNS,
            initial_indent=indent if first is None else first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        .replace("\u00a0· ", SEPARATOR)
        .replace("\u00a0·\n", " ·\n")
        .replace("\u00a0", " ")
    )


def _is_printable(letter: str) -> bool:
    return unicodedata.category(letter) not in _UNPRINTABLE and letter not in _DIRECTIONS


def _first_units(text: str, units: int) -> str:
    """The longest beginning of at most so many units; never half a character."""
    encoded = text.encode("utf-16-le")[: 2 * units]
    return encoded.decode("utf-16-le", errors="ignore")
