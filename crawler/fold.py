"""One spelling for comparing Vietnamese text, whoever typed it and on whatever keyboard."""

from __future__ import annotations

import re
import unicodedata
from itertools import product

_ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2212")
_QUOTES = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'"}
_SPACES = frozenset(c for c in map(chr, range(0x3001)) if c.isspace() and c != "\n")
# Letters that look like đ (U+0111) and were typed for it: eth and the African d.
_LOOKALIKES = {"\u00f0": "\u0111", "\u0256": "\u0111"}
PLAIN = str.maketrans(
    dict.fromkeys(_ZERO_WIDTH, "")
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_SPACES, " ")
    | _QUOTES
    | _LOOKALIKES
)
"""For ``str.translate`` of lower-case text: plain spaces, dashes, quotes and đ, nothing
without width."""

_ODD_LETTERS = tuple((chr(code), usual) for code, usual in PLAIN.items() if not chr(code).isspace())

# The tone stands on the first vowel of a final oa, oe, uy ("hòa", "khỏe", "ủy"): the older
# of two accepted placements and the one the press uses three times as often.
_TONED_SECOND = {
    f"{first}{second}": unicodedata.normalize("NFC", first + tone) + plain
    for first, plain in (("o", "a"), ("o", "e"), ("u", "y"))
    for tone in "\u0300\u0301\u0303\u0309\u0323"
    for second in (unicodedata.normalize("NFC", plain + tone),)
}
_LATE_TONE = re.compile(rf"(?<!q)(?:{'|'.join(_TONED_SECOND)})(?!\w)")

_LATE_OF = {early: late for late, early in _TONED_SECOND.items()}
_EARLY_TONE = re.compile(f"({'|'.join(_LATE_OF)})")
_FIRST_LETTERS = {early[0]: late[0] for early, late in _LATE_OF.items()}
_SECOND_LETTERS = {
    plain: tuple(late[1] for early, late in _LATE_OF.items() if early[1] == plain)
    for plain in "aey"
}


def fold(text: str) -> str:
    """Lower case, NFC, tone on the first vowel, plain spaces, dashes and quotes."""
    return early_tone(plain(text))


def plain(text: str) -> str:
    """The same with the tones where they were typed."""
    return unicodedata.normalize("NFC", text).lower().translate(PLAIN)


def unspaced(text: str) -> str:
    """The same without any white space: for words, whatever splits them."""
    # Long texts hold few of the characters that ``translate`` would ask each letter for.
    joined = "".join(unicodedata.normalize("NFC", text).lower().split())
    for odd, usual in _ODD_LETTERS:
        joined = joined.replace(odd, usual)
    return joined


def early_tone(text: str) -> str:
    """Lower-case text with the tone on the first vowel; as long as before."""
    return _LATE_TONE.sub(lambda match: _TONED_SECOND[match[0]], text)


def spellings(folded: str) -> frozenset[str]:
    """What may stand in ``plain`` text where ``fold`` of that text holds these words.

    It spares the folding of tones in a long text: the few words are spelled out instead.

    Args:
        folded: Words as ``fold`` gives them.
    """
    parts = _EARLY_TONE.split(folded)
    choices = [(part, _LATE_OF[part]) if part in _LATE_OF else (part,) for part in parts]
    whole = {"".join(choice) for choice in product(*choices)}
    # A pair of vowels may reach over either end: "ưu tú" is in the folded "ưu tuý".
    ended = {text[:-1] + _FIRST_LETTERS.get(text[-1:], text[-1:]) for text in whole}
    begun = {
        letter + text[1:] for text in whole | ended for letter in _SECOND_LETTERS.get(text[:1], ())
    }
    return frozenset(whole | ended | begun)
