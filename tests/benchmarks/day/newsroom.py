"""Who publishes what, and when: forty sites and their day, the same in every run."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from crawler.dating.text import VIETNAM

SEED = 20261123
STOCK = 0.2
"""Of a day's articles, what stands on a site from the days before: enough to fill its ways."""

Kind = Literal["paper", "portal"]
Feed = Literal["full", "short", "stale", "html", "empty", "none"]
Map = Literal["by-day", "dead", "old", "none"]
Trouble = Literal["503", "403", "500", "refuses", "challenge", "hangs"]

# Of a paper's articles and of a portal's, by local hour.
_PAPER_HOURS = (
    2,
    1,
    1,
    1,
    3,
    12,
    22,
    30,
    32,
    32,
    30,
    20,
    14,
    24,
    28,
    28,
    26,
    24,
    18,
    16,
    16,
    12,
    8,
    4,
)
_PORTAL_HOURS = (*(0,) * 7, 6, 12, 14, 12, 6, 1, 6, 12, 14, 12, 6, 2, 1, 1, 0, 0, 0)


@dataclass(frozen=True, kw_only=True)
class Outage:
    """A trouble, and its time after midnight."""

    kind: Trouble
    begins: timedelta
    lasts: timedelta


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A site."""

    key: str
    kind: Kind
    per_day: int
    feed: Feed
    sitemap: Map
    has_listing: bool
    crawl_delay: float | None = None
    """Seconds, as its robots.txt asks for in simulated time."""
    outage: Outage | None = None
    moves_after: timedelta | None = None
    """After midnight; from then on every address leads to another host."""

    @property
    def feed_length(self) -> int:
        """Items in its feed."""
        return {"full": 50, "short": 10, "stale": 20}.get(self.feed, 0)


@dataclass(frozen=True, kw_only=True)
class Piece:
    """An article's life."""

    paper: str
    number: int
    published_at: datetime
    edited_at: datetime | None = None
    withdrawn_at: datetime | None = None
    is_of_topic: bool = False

    @property
    def path(self) -> str:
        """Its address on the site."""
        return f"/chuyen-lang-xa-so-{self.number}-post{100_000 + self.number}.html"

    def stands(self, now: datetime) -> bool:
        """Whether it is on the site."""
        is_gone = self.withdrawn_at is not None and self.withdrawn_at <= now
        return self.published_at <= now and not is_gone


@dataclass(frozen=True)
class Newsroom:
    """All sites and all that they publish around one day."""

    midnight: datetime
    """Local, aware."""
    papers: tuple[Paper, ...] = field(default_factory=lambda: tuple(_papers()))

    def pieces(self, paper: Paper) -> list[Piece]:
        """From two days before to the end of the day, oldest first."""
        draw = random.Random(f"{SEED} {paper.key}")
        pieces: list[Piece] = []
        for days in (2, 1, 0):
            day = self.midnight - timedelta(days=days)
            count = max(2, round(paper.per_day * STOCK)) if days else paper.per_day
            pieces += _day(paper, day, draw, count=count, first=len(pieces))
        return pieces


def _papers() -> list[Paper]:
    busy = [_busy(number) for number in range(12)]
    middling = [_middling(number) for number in range(8)]
    return [*busy, *middling, *(_portal(number) for number in range(20))]


_WAYS: tuple[tuple[Feed, Map, bool], ...] = (
    ("full", "by-day", True),
    ("short", "none", True),
    ("html", "by-day", True),
    ("stale", "dead", True),
    ("short", "by-day", False),
    ("none", "none", True),
)
_PORTAL_WAYS: tuple[tuple[Feed, Map, bool], ...] = (
    ("none", "none", True),
    ("full", "none", False),
    ("empty", "none", True),
    ("none", "by-day", False),
)
_HOUR = timedelta(hours=1)
_OUTAGES: dict[str, Outage] = {
    "bao-ban-ron-2": Outage(kind="503", begins=8 * _HOUR, lasts=_HOUR / 4),
    "bao-ban-ron-4": Outage(kind="refuses", begins=9 * _HOUR, lasts=_HOUR * 2 / 3),
    "bao-ban-ron-6": Outage(kind="403", begins=10 * _HOUR, lasts=_HOUR / 4),
    "bao-ban-ron-8": Outage(kind="challenge", begins=14 * _HOUR, lasts=_HOUR / 4),
    "bao-vua-1": Outage(kind="500", begins=13 * _HOUR, lasts=_HOUR),
    "bao-vua-3": Outage(kind="hangs", begins=15 * _HOUR, lasts=_HOUR / 3),
}


def _busy(number: int) -> Paper:
    key = f"bao-ban-ron-{number}"
    return _paper(key, "paper", 240 + 5 * (number % 5), _WAYS[number % len(_WAYS)], number)


def _middling(number: int) -> Paper:
    key = f"bao-vua-{number}"
    return _paper(key, "paper", 80 + 10 * (number % 4), _WAYS[number % len(_WAYS)], number)


def _portal(number: int) -> Paper:
    key = f"cong-{number}"
    way = _PORTAL_WAYS[number % len(_PORTAL_WAYS)]
    return _paper(key, "portal", 2 + number % 9, way, number)


def _paper(key: str, kind: Kind, per_day: int, way: tuple[Feed, Map, bool], number: int) -> Paper:
    feed, sitemap, has_listing = way
    return Paper(
        key=key,
        kind=kind,
        per_day=per_day,
        feed=feed,
        sitemap=sitemap,
        has_listing=has_listing,
        crawl_delay=10.0 if number % 7 == 5 else None,
        outage=_OUTAGES.get(key),
        moves_after=12 * _HOUR if key in {"bao-vua-0", "cong-2"} else None,
    )


def _day(
    paper: Paper, day: datetime, draw: random.Random, *, count: int, first: int
) -> list[Piece]:
    weights = _PAPER_HOURS if paper.kind == "paper" else _PORTAL_HOURS
    hours = draw.choices(range(24), weights, k=count)
    moments = sorted(day + timedelta(hours=hour + draw.random()) for hour in hours)
    return [_piece(paper, first + place, at, draw) for place, at in enumerate(moments)]


def _piece(paper: Paper, number: int, at: datetime, draw: random.Random) -> Piece:
    fate = draw.random()
    later = at + timedelta(hours=1 + 4 * draw.random())
    return Piece(
        paper=paper.key,
        number=number,
        published_at=at,
        edited_at=later if fate < 0.05 else None,
        withdrawn_at=later if fate > 0.99 else None,
        is_of_topic=draw.random() < 0.05,
    )


def midnight_after(now: datetime) -> datetime:
    """The first moment of the next Monday in Vietnam: a working day, ahead of every real date."""
    local = now.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
    return local + timedelta(days=7 - local.weekday())
