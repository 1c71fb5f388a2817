"""What a crawl tells, one record after the other: links, articles, failures, reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from crawler.items.sources import Entry, EntryKind
from crawler.items.ways import AskedBecause, Gap
from crawler.raw import RawResponse

DatedBy = Literal["feed", "sitemap", "lastmod", "listing", "json"]
"""How an entry tells a page's date: a feed's item; a sitemap's publication or, without one, the
last change; the card of a listing; a JSON list's item."""

FailureKind = Literal[
    "dns",  # the name does not resolve
    "tls",  # the certificate or handshake is refused
    "timeout",  # no answer in time
    "refused",  # connection refused, reset or cut short
    "status",  # an HTTP error status; detail holds the number
    "challenge",  # a captcha, cookie or script challenge instead of the page
    "robots",  # robots.txt forbids the address
    "guard",  # an address outside the source, or a private one
    "size",  # the body is larger than the limit
    "not-html",  # the body is not of the kind that was asked for
    "empty",  # an answer with nothing in it
    "parse",  # the body could not be read as what it claims to be
    "not-article",  # a page of another kind: a listing, a print view, a translation
    "stopped",  # the crawl ended (deadline, signal, crash) before the answer
]


@dataclass(frozen=True, kw_only=True)
class Validator:
    """What a server gave to ask it "changed since?" (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file below an entry: of a sitemap index, a listing's further page, a day's address."""

    url: str
    validator: Validator | None = None


@dataclass(frozen=True, kw_only=True)
class Link:
    """An article's address, found in an entry and not known before."""

    record: Literal["link"] = "link"
    source: str
    url: str
    key: str
    """``crawler.urls.page_key(url)``."""
    found_in: str
    """URL of the entry."""
    title: str | None = None
    """As the entry prints it."""
    dated_at: datetime | None = None
    """Publication as the entry tells it: a witness, not the truth."""
    dated_by: DatedBy | None = None
    """How the entry knows; None where it gives no date, or was not asked."""


@dataclass(frozen=True, kw_only=True)
class Article:
    """A page, read."""

    record: Literal["article"] = "article"
    source: str
    url: str
    """Where the page was found after redirects."""
    key: str
    """``page_key`` of the address the link named; the page's identity in the store."""
    title: str
    sapo: str | None
    """The lead, kept apart from the body."""
    body: str
    """Paragraphs joined by one empty line, NFC, without the sapo."""
    author: str | None = None
    published_at: datetime | None = None
    published_rule: str | None = None
    """Name of the rule in ``crawler.dates`` that won; None without a date."""
    published_raw: str | None = None
    """The string that rule read; for an entry's date the instant it gave."""
    has_time: bool = False
    """False where only the day is known; ``published_at`` is then that day's local midnight."""
    witness_at: datetime | None = None
    """Publication (in a plain sitemap: last change) as the entry told it; None if it did not."""
    is_date_disputed: bool = False
    """Whether the page's own date and the witness lie more than two days apart."""
    original_source: str | None = None
    """Whom a reprint names as its origin."""
    category: str | None = None
    """The section it stands in, as the page names it."""
    family: str | None = None
    fetched_at: datetime
    digest: str
    """sha256 hex of title, sapo and body: two equal digests are the same text."""
    validator: Validator | None = field(default=None, compare=False)
    """To ask next time whether the page has changed; no part of what the article says."""
    raw: RawResponse | None = field(default=None, compare=False, repr=False)
    """What it was read from, where the job asks for it; no part of what the article says."""


@dataclass(frozen=True, kw_only=True)
class Skimmed:
    """A page with none of the trigger words; fields as in an article. Its text is not read."""

    record: Literal["skimmed"] = "skimmed"
    source: str
    url: str
    key: str
    title: str
    published_at: datetime | None = None
    published_rule: str | None = None
    published_raw: str | None = None
    has_time: bool = False
    fetched_at: datetime


@dataclass(frozen=True, kw_only=True)
class Unchanged:
    """A page asked for again that says (304) it is what it was; nothing was parsed."""

    record: Literal["unchanged"] = "unchanged"
    source: str
    url: str
    key: str
    seen_at: datetime


@dataclass(frozen=True, kw_only=True)
class Gone:
    """A page that answers 404 or 410."""

    record: Literal["gone"] = "gone"
    source: str
    url: str
    key: str
    status: int
    seen_at: datetime


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A page that could not be read. Entry failures stand in the SourceReport."""

    record: Literal["failure"] = "failure"
    source: str
    url: str
    key: str
    kind: FailureKind
    detail: str
    seen_at: datetime
    retry_after: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class EntryVisit:
    """How one entry answered."""

    url: str
    """The entry's URL as the source names it, before its date fields are filled."""
    kind: EntryKind
    outcome: Literal["read", "unchanged", "failed"]
    links: int = 0
    new_links: int = 0
    validator: Validator | None = None
    """To be kept only together with the links it led to."""
    failure: FailureKind | None = None
    detail: str | None = None
    asked_because: AskedBecause = "main"
    reaches_back: bool | None = None
    """Whether what it shows meets what was known when it last answered, so that nothing can
    have passed in between; None: it failed, is unchanged, or was never read before."""
    newest_at: datetime | None = None
    """The newest publication it tells of; None: it tells none, or was not read."""
    turn: timedelta | None = None
    """To be kept as ``EntryPast.turn``."""
    documents: tuple[Document, ...] = ()
    """Read below it, in order; to be kept as the validator is."""


@dataclass(frozen=True, kw_only=True)
class SourceReport:
    """The last record of a source in a crawl; without it the source was not finished."""

    record: Literal["source"] = "source"
    source: str
    started_at: datetime
    finished_at: datetime
    entries: tuple[EntryVisit, ...] = ()
    pages: int = 0
    """Pages asked for, answered or not."""
    articles: int = 0
    skimmed: int = 0
    """Pages that hold none of the trigger words."""
    left: int = 0
    """Links found and not fetched because of the page budget; they stay pending."""
    revisited: int = 0
    """Pages asked for again, answered or not; they are not among ``pages``."""
    requests: Mapping[str, int] = field(default_factory=dict)
    """HTTP requests sent, by site (``crawler.urls.site_of``): robots.txt, entries, pages,
    redirects and second tries."""
    retry_after: timedelta | None = None
    """The longest pause the site asked for."""
    gap: Gap | None = None
    """Of this visit, or one that an earlier visit left open; None: nothing can be missing."""


@dataclass(frozen=True, kw_only=True)
class Survey:
    """What a site says of itself; comes before the SourceReport of a task that asks for it."""

    record: Literal["survey"] = "survey"
    source: str
    home: str | None = None
    """Where the home page was found after redirects; None where it could not be read."""
    title: str | None = None
    """The site's name as its home page gives it."""
    family: str | None = None
    """CMS family of the home page; article pages know better."""
    article_url: str | None = None
    """Pattern of the article addresses that were seen; None where they have none in common."""
    entries: tuple[Entry, ...] = ()
    """Those tried: the source's own, then those that the site offers."""
    failure: FailureKind | None = None
    """Why the home page could not be read."""
    detail: str | None = None
