"""What a crawl is told to do: one batch for one child process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crawler.items.backfills import Backfill
from crawler.items.records import Link, Validator
from crawler.items.sources import Source
from crawler.items.ways import EntryPast, Gap


@dataclass(frozen=True, kw_only=True)
class CrawlLimits:
    """Bounds of one crawl. The defaults are those of config.yaml."""

    delay: timedelta = timedelta(seconds=1)
    """Between two requests to one site; robots.txt may ask for more."""
    timeout: timedelta = timedelta(seconds=30)
    """For one request."""
    pages_per_source: int = 40
    list_pages: int = 12
    """Second and further pages of listings that are asked for in one visit of a source."""
    body_bytes: int = 8 * 1024 * 1024
    deadline: timedelta = timedelta(minutes=10)
    """For the whole batch; what is left then is told as ``stopped``."""


@dataclass(frozen=True, kw_only=True)
class Revisit:
    """A page that was read before, to be looked at again for edits and withdrawal."""

    url: str
    key: str
    """``crawler.urls.page_key`` of the address the link named."""
    validator: Validator | None = None
    """Of the answer that was last read; None where the server gave none."""


@dataclass(frozen=True, kw_only=True)
class SourceTask:
    """What one crawl shall do at one source."""

    source: Source
    validators: Mapping[str, Validator] = field(default_factory=dict)
    """By URL of an entry or a document below it, from the last visit that was stored with all
    it led to."""
    known: frozenset[str] = frozenset()
    """Page keys (``crawler.urls.page_key``) that need no fetching."""
    recent: Mapping[str, datetime] = field(default_factory=dict)
    """When pages were found, by key; those that are known and not named here were found before
    every ``EntryPast.reach_at`` and ``Gap.since_at``."""
    past: Mapping[str, EntryPast] = field(default_factory=dict)
    """By entry URL; an entry that is not named was never asked."""
    gap: Gap | None = None
    """Left open by an earlier visit."""
    silence: timedelta | None = None
    """How long the source may publish nothing; None: not known."""
    pending: tuple[Link, ...] = ()
    """Links found earlier whose pages were not read yet."""
    revisits: tuple[Revisit, ...] = ()
    """Pages to look at again once the new ones are read, most important first."""
    pages: tuple[str, ...] = ()
    """Addresses to fetch again; where given, the entries are left alone (a recrawl)."""
    since: datetime | None = None
    """Links with an older date are left alone."""
    survey: bool = False
    """Look for further entries from the home page on, read the newest pages, and tell it all in
    a Survey; nothing of it is meant for the store."""
    backfill: Backfill | None = None
    """Read the stories of past days instead of what is new."""

    @property
    def is_regular(self) -> bool:
        """Whether it looks for what is new: how it goes says how the source fares."""
        return not self.pages and not self.survey and self.backfill is None


@dataclass(frozen=True, kw_only=True)
class CrawlJob:
    """One batch for one child process."""

    started_at: datetime
    tasks: tuple[SourceTask, ...]
    limits: CrawlLimits = CrawlLimits()
    contact: str | None = None
    """URL or mail address put into the User-Agent, so that a webmaster can reach us."""
    allow_loopback: bool = False
    """Lets sources live on 127.0.0.0/8; for tests and the demo only."""
    trigger_words: tuple[str, ...] = ()
    """A page with none of them is only skimmed, if nobody asked for it; empty: none is."""
    keep_raw: bool = False
    """Whether articles bring the response they were read from."""
    clock_ahead: timedelta = timedelta()
    """How far the clock to go by is ahead of the machine's: for a day that is simulated."""
    requests_left: Mapping[str, int] = field(default_factory=dict)
    """Requests that may be sent, by site (``crawler.urls.site_of``); a site that is not among
    them has no bound. What is not asked for then is told as ``stopped``, or left."""
