"""Vietnamese text made comparable: one spelling for matching, the original for evidence.

The press writes one word in many ways: composed and decomposed letters on one page, the
tone on either vowel (uỷ/ủy, hoà/hòa), no-break and zero-width spaces, any case. ``fold``
removes those differences and keeps the way back to the original characters.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from crawler.fold import PLAIN, early_tone, fold

__all__ = [
    "Folded",
    "Sentence",
    "fold",
    "fold_with_offsets",
    "nfc",
    "sentences",
    "without_marks",
]

_ABBREVIATION = re.compile(
    r"(?:\b(?:tp|ths|ts|pgs|gs|bs|ks|đ/c|tr|st|tx|tt|q|p|th|mr|mrs|dr|vs)|\b[^\W\d])\.$"
)
# Begins only where a run of stops begins, so that a long run is read once.
_SENTENCE_END = re.compile(r"""(?<![.!?…])[.!?…]+["'”’)\]]*(?=\s|$)|\n+""")


_LONGEST_ABBREVIATION = 8
"""Letters, with the stop and what stands before the word."""


def nfc(text: str) -> str:
    """The text with composed letters, the form that is stored and shown."""
    return unicodedata.normalize("NFC", text)


@dataclass(frozen=True)
class Folded:
    """A folded text and the way back."""

    original: str
    text: str
    """Lower case, NFC, tone on the first vowel, plain spaces, dashes and quotes."""
    starts: tuple[int, ...]
    """For each character of ``text`` its offset in ``original``; one more for the end."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in ``original`` of ``text[start:end]``."""
        return self.starts[start], self.starts[end]


def fold_with_offsets(text: str) -> Folded:
    """Fold a text and remember where each character came from."""
    lowered = text.lower().translate(PLAIN)
    if len(lowered) == len(text) and unicodedata.is_normalized("NFC", text):
        # Most pages: no character changes its place, so offsets are the identity.
        return Folded(original=text, text=early_tone(lowered), starts=tuple(range(len(text) + 1)))
    return _fold_clusters(text)


def _fold_clusters(text: str) -> Folded:
    folded: list[str] = []
    starts: list[int] = []
    index = 0
    while index < len(text):
        start = index
        index += 1
        while index < len(text) and unicodedata.combining(text[index]):
            index += 1
        cluster = unicodedata.normalize("NFC", text[start:index]).lower()
        for character in cluster.translate(PLAIN):
            folded.append(character)
            starts.append(start)
    starts.append(len(text))
    return Folded(original=text, text=early_tone("".join(folded)), starts=tuple(starts))


def without_marks(text: str) -> str:
    """Folded and without any diacritic, ``đ`` as ``d``: what people type in a hurry."""
    decomposed = unicodedata.normalize("NFD", fold(text))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("đ", "d")


@dataclass(frozen=True)
class Sentence:
    """A sentence and its place."""

    text: str
    start: int
    end: int


def sentences(text: str) -> list[Sentence]:
    """Split at sentence ends and line breaks; ``text[start:end]`` is the sentence, trimmed.

    A full stop after an initial, a title or an abbreviation (``TP. Pleiku``) or inside a
    number (``9.550``) does not end one.
    """
    found: list[Sentence] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match[0] == "." and _is_abbreviated(
            text[max(start, match.end() - _LONGEST_ABBREVIATION) : match.end()]
        ):
            continue
        _keep(found, text, start, match.end())
        start = match.end()
    _keep(found, text, start, len(text))
    return found


def _is_abbreviated(piece: str) -> bool:
    return _ABBREVIATION.search(piece.lower()) is not None


def _keep(found: list[Sentence], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        start += piece.index(stripped)
        found.append(Sentence(stripped, start, start + len(stripped)))
