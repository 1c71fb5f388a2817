"""A text as passages: sentences with their words, organisations and paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from monitor.extractor.organisations import Mention, find_mentions
from monitor.extractor.text import Sentence, fold, sentences
from monitor.extractor.words import Line, read_line

_ABOUT: Final = re.compile(
    r"đảng|\bđv\b|kết nạp|hàng ngũ|chi bộ|lớp|tiêu biểu|điển hình|dẫn đầu|tccsđ|tcđ|tổng số"
)
_OF_A_PARTY: Final = re.compile(r"đảng|chi bộ|\bđv\b|tccsđ")
_COUNTING: Final = re.compile(r"\d|\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\b")
_DIVIDING: Final = ("trong đó", "trong số đó", "trong số này")
_OPENING: Final = 24
"""Characters that show how a sentence begins, decomposed letters allowed for."""


@dataclass(frozen=True)
class Passage:
    """A sentence with what is needed to read it."""

    sentence: Sentence
    line: Line
    mentions: Sequence[Mention]
    paragraph: int
    may_count: bool
    """Whether it holds a number and a word of the topic at all."""


def read_passages(text: str) -> list[Passage]:
    """Cut a text into passages; none where the text never speaks of a party and numbers."""
    folded = fold(text)
    if not _OF_A_PARTY.search(folded) or not _COUNTING.search(folded):
        return []
    passages: list[Passage] = []
    paragraph = end = 0
    for sentence in _joined(text):
        paragraph += "\n" in text[end : sentence.start]
        end = sentence.end
        passages.append(read_passage(sentence, paragraph))
    return passages


def read_passage(sentence: Sentence, paragraph: int) -> Passage:
    """One sentence as a passage."""
    line = read_line(sentence.text)
    folded = line.folded.text
    may_count = _COUNTING.search(folded) is not None and _ABOUT.search(folded) is not None
    return Passage(sentence, line, find_mentions(line), paragraph, may_count)


def _joined(text: str) -> list[Sentence]:
    """Sentences, one that begins with ``Trong đó`` together with the one it divides."""
    joined: list[Sentence] = []
    for sentence in sentences(text):
        if joined and fold(sentence.text[:_OPENING]).startswith(_DIVIDING):
            start = joined.pop().start
            sentence = Sentence(text[start : sentence.end], start, sentence.end)
        joined.append(sentence)
    return joined
