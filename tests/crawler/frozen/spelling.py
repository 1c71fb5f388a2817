"""How badly a page spells: decomposed letters, entities, odd spaces, words cut by tags."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from html.entities import codepoint2name
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from tests.crawler.frozen.items import Trait

_SHAPES = frozenset("\u0302\u0306\u031b")  # circumflex, breve, horn: part of the letter
_TAGS = (("<b>", "</b>"), ("<span>", "</span>"), ('<font face="Arial">', "</font>"))


@dataclass(frozen=True)
class Speller:
    """Prints text with a page's habits; the same text always comes out the same."""

    traits: frozenset[Trait]

    def __call__(self, text: str) -> Markup:
        """The text as markup."""
        words = text.split(" ")
        spelled = [self._word(word, index) for index, word in enumerate(words)]
        self._marked_up(spelled)
        return Markup("".join(self._spaced(spelled)))

    def _word(self, word: str, index: int) -> str:
        if "nfd" in self.traits:
            word = unicodedata.normalize("NFD", word)
        cut = len(word) // 2 if "split" in self.traits and index % 9 == 4 else 0
        first, second = self._letters(word[:cut], index), self._letters(word[cut:], index)
        if not cut:
            return second
        before, after = _TAGS[index % len(_TAGS)]
        return f"{first}{before}{second}{after}"

    def _letters(self, word: str, index: int) -> str:
        if "zero-width" in self.traits and index % 7 == 3 and len(word) > 2:
            word = f"{word[:2]}\u00ad{word[2:]}" if index % 2 else f"\u200b{word}"
        escaped = str(escape(word))
        return entities(escaped) if "entities" in self.traits else escaped

    def _marked_up(self, words: list[str]) -> None:
        if "links" in self.traits and len(words) > 14:
            words[9] = f'<a class="link-inline" href="/tim-kiem/?q=tu-khoa">{words[9]}'
            words[11] = f"{words[11]}</a>"
        if "bold" in self.traits and len(words) > 18:
            words[14] = f"<strong>{words[14]}"
            words[16] = f"{words[16]}</strong>"

    def _spaced(self, words: list[str]) -> list[str]:
        if "nbsp" not in self.traits:
            return [" ".join(words)]
        gaps = ("&nbsp;", " ", "\u00a0", " &nbsp;", " ")
        return [
            f"{word}{gaps[i % 5] if i < len(words) - 1 else ''}" for i, word in enumerate(words)
        ]


def entities(text: str) -> str:
    """Letters outside ASCII as named, hexadecimal and decimal entities in turn."""
    return "".join(_entity(character, index) for index, character in enumerate(text))


def _entity(character: str, index: int) -> str:
    code = ord(character)
    if code < 128:
        return character
    if index % 3 == 0 and code in codepoint2name:
        return f"&{codepoint2name[code]};"
    return f"&#x{code:X};" if index % 2 else f"&#{code};"


def windows_1258(text: str) -> bytes:
    """The text in Vietnam's old code page, which writes tones as marks of their own.

    Raises:
        UnicodeEncodeError: A character is none of that code page.
    """
    return "".join(_toned(character) for character in unicodedata.normalize("NFC", text)).encode(
        "cp1258", errors="xmlcharrefreplace"
    )


def _toned(character: str) -> str:
    parts = unicodedata.normalize("NFD", character)
    if len(parts) == 1:
        return character
    shape = "".join(mark for mark in parts[1:] if mark in _SHAPES)
    tone = "".join(mark for mark in parts[1:] if mark not in _SHAPES)
    return unicodedata.normalize("NFC", parts[0] + shape) + tone
