"""What is remembered of the service's lives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.soak.handle import Vital


@dataclass(frozen=True, kw_only=True)
class Death:
    """One end by SIGKILL."""

    at: datetime
    where: str
    """What it was doing: the kind of kill and its point."""
    was_crawling: bool


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What a process at rest took of the machine."""

    at: datetime
    life: int
    age: timedelta
    vital: Vital


@dataclass(frozen=True, kw_only=True)
class Span:
    """A time, and why nothing could be done in it."""

    begins: datetime
    ends: datetime
    why: str
