"""How newsrooms write: the same words with other code points.

Counted on Vietnamese news pages: uỷ against ủy about one to three, letters and tones in
separate code points on about three pages in a hundred, no-break spaces nearly everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from monitor.press.items import Habit

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_EARLY_TONE = re.compile(r"(?i)(?<!q)([òóỏõọ])([ae])\b|(?<!q)([ùúủũụ])(y)\b")


def late_tone(text: str) -> str:
    """Tone on the second vowel: ủy ban becomes uỷ ban."""
    return _EARLY_TONE.sub(_moved, text)


def loose_tone(text: str) -> str:
    """Vowel and tone in two code points: ầ becomes â and a combining grave."""
    return "".join(_loosened(character) for character in text)


def no_break(text: str) -> str:
    """A no-break space after every number."""
    return re.sub(r"(?<=\d) ", "\u00a0", text)


def zero_width(text: str) -> str:
    """A zero-width space before every bracket, where an editor pasted it."""
    return text.replace(" (", " \u200b(")


def decomposed(text: str) -> str:
    """Every mark in a code point of its own."""
    return unicodedata.normalize("NFD", text)


_PARAGRAPH_HABITS: dict[Habit, tuple[Callable[[str], str], int]] = {
    "late-tone": (late_tone, 2),
    "loose-tone": (loose_tone, 3),
    "nbsp": (no_break, 2),
    "zero-width": (zero_width, 3),
}


def as_printed(text: str, habits: Iterable[Habit], *, index: int) -> str:
    """A paragraph the way the site prints it.

    Args:
        text: The story's text, NFC.
        habits: Of the newsroom.
        index: The paragraph's place; a habit shows in every second or third paragraph.
    """
    for habit in habits:
        change, every = _PARAGRAPH_HABITS.get(habit, (str, 1))
        if index % every == every - 1:
            text = change(text)
    return text


def title_as_printed(text: str, habits: Iterable[Habit]) -> str:
    """A title the way the site prints it."""
    return decomposed(text) if "decomposed-title" in habits else text


def _moved(match: re.Match[str]) -> str:
    first, second = [letter for letter in match.groups() if letter]
    parts = unicodedata.normalize("NFD", first)
    return parts[0] + unicodedata.normalize("NFC", second + parts[1:])


def _loosened(character: str) -> str:
    parts = unicodedata.normalize("NFD", character)
    letter = "".join(part for part in parts if part not in _TONES)
    tone = "".join(part for part in parts if part in _TONES)
    return unicodedata.normalize("NFC", letter) + tone
