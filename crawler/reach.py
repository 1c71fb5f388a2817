"""How far back an entry is to be read, and what reading it gave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from crawler.discovery import meets, overlaps
from crawler.feeds import FoundLink
from crawler.items import Document, EntryPast, Validator


def _nothing_known(_: FoundLink, __: datetime) -> bool:
    return False


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How far back an entry is read; the default reads what is there at first sight."""

    past: EntryPast = field(default_factory=EntryPast)
    was_known: Callable[[FoundLink, datetime], bool] = _nothing_known
    """Whether a link was known at a moment."""
    far_at: datetime | None = None
    """The far side of a gap that is to be closed."""
    resume: str | None = None
    """Where a listing is walked on that an earlier visit could not finish."""

    @property
    def moments(self) -> tuple[datetime, ...]:
        """The moments that it is to reach back to."""
        return tuple(at for at in (self.past.reach_at, self.far_at) if at is not None)

    @property
    def asks_anew(self) -> bool:
        """Whether "unchanged" would not do: a gap is to be closed from the top of the list."""
        return self.far_at is not None and self.resume is None


@dataclass(kw_only=True)
class EntryAnswer:
    """What an entry gave, as it grows."""

    links: list[FoundLink] = field(default_factory=list)
    validator: Validator | None = None
    documents: list[Document] = field(default_factory=list)
    """What was read below it."""
    is_unchanged: bool = False
    reaches_back: bool | None = None
    """As ``EntryVisit.reaches_back``."""
    reaches_far: bool = False
    """Whether it reaches over the gap that was to be closed."""
    resume: str | None = None
    """Where a listing goes on that was walked as far as the limits allow."""


class Sight:
    """Judges how far back the documents of one entry have reached so far.

    Args:
        reach: What is wanted.
        accept: Whether an address is an article of the source; other links say nothing.
        now: The crawl's beginning.
    """

    def __init__(self, reach: Reach, *, accept: Callable[[str], bool], now: datetime) -> None:
        self._reach = reach
        self._accept = accept
        self._now = now
        self._back = False
        self._far = False

    @property
    def is_enough(self) -> bool:
        """Whether nothing further back is wanted."""
        needs_back = self._reach.past.reach_at is not None
        needs_far = self._reach.far_at is not None
        return (self._back or not needs_back) and (self._far or not needs_far)

    def see(self, columns: Iterable[Sequence[FoundLink]]) -> None:
        """Take in a document whose lists have an order."""
        ours = [[link for link in column if self._accept(link.url)] for column in columns]
        told = [column for column in ours if column]
        for name, at in self._moments():
            met = meets(told, was_known=self._known_at(at), since_at=at, now=self._now)
            self._note(name, met)

    def see_set(self, links: Iterable[FoundLink]) -> None:
        """Take in a document without order: a sitemap."""
        ours = [link for link in links if self._accept(link.url)]
        for name, at in self._moments():
            self._note(name, overlaps(ours, was_known=self._known_at(at), since_at=at))

    def see_unchanged(self) -> None:
        """A part of the entry is as it was: it reaches back to that, and to no gap."""
        self._back = True

    def see_end(self) -> None:
        """There is nothing further back."""
        self._back = self._far = True

    def judge(self, answer: EntryAnswer) -> EntryAnswer:
        """The answer with how far it reaches."""
        is_comparable = self._reach.past.reach_at is not None and not answer.is_unchanged
        answer.reaches_back = self._back if is_comparable else None
        answer.reaches_far = self._far
        return answer

    def _moments(self) -> list[tuple[str, datetime]]:
        moments = {"back": self._reach.past.reach_at, "far": self._reach.far_at}
        return [(name, at) for name, at in moments.items() if at is not None]

    def _known_at(self, at: datetime) -> Callable[[FoundLink], bool]:
        return lambda link: self._reach.was_known(link, at)

    def _note(self, name: str, met: bool) -> None:
        if name == "back":
            self._back = self._back or met
        else:
            self._far = self._far or met
