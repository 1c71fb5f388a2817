"""Reading the past of a source: which days, how far the way through its entries has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from crawler.items.records import FailureKind
from crawler.items.sources import EntryKind


@dataclass(frozen=True, kw_only=True)
class DayRange:
    """Days in Asia/Ho_Chi_Minh, both ends included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last

    def meets(self, other: DayRange) -> bool:
        """Whether they have a day in common."""
        return self.first <= other.last and other.first <= self.last

    @property
    def count(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, kw_only=True)
class Waypoint:
    """A file or page that lists links, to be read on a walk."""

    url: str
    kind: EntryKind
    depth: int = 0
    """Of a sitemap: how many indexes stand above it."""


@dataclass(frozen=True, kw_only=True)
class Walk:
    """How far the way through one entry has come. What was never begun waits as a whole."""

    entry: str
    """Its URL as the source names it."""
    kind: EntryKind
    waiting: tuple[Waypoint, ...]
    """What is still to be read, newest first; a document goes when all it led to is read."""
    documents: int = 0
    """Read so far."""
    reached_on: date | None = None
    """Every day from this one to the last was looked through; None where no day was."""
    pages_past: int = 0
    """Listing pages in a row that lay before the first day: one may be a row of pinned stories."""
    failure: FailureKind | None = None
    """Of the last document that could not be read."""
    detail: str | None = None

    @property
    def is_done(self) -> bool:
        """Whether nothing is left of it."""
        return not self.waiting


@dataclass(frozen=True, kw_only=True)
class Backfill:
    """The past that a crawl shall read at one source."""

    days: DayRange
    requests: int
    """At most in this crawl: listings, sitemaps and pages together."""
    walks: tuple[Walk, ...]
    known: Mapping[str, date | None] = field(default_factory=dict)
    """Keys of pages that are stored, with the day of their publication; not fetched again."""
    is_estimate: bool = False
    """Read sitemaps and first listing pages, and no page: to tell how much there is."""


@dataclass(frozen=True, kw_only=True)
class Walked:
    """A step of a backfill; to be kept only together with the pages told since the last one."""

    record: Literal["walked"] = "walked"
    source: str
    days: DayRange
    walk: Walk
    requests: int
    """Since the last step."""
    links: int = 0
    """In an estimate: pages of these days that are not stored."""
    span: timedelta | None = None
    """In an estimate: how much time the stories of a listing's first page take."""
