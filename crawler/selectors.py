"""CSS selectors of a single source, with the days they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

SELECTOR_NAMES = ("title", "sapo", "date", "author", "origin", "category", "body", "drop")
"""The parts of a page that selectors lead to."""


Day = date
"""For classes with a field of that name."""


@dataclass(frozen=True, kw_only=True)
class Selectors:
    """CSS of one source, tried before its family's while it holds."""

    since: Day | None = None
    """First day it holds; None from the beginning."""
    until: Day | None = None
    """Last day it holds; None without end."""
    title: tuple[str, ...] = ()
    sapo: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()

    def holds_on(self, day: Day) -> bool:
        """Whether a page fetched on that day (Vietnam's) is read with it."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )
