"""A text as passages: sentences with their words, organisations and paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from monitor.extractor.grammar.organisations import Mention, find_mentions
from monitor.extractor.grammar.words import Line, read_line
from monitor.extractor.text import Folded, Sentence, fold, fold_with_offsets, sentences

# Plain words: searching them one by one is many times faster than one pattern.
_OF_A_PARTY: Final = ("đảng", "chi bộ", "đv", "tccsđ")
_ABOUT: Final = (
    *_OF_A_PARTY,
    *("kết nạp", "hàng ngũ", "lớp", "tiêu biểu", "điển hình", "dẫn đầu", "tcđ", "tổng số"),
    *("học viên", "con số", "chỉ tiêu", "% là "),
)
_DIGIT: Final = re.compile(r"\d")
_NUMERAL: Final = re.compile(r"\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\b")
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
    folded = fold_with_offsets(text)
    if not _speaks_of(_OF_A_PARTY, folded.text) or not _counts(folded.text):
        return []
    passages: list[Passage] = []
    paragraph = end = 0
    for sentence in _joined(text):
        paragraph += "\n" in text[end : sentence.start]
        end = sentence.end
        passages.append(_passage(sentence, _slice(folded, sentence), paragraph))
    return passages


def read_heading(title: str) -> Passage:
    """A headline as a passage of no paragraph."""
    return _passage(Sentence(title, 0, len(title)), fold_with_offsets(title), -1)


def _passage(sentence: Sentence, folded: Folded, paragraph: int) -> Passage:
    line = read_line(folded)
    may_count = _speaks_of(_ABOUT, folded.text) and _counts(folded.text)
    return Passage(sentence, line, find_mentions(line), paragraph, may_count)


def _speaks_of(words: Sequence[str], folded: str) -> bool:
    return any(word in folded for word in words)


def _counts(folded: str) -> bool:
    return _DIGIT.search(folded) is not None or _NUMERAL.search(folded) is not None


def _slice(folded: Folded, sentence: Sentence) -> Folded:
    """The sentence's part of the folded text: folding it again would take a third of the time."""
    first = bisect_left(folded.starts, sentence.start)
    after = bisect_left(folded.starts, sentence.end)
    if after - first == len(sentence.text):
        starts = tuple(range(len(sentence.text) + 1))
    else:
        starts = tuple(start - sentence.start for start in folded.starts[first : after + 1])
    return Folded(original=sentence.text, text=folded.text[first:after], starts=starts)


def _joined(text: str) -> list[Sentence]:
    """Sentences, one that begins with ``Trong đó`` together with the one it divides."""
    joined: list[Sentence] = []
    for sentence in sentences(text):
        may_divide = joined and sentence.text[0] in "Tt"
        if may_divide and fold(sentence.text[:_OPENING]).startswith(_DIVIDING):
            start = joined.pop().start
            sentence = Sentence(text[start : sentence.end], start, sentence.end)
        joined.append(sentence)
    return joined
