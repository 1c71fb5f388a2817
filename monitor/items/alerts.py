"""What an operator is told outside the digest: Condition, Alert, Notice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

AlertKind = Literal[
    "network",  # no source has answered since some moment: one alert, whatever their number
    "source",  # one source failed visit after visit
    "crawl",  # visits are due, and none has ended for long
    "disk",  # little room on the database's disk
    "digest",  # a subscription's digest was due and is not made
    "delivery",  # digests do not reach recipients of a channel
    "job",  # the service meets something it cannot help, for long
]


@dataclass(frozen=True, kw_only=True)
class Condition:
    """Something that needs a person, as one look found it."""

    kind: AlertKind
    subject: str
    """Tells it from others of its kind: a source's key, a channel; empty for the only one."""
    since_at: datetime
    """When it began, as far as is known."""
    seen_at: datetime
    """When the world last showed it: a source's last visit, else the look."""
    fields: Mapping[str, str | int] = field(default_factory=dict)
    """For the words of ``alert.{kind}``."""


@dataclass(frozen=True, kw_only=True)
class Alert:
    """A condition's history; one that comes back goes on with the same alert."""

    kind: AlertKind
    subject: str
    since_at: datetime
    """When the condition began, as far as is known."""
    opened_at: datetime
    """When a look found it, for the first time or again."""
    fields: Mapping[str, str | int] = field(default_factory=dict)
    """As they were last seen."""
    told_at: datetime | None = None
    """When a letter last told of it, or of its end; None: none ever did."""
    over_since_at: datetime | None = None
    """The first look that did not find it any more; None while it lasts."""
    closed_at: datetime | None = None
    """When its end was settled, and told where its beginning was; None while it is open."""

    @property
    def is_told(self) -> bool:
        """Whether somebody knows of it, this time."""
        return self.told_at is not None and self.told_at >= self.opened_at

    @property
    def lasts(self) -> bool:
        """Whether the last look found it."""
        return self.closed_at is None and self.over_since_at is None


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One letter of alerts."""

    at: datetime
    new: tuple[Alert, ...] = ()
    still: tuple[Alert, ...] = ()
    """Told before, and not over."""
    over: tuple[Alert, ...] = ()
    """Told before, and over."""
    is_test: bool = False
    """Whether it only tries whether letters arrive."""
