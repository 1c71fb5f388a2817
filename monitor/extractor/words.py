"""A sentence as words: folded for the grammar, with the way back to the original letters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.extractor.text import Folded, fold_with_offsets, nfc

# A number with its separators, the one abbreviation with a slash, a word
# (``R'Lấp`` is one), or a single mark.
_WORD = re.compile(r"\d+(?:[.,]\d+)*(?!\w)|đ/c|\w+(?:'\w+)*|[^\w\s]")


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


def read_line(sentence: str) -> Line:
    """Cut one sentence into words."""
    folded = fold_with_offsets(sentence)
    texts: list[str] = []
    starts: list[int] = []
    for match in _WORD.finditer(folded.text):
        texts.append(match[0])
        starts.append(match.start())
    return Line(folded=folded, texts=tuple(texts), starts=tuple(starts))
