"""A sentence as words: folded for the grammar, with the way back to the original letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

from monitor.extractor.text import Folded, nfc, without_marks

# A number with its separators, the one abbreviation with a slash, a word
# (``R'Lấp`` is one), or a single mark; ``có208`` is two words, and ``9xxxx`` with its hidden
# digits is no number.
_WORD = re.compile(
    r"(?:có|được|nạp|gồm)(?=\d)|\d+x{2,}|\d+(?:[.,]\d+)*(?:(?!\w)|(?=[^\W\d_]{3}))|đ/c|\w+(?:'\w+)*|[^\w\s]"
)
_PAIRS = (("kết", "nạp"), ("đảng", "viên"), ("đảng", "bộ"), ("chi", "bộ"), ("quần", "chúng"))
"""Pairs that decide what a sentence is about, and are no other words when misspelt."""


def _misspellings(word: str) -> list[str]:
    """A word with every other choice of marks."""
    letters = [_LETTERS.get(without_marks(letter), letter) for letter in word]
    return ["".join(choice) for choice in product(*letters)]


_MARKED = "àáảãạâầấẩẫậăằắẳẵặèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_LETTERS = {
    plain: plain + "".join(letter for letter in _MARKED if without_marks(letter) == plain)
    for plain in "aeiouyd"
}
_MISSPELT: dict[tuple[str, ...], tuple[str, ...]] = {
    wrong: (one, other)
    for one, other in _PAIRS
    for wrong in (
        *((one, variant) for variant in _misspellings(other)),
        *((variant, other) for variant in _misspellings(one)),
    )
    if wrong != (one, other)
}
_MISSPELT_WORDS = {
    wrong
    for misspelt, right in _MISSPELT.items()
    for wrong, word in zip(misspelt, right, strict=True)
    if wrong != word
}


@dataclass(frozen=True)
class Line:
    """A sentence cut into words, numbers and marks."""

    folded: Folded
    texts: tuple[str, ...]
    """Folded."""
    starts: tuple[int, ...]
    """Where each begins in the folded sentence."""

    def __len__(self) -> int:
        return len(self.texts)

    def is_capital(self, index: int) -> bool:
        """Whether a word was printed with a capital: names are."""
        return self.folded.original[self.folded.starts[self.starts[index]]].isupper()

    def written(self, first: int, after: int) -> str:
        """Words ``first`` to before ``after`` as printed: NFC, one space between."""
        if first >= after:
            return ""
        last = after - 1
        start, end = self.folded.span(self.starts[first], self.starts[last] + len(self.texts[last]))
        return " ".join(nfc(self.folded.original[start:end]).split())


def read_line(folded: Folded) -> Line:
    """Cut one folded sentence into words."""
    matches = list(_WORD.finditer(folded.text))
    texts = [match[0] for match in matches]
    _repair(texts)
    return Line(folded=folded, texts=tuple(texts), starts=tuple([m.start() for m in matches]))


def _repair(texts: list[str]) -> None:
    """``kêt nạp``, ``chi bô``: a pair of words of which one has lost its marks."""
    for index, text in enumerate(texts):
        if text in _MISSPELT_WORDS:
            for first in (index - 1, index):
                words = tuple(texts[max(first, 0) : first + 2])
                texts[max(first, 0) : first + 2] = _MISSPELT.get(words, words)
