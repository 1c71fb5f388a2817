"""What is made of articles: Score, Figure, Place, Reading, Story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Label = Literal["main", "part", "none"]
"""What a story is to the topic; ``main`` and ``part`` are flagged."""

Verdict = Literal["right", "wrong"]
"""What a reader says of a flag, or of its absence."""

Where = Literal["title", "sapo", "body"]

Metric = Literal[
    "admitted",  # new members admitted in a period
    "target",  # members planned to be admitted in a period
    "members_total",  # all members of an organisation at a time
    "cells",  # party cells (chi bộ) of an organisation
    "orgs",  # grassroots party organisations (tổ chức cơ sở đảng)
    "awareness_class",  # people sent to or attending a class on the party
    "official",  # probationary members made full members
    "share",  # a percentage about admissions or members
]

DERIVED = "suy ra"
"""Begins the note of a figure that was derived: "suy ra: …"."""

Qualifier = Literal["exact", "at_least", "over", "about", "nearly"]


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One term that counted for or against a story."""

    term: str
    """As the topic file names it."""
    weight: float
    """Points added; negative for a veto."""
    where: Where
    sentence: str
    """The sentence it stands in, as printed."""


Lack = Literal[
    "vetoed",  # words that speak against the story took points or terms away
    "head",  # neither title nor lead speaks of the topic
    "strong",  # only words that prove nothing on their own
    "second_proof",  # the body gives one strong term, no count and no second one
    "section",  # no paragraph of the body has the topic to itself
]


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """How far a story is from being flagged."""

    points: float
    """That it lacks; 0 where they would do and another demand is not met."""
    lacks: tuple[Lack, ...]
    """What would have brought them."""


@dataclass(frozen=True, kw_only=True)
class Score:
    """What the topic makes of a story."""

    label: Label
    value: float
    """0 to 1; orders the stories of a digest."""
    reasons: tuple[Reason, ...] = ()
    """Strongest first, vetoes included."""
    shortfall: Shortfall | None = None
    """Of a story that is not flagged though some term or veto spoke."""

    @property
    def is_flagged(self) -> bool:
        """Whether the story belongs into the digest."""
        return self.label != "none"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number about an organisation, with the sentence it stands in. Never about a person."""

    metric: Metric
    value: float
    value_max: float | None = None
    """Upper end of a range such as 8-9."""
    unit: str | None = None
    """As written: ``đảng viên``, ``quần chúng``, ``%``."""
    qualifier: Qualifier = "exact"
    basis: Literal["per_year"] | None = None
    """Said of each year."""
    period: str | None = None
    """As written, NFC."""
    period_from: date | None = None
    """First day of the period; None where it is open or cannot be told."""
    period_to: date | None = None
    """Last day of the period, read by the day of publication."""
    org: str | None = None
    """As written or resolved from the text before, NFC."""
    evidence: str
    """Exact substring of the text that was read."""
    start: int
    """Offset of ``evidence`` in that text, in characters."""
    end: int
    note: str | None = None
    """How a derived figure was derived, after ``DERIVED``; or what else to know of it."""
    paper: str | None = None
    """Who prints it, where the papers that tell one story do not all print it."""
    place_code: str | None = None
    """The organisation's district, commune or province in the table of units."""

    @property
    def is_derived(self) -> bool:
        """Whether the text implies the value and does not print it."""
        return self.note is not None and self.note.startswith(DERIVED)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a story is about."""

    province: str | None
    """Today's province (34 since 1 July 2025)."""
    province_then: str | None
    """The province's name on the day of publication."""
    unit: str | None = None
    """District, commune or ward as written, if any."""
    district: str | None = None
    """The district the unit lay in on the day of publication; None where it is one, where it
    is of today, or where it cannot be told."""
    today: tuple[str, ...] = ()
    """What the unit is today, the likeliest first; empty where it cannot be told."""
    candidates: tuple[str, ...] = ()
    """Units of that name, where the text leaves open which of them it means."""
    code: str | None = None
    """Of the unit, or of the province where no unit is known, in the table of units."""
    named: tuple[str, ...] = ()
    """Codes of all units that the text names and that can be told apart."""


@dataclass(frozen=True, kw_only=True)
class Copy:
    """Another article that tells the same story."""

    article_id: int
    paper: str
    """Name of the source."""
    url: str
    published_at: datetime | None
    is_original: bool
    """Whether a credit or the earliest publication shows that the others took it from here."""


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A figure that a paper changed on its page."""

    article_id: int
    url: str
    title: str
    paper: str
    found_at: datetime
    """When the changed page was stored."""
    before: Figure
    after: Figure


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """A story told in a digest whose paper has taken its page off since."""

    article_id: int
    url: str
    title: str
    paper: str
    gone_at: datetime
    """When the page was first seen to be gone."""


@dataclass(frozen=True, kw_only=True)
class Story:
    """A flagged article as a reader meets it."""

    article_id: int
    url: str
    title: str
    paper: str
    """Name of the source."""
    published_at: datetime | None
    has_time: bool
    found_at: datetime
    sentence: str
    """The sentence that matters (``monitor.quotation``); empty where none may be quoted."""
    score: Score
    place: Place
    figures: tuple[Figure, ...] = ()
    original_source: str | None = None
    is_date_disputed: bool = False
    """Whether page and entry disagree about the day by more than two days."""
    copies: tuple[Copy, ...] = ()
    """Where else it is printed, the original first."""
    is_gone: bool = False
    """Whether its page was taken off before the digest was made."""
    is_backfilled: bool = False
    """Whether it was found by looking back: without a date it is no news."""
    topics: tuple[str, ...] = ()
    """Keys of the topics that flag it, of those the digest is about; the score's first."""


@dataclass(frozen=True, kw_only=True)
class ArchivePlace:
    """Where the raw response of an article lies."""

    file: str
    """Name of the day's file in the archive folder."""
    offset: int
    """Of the record in that file, in bytes."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Everything the extractor makes of one text."""

    scores: Mapping[str, Score]
    """What each topic makes of it, by the topic's key; at least one."""
    place: Place
    figures: tuple[Figure, ...] = ()

    @property
    def topic(self) -> str:
        """Key of the topic that leads: what is told where there is room for one score only."""
        return min(self.scores, key=lambda key: (*rank_of(self.scores[key]), key))

    @property
    def score(self) -> Score:
        """Of the topic that leads."""
        return self.scores[self.topic]

    @property
    def is_flagged(self) -> bool:
        """Whether any topic flags it."""
        return self.score.is_flagged


def rank_of(score: Score) -> tuple[bool, float]:
    """Sorts the scores of one article: flagged ones first, then the higher ones."""
    return not score.is_flagged, -score.value
