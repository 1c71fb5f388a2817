"""The proof of a digest in the reader's words: what was looked at, and what was not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor.render.plain import SEPARATOR, capitalised, name_of, one_line, shorten
from monitor.render.titles import worth_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

    from monitor.items import Checked, Digest, Silence, Trouble
    from monitor.wording import Wording

_DETAIL_UNITS = 60
_GAPS_NAMED = 4
_PAUSES_NAMED = 5
_MOST_RECOVERED = 5
"""Sources named that are well again; when the network comes back all of them are."""


@dataclass(frozen=True, kw_only=True)
class TroubleView:
    """A source that failed, in words."""

    name: str
    kind: str
    times: str
    """Since when, and when it was last read."""


def reach_of(checked: Checked) -> dict[str, int]:
    """How many of how many sources answered: fields of phrases."""
    return {"reached": checked.reached, "count": checked.sources}


def proof_of(digest: Digest, wording: Wording) -> tuple[str, ...]:
    """What was looked at: the parts of one line."""
    checked = digest.checked
    if worth_of(digest) == "unwatched":
        return (capitalised(wording.say("checked.unwatched")),)
    failed = len(checked.troubles)
    return (
        wording.say(
            "checked.provinces", reached=checked.provinces_reached, count=checked.provinces
        ),
        wording.say("checked.sources", **reach_of(checked)),
        wording.say("checked.failed", count=failed)
        if failed
        else wording.say("checked.none_failed"),
        *([wording.say("checked.silent", count=len(checked.silent))] if checked.silent else []),
        wording.say("checked.pages", count=checked.pages),
        wording.say("checked.flagged", count=checked.flagged),
    )


def notes_of(digest: Digest, wording: Wording, zone: ZoneInfo) -> tuple[str, ...]:
    """Further sentences of the proof."""
    window = wording.say(
        "digest.window",
        since=wording.moment(digest.since_at, zone),
        until=wording.moment(digest.until_at, zone),
    )
    counts = {"copies": digest.checked.copies, "too_old": digest.checked.too_old}
    told = [wording.say(f"checked.{key}", count=count) for key, count in counts.items() if count]
    checked = digest.checked
    return (
        window,
        *_holes(checked, wording, zone),
        *_recovered(checked.recovered, wording),
        *told,
        *_gaps(checked.gaps, wording),
    )


def _holes(checked: Checked, wording: Wording, zone: ZoneInfo) -> Iterable[str]:
    """Parts of the window in which nothing could be found, and what is of later than it."""
    if checked.watched_since is not None:
        began = wording.moment(checked.watched_since, zone)
        yield wording.say("checked.watched_since", moment=began)
    for pause in checked.pauses[:_PAUSES_NAMED]:
        since, until = (wording.moment(at, zone) for at in (pause.since, pause.until))
        yield wording.say("checked.pause", since=since, until=until)
    hidden = len(checked.pauses) - _PAUSES_NAMED
    if hidden > 0:
        yield wording.say("checked.pauses_more", count=hidden)
    if checked.as_of is not None and (checked.troubles or checked.silent or checked.gaps):
        yield wording.say("checked.as_of", moment=wording.moment(checked.as_of, zone))


def troubles_of(digest: Digest, wording: Wording, zone: ZoneInfo) -> tuple[TroubleView, ...]:
    """Sources that failed, the longest first, then those that are unusually silent."""
    return (
        *(_trouble(one, wording, zone) for one in _longest_first(digest.checked.troubles)),
        *(_silence(one, wording, zone) for one in digest.checked.silent),
    )


def _recovered(sources: Sequence[str], wording: Wording) -> list[str]:
    names = ", ".join(map(name_of, sources[:_MOST_RECOVERED]))
    more = len(sources) - _MOST_RECOVERED
    if more > 0:
        return [wording.say("checked.recovered_more", sources=names, count=more)]
    return [wording.say("checked.recovered", sources=names)] if sources else []


def _gaps(sources: Sequence[str], wording: Wording) -> list[str]:
    names = ", ".join(map(name_of, sources[:_GAPS_NAMED]))
    if len(sources) > _GAPS_NAMED:
        return [wording.say("checked.gaps_many", count=len(sources), names=names)]
    return [wording.say("checked.gaps", names=names)] if sources else []


def _longest_first(troubles: Iterable[Trouble]) -> list[Trouble]:
    """Those that fail longest, and those that never worked before them."""
    dawn = datetime.min.replace(tzinfo=UTC)
    return sorted(
        troubles,
        key=lambda trouble: (
            trouble.last_success_at or dawn,
            trouble.since or dawn,
            trouble.source,
        ),
    )


def _trouble(trouble: Trouble, wording: Wording, zone: ZoneInfo) -> TroubleView:
    times = []
    if trouble.since is not None:
        times.append(wording.say("trouble.since", moment=wording.moment(trouble.since, zone)))
    if trouble.last_success_at is None:
        times.append(wording.say("trouble.never_read"))
    else:
        last = wording.moment(trouble.last_success_at, zone)
        times.append(wording.say("trouble.last_success", moment=last))
    return TroubleView(
        name=name_of(trouble.source),
        kind=failure_in_words(trouble.kind, trouble.detail, wording=wording),
        times=SEPARATOR.join(times),
    )


def _silence(silence: Silence, wording: Wording, zone: ZoneInfo) -> TroubleView:
    return TroubleView(
        name=name_of(silence.source),
        kind=wording.say("trouble.silent"),
        times=wording.say(
            "trouble.silent_since",
            moment=wording.moment(silence.since, zone),
            count=silence.expected,
        ),
    )


def failure_in_words(kind: str, detail: str, *, wording: Wording) -> str:
    """A failure's kind in plain words; an unknown kind is named as it is."""
    key = f"failure.{kind}" if f"failure.{kind}" in wording else "failure.other"
    return wording.say(key, kind=kind, detail=shorten(one_line(detail), _DETAIL_UNITS))
