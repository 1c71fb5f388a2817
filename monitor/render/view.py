"""A digest in the reader's words: what mail, plain text and chat messages have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.digest import best_first, by_province
from monitor.render.corrections import CorrectionView, correction_view, withdrawal_view
from monitor.render.figure_rows import FigureTable, figure_table
from monitor.render.plain import SEPARATOR, capitalised, one_line
from monitor.render.proof import TroubleView, notes_of, proof_of, reach_of, troubles_of
from monitor.render.stories import StoryView, story_view
from monitor.render.titles import dated, subject_of, topics_of, worth_of
from monitor.render.trend import TrendView, trend_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from zoneinfo import ZoneInfo

    from monitor.items import Digest, Story
    from monitor.wording import Wording


@dataclass(frozen=True, kw_only=True)
class Section:
    """A province and its stories."""

    title: str
    stories: tuple[StoryView, ...]


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
    trend: TrendView | None
    """Of weekly and monthly editions in which there is one."""
    table: FigureTable
    """The figures of all stories."""
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
    has_csv: bool = False
    """Whether all figures go along as a file."""


def view_of(digest: Digest, *, wording: Wording, zone: ZoneInfo) -> DigestView:
    """Everything of a digest, nothing cut.

    Args:
        digest: As it was decided.
        wording: The reader's language.
        zone: The reader's.
    """
    topics = capitalised(topics_of(digest, wording))
    reading_order = (story for _, found in by_province(digest.stories) for story in found)
    numbers = _numbers(reading_order, start=1)
    ranks = _numbers(best_first(digest.stories), start=0)
    return DigestView(
        day=capitalised(dated(digest, wording, in_words=True)),
        topics=topics,
        header=wording.say("digest.header", topics=topics),
        subject=subject_of(digest, wording),
        summary=_summary(digest, wording),
        contents=_contents(digest, wording),
        sections=_sections(digest, wording, zone, numbers=numbers, ranks=ranks),
        trend=trend_view(digest, wording=wording),
        table=figure_table(digest, numbers=numbers, ranks=ranks, wording=wording),
        empty=_empty(digest, wording, zone),
        proof=proof_of(digest, wording),
        notes=notes_of(digest, wording, zone),
        troubles=troubles_of(digest, wording, zone),
        has_csv=digest.subscription.has_csv,
        corrections=_corrections(digest, wording, zone),
        corrections_heading=wording.say(
            "correction.heading_withdrawn" if digest.withdrawals else "correction.heading"
        ),
    )


def _sections(
    digest: Digest,
    wording: Wording,
    zone: ZoneInfo,
    *,
    numbers: Mapping[int, int],
    ranks: Mapping[int, int],
) -> tuple[Section, ...]:
    return tuple(
        Section(
            title=one_line(province) if province else wording.say("digest.nationwide"),
            stories=tuple(
                story_view(
                    story,
                    rank=ranks[story.article_id],
                    number=numbers[story.article_id],
                    wording=wording,
                    zone=zone,
                    topics=digest.topics,
                )
                for story in found
            ),
        )
        for province, found in by_province(digest.stories)
    )


def _numbers(stories: Iterable[Story], *, start: int) -> dict[int, int]:
    return {story.article_id: number for number, story in enumerate(stories, start)}


def _corrections(digest: Digest, wording: Wording, zone: ZoneInfo) -> tuple[CorrectionView, ...]:
    withdrawn = (withdrawal_view(one, wording=wording, zone=zone) for one in digest.withdrawals)
    corrected = (correction_view(one, wording=wording) for one in digest.corrections)
    return (*withdrawn, *corrected)


def _empty(digest: Digest, wording: Wording, zone: ZoneInfo) -> str:
    if digest.is_test:
        return wording.say("empty.test")
    if digest.stories:
        return ""
    topics, worth = topics_of(digest, wording), worth_of(digest)
    since = digest.checked.watched_since
    if worth == "unwatched" and since is not None:
        return wording.say("empty.unwatched", moment=wording.moment(since, zone))
    return wording.say(f"empty.{worth}", topics=topics, **reach_of(digest.checked))


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
