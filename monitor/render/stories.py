"""A story in the reader's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from monitor.items import Label
from monitor.render.figures import FigureGroup, figure_groups
from monitor.render.places import place_parts
from monitor.render.plain import SEPARATOR, name_of, one_line, safe_link, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from monitor.items import Copy, Story
    from monitor.wording import Wording

PRESS_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
"""Where the midnight lies that stands for a day without a time."""
_TITLE_UNITS = 300
_SENTENCE_UNITS = 420
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]?")
"""A sentence in quotation marks of its own, the closing one perhaps in a later sentence."""
_MARKS = '"“”'
_TERMS = 3
_COPIES = 6
_FIGURES = 12
"""A story with more is a report; its link says the rest."""


@dataclass(frozen=True, kw_only=True)
class CopyView:
    """Another paper that prints a story."""

    paper: str
    """Its name, and whether the others took the story from it."""
    link: str | None


@dataclass(frozen=True, kw_only=True)
class Flag:
    """A flag as it was told."""

    article_id: int
    topic: str
    """Key of the topic that flags it most."""
    label: Label


@dataclass(frozen=True, kw_only=True)
class StoryView:
    """One story, in words."""

    rank: int
    """0 for the best of the digest."""
    number: int
    """Where it stands, from 1."""
    title: str
    link: str | None
    paper: str
    byline: str
    """Paper, date and place in one line."""
    label: str
    is_main: bool
    why: str
    """Empty where no reason is known."""
    quotation: str
    """Within quotation marks unless it holds some; empty where nothing may be quoted or where
    it is the title again."""
    figures: tuple[FigureGroup, ...]
    more_figures: int
    """How many the story has beyond those."""
    origin: str
    """Empty unless it is a reprint."""
    copies: tuple[CopyView, ...] = ()
    """Where else it is printed."""
    more_copies: str = ""
    """How many papers print it beyond those."""
    in_full: bool = True
    """False leaves a line with title and paper."""
    flag: Flag | None = None
    """What a reader may call right or wrong."""


def story_view(
    story: Story,
    *,
    rank: int,
    number: int,
    wording: Wording,
    zone: ZoneInfo,
    topics: Mapping[str, str] = MappingProxyType({}),
) -> StoryView:
    """Everything a reader gets of a story.

    Args:
        story: As it was decided.
        rank: Its place among all stories of the digest, 0 for the best.
        number: Where it stands in the digest, from 1.
        wording: The reader's language.
        zone: The reader's.
        topics: What the topics of the digest are called; where there are several, the story
            names those that flag it.
    """
    title = shorten(one_line(story.title), _TITLE_UNITS)
    return StoryView(
        rank=rank,
        number=number,
        title=title,
        link=safe_link(story.url),
        paper=name_of(story.paper),
        byline=SEPARATOR.join((*_byline(story, wording, zone), *_topics(story, topics))),
        label=wording.say(f"label.{story.score.label}"),
        is_main=story.score.label == "main",
        why=_why(story, wording),
        quotation=_quotation(story, title, wording),
        figures=figure_groups(story.figures[:_FIGURES], wording=wording),
        more_figures=max(0, len(story.figures) - _FIGURES),
        origin=_origin(story, wording),
        copies=tuple(_copy(copy, wording) for copy in story.copies[:_COPIES]),
        more_copies=_more_copies(len(story.copies) - _COPIES, wording),
        flag=_flag(story, topics),
    )


def _flag(story: Story, topics: Mapping[str, str]) -> Flag | None:
    """None where a digest of an older version does not say of which topic the story is."""
    known = story.topics or (tuple(topics) if len(topics) == 1 else ())
    if not known:
        return None
    return Flag(article_id=story.article_id, topic=known[0], label=story.score.label)


def _byline(story: Story, wording: Wording, zone: ZoneInfo) -> Iterable[str]:
    yield name_of(story.paper)
    yield _published(story, wording, zone)
    if story.is_date_disputed:
        yield wording.say("story.date_disputed")
    if story.is_gone:
        yield wording.say("story.gone")
    yield from place_parts(story.place, wording=wording)


def _topics(story: Story, topics: Mapping[str, str]) -> Iterable[str]:
    if len(topics) > 1:
        yield from (name_of(topics[key]) for key in story.topics if key in topics)


def _published(story: Story, wording: Wording, zone: ZoneInfo) -> str:
    if story.published_at is None:
        return wording.say("story.date_unknown")
    if story.has_time:
        return wording.moment(story.published_at, zone)
    return wording.day(story.published_at.astimezone(PRESS_ZONE).date())


def _why(story: Story, wording: Wording) -> str:
    places = {
        name_of(reason.term): reason.where
        for reason in reversed(story.score.reasons)
        if reason.weight > 0
    }
    terms = [
        wording.say("story.term", term=term, where=wording.say(f"where.{where}"))
        for term, where in reversed(places.items())
    ]
    return wording.say("story.why", terms=", ".join(terms[:_TERMS])) if terms else ""


def _quotation(story: Story, title: str, wording: Wording) -> str:
    sentence = one_line(story.sentence)
    if quoted := _QUOTED.fullmatch(sentence):
        sentence = quoted[1]
    if not sentence or sentence.rstrip(".").lower() == title.rstrip(".").lower():
        return ""
    shown = shorten(sentence, _SENTENCE_UNITS)
    has_marks = any(mark in shown for mark in _MARKS)
    return shown if has_marks else wording.say("story.quotation", sentence=shown)


def _origin(story: Story, wording: Wording) -> str:
    if not story.original_source:
        return ""
    return wording.say("story.origin", source=name_of(story.original_source))


def _copy(copy: Copy, wording: Wording) -> CopyView:
    paper = name_of(copy.paper)
    if copy.is_original:
        paper = wording.say("story.original", paper=paper)
    return CopyView(paper=paper, link=safe_link(copy.url))


def _more_copies(hidden: int, wording: Wording) -> str:
    return wording.say("story.more_copies", count=hidden) if hidden > 0 else ""
