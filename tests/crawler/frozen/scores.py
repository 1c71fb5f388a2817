"""How near a reading comes to what was expected: one score a page, one line a set.

Tokens are folded words. A page's F1 counts the words of sapo and body, each as often as it
stands, without their order. A sapo is kept where its text stands exactly once in sapo and
body. A leak is a headline, lead or comment from beside the article that stands in them, also
one that is glued to its neighbours.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from crawler.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.crawler.frozen.items import Expected

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a reader, ours or another, tells of a page."""

    title: str = ""
    sapo: str | None = None
    body: str = ""
    author: str | None = None
    published: str | None = None
    """Local ISO, to the minute or only the day."""
    original_source: str | None = None
    refusal: str | None = None
    """Why there is no reading; all else is then empty."""

    @property
    def text(self) -> str:
        """Sapo and body."""
        return "\n\n".join(part for part in (self.sapo, self.body) if part)


@dataclass(frozen=True, kw_only=True)
class PageScore:
    """A page's marks; None where there was nothing to be right about."""

    key: str
    f1: float
    sapo: bool | None
    """Kept exactly once."""
    sapo_apart: bool
    """Told apart from the body, or rightly none told."""
    leaks: tuple[str, ...]
    day: bool
    """The right day, or rightly none."""
    minute: bool | None
    """The right minute, where the page shows one."""
    title: bool
    author: bool
    original_source: bool
    refusal: str | None
    """Set where an article was refused."""

    @property
    def faults(self) -> str:
        """What is wrong, in a few words."""
        named = {
            f"refused: {self.refusal}": not self.refusal,
            "sapo": self.sapo is not False,
            "sapo apart": self.sapo_apart,
            f"leaks {list(self.leaks)}": not self.leaks,
            "day": self.day,
            "minute": self.minute is not False,
            "title": self.title,
            "author": self.author,
            "source": self.original_source,
        }
        return ", ".join(name for name, is_right in named.items() if not is_right)


@dataclass(frozen=True, kw_only=True)
class SetScore:
    """Means over a set of article pages, each from 0 to 1, and a count of leaked lines."""

    pages: int
    f1: float
    sapo: float
    sapo_apart: float
    leaked_lines: int
    leaking: float
    """Share of pages with a leak."""
    day: float
    minute: float
    title: float
    author: float
    original_source: float


def score_page(key: str, told: Told, expected: Expected) -> PageScore:
    """A page's marks."""
    wanted = "\n\n".join((expected.sapo or "", *expected.body))
    words, letters = joined(told.text), glued(told.text)
    return PageScore(
        key=key,
        f1=token_f1(told.text, wanted),
        sapo=_is_once(expected.sapo, words, letters) if expected.sapo else None,
        sapo_apart=joined(told.sapo) == joined(expected.sapo),
        leaks=tuple(line for line in expected.beside if glued(line) in letters),
        day=_day(told.published) == _day(expected.published),
        minute=_minute(told.published, expected.published),
        title=joined(told.title) == joined(expected.title),
        author=joined(told.author) == joined(expected.author),
        original_source=joined(told.original_source) == joined(expected.original_source),
        refusal=told.refusal,
    )


def score_set(scores: Iterable[PageScore]) -> SetScore:
    """Means over pages; there must be at least one."""
    pages = list(scores)
    return SetScore(
        pages=len(pages),
        f1=fmean(page.f1 for page in pages),
        sapo=_share(page.sapo for page in pages),
        sapo_apart=_share(page.sapo_apart for page in pages),
        leaked_lines=sum(len(page.leaks) for page in pages),
        leaking=_share(bool(page.leaks) for page in pages),
        day=_share(page.day for page in pages),
        minute=_share(page.minute for page in pages),
        title=_share(page.title for page in pages),
        author=_share(page.author for page in pages),
        original_source=_share(page.original_source for page in pages),
    )


def worst(scores: Iterable[PageScore], count: int = 10) -> list[PageScore]:
    """The pages with most wrong, refused ones first."""
    return sorted(scores, key=lambda page: (not page.refusal, page.f1 - len(page.faults)))[:count]


def joined(text: str | None) -> str:
    """Folded words between single spaces, with one at both ends."""
    return f" {' '.join(_words(text or ''))} "


def glued(text: str | None) -> str:
    """Folded words without anything between them."""
    return "".join(_words(text or ""))


def occurrences(phrase: str, words: str) -> int:
    """How often a phrase's words stand in ``joined`` words, also one right after another."""
    return len(re.findall(f"(?={re.escape(joined(phrase))})", words))


def token_f1(told: str, wanted: str) -> float:
    """Harmonic mean of precision and recall over words; 1 where both are empty."""
    told_words, wanted_words = Counter(_words(told)), Counter(_words(wanted))
    total = told_words.total() + wanted_words.total()
    return 2 * (told_words & wanted_words).total() / total if total else 1.0


def _is_once(sapo: str, words: str, letters: str) -> bool:
    return occurrences(sapo, words) == 1 == letters.count(glued(sapo))


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _day(moment: str | None) -> str | None:
    return moment[:10] if moment else None


def _minute(told: str | None, wanted: str | None) -> bool | None:
    """None where the page shows no time: then only the invention of one is a fault."""
    if wanted is None or "T" not in wanted:
        return False if told and "T" in told else None
    return told == wanted


def _share(marks: Iterable[bool | None]) -> float:
    known = [mark for mark in marks if mark is not None]
    return fmean(known) if known else 1.0
