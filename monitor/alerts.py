"""Decides what an operator is told, and when: what is known and what is seen in, a letter out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.items import Alert, Notice

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monitor.items import AlertKind, Condition

LASTING = timedelta(minutes=30)
"""What may pass by itself is told after so long, and nothing is called over before."""

_MAY_PASS: frozenset[AlertKind] = frozenset({"network", "job"})
"""Others have a patience of their own, or are as grave at once."""


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How often somebody is told."""

    repeat: timedelta
    """What lasts is told again after so long; what comes and goes, not more often."""
    pause: timedelta
    """Between two letters; what comes up meanwhile waits for the next."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a look leads to."""

    alerts: tuple[Alert, ...]
    """Those that are to be kept as they are now, before anything is sent."""
    notice: Notice | None
    """What is to be told now, if anything."""


def decide(
    known: Iterable[Alert], seen: Sequence[Condition], *, now: datetime, pace: Pace
) -> Decision:
    """Hold what is seen against what is known.

    An alert opens when its condition is first seen, and closes once that was gone for
    ``LASTING``; one that comes and goes is told once in ``pace.repeat``. While no source
    answers, that is the only thing told of sources; afterwards one counts as broken only when
    it was asked again.

    Args:
        known: Every alert that was ever kept.
        seen: The gravest first; the letter keeps the order.
        now: The moment of the look.
        pace: How often somebody is told.
    """
    before = {(one.kind, one.subject): one for one in known}
    network = before.get(("network", ""))
    is_out = any(one.kind == "network" for one in seen)
    after: dict[tuple[AlertKind, str], Alert] = {}
    for condition in seen:
        key = (condition.kind, condition.subject)
        alert = _seen(before.get(key), condition, now=now)
        held_back = condition.kind == "source" and _blames(
            network, condition, is_out=is_out, now=now
        )
        if alert.opened_at != now or not held_back:
            after[key] = alert
    gone = {key: _unseen(one, now=now) for key, one in before.items() if key not in after}
    alerts = (*after.values(), *gone.values())
    changed = tuple(one for one in alerts if before.get((one.kind, one.subject)) != one)
    return Decision(alerts=changed, notice=_notice(alerts, now=now, pace=pace))


def told(notice: Notice) -> tuple[Alert, ...]:
    """The alerts of a letter as they are once somebody has it."""
    going_on = (replace(one, told_at=notice.at) for one in (*notice.new, *notice.still))
    over = (replace(one, told_at=notice.at, closed_at=notice.at) for one in notice.over)
    return (*going_on, *over)


def _seen(alert: Alert | None, condition: Condition, *, now: datetime) -> Alert:
    if alert is None:
        alert = Alert(
            kind=condition.kind,
            subject=condition.subject,
            since_at=condition.since_at,
            opened_at=now,
        )
    elif alert.closed_at is not None:
        alert = replace(alert, since_at=condition.since_at, opened_at=now)
    return replace(alert, fields=condition.fields, over_since_at=None, closed_at=None)


def _unseen(alert: Alert, *, now: datetime) -> Alert:
    if alert.closed_at is not None:
        return alert
    over_since_at = alert.over_since_at or now
    is_over = not alert.is_told and now - over_since_at >= LASTING
    return replace(alert, over_since_at=over_since_at, closed_at=now if is_over else None)


def _blames(network: Alert | None, condition: Condition, *, is_out: bool, now: datetime) -> bool:
    """Whether a source's failure is the network's, as far as can be told."""
    if is_out or network is None:
        return is_out
    return condition.seen_at <= (network.over_since_at or now)


def _notice(alerts: Sequence[Alert], *, now: datetime, pace: Pace) -> Notice | None:
    """The letter that is due; it names all that is open, so that no second one is needed soon."""
    last = max((one.told_at for one in alerts if one.told_at is not None), default=None)
    if last is not None and now - last < pace.pause:
        return None
    new = tuple(one for one in alerts if _is_news(one, now=now, pace=pace))
    still = tuple(one for one in alerts if one.lasts and one.is_told)
    over = tuple(one for one in alerts if _is_over(one, now=now))
    if new or over or any(_is_due_again(one, now=now, pace=pace) for one in still):
        return Notice(at=now, new=new, still=still, over=over)
    return None


def _is_news(alert: Alert, *, now: datetime, pace: Pace) -> bool:
    if not alert.lasts or alert.is_told or not _is_due_again(alert, now=now, pace=pace):
        return False
    return alert.kind not in _MAY_PASS or now - alert.opened_at >= LASTING


def _is_over(alert: Alert, *, now: datetime) -> bool:
    if alert.closed_at is not None or alert.over_since_at is None:
        return False
    return alert.is_told and now - alert.over_since_at >= LASTING


def _is_due_again(alert: Alert, *, now: datetime, pace: Pace) -> bool:
    return alert.told_at is None or now - alert.told_at >= pace.repeat
