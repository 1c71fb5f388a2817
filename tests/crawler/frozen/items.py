"""The words of the frozen set: stories, pages, and what is expected of a reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Literal

from crawler.items import FailureKind

HANOI = timezone(timedelta(hours=7), "+07:00")
"""Vietnam's zone has had no other offset since 1975."""

BlockKind = Literal[
    "text", "heading", "quote", "list", "table", "photo", "video", "related", "more", "ad"
]
READ_KINDS: frozenset[BlockKind] = frozenset({"text", "heading", "quote", "list", "table"})
"""Blocks that belong to the article; captions and boxes do not."""

Trait = Literal[
    "nfd",  # decomposed letters
    "nbsp",  # no-break spaces between words
    "zero-width",  # zero-width and soft characters in and between words
    "entities",  # letters as numeric and named entities
    "split",  # words broken by inline tags
    "links",  # words of the text that are links
    "bold",  # words of the text in bold
    "ad-in-p",  # an advertisement inside a paragraph
]


@dataclass(frozen=True, kw_only=True)
class Block:
    """A piece of a story's body."""

    kind: BlockKind
    text: str = ""
    """For a photo or video its caption."""
    rows: tuple[tuple[str, ...], ...] = ()
    """Of a table; of a list, one cell a row."""
    count: int = 0
    """Of a box of other articles, how many it names."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """What a reader of the article reads of it."""
        if self.kind not in READ_KINDS:
            return ()
        return tuple(" ".join(row) for row in self.rows) if self.rows else (self.text,)


@dataclass(frozen=True, kw_only=True)
class Story:
    """What a newsroom wrote."""

    id: str
    title: str
    sapo: str | None
    author: str
    category: str
    tags: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class PageSpec:
    """Who prints which story when, and how badly."""

    key: str
    skin: str
    """Template file without its ending."""
    url: str
    paper: str
    """As the page names it."""
    story: str | None = None
    variant: str = ""
    """Of the template: a year, or a site's own habit."""
    published: datetime | None = None
    """Local; None where the page bears no date."""
    has_time: bool = True
    """Whether the page shows more than the day."""
    fetched: datetime
    author: bool = True
    """Whether the page names the author."""
    dateline: str | None = None
    source: str | None = None
    """Whom a reprint names as its origin."""
    traits: frozenset[Trait] = frozenset()
    charset: str = "utf-8"
    """How the bytes are written."""
    label: str | None = None
    """The charset the response header claims; None for none."""
    padding: int = 0
    """Kilobytes of scripts and styles."""
    rows: int = 0
    """Other articles listed by section below this one."""
    topical_boxes: bool = True
    """Whether side boxes may name stories of the topic."""
    refusal: FailureKind | None = None
    about: str | None = None
    """What makes the page hard, where its key does not say it."""


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What a careful reader takes from a page."""

    sha256: str
    """Of the page's bytes."""
    refusal: FailureKind | None = None
    """Why the page gives no article; all else is then empty."""
    title: str = ""
    sapo: str | None = None
    body: tuple[str, ...] = ()
    author: str | None = None
    published: str | None = None
    """Local ISO, to the minute or only the day, as the page shows it."""
    original_source: str | None = None
    beside: tuple[str, ...] = ()
    """Headlines, leads and comments on the page that are not of the article."""


@dataclass(frozen=True, kw_only=True)
class FrozenPage:
    """A page as it came off the wire."""

    spec: PageSpec
    body: bytes
    expected: Expected

    @property
    def published_day(self) -> date | None:
        """The local day of publication."""
        return date.fromisoformat(self.expected.published[:10]) if self.expected.published else None
