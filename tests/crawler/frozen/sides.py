"""What stands beside an article: given out to templates, and remembered as not of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class Other:
    """Another article, as a box names it."""

    title: str
    href: str
    when: datetime


@dataclass
class Sides:
    """Gives each page its own run of the common texts, the same at every build."""

    key: str
    texts: Mapping[str, list[str]]
    newest: datetime
    topical: bool
    """Whether every third headline or lead is of the topic."""
    given: list[str] = field(default_factory=list)
    _count: int = 0

    def others(self, count: int) -> list[Other]:
        """The next other articles."""
        return [self._other() for _ in range(count)]

    def leads(self, count: int) -> list[str]:
        """Leads of other articles, to be printed like paragraphs."""
        return [
            self._give("topical_teasers" if self._is_topical else "teasers") for _ in range(count)
        ]

    def comments(self, count: int) -> list[str]:
        """What readers wrote."""
        return [self._give("comments") for _ in range(count)]

    @property
    def _is_topical(self) -> bool:
        return self.topical and self._count % 3 == 0

    def _other(self) -> Other:
        return Other(
            title=self._give("topical" if self._is_topical else "headlines"),
            href=f"/tin-khac-{70000 + self._count * 13}",
            when=self.newest - timedelta(minutes=47 * self._count),
        )

    def _give(self, shelf: str) -> str:
        start = int(hashlib.sha256(f"{self.key}{shelf}".encode()).hexdigest()[:6], 16)
        texts = self.texts[shelf]
        text = texts[(start + self._count) % len(texts)]
        self._count += 1
        if text not in self.given:
            self.given.append(text)
        return text
