"""What a digest is called: its subject, the days it is for, and its topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from monitor.editions import period_of
from monitor.render.plain import name_of

if TYPE_CHECKING:
    from monitor.items import Digest
    from monitor.wording import Wording


def subject_of(digest: Digest, wording: Wording) -> str:
    """Of the mail."""
    day, topics = dated(digest, wording), topics_of(digest, wording)
    if digest.is_test:
        return wording.say("subject.test", day=day)
    if digest.stories:
        return wording.say("subject.stories", day=day, topics=topics, count=len(digest.stories))
    worth = worth_of(digest)
    if worth in {"blind", "unwatched"}:
        return wording.say(f"subject.{worth}", day=day)
    return wording.say("subject.empty", day=day, topics=topics)


def topics_of(digest: Digest, wording: Wording) -> str:
    """What it is about, within a sentence."""
    names = ", ".join(map(name_of, digest.topics.values()))
    return names or wording.say("digest.any_topic")


def dated(digest: Digest, wording: Wording, *, in_words: bool = False) -> str:
    """The digest's day, week or month; what it caught up after downtime included."""
    period = digest.period
    if period is None:
        return wording.day_in_words(digest.day) if in_words else wording.day(digest.day)
    first, last = wording.day(period.first), wording.day(period.last)
    usual = period_of(digest.day, digest.edition)
    if period != usual:
        return wording.say("period.longer", first=first, last=last)
    if digest.edition == "monthly":
        return wording.say("period.monthly", month=wording.month(period.last))
    return wording.say("period.weekly", first=first, last=last)


Worth = Literal[
    "unwatched",  # the watch had not begun
    "blind",  # no source answered
    "partial",  # some did
    "interrupted",  # all did, and not all of the time
    "looked",
]


def worth_of(digest: Digest) -> Worth:
    """What it is worth that nothing was found."""
    checked = digest.checked
    if checked.watched_since is not None and checked.watched_since >= digest.until_at:
        return "unwatched"
    if not checked.reached:
        return "blind"
    if checked.reached < checked.sources:
        return "partial"
    has_holes = checked.watched_since is not None or checked.pauses
    return "interrupted" if has_holes else "looked"
