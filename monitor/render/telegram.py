"""A digest as chat messages in Telegram's subset of HTML, split between items."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape, unescape
from typing import TYPE_CHECKING

from monitor.render.keyboards import Press, topic_sign, verdict_keyboard
from monitor.render.plain import SEPARATOR, utf16_units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.items import Keyboard
    from monitor.render.corrections import CorrectionView
    from monitor.render.stories import StoryView
    from monitor.render.view import DigestView
    from monitor.wording import Wording

MESSAGE_UNITS = 4_000
"""Bound of one message in UTF-16 units after its markup is read.

The Bot API takes 4,096 (sendMessage, "after entities parsing").
"""

_ITEM_UNITS = 3_500
"""Bound of one story, so that a heading fits above it."""
_FIGURES = 8
_TAG = re.compile(r"</?(?:b|i|blockquote|a(?: href=\"[^\"]*\")?)>")

MOST_BUTTONS = 60
"""Under one message: two a story, fifteen rows. The Bot API takes 100."""


@dataclass(frozen=True)
class _Item:
    """What is not split."""

    heading: str
    """Name of the part it belongs to, repeated where a message starts within it."""
    body: str
    tight: bool = False
    """Whether it follows another such without an empty line."""
    press: Press | None = None
    """What is said by pressing a button below it."""


@dataclass
class _Message:
    """One that is being filled."""

    text: str
    presses: list[Press] = field(default_factory=list)

    def add(self, gap: str, item: _Item) -> None:
        self.text += gap + item.body
        self.presses += [item.press] if item.press else []

    def has_room(self, gap: str, item: _Item) -> bool:
        if item.press and 2 * len(self.presses) >= MOST_BUTTONS:
            return False
        return visible_units(self.text + gap + item.body) <= MESSAGE_UNITS


def telegram_messages(
    view: DigestView, *, wording: Wording
) -> tuple[tuple[str, ...], tuple[Keyboard, ...]]:
    """The digest's messages: the header in the first, the proof in the last.

    Stories bear the numbers that they have in the mail, and the buttons under a message those
    of its own.

    Args:
        view: What is to be told.
        wording: For the headings and the buttons.

    Returns:
        The messages, and for each its keyboard.
    """
    messages = [_Message(_header(view))]
    before = _Item("", "")
    for item in _items(view, wording):
        gap = _gap(item, before)
        if not messages[-1].has_room(gap, item):
            messages.append(_Message(_opening(item, before.heading, wording)))
            gap = ""
        messages[-1].add(gap, item)
        before = item
    texts = tuple(message.text for message in messages)
    return texts, tuple(verdict_keyboard(one.presses, {}, wording=wording) for one in messages)


def visible_units(message: str) -> int:
    """UTF-16 units of a message after its markup is read, as Telegram counts them."""
    return utf16_units(unescape(_TAG.sub("", message)))


def _gap(item: _Item, before: _Item) -> str:
    if item.heading and item.heading != before.heading:
        return f"\n\n<b>▎{escape(item.heading)}</b>\n"
    return "\n" if item.tight and before.tight else "\n\n"


def _opening(item: _Item, current: str, wording: Wording) -> str:
    if not item.heading:
        return ""
    title = item.heading
    if title == current:
        title = wording.say("digest.continued", province=title)
    return f"<b>▎{escape(title)}</b>\n"


def _header(view: DigestView) -> str:
    lines = [f"<b>{escape(view.header)}</b>", f"<i>{escape(view.day)}</i>"]
    if view.summary:
        lines += ["", escape(view.summary)]
    if view.empty:
        lines += ["", escape(view.empty)]
    if view.trend is not None:
        lines += ["", escape(view.trend.sentence)]
    return "\n".join(lines)


def _items(view: DigestView, wording: Wording) -> Iterator[_Item]:
    for section in view.sections:
        for story in section.stories:
            yield _story_item(section.title, story, wording)
    yield from (_Item("", f"<i>{escape(cut)}</i>") for cut in view.cuts)
    for correction in view.corrections:
        yield _Item(view.corrections_heading, _correction(correction))
    if view.more_corrections:
        yield _Item(view.corrections_heading, escape(view.more_corrections))
    for trouble in view.troubles:
        line = f"• {escape(trouble.name)}: {escape(trouble.kind)} ({escape(trouble.times)})"
        yield _Item(wording.say("trouble.heading"), line, tight=True)
    if view.more_troubles:
        yield _Item(wording.say("trouble.heading"), escape(view.more_troubles), tight=True)
    yield _Item(
        wording.say("checked.heading"), escape("\n".join((SEPARATOR.join(view.proof), *view.notes)))
    )


def _story_item(heading: str, story: StoryView, wording: Wording) -> _Item:
    body = _story(story, wording) if story.in_full else _brief(story)
    return _Item(heading, body, tight=not story.in_full, press=_press(story))


def _press(story: StoryView) -> Press | None:
    flag = story.flag
    if flag is None:
        return None
    return Press(
        verdict="right",
        number=story.number,
        article_id=flag.article_id,
        label=flag.label,
        topic=topic_sign(flag.topic),
    )


def _correction(correction: CorrectionView) -> str:
    title = _linked(correction.title, correction.link)
    return f"• {escape(correction.line)}\n{title} <i>({escape(correction.paper)})</i>"


def _brief(story: StoryView) -> str:
    return f"{story.number}. {_title(story)} <i>({escape(story.paper)})</i>"


def _story(story: StoryView, wording: Wording) -> str:
    """All of a story, with fewer figures where it is too long; every part is bounded."""
    for figures in (_FIGURES, _FIGURES // 2):
        body = "\n".join(_lines(story, figures, wording))
        if visible_units(body) <= _ITEM_UNITS:
            return body
    return "\n".join(_lines(story, 1, wording))


def _lines(story: StoryView, figures: int, wording: Wording) -> Iterator[str]:
    yield f"<b>{story.number}. {_title(story)}</b>"
    yield f"<i>{escape(story.byline)}</i> · {escape(story.label)}"
    if story.quotation:
        yield f"<blockquote>{escape(story.quotation)}</blockquote>"
    yield from _figure_lines(story, figures, wording)
    if story.copies:
        yield _copies(story, wording)
    yield from (escape(line) for line in (story.origin, story.why) if line)


def _copies(story: StoryView, wording: Wording) -> str:
    papers = [_linked(copy.paper, copy.link) for copy in story.copies]
    papers += [escape(story.more_copies)] if story.more_copies else []
    return f"{escape(wording.say('story.copies'))} {', '.join(papers)}"


def _figure_lines(story: StoryView, most: int, wording: Wording) -> Iterator[str]:
    left = most
    for group in story.figures:
        rows = group.rows[:left]
        left -= len(rows)
        if rows:
            yield f"<i>{escape(group.org)}</i>"
        yield from (f"• {escape(row.line)}" for row in rows)
    hidden = story.more_figures + sum(len(group.rows) for group in story.figures) - (most - left)
    if hidden:
        yield f"<i>{escape(wording.say('figure.more', count=hidden))}</i>"


def _title(story: StoryView) -> str:
    return _linked(story.title, story.link)


def _linked(words: str, link: str | None) -> str:
    return f'<a href="{escape(link)}">{escape(words)}</a>' if link else escape(words)
