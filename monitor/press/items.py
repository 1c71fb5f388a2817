"""The press's words: what is printed, who prints it, what is asked and answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from crawler.items import SourceKind
from monitor.items import Label, Metric, Qualifier

BlockKind = Literal["text", "heading", "photo"]
FeedForm = Literal["rss", "atom", "html", "empty"]
Habit = Literal["late-tone", "nbsp", "loose-tone", "decomposed-title", "zero-width"]
Role = Literal["article", "listing", "feed", "sitemap", "robots", "picture", "other"]

FaultKind = Literal[
    "refuse",  # the port is closed
    "hang",  # the connection is taken and no answer comes
    "status-500",
    "status-403",
    "status-429",  # with Retry-After
    "challenge",  # a page that sets a cookie by script and reloads
    "empty",  # 200 with nothing
    "html-feed",  # feeds and sitemaps answer with an HTML page
    "truncated",  # the connection ends in the middle of the body
    "not-html",  # article pages answer with the bytes of a PDF
]


@dataclass(frozen=True, kw_only=True)
class Block:
    """A piece of a story's body."""

    kind: BlockKind
    text: str
    """For a photo its caption with the credit."""


@dataclass(frozen=True, kw_only=True)
class ExpectedFigure:
    """A figure that a reader finds in a story."""

    metric: Metric
    value: float
    value_max: float | None = None
    qualifier: Qualifier = "exact"
    basis: Literal["per_year"] | None = None
    period: str | None = None
    org: str | None = None


@dataclass(frozen=True, kw_only=True)
class Story:
    """What a newsroom hands to its site, with the truth about it."""

    id: str
    site: str
    """Key of the site that prints it."""
    section: str
    title: str
    sapo: str | None
    body: tuple[Block, ...]
    author: str | None = None
    age: timedelta = timedelta()
    """Before the press's ``now`` it was published."""
    reprint_of: str | None = None
    """The paper it was taken from."""
    label: Label = "none"
    figures: tuple[ExpectedFigure, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TruthRow:
    """What a perfect monitor would make of one article that the press serves."""

    id: str
    site: str
    url: str
    label: Label
    figures: tuple[ExpectedFigure, ...]


@dataclass(frozen=True, kw_only=True)
class FeedProfile:
    """A feed of a site."""

    path: str
    form: FeedForm
    section: str | None = None
    """Only this section's articles; None for all."""
    zone_is_wrong: bool = False
    """Local times are labelled GMT, as some papers do."""
    registered: bool = True
    """Stands in the seeds; an unregistered one answers all the same."""


@dataclass(frozen=True, kw_only=True)
class SitemapProfile:
    """The sitemaps of a site: an index and its children."""

    index: str
    child: str
    """Path with ``{year}``, ``{month}`` and, for a file a day, ``{day}``."""
    by_day: bool = False
    utc: bool = False
    """``lastmod`` ends in Z; local time with +07:00 otherwise."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A site as its newsroom runs it."""

    key: str
    name: str
    """As the seeds name it."""
    brand: str
    """As its pages name it."""
    kind: SourceKind
    family: str
    skin: str
    """Template file of its CMS."""
    province: str | None
    code: str | None
    article_path: str
    article_url: str
    """Regular expression of its articles, for the seeds."""
    section_path: str
    sections: Mapping[str, str]
    """Titles by section key."""
    listings: tuple[str, ...]
    """Paths that the seeds name."""
    formed_on: date | None = None
    formed_from: tuple[str, ...] = ()
    place: str | None = None
    dateline: str = ""
    habits: tuple[Habit, ...] = ()
    feeds: tuple[FeedProfile, ...] = ()
    sitemap: SitemapProfile | None = None
    disallow: tuple[str, ...] = ()
    crawl_delay: float | None = None
    """Seconds, in robots.txt."""
    query_addressed: bool = False
    """The query string is the identity of a page."""


@dataclass(frozen=True, kw_only=True)
class Published:
    """A story on a site."""

    story: Story
    site: str
    path: str
    """With the query where the site is query-addressed."""
    number: int
    published_at: datetime
    modified_at: datetime


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A response before it goes on the wire."""

    status: int
    role: Role
    content_type: str = "text/html; charset=utf-8"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    is_cut: bool = False
    """The connection ends after half of the body."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """An entry of a site's request log."""

    method: str
    path: str
    """As asked for, with the query."""
    status: int
    headers: Mapping[str, str]
    """Request headers, names in lower case."""
