"""Many phrases looked for in one sentence at once."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from monitor.extractor.terms.phrases import Phrase

_WORD = re.compile(r"\w+")
_TONELESS = {
    code: unicodedata.normalize("NFD", chr(code))[0]
    for code in range(0xC0, 0x1F00)
    if unicodedata.decomposition(chr(code))
}
"""Latin letters with marks; ``đ`` has no decomposition and stays."""

_Owner = TypeVar("_Owner")


@dataclass(frozen=True)
class Line:
    """A sentence to be searched: folded, single-spaced."""

    text: str

    @cached_property
    def starts(self) -> Mapping[str, list[int]]:
        """Its words, without punctuation, and where each begins."""
        starts: dict[str, list[int]] = {}
        for match in _WORD.finditer(self.text):
            starts.setdefault(match[0], []).append(match.start())
        return starts

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words alone."""
        return frozenset(self.starts)

    @cached_property
    def toneless(self) -> Line:
        """The same without tone marks; offsets stay."""
        return Line(without_tones(self.text))


class Match(NamedTuple, Generic[_Owner]):
    """A phrase found, and whose it is."""

    owner: _Owner
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class _Entry(Generic[_Owner]):
    owner: _Owner
    pattern: re.Pattern[str]
    openings: frozenset[str]
    """The words it can begin with; none where it may begin with a number or a comma."""
    all_of: frozenset[str]
    """Words it cannot do without."""
    any_of: tuple[frozenset[str], ...]
    """Sets of words; it cannot do without one of each."""

    @property
    def needed(self) -> Iterator[frozenset[str]]:
        yield from (frozenset({word}) for word in self.all_of)
        yield from self.any_of

    def find(self, line: Line) -> Iterator[Match[_Owner]]:
        if not self.openings:
            yield from (Match(self.owner, *f.span()) for f in self.pattern.finditer(line.text))
        for word in self.openings & line.words:
            for start in line.starts[word]:
                if found := self.pattern.match(line.text, start):
                    yield Match(self.owner, *found.span())


class Matcher(Generic[_Owner]):
    """Phrases of several owners, compiled to be looked for in many sentences.

    Each phrase is kept under the rarest word it cannot do without, so that a sentence meets
    only a handful of a topic's hundreds.
    """

    def __init__(
        self, phrases: Iterable[tuple[Phrase, _Owner]], *, is_toneless: bool = False
    ) -> None:
        """Compile.

        Args:
            phrases: Each with whom it speaks for.
            is_toneless: Whether the lines will come without tone marks.
        """
        form = without_tones if is_toneless else str
        entries = [_entry(phrase, owner, form) for phrase, owner in phrases]
        uses = Counter(word for entry in entries for words in entry.needed for word in words)
        self._by_word: dict[str, list[_Entry[_Owner]]] = {}
        self._wordless: list[_Entry[_Owner]] = []
        """Those that could do without any one word."""
        for entry in entries:
            rarest = min(entry.needed, key=lambda words: sum(uses[w] for w in words), default=())
            for word in rarest:
                self._by_word.setdefault(word, []).append(entry)
            if not rarest:
                self._wordless.append(entry)
        self._words = frozenset(self._by_word)

    def find(self, line: Line) -> Iterator[Match[_Owner]]:
        """Each phrase wherever it stands, in no order; matches may overlap."""
        words = line.words
        keyed = {entry for word in words & self._words for entry in self._by_word[word]}
        for entry in (*keyed, *self._wordless):
            # Most phrases are ruled out by a word, far quicker than their patterns fail.
            if entry.all_of <= words and not any(map(words.isdisjoint, entry.any_of)):
                yield from entry.find(line)

    def matches(self, line: Line) -> bool:
        """Whether any phrase stands there."""
        return any(True for _ in self.find(line))


def without_tones(folded: str) -> str:
    """Folded text without tone and vowel marks, character for character; ``đ`` stays."""
    return folded.translate(_TONELESS)


def _entry(phrase: Phrase, owner: _Owner, form: Callable[[str], str]) -> _Entry[_Owner]:
    needed = [frozenset(map(form, words)) for words in phrase.needed()]
    return _Entry(
        owner=owner,
        pattern=re.compile(rf"(?<!\w){form(phrase.regex)}(?!\w)"),
        openings=frozenset(map(form, phrase.openings)),
        all_of=frozenset().union(*(words for words in needed if len(words) == 1)),
        any_of=tuple(words for words in needed if len(words) > 1),
    )
