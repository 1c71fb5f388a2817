"""What the store hands out beyond the words of ``crawler.items`` and ``monitor.items``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from crawler.items import (
    AskedBecause,
    EntryPast,
    FailureKind,
    Gap,
    Link,
    Validator,
)
from monitor.items import Edition

_COUNTED = (
    "sources",
    "reached",
    "pages",
    "new",
    "skimmed",
    "flagged",
    "revised",
    "unchanged",
    "gone",
)


@dataclass(frozen=True, kw_only=True)
class EntryState:
    """How an entry of a source has fared."""

    url: str
    kind: str
    outcome: Literal["read", "unchanged", "failed"] | None
    """Of the last visit; None before the first."""
    links: int
    new_links: int
    last_visit_at: datetime | None
    last_success_at: datetime | None
    failing_since_at: datetime | None
    failure_kind: FailureKind | None
    """Of the last failure, also after recovery."""
    failure_detail: str | None
    asked_because: AskedBecause | None = None
    """Why the last visit asked it; None before the first."""
    reaches_back: bool | None = None
    """Whether it met what was known before then; None where nothing could be compared."""
    newest_at: datetime | None = None
    """The newest publication it told of."""


@dataclass(frozen=True, kw_only=True)
class SourceState:
    """How a source has fared."""

    key: str
    name: str
    kind: str
    home: str
    province: str | None
    succeeded_by: str | None
    watched: bool
    last_crawled_at: datetime | None
    last_success_at: datetime | None
    failing_since_at: datetime | None
    failures: int
    """Crawls in a row in which no entry answered."""
    failure_kind: FailureKind | None
    """Of the last failure, also after recovery."""
    failure_detail: str | None
    next_due_at: datetime | None
    retry_not_before_at: datetime | None
    entries: tuple[EntryState, ...] = ()
    gap: Gap | None = None
    """A time of which pages may be missing, or were."""

    @property
    def is_expected(self) -> bool:
        """Whether its silence is worth telling: watched, and not taken over by another."""
        return self.watched and self.succeeded_by is None


@dataclass(frozen=True, kw_only=True)
class SourcePlan:
    """What is expected of a watched source, and what its site was asked for."""

    key: str
    name: str
    next_visit_at: datetime | None
    """None is at once."""
    articles_per_day: float
    """New ones, the mean of a week."""
    requests_today: int
    """To its site, since midnight in Vietnam."""
    requests_per_day: int
    """The most its site may get."""
    interval: timedelta | None
    """Written into its seed or the settings; None: its rhythm decides."""


@dataclass(frozen=True, kw_only=True)
class CrawlState:
    """What a SourceTask needs to know of the past."""

    validators: Mapping[str, Validator]
    known: frozenset[str]
    pending: tuple[Link, ...]
    past: Mapping[str, EntryPast] = field(default_factory=dict)
    recent: Mapping[str, datetime] = field(default_factory=dict)
    gap: Gap | None = None
    silence: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class IngestSummary:
    """What a crawl brought."""

    sources: int = 0
    """Sources whose crawl was stored, finished or not."""
    reached: int = 0
    """Of them, those of which at least one entry answered."""
    pages: int = 0
    """Pages that were read, skimmed, gone or failed."""
    new: int = 0
    """Articles not stored before, those that are only known by their title included."""
    skimmed: int = 0
    """Of them, those that are: they hold no word of the topic."""
    flagged: int = 0
    """Articles that became stories of the topic."""
    revised: int = 0
    """Articles whose text has changed."""
    unchanged: int = 0
    """Pages asked for again that answered that they have not changed; not among ``pages``."""
    gone: int = 0
    """Articles whose pages were there when last asked for, and are gone."""
    failures: Mapping[str, int] = field(default_factory=dict)
    """Of pages and entries, by kind."""
    answered: tuple[str, ...] = ()
    """Keys of the sources of which at least one entry answered."""

    @classmethod
    def total(cls, summaries: Iterable[IngestSummary]) -> IngestSummary:
        """Several crawls as one."""
        known = list(summaries)
        counts: Counter[str] = Counter()
        failures: Counter[str] = Counter()
        for summary in known:
            counts.update({name: getattr(summary, name) for name in _COUNTED})
            failures.update(summary.failures)
        answered = dict.fromkeys(key for summary in known for key in summary.answered)
        return cls(**counts, failures=dict(failures), answered=tuple(answered))


@dataclass(frozen=True, kw_only=True)
class CrawlRun:
    """One batch."""

    id: int
    started_at: datetime
    ended_at: datetime | None
    """None while it runs, or where its process died."""
    sources: tuple[str, ...]
    summary: IngestSummary | None


@dataclass(frozen=True, kw_only=True)
class Issue:
    """A recorded digest without what it tells, which is known where that cannot be read."""

    id: int
    subscription: str
    edition: Edition
    day: date
    """The local day whose slot it fills."""
    until_at: datetime
    """End of its window."""
    stories: int


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How much there is."""

    sources: int
    watched: int
    pages: int
    pages_by_state: Mapping[str, int]
    articles: int
    skimmed: int
    """Pages that hold no word of the topic and are known by their title."""
    flagged: int
    flagged_by_topic: Mapping[str, int]
    """By the topic's key; an article may be a story of several."""
    revisions: int
    figures: int
    digests: int
    deliveries_by_state: Mapping[str, int]
