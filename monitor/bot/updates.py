"""Updates of the Bot API as what is heard in them: a command, a press, a chat that moved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

WANTED = ("message", "callback_query")
"""Kinds of updates that are asked for."""

MENU = ("homnay", "tim", "tinhtrang", "trogiup")
"""Commands, in the order of the bot's menu."""

_KNOWN = frozenset({*MENU, "start", "help"})
_COMMAND = re.compile(r"/(\w{1,32})(?:@(\w+))?(?:\s+(.*))?", re.ASCII | re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Chat:
    """Where something was written."""

    id: str
    public_name: str | None
    """With its ``@``, in lower case; None for a chat that only its members find."""
    is_private: bool
    """Between the bot and one reader."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """Something asked of the bot."""

    chat: Chat
    name: str
    """In lower case, without ``/``; empty for plain words in a private chat."""
    words: str
    """What follows it."""
    at: datetime
    message: int
    thread: int | None
    """The topic of a forum that it stands in."""


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """A button of one of the bot's messages."""

    chat: Chat
    query: str
    """What an answer refers to."""
    data: str
    message: int
    buttons: tuple[str, ...]
    """What all buttons of the message bring back; empty where it is not shown any more."""
    code: str | None
    """The message's first words that are set as code."""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A group that became a supergroup."""

    chat: Chat
    to: str


Heard = Command | Pressed | Moved


def heard_in(update: Mapping[str, Any], *, bot_name: str) -> Heard | None:
    """What an update says; None for what is not for this bot, or of an unknown form.

    Args:
        update: As the Bot API writes it.
        bot_name: The bot's user name: in groups ``/tim@name`` says whom it is for.
    """
    try:
        if "callback_query" in update:
            return _pressed(update["callback_query"])
        return _message(update["message"], bot_name)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError, OSError):
        return None


def _chat(chat: Mapping[str, Any]) -> Chat:
    name = chat.get("username")
    kind = chat.get("type")
    # A reader's own name is no name of a chat.
    public_name = f"@{name}".lower() if name and kind != "private" else None
    return Chat(id=str(int(chat["id"])), public_name=public_name, is_private=kind == "private")


def _message(message: Mapping[str, Any], bot_name: str) -> Heard | None:
    chat = _chat(message["chat"])
    if to := message.get("migrate_to_chat_id"):
        return Moved(chat=chat, to=str(int(to)))
    text = message["text"].strip()
    found = _COMMAND.fullmatch(text)
    if not _is_for(bot_name, found, chat):
        return None
    return Command(
        chat=chat,
        name=found[1].lower() if found else "",
        words=" ".join((found[3] or "").split()) if found else text,
        at=datetime.fromtimestamp(message["date"], tz=UTC),
        message=int(message["message_id"]),
        thread=message.get("message_thread_id") if message.get("is_topic_message") else None,
    )


def _is_for(bot_name: str, found: re.Match[str] | None, chat: Chat) -> bool:
    """Whether a message speaks to the bot: in groups people talk, and have other bots."""
    if found is None:
        return chat.is_private
    if found[2]:
        return found[2].lower() == bot_name.lower()
    return chat.is_private or found[1].lower() in _KNOWN


def _pressed(query: Mapping[str, Any]) -> Pressed:
    message = query["message"]
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    return Pressed(
        chat=_chat(message["chat"]),
        query=str(query["id"]),
        data=str(query["data"]),
        message=int(message["message_id"]),
        buttons=tuple(
            one["callback_data"] for row in rows for one in row if "callback_data" in one
        ),
        code=_code(message),
    )


def _code(message: Mapping[str, Any]) -> str | None:
    for entity in message.get("entities", ()):
        if entity["type"] == "code":
            # Offsets count UTF-16 units.
            start, length = 2 * int(entity["offset"]), 2 * int(entity["length"])
            units = str(message["text"]).encode("utf-16-le")[start : start + length]
            return units.decode("utf-16-le")
    return None
