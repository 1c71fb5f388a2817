"""What Telegram makes of a message's text and buttons."""

from __future__ import annotations

import html
import json
import re
from typing import Any

LONGEST_MESSAGE = 4096
"""UTF-16 code units after entities are parsed (Bot API, sendMessage)."""
LONGEST_DATA = 64
"""Bytes of callback_data (Bot API, InlineKeyboardButton)."""
MOST_BUTTONS = 100

_TAGS = re.compile(r"</?(?:b|strong|i|em|u|s|code|pre|blockquote|a)(?: [^<>]*)?>")
_CODE = re.compile(r"<code>(.*?)</code>", re.DOTALL)


def bare(text: str) -> str:
    """A message as it is shown, its markup read."""
    return html.unescape(_TAGS.sub("", text))


def buttons_of(markup: dict[str, Any]) -> list[tuple[str, str]]:
    """Words and data of all buttons, row by row."""
    rows = markup["inline_keyboard"]
    return [(one["text"], one["callback_data"]) for row in rows for one in row]


def fault_in(fields: dict[str, str]) -> str | None:
    """What is wrong with a message's text or keyboard."""
    left = _TAGS.sub("", fields["text"])
    if "<" in left or ">" in left:
        return "can't parse entities"
    if not left.strip():
        return "message text is empty"
    if len(html.unescape(left).encode("utf-16-le")) // 2 > LONGEST_MESSAGE:
        return "message is too long"
    if "reply_markup" not in fields:
        return None
    buttons = buttons_of(json.loads(fields["reply_markup"]))
    if len(buttons) > MOST_BUTTONS:
        return "reply markup is too long"
    if any(not 1 <= len(data.encode()) <= LONGEST_DATA for _, data in buttons):
        return "BUTTON_DATA_INVALID"
    return None


def entities_of(text: str) -> list[dict[str, Any]]:
    """Where code stands in a message, in UTF-16 units."""
    entities = []
    for found in _CODE.finditer(text):
        before = bare(text[: found.start()])
        code = bare(found[1])
        at, length = (len(part.encode("utf-16-le")) // 2 for part in (before, code))
        entities.append({"type": "code", "offset": at, "length": length})
    return entities
