"""Digests to Telegram chats through the Bot API, one message after the other."""

from __future__ import annotations

import asyncio
import os
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
from telegram import Bot, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

from monitor.errors import (
    DeliveryError,
    PermanentRefusal,
    TemporaryRefusal,
    UnclearOutcome,
)

if TYPE_CHECKING:
    from monitor.channels import Handover
    from monitor.config import TelegramSettings
    from monitor.items import Letter

# The library's way to ask for durations now that become its default later.
os.environ.setdefault("PTB_TIMEDELTA", "true")

_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


class TelegramChannel:
    """Writes to chats as one bot; token and chats are set in the settings."""

    name = "telegram"
    can_repeat = False

    def __init__(self, settings: TelegramSettings) -> None:
        self._settings = settings

    @property
    def recipients(self) -> tuple[str, ...]:
        """Chat ids and channel names."""
        return tuple(str(chat) for chat in self._settings.chats)

    def parts(self, letter: Letter) -> int:
        """One a message."""
        return len(letter.messages)

    def probe(self) -> None:
        """Ask who the bot is, and whether it knows its chats.

        Raises:
            TemporaryRefusal: No connection, a wrong token, or a chat it was not added to.
        """
        asyncio.run(self._probe())

    async def _probe(self) -> None:
        try:
            async with self._bot() as bot:
                for chat in self.recipients:
                    await self._ask_for(bot, chat)
        except TelegramError as error:
            raise TemporaryRefusal(self._said(error)) from error

    async def _ask_for(self, bot: Bot, chat: str) -> None:
        try:
            await bot.get_chat(chat)
        except BadRequest as error:
            raise TemporaryRefusal(f"telegram.chats: {chat}: {self._said(error)}") from error

    def send(self, letter: Letter, recipient: str, handover: Handover) -> None:
        """Send the messages that are not done yet, in order.

        Raises:
            TemporaryRefusal: No connection, flood control, or a wrong token.
            PermanentRefusal: No such chat, or the bot was blocked.
            UnclearOutcome: The connection ended after a message was handed over.
        """
        asyncio.run(self._send(letter.messages, recipient, handover))

    async def _send(self, messages: tuple[str, ...], chat: str, handover: Handover) -> None:
        try:
            # Entering asks getMe: the connection stands before anything counts.
            async with self._bot() as bot:
                for message in messages[handover.parts_done :]:
                    handover.begin()
                    chat = await self._send_one(bot, message, chat)
                    handover.confirm()
        except TelegramError as error:
            raise TemporaryRefusal(self._said(error)) from error

    async def _send_one(self, bot: Bot, message: str, chat: str) -> str:
        """Send one message; the chat it went to, which a group's upgrade may change."""
        try:
            await bot.send_message(
                chat_id=chat,
                text=message,
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        except ChatMigrated as moved:
            return await self._send_one(bot, message, str(moved.new_chat_id))
        except TelegramError as error:
            raise self._translated(error) from error
        return chat

    def _bot(self) -> Bot:
        settings = self._settings
        assert settings.token is not None
        seconds = settings.timeout.total_seconds()
        request = HTTPXRequest(
            proxy=settings.proxy,
            connect_timeout=seconds,
            read_timeout=seconds,
            write_timeout=seconds,
            pool_timeout=seconds,
        )
        base_url = f"{settings.base_url.rstrip('/')}/bot"
        return Bot(settings.token.get_secret_value(), base_url=base_url, request=request)

    def _translated(self, error: TelegramError) -> DeliveryError:
        if isinstance(error, RetryAfter):
            asked = error.retry_after
            assert isinstance(asked, timedelta)
            return TemporaryRefusal(self._said(error), retry_after=asked)
        if isinstance(error, (Forbidden, BadRequest)):
            return PermanentRefusal(self._said(error))
        if isinstance(error, NetworkError) and self._may_have_arrived(error):
            return UnclearOutcome(self._said(error))
        return TemporaryRefusal(self._said(error))

    @staticmethod
    def _may_have_arrived(error: NetworkError) -> bool:
        cause = error.__cause__
        if isinstance(cause, _NEVER_SENT):
            return False
        return isinstance(error, TimedOut) or isinstance(cause, httpx.HTTPError)

    def _said(self, error: TelegramError) -> str:
        assert self._settings.token is not None
        if isinstance(error, InvalidToken):
            return "the server refuses telegram.token"
        said = " ".join(error.message.split())
        return said.replace(self._settings.token.get_secret_value(), "***")
