"""Buttons under chat messages: right and wrong for each story, and pages of a search.

What a button brings back when it is pressed says all that is needed to draw it again, so that
a message's keyboard can be brought up to date without remembering the message.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.items import Button, Label, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from monitor.items import Keyboard
    from monitor.wording import Wording

STORIES_A_ROW = 2
"""Four buttons: as many as a phone shows with their words."""

_LABELS: dict[str, Label] = {"m": "main", "p": "part", "n": "none"}
_VERDICTS: dict[str, Verdict] = {"r": "right", "w": "wrong"}
_PRESS = re.compile(r"v([rw])\.(\d{1,4})\.(\d{1,18})\.([mpn])\.([0-9a-f]{8})", re.ASCII)
_PAGE = re.compile(r"p([sa])\.(\d{1,3})", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Press:
    """A reader's word on one story of a message."""

    verdict: Verdict
    number: int
    """The story's, as the message counts them."""
    article_id: int
    label: Label
    """As it was told; the article may have been scored anew since."""
    topic: str
    """``topic_sign`` of its key, which may be too long to be brought back."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of a search."""

    number: int
    """From 0."""
    stories_only: bool


def topic_sign(key: str) -> str:
    """Eight letters that stand for a topic's key."""
    return f"{zlib.crc32(key.encode()):08x}"


def press_data(press: Press) -> str:
    """At most 46 bytes, of the 64 that the Bot API brings back."""
    one = press
    return f"v{one.verdict[0]}.{one.number}.{one.article_id}.{one.label[0]}.{one.topic}"


def page_data(page: Page) -> str:
    """The same for a page."""
    return f"p{'s' if page.stories_only else 'a'}.{page.number}"


def read_data(data: str) -> Press | Page | None:
    """What a button brought back; None for what is none of ours."""
    if found := _PRESS.fullmatch(data):
        return Press(
            verdict=_VERDICTS[found[1]],
            number=int(found[2]),
            article_id=int(found[3]),
            label=_LABELS[found[4]],
            topic=found[5],
        )
    if found := _PAGE.fullmatch(data):
        return Page(number=int(found[2]), stories_only=found[1] == "s")
    return None


def verdict_keyboard(
    stories: Sequence[Press], marks: Mapping[tuple[int, str], Verdict], *, wording: Wording
) -> Keyboard:
    """Right and wrong for each story of a message, two stories a row.

    Args:
        stories: In the order of the message; their verdicts are not looked at.
        marks: The word that counts now, by article and sign of the topic.
        wording: The reader's language.
    """
    pairs = [_pair(one, marks.get((one.article_id, one.topic)), wording) for one in stories]
    rows = (pairs[at : at + STORIES_A_ROW] for at in range(0, len(pairs), STORIES_A_ROW))
    return tuple(tuple(button for pair in row for button in pair) for row in rows)


def _pair(story: Press, mark: Verdict | None, wording: Wording) -> tuple[Button, Button]:
    right, wrong = (_verdict_button(story, one, mark, wording) for one in _VERDICTS.values())
    return right, wrong


def _verdict_button(
    story: Press, verdict: Verdict, mark: Verdict | None, wording: Wording
) -> Button:
    key = f"chat.button.{verdict}_chosen" if verdict == mark else f"chat.button.{verdict}"
    press = Press(
        verdict=verdict,
        number=story.number,
        article_id=story.article_id,
        label=story.label,
        topic=story.topic,
    )
    return Button(text=wording.say(key, number=str(story.number)), data=press_data(press))


def page_keyboard(page: Page, *, has_more: bool, wording: Wording) -> Keyboard:
    """Earlier and later pages of a search, and the way from stories to all articles and back."""
    turn = []
    if page.number:
        before = Page(number=page.number - 1, stories_only=page.stories_only)
        turn.append(Button(text=wording.say("chat.button.newer"), data=page_data(before)))
    if has_more:
        after = Page(number=page.number + 1, stories_only=page.stories_only)
        turn.append(Button(text=wording.say("chat.button.older"), data=page_data(after)))
    other = Page(number=0, stories_only=not page.stories_only)
    key = "chat.button.all" if page.stories_only else "chat.button.stories"
    switch = Button(text=wording.say(key), data=page_data(other))
    return (tuple(turn), (switch,)) if turn else ((switch,),)


def stories_of(data: Iterable[str]) -> list[Press]:
    """The stories of a message by what its buttons bring back, each once, in their order."""
    found: dict[tuple[int, str], Press] = {}
    for one in data:
        press = read_data(one)
        if isinstance(press, Press):
            found.setdefault((press.article_id, press.topic), press)
    return list(found.values())


def markup_of(keyboard: Keyboard) -> dict[str, object] | None:
    """A keyboard as the Bot API writes it; None for none."""
    if not keyboard:
        return None
    rows = [[{"text": one.text, "callback_data": one.data} for one in row] for row in keyboard]
    return {"inline_keyboard": rows}
