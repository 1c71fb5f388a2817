"""What goes wrong in a month, and when: all of it is drawn from one number."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, cast, get_args

from monitor.press.items import FaultKind
from tests.soak.post import BOT_POINTS, MAIL_POINTS, BotFault, Cut, MailFault

KillKind = Literal["write", "crawl", "email", "telegram", "start"]
FaultPlace = Literal[
    "email", "telegram", "cut email", "cut telegram", "site", "disk", "skew", "sleep"
]

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_WEIGHTS: dict[KillKind, int] = {"write": 40, "crawl": 24, "email": 13, "telegram": 13, "start": 10}
_A_MONTH: dict[FaultPlace, int] = {
    "email": 12,
    "telegram": 12,
    "cut email": 5,
    "cut telegram": 5,
    "site": 40,
    "disk": 5,
    "skew": 5,
    "sleep": 3,
}
"""How many of each."""
_SITE_FAULTS: tuple[FaultKind, ...] = get_args(FaultKind)


@dataclass(frozen=True, kw_only=True)
class Kill:
    """An end by SIGKILL, and what it waits for."""

    at: datetime
    kind: KillKind
    detail: str = ""
    """``inside`` or ``after`` a write; the point of a protocol."""
    number: int = 0
    """Of the write."""
    seconds: float = 0.0
    """Real ones, from the beginning of a crawl or of a start."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Something that does not work for a while."""

    begins: datetime
    ends: datetime
    place: FaultPlace
    detail: str = ""
    site: str = ""
    skew: timedelta = timedelta()
    """By how much the service's clock is wrong."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All that goes wrong."""

    kills: tuple[Kill, ...]
    faults: tuple[Fault, ...]
    child_kills: tuple[datetime, ...]
    """When a crawl child is killed alone."""
    calm: tuple[datetime, datetime]
    """No kills in between: one life of the service, for its memory."""


def draw_plan(
    *, begins: datetime, days: float, kills: int, seed: int, sites: Sequence[str]
) -> Plan:
    """Draw what goes wrong between a day after the beginning and some hours before the end."""
    draw = random.Random(f"faults {seed}")
    first, last = begins + min(1.0, days / 6) * _DAY, begins + days * _DAY - 6 * _HOUR
    middle = begins + days * _DAY * 0.45
    calm = (middle, middle + min(2.5, days / 8) * _DAY)
    moments = sorted(_moment(draw, first, last, calm) for _ in range(kills))
    children = sorted(_moment(draw, first, last, calm) for _ in range(max(1, kills // 10)))
    return Plan(
        kills=tuple(_kill(draw, at) for at in moments),
        faults=tuple(sorted(_faults(draw, first, last, days, sites), key=lambda one: one.begins)),
        child_kills=tuple(children),
        calm=calm,
    )


def downtime(draw: random.Random) -> timedelta:
    """From a kill to the next start: mostly at once, as systemd does; now and then half a day."""
    chance = draw.random()
    if chance < 0.75:
        return timedelta(seconds=draw.uniform(5, 120))
    if chance < 0.92:
        return timedelta(minutes=draw.uniform(3, 40))
    return timedelta(hours=draw.uniform(1, 4) if chance < 0.985 else draw.uniform(6, 12))


def _moment(
    draw: random.Random, first: datetime, last: datetime, calm: tuple[datetime, datetime]
) -> datetime:
    while True:
        at = first + (last - first) * draw.random()
        if not calm[0] <= at < calm[1]:
            return at


def _kill(draw: random.Random, at: datetime) -> Kill:
    [kind] = draw.choices(list(_WEIGHTS), list(_WEIGHTS.values()))
    if kind == "write":
        place = draw.choice(("inside", "after"))
        return Kill(at=at, kind=kind, detail=place, number=draw.randrange(1, 36))
    if kind == "email":
        return Kill(at=at, kind=kind, detail=draw.choice(MAIL_POINTS))
    if kind == "telegram":
        return Kill(at=at, kind=kind, detail=draw.choice(BOT_POINTS))
    return Kill(at=at, kind=kind, seconds=draw.uniform(0, 2.5))


def _faults(
    draw: random.Random, first: datetime, last: datetime, days: float, sites: Sequence[str]
) -> Iterator[Fault]:
    for place, a_month in _A_MONTH.items():
        expected = a_month * days / 30
        for _ in range(int(expected) + (draw.random() < expected % 1)):
            begins = first + (last - first) * draw.random() * 0.95
            yield _fault(draw, place, begins, sites, last)


def _fault(
    draw: random.Random,
    place: FaultPlace,
    begins: datetime,
    sites: Sequence[str],
    last: datetime,
) -> Fault:
    if place in ("email", "telegram"):
        # At a digest's hour, or it would hardly ever be noticed.
        begins = begins.replace(hour=draw.choice((5, 6, 6, 16)), minute=draw.randrange(60))
        kinds = get_args(MailFault if place == "email" else BotFault)
        ends = begins + draw.uniform(0.5, 9) * _HOUR
        return Fault(begins=begins, ends=min(ends, last), place=place, detail=draw.choice(kinds))
    if place in ("cut email", "cut telegram"):
        cut = draw.choice(cast("tuple[Cut, ...]", get_args(Cut)))
        return Fault(begins=begins, ends=begins, place=place, detail=cut)
    if place == "site":
        ends = begins + draw.choice((1, 3, 8, 20, 40)) * draw.uniform(0.5, 1.2) * _HOUR
        kind, site = draw.choice(_SITE_FAULTS), draw.choice(list(sites))
        return Fault(begins=begins, ends=min(ends, last), place=place, detail=kind, site=site)
    if place == "skew":
        skew = draw.choice((-9, -2, 0.5, 3, 8, 30)) * _HOUR
        ends = begins + draw.uniform(0.5, 5) * _HOUR
        return Fault(begins=begins, ends=ends, place=place, skew=skew)
    hours = draw.uniform(1, 6) if place == "disk" else draw.choice((3, 12, 36))
    return Fault(begins=begins, ends=min(begins + hours * _HOUR, last), place=place)
