"""What is remembered of the ways to a source's new pages, and why each is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

AskedBecause = Literal[
    "main",  # of the cheapest kind the source has: asked at every visit
    "turn",  # a dearer one, asked now and then for what the cheaper ones do not list
    "failed",  # a cheaper one failed
    "empty",  # a cheaper one answered without one article of the source
    "stale",  # the newest of the cheaper ones is older than can be
    "gap",  # a cheaper one does not reach back to what was known
]
"""Why an entry was asked in a visit; ``crawler.discovery`` decides."""


@dataclass(frozen=True, kw_only=True)
class EntryPast:
    """What is remembered of one entry."""

    asked_at: datetime | None = None
    """None: never asked."""
    answered_at: datetime | None = None
    """None: it never answered."""
    failing_since_at: datetime | None = None
    """None: it is not failing."""
    reach_at: datetime | None = None
    """Everything the source had shown by then was known when the entry last answered; None: it
    never did. Compared with ``SourceTask.recent``, so of the same clock."""
    newest_at: datetime | None = None
    """The newest publication it ever told of; None: it gives no dates."""
    turn: timedelta | None = None
    """Between two asks beside cheaper ways that work; None: not learned yet."""
    documents: tuple[str, ...] = ()
    """What was read below it when it last answered: files of a sitemap index, in order."""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A time of which pages may be missing: no way reaches back to what was known before it."""

    since_at: datetime
    """What was found until then is on the far side; of the clock of ``EntryPast.reach_at``."""
    found_at: datetime
    """When a visit met it."""
    tried_at: datetime
    """When a visit last tried to close it."""
    closed_by: str | None = None
    """URL of the entry that reached the far side; None: the gap is open."""
    resume: tuple[tuple[str, str], ...] = ()
    """Where listings are to be walked on: URL of the entry, URL of its next page."""

    @property
    def is_open(self) -> bool:
        """Whether pages may still be missing."""
        return self.closed_by is None
