"""The part of ``status`` that is about digests: the last, the next, and what has not arrived."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.cli.output import out
from monitor.publishing import next_digest_at
from monitor.watch import Watch, now

if TYPE_CHECKING:
    from datetime import date, datetime

    from monitor.items import Delivery, Edition


@dataclass(frozen=True, kw_only=True)
class _Issue:
    """One edition of one subscription."""

    subscription: str
    edition: Edition
    last_day: date | None
    last_stories: int
    next_at: datetime


def digests_object(watch: Watch) -> dict[str, object]:
    """What ``status --json`` says of digests; other programs build on its keys."""
    issues = _issues(watch)
    return {
        "last_digest": max((one.last_day for one in issues if one.last_day), default=None),
        "next_digest_at": min(one.next_at for one in issues),
        "digests": issues,
    }


def print_topics(watch: Watch) -> None:
    """How many stories each topic has, where there are several."""
    counts = watch.store.counts().flagged_by_topic
    if len(watch.topics) > 1:
        told = ", ".join(f"{topic.name} {counts.get(topic.key, 0)}" for topic in watch.topics)
        out.print(watch.wording.say("status.topics", counts=told))


def print_digests(watch: Watch) -> None:
    """The last and the next digest of each subscription and edition, then open deliveries."""
    issues = _issues(watch)
    if len(issues) == 1:
        out.print(_last(watch, issues[0]))
        out.print(_next(watch, issues[0]))
    else:
        for issue in issues:
            out.print(_line(watch, issue))
    _print_undelivered(watch)


def undelivered(watch: Watch) -> list[Delivery]:
    """Deliveries that did not arrive, or of which nobody knows."""
    return [one for one in watch.store.deliveries() if one.state != "sent"]


def _issues(watch: Watch) -> list[_Issue]:
    return [
        _issue(watch, subscription.name, edition)
        for subscription in watch.subscriptions
        for edition in subscription.editions
    ]


def _issue(watch: Watch, name: str, edition: Edition) -> _Issue:
    last = watch.store.last_issue(name, edition=edition)
    return _Issue(
        subscription=name,
        edition=edition,
        last_day=last.day if last else None,
        last_stories=last.stories if last else 0,
        next_at=next_digest_at(watch, watch.subscription(name), edition=edition, at=now()),
    )


def _line(watch: Watch, issue: _Issue) -> str:
    say = watch.wording.say
    return say(
        "status.subscription",
        name=issue.subscription,
        edition=say(f"edition.{issue.edition}"),
        last=_last(watch, issue),
        next=_next(watch, issue),
    )


def _last(watch: Watch, issue: _Issue) -> str:
    say = watch.wording.say
    if issue.last_day is None:
        return say("status.no_digest")
    stories = say("summary.stories", count=issue.last_stories)
    return say("status.last_digest", day=watch.wording.day(issue.last_day), stories=stories)


def _next(watch: Watch, issue: _Issue) -> str:
    moment = watch.wording.moment(issue.next_at, watch.config.zone)
    return watch.wording.say("status.next_digest", moment=moment)


def _print_undelivered(watch: Watch) -> None:
    say, left = watch.wording.say, undelivered(watch)
    if left:
        out.print(say("status.unsent", count=len(left)))
    for one in left:
        parts = (one.channel, one.recipient, say(f"delivery.{one.state}"), one.doubt or one.error)
        out.print("  " + " · ".join(part for part in parts if part))
