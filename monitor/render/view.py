"""A digest in the reader's words: what mail, plain text and chat messages have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor.digest import best_first, by_province
from monitor.render.corrections import CorrectionView, correction_view, withdrawal_view
from monitor.render.plain import SEPARATOR, capitalised, name_of, one_line, shorten
from monitor.render.stories import StoryView, story_view
from monitor.render.titles import dated, subject_of, topics_of, worth_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

    from monitor.items import Digest, Silence, Trouble
    from monitor.wording import Wording

_DETAIL_UNITS = 60
_GAPS_NAMED = 4
_MOST_RECOVERED = 5
"""Sources named that are well again; when the network comes back all of them are."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A province and its stories."""

    title: str
    stories: tuple[StoryView, ...]


@dataclass(frozen=True, kw_only=True)
class TroubleView:
    """A source that failed, in words."""

    name: str
    kind: str
    times: str
    """Since when, and when it was last read."""


@dataclass(frozen=True, kw_only=True)
class DigestView:
    """A digest, in words."""

    day: str
    """What it is for: a day, a week or a month."""
    topics: str
    """What it is about, as a heading."""
    header: str
    subject: str
    summary: str
    contents: tuple[str, ...]
    """Provinces with their counts; empty with fewer than two."""
    sections: tuple[Section, ...]
    empty: str
    """Says that nothing was found, and what that is worth; empty where there are stories."""
    proof: tuple[str, ...]
    """What was looked at: the parts of one line."""
    notes: tuple[str, ...]
    """Further sentences of the proof."""
    troubles: tuple[TroubleView, ...]
    corrections: tuple[CorrectionView, ...] = ()
    """Of stories told before: those taken off, then corrected figures."""
    corrections_heading: str = ""
    more_corrections: str = ""
    more_troubles: str = ""
    cuts: tuple[str, ...] = ()
    """What was shortened for want of room."""


def view_of(digest: Digest, *, wording: Wording, zone: ZoneInfo) -> DigestView:
    """Everything of a digest, nothing cut.

    Args:
        digest: As it was decided.
        wording: The reader's language.
        zone: The reader's.
    """
    topics = capitalised(topics_of(digest, wording))
    return DigestView(
        day=capitalised(dated(digest, wording, in_words=True)),
        topics=topics,
        header=wording.say("digest.header", topics=topics),
        subject=subject_of(digest, wording),
        summary=_summary(digest, wording),
        contents=_contents(digest, wording),
        sections=_sections(digest, wording, zone),
        empty=_empty(digest, wording),
        proof=_proof(digest, wording),
        notes=_notes(digest, wording, zone),
        troubles=(
            *(_trouble(one, wording, zone) for one in _longest_first(digest.checked.troubles)),
            *(_silence(one, wording, zone) for one in digest.checked.silent),
        ),
        corrections=_corrections(digest, wording, zone),
        corrections_heading=wording.say(
            "correction.heading_withdrawn" if digest.withdrawals else "correction.heading"
        ),
    )


def _sections(digest: Digest, wording: Wording, zone: ZoneInfo) -> tuple[Section, ...]:
    ranks = {story.article_id: rank for rank, story in enumerate(best_first(digest.stories))}
    return tuple(
        Section(
            title=one_line(province) if province else wording.say("digest.nationwide"),
            stories=tuple(
                story_view(
                    story,
                    rank=ranks[story.article_id],
                    wording=wording,
                    zone=zone,
                    topics=digest.topics,
                )
                for story in found
            ),
        )
        for province, found in by_province(digest.stories)
    )


def _corrections(digest: Digest, wording: Wording, zone: ZoneInfo) -> tuple[CorrectionView, ...]:
    withdrawn = (withdrawal_view(one, wording=wording, zone=zone) for one in digest.withdrawals)
    corrected = (correction_view(one, wording=wording) for one in digest.corrections)
    return (*withdrawn, *corrected)


def _empty(digest: Digest, wording: Wording) -> str:
    if digest.is_test:
        return wording.say("empty.test")
    if digest.stories:
        return ""
    topics = topics_of(digest, wording)
    return wording.say(f"empty.{worth_of(digest)}", topics=topics, **_reach(digest))


def _summary(digest: Digest, wording: Wording) -> str:
    if not digest.stories:
        return ""
    provinces = {story.place.province for story in digest.stories} - {None}
    figures = sum(len(story.figures) for story in digest.stories)
    summary = wording.say("summary.stories", count=len(digest.stories))
    if provinces:
        known = wording.say("summary.provinces", count=len(provinces))
        summary = wording.say("summary.placed", stories=summary, provinces=known)
    return summary + SEPARATOR + wording.say("summary.figures", count=figures)


def _contents(digest: Digest, wording: Wording) -> tuple[str, ...]:
    groups = by_province(digest.stories)
    if len(groups) < 2:
        return ()
    return tuple(
        wording.say(
            "digest.province_count",
            province=one_line(province) if province else wording.say("digest.nationwide"),
            count=len(stories),
        )
        for province, stories in groups
    )


def _reach(digest: Digest) -> dict[str, int]:
    return {"reached": digest.checked.reached, "count": digest.checked.sources}


def _proof(digest: Digest, wording: Wording) -> tuple[str, ...]:
    checked = digest.checked
    failed = len(checked.troubles)
    return (
        wording.say(
            "checked.provinces", reached=checked.provinces_reached, count=checked.provinces
        ),
        wording.say("checked.sources", **_reach(digest)),
        wording.say("checked.failed", count=failed)
        if failed
        else wording.say("checked.none_failed"),
        *([wording.say("checked.silent", count=len(checked.silent))] if checked.silent else []),
        wording.say("checked.pages", count=checked.pages),
        wording.say("checked.flagged", count=checked.flagged),
    )


def _notes(digest: Digest, wording: Wording, zone: ZoneInfo) -> tuple[str, ...]:
    window = wording.say(
        "digest.window",
        since=wording.moment(digest.since_at, zone),
        until=wording.moment(digest.until_at, zone),
    )
    counts = {"copies": digest.checked.copies, "too_old": digest.checked.too_old}
    told = [wording.say(f"checked.{key}", count=count) for key, count in counts.items() if count]
    checked = digest.checked
    return window, *_recovered(checked.recovered, wording), *told, *_gaps(checked.gaps, wording)


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
