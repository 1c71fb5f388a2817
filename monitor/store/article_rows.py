"""What the store hands out of articles, beyond the words of the items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from crawler.items import Article
from monitor.items import ArchivePlace, Copy, Correction, Figure, Label, Place, Score, Verdict

PageState = Literal["found", "read", "gone", "failed"]


@dataclass(frozen=True, kw_only=True)
class Revision:
    """A text that a page had at another time."""

    article: Article
    seen_at: datetime
    """When it was last fetched."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A reader's word on whether an article was flagged or left out rightly."""

    article_id: int
    url: str
    title: str
    paper: str
    """Name of the source."""
    topic: str
    """Key of the topic whose flag is meant."""
    verdict: Verdict
    label: Label
    """What was judged."""
    note: str | None
    marked_at: datetime

    @property
    def gold(self) -> Label:
        """The label the reader wants: a flag that is wrong is none, a missing one a story."""
        if self.verdict == "right":
            return self.label
        return "none" if self.label != "none" else "main"


@dataclass(frozen=True, kw_only=True)
class StoredScore:
    """What one topic makes of an article."""

    topic: str
    """Its key."""
    score: Score
    flagged_at: datetime | None
    """When it became a story of the topic; None where it is none."""
    mark: Mark | None
    """What a reader said of its flag."""


@dataclass(frozen=True, kw_only=True)
class StoredArticle:
    """Everything known of an article."""

    id: int
    paper: str
    """Name of the source."""
    article: Article
    """The current text; ``fetched_at`` is when this text was first fetched."""
    found_at: datetime
    seen_at: datetime
    """When the current text was last fetched."""
    state: PageState
    """``gone`` where the page has answered 404 or 410 since."""
    topic: str
    """Key of the topic that leads among its ``scores``; the next fields are that topic's too."""
    score: Score
    flagged_at: datetime | None
    mark: Mark | None
    scores: tuple[StoredScore, ...]
    """Of all topics it was scored for, the one that leads first."""
    place: Place
    figures: tuple[Figure, ...]
    digest_id: int | None
    """The first digest it stood in."""
    revisions: tuple[Revision, ...]
    """Newest first."""
    is_pruned: bool = False
    """Whether sapo and body were let go of."""
    pruned_at: datetime | None = None
    """When; None where they were not, or before that was kept."""
    archived: ArchivePlace | None = None
    """Where the response of the current text lies; None where none is kept."""
    copies: tuple[Copy, ...] = ()
    """Where else its story is printed, the original first."""
    corrections: tuple[Correction, ...] = ()
    """Figures its paper changed on the page, oldest first."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """An article in a list."""

    article_id: int
    url: str
    title: str
    source: str
    paper: str
    province: str | None
    published_at: datetime | None
    has_time: bool
    found_at: datetime
    topic: str
    """Key of the topic that was asked for, or that leads among the article's scores."""
    label: Label
    value: float
    excerpt: str
    """Some words around the first match, or the beginning of the text."""
    place: Place
    copies: tuple[Copy, ...] = ()
    """Where else its story is printed, the original first."""


@dataclass(frozen=True, kw_only=True)
class FigureHit:
    """A figure with the article it stands in."""

    article_id: int
    url: str
    title: str
    paper: str
    published_at: datetime | None
    has_time: bool
    figure: Figure
