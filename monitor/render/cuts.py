"""A digest in words made shorter where there is no room, and what the reader is told of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.render.figure_rows import cut_table

if TYPE_CHECKING:
    from monitor.render.stories import StoryView
    from monitor.render.view import DigestView
    from monitor.wording import Wording


def cut_stories(
    view: DigestView, *, in_full: int, shown: int, rows: int, wording: Wording
) -> DigestView:
    """The digest with its best stories in full, the next as one line, the rest left out.

    Args:
        view: All of it.
        in_full: How many stories keep everything.
        shown: How many are there at all, at least ``in_full``.
        rows: How many figures the table keeps, those of the best stories.
        wording: To say what was cut.
    """
    sections = tuple(
        replace(section, stories=kept)
        for section in view.sections
        if (kept := _kept(section.stories, in_full, shown))
    )
    total = sum(len(section.stories) for section in view.sections)
    brief, hidden = min(shown, total) - min(in_full, total), total - min(shown, total)
    cuts = [wording.say("digest.cut.brief", count=brief)] if brief else []
    if hidden:
        cuts.append(wording.say("digest.cut.hidden", count=hidden))
    table = cut_table(view.table, rows, shown=shown, wording=wording, has_csv=view.has_csv)
    return replace(view, sections=sections, table=table, cuts=tuple(cuts))


def cut_troubles(view: DigestView, most: int, *, wording: Wording) -> DigestView:
    """The digest with at most so many failing sources named, the others counted."""
    hidden = len(view.troubles) - most
    if hidden <= 0:
        return view
    more = wording.say("trouble.more", count=hidden)
    return replace(view, troubles=view.troubles[:most], more_troubles=more)


def cut_corrections(view: DigestView, most: int, *, wording: Wording) -> DigestView:
    """The digest with at most so many corrections told, the others counted."""
    hidden = len(view.corrections) - most
    if hidden <= 0:
        return view
    more = wording.say("correction.more", count=hidden)
    return replace(view, corrections=view.corrections[:most], more_corrections=more)


def _kept(stories: tuple[StoryView, ...], in_full: int, shown: int) -> tuple[StoryView, ...]:
    return tuple(
        replace(story, in_full=story.rank < in_full) for story in stories if story.rank < shown
    )
