"""Tells whether two texts are one story: sketches find candidates, overlap verifies them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from heapq import nsmallest
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from monitor.extractor.text import fold, nfc

if TYPE_CHECKING:
    from collections.abc import Iterator

SKETCH_VALUES: Final = 24
"""Smallest hashes kept of a text (bottom-k sketch, Cohen and Kaplan 2007)."""

LEAST_SHARED_VALUES: Final = 3
"""Of a candidate. Two texts that pass ``is_copy`` share 5 at the least and 12 as a rule, in
the mean."""

_SHORTEST_TRIPLES: Final = 20
"""Shorter texts are captions: they agree by chance."""
LEAST_SIZE_RATIO: Final = 0.5
"""Of two copies' triples. A roundup of two stories is more than twice as long as one of them,
and would join them."""
LEAST_OVERLAP: Final = 0.55
"""Part of the shorter text's triples: a new lead, a cut end and mended words leave 0.65."""
_LEAST_OVERLAP_ALONE: Final = 0.85
"""The same where too few names and numbers can be compared."""
_LEAST_AGREEMENT: Final = 0.6
"""Part of the names, and of the numbers, that both texts print."""
_FEWEST_COMPARED: Final = 3

_WORD: Final = re.compile(r"\w+")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_PHRASE: Final = re.compile(r"[^\W\d_]\w*(?: [^\W\d_]\w*)*")


@dataclass(frozen=True)
class Print:
    """What a text is recognised by, each taken when it is asked for.

    Titles are left out, for reprints change them.
    """

    text: str
    """Lead and body."""

    @cached_property
    def triples(self) -> frozenset[int]:
        """Every three words that follow each other, folded and hashed.

        The same on every machine: signed 64-bit numbers, as SQLite holds them.
        """
        words = _WORD.findall(fold(self.text))
        triples = set(map(" ".join, zip(words, words[1:], words[2:], strict=False)))
        return frozenset(map(_hash, triples))

    @cached_property
    def names(self) -> frozenset[str]:
        """Every two capitalised words in a row, folded.

        A word lost before a name joins it to the one before (``Theo ông Phùng Gia Bách``), and
        leaves its other pairs as they were.
        """
        return frozenset(_names(self.text))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The digits of every number."""
        return frozenset(re.sub(r"\D", "", number) for number in _NUMBER.findall(self.text))

    @property
    def is_long_enough(self) -> bool:
        """Whether it can be compared at all."""
        return len(self.triples) >= _SHORTEST_TRIPLES


def sketch(taken: Print) -> tuple[int, ...]:
    """A text's smallest hashes, ascending; empty for one too short to be compared."""
    if not taken.is_long_enough:
        return ()
    return tuple(nsmallest(SKETCH_VALUES, taken.triples))


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """Part of the shorter text's triples that the longer one holds too.

    0 where that says nothing: one is a caption, or twice as long as the other.
    """
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST_TRIPLES or len(short) <= LEAST_SIZE_RATIO * len(long):
        return 0.0
    return len(short & long) / len(short)


def is_copy(one: Print, other: Print) -> bool:
    """Whether two texts tell one story in the same words.

    A reprint keeps most of the words and nearly all names and numbers; two stories of one
    template (ceremonies of two wards) share the words and differ in names and numbers.
    """
    return agree(one, other, part=overlap(one.triples, other.triples))


def agree(one: Print, other: Print, *, part: float) -> bool:
    """The same where ``part``, the texts' overlap, is known: only then are they read."""
    if part < LEAST_OVERLAP:
        return False
    agreements = list(_agreements(one, other))
    if not agreements:
        return part >= _LEAST_OVERLAP_ALONE
    return min(agreements) >= _LEAST_AGREEMENT


def _agreements(one: Print, other: Print) -> Iterator[float]:
    """For names, numbers and both together, where there are enough: the part in common."""
    both = one.names | one.numbers, other.names | other.numbers
    for mine, theirs in ((one.names, other.names), (one.numbers, other.numbers), both):
        fewest = min(len(mine), len(theirs))
        if fewest >= _FEWEST_COMPARED:
            yield len(mine & theirs) / fewest


def _names(text: str) -> Iterator[str]:
    for phrase in _PHRASE.findall(" ".join(nfc(text).split())):
        for is_name, words in groupby(phrase.split(" "), key=lambda word: word[0].isupper()):
            if is_name:
                yield from (fold(" ".join(pair)) for pair in pairwise(words))


def _hash(triple: str) -> int:
    return int.from_bytes(blake2b(triple.encode(), digest_size=8).digest(), signed=True)
