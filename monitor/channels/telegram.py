"""Digests to Telegram chats through the Bot API, one message after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from monitor.channels.bot_api import BotApi, BotApiError, NoAnswer, Refused
from monitor.errors import (
    DeliveryError,
    PermanentRefusal,
    TemporaryRefusal,
    UnclearOutcome,
)
from monitor.render.keyboards import markup_of

if TYPE_CHECKING:
    from monitor.channels import Handover
    from monitor.config import TelegramSettings
    from monitor.items import Keyboard, Letter


NO_PREVIEW = {"is_disabled": True}
"""For messages with many links, of which Telegram would unfold the first."""


class MovedChats(Protocol):
    """Remembers groups that became supergroups, which have another id."""

    def chat_now(self, chat: str) -> str:
        """Where messages for a chat go."""

    def move_chat(self, chat: str, *, to: str) -> None:
        """Keep what a chat has become."""


class _ForNow(dict[str, str]):
    """Remembers moves as long as the channel lives: for those who only try it."""

    def chat_now(self, chat: str) -> str:
        return self.get(chat, chat)

    def move_chat(self, chat: str, *, to: str) -> None:
        self[chat] = to


class TelegramChannel:
    """Writes to chats as one bot; token and chats are set in the settings.

    Args:
        settings: Of the bot.
        moved: Where moves of chats are kept, so that the next digest knows of them.
    """

    name = "telegram"
    can_repeat = False

    def __init__(self, settings: TelegramSettings, *, moved: MovedChats | None = None) -> None:
        self._settings = settings
        self._moved: MovedChats = _ForNow() if moved is None else moved

    @property
    def recipients(self) -> tuple[str, ...]:
        """Chat ids and channel names, as the settings write them."""
        return tuple(str(chat) for chat in self._settings.chats)

    def parts(self, letter: Letter) -> int:
        """One a message."""
        return len(letter.messages)

    def probe(self) -> None:
        """Ask who the bot is, and whether it knows its chats.

        Raises:
            TemporaryRefusal: No connection, a wrong token, or a chat it was not added to.
        """
        with BotApi(self._settings) as api:
            self._greet(api)
            for chat in self.recipients:
                self._ask_for(api, chat)

    def _ask_for(self, api: BotApi, chat: str) -> None:
        try:
            api.call("getChat", chat_id=self._moved.chat_now(chat))
        except BotApiError as error:
            raise TemporaryRefusal(f"telegram.chats: {chat}: {_said(error)}") from error

    def send(self, letter: Letter, recipient: str, handover: Handover) -> None:
        """Send the messages that are not done yet, in order.

        Raises:
            TemporaryRefusal: No connection, flood control, or a wrong token.
            PermanentRefusal: No such chat, or the bot was blocked.
            UnclearOutcome: The connection ended after a message was handed over.
        """
        with BotApi(self._settings) as api:
            self._greet(api)
            for number in range(handover.parts_done, len(letter.messages)):
                handover.begin()
                keyboard = letter.keyboards[number] if self._has_buttons(letter, recipient) else ()
                self._send_one(api, letter.messages[number], recipient, keyboard)
                handover.confirm()

    def _has_buttons(self, letter: Letter, recipient: str) -> bool:
        """None where nobody would hear them, nor where anybody could press them.

        A chat with a public name is open to all.
        """
        return bool(letter.keyboards) and self._settings.answers and not recipient.startswith("@")

    @staticmethod
    def _greet(api: BotApi) -> None:
        """Make the connection stand before anything counts."""
        try:
            api.call("getMe")
        except BotApiError as error:
            raise TemporaryRefusal(_said(error)) from error

    def _send_one(self, api: BotApi, text: str, recipient: str, keyboard: Keyboard) -> None:
        """Send one message, to where the chat is now or turns out to be."""
        chat = self._moved.chat_now(recipient)
        try:
            try:
                send_message(api, chat, text, keyboard)
            except Refused as error:
                if error.migrated_to is None:
                    raise
                chat = str(error.migrated_to)
                self._moved.move_chat(recipient, to=chat)
                send_message(api, chat, text, keyboard)
        except (Refused, NoAnswer) as error:
            raise _translated(error) from error


def send_message(
    api: BotApi, chat: str, text: str, keyboard: Keyboard = (), *, thread: int | None = None
) -> None:
    """Send one message of Telegram's HTML, without previews of its links.

    Args:
        api: As whom.
        chat: To whom.
        text: The message.
        keyboard: Under it.
        thread: The topic of a forum to put it in.

    Raises:
        Refused: The server would not take it.
        NoAnswer: It may not have been taken.
    """
    api.call(
        "sendMessage",
        chat_id=chat,
        message_thread_id=thread,
        text=text,
        parse_mode="HTML",
        link_preview_options=NO_PREVIEW,
        reply_markup=markup_of(keyboard),
    )


def _translated(error: Refused | NoAnswer) -> DeliveryError:
    if isinstance(error, NoAnswer):
        return UnclearOutcome(_said(error)) if error.may_have_arrived else _not_now(error)
    if error.code in (400, 403) and error.migrated_to is None:
        return PermanentRefusal(_said(error))
    return _not_now(error)


def _not_now(error: BotApiError) -> TemporaryRefusal:
    pause = error.retry_after if isinstance(error, Refused) else None
    return TemporaryRefusal(_said(error), retry_after=pause)


def _said(error: BotApiError) -> str:
    if isinstance(error, Refused) and error.is_token_wrong:
        return "the server refuses telegram.token"
    if isinstance(error, Refused) and error.migrated_to is not None:
        return f"the group is a supergroup now; write {error.migrated_to} in its place"
    return str(error)
