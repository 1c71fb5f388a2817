"""Asks the Bot API for updates, each from the first that was not heard yet."""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from monitor.bot.updates import MENU, WANTED, heard_in
from monitor.errors import StoreError
from monitor.wording import load_wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from monitor.bot.conversation import Conversation
    from monitor.channels.bot_api import BotApi
    from monitor.items import Language
    from monitor.watch import Watch

log = logging.getLogger(__name__)

HELD = timedelta(seconds=50)
"""How long the server holds its answer back while there is nothing to hear."""

_MOST_UPDATES = 100
_LANGUAGES: tuple[Language, ...] = ("vi", "en")


class Polling:
    """The updates of one bot.

    Args:
        api: As which bot.
        bot: Its number.
        conversation: Who hears them.
        watch: Gives the watch as it is now.
    """

    def __init__(
        self, api: BotApi, bot: str, *, conversation: Conversation, watch: Callable[[], Watch]
    ) -> None:
        self._api = api
        self._bot = bot
        self._conversation = conversation
        self._watch = watch
        self._name: str | None = None
        self._next: int | None = None
        """The first update not heard, while the server is not told yet that those before were."""
        self.strangers = 0
        """Updates from chats that the settings do not name."""

    def begin(self) -> None:
        """Learn the bot's name, set its menu once, and see where hearing broke off.

        Raises:
            BotApiError: The server does not answer, or does not know the bot.
            StoreError: The database cannot be used.
        """
        self._name = str(self._api.call("getMe").get("username", ""))
        last = self._watch().store.last_heard(self._bot, now=self._watch().now())
        self._next = None if last is None else last + 1
        self._set_menu()

    def step(self, *, held: timedelta, is_ending: Callable[[], bool]) -> None:
        """Ask once, and hear what came.

        Args:
            held: How long the server may wait for something to come.
            is_ending: Whether nothing more is to be begun; what is left comes again.

        Raises:
            BotApiError: The server does not answer, or refuses.
            StoreError: What came cannot be noted; it comes again.
        """
        updates = self._api.call(
            "getUpdates",
            held=held,
            offset=self._next,
            limit=_MOST_UPDATES,
            timeout=round(held.total_seconds()),
            allowed_updates=list(WANTED),
        )
        if not updates:
            # Told and forgotten: after a quiet week the next may have any number.
            self._next = None
            return
        for update in updates:
            if is_ending():
                return
            self._hear(update)
        self._conversation.redraw()

    def _hear(self, update: Mapping[str, Any]) -> None:
        assert self._name is not None
        number = int(update["update_id"])
        # Before it is heard: one that we cannot make sense of must not come for ever.
        self._next = number + 1
        heard = heard_in(update, bot_name=self._name)
        try:
            if heard is not None and not self._conversation.hear(number, heard):
                self.strangers += 1
        except StoreError:
            self._next = number
            raise

    def _set_menu(self) -> None:
        """Once, and again when its words change: Telegram keeps it."""
        watch = self._watch()
        menus: dict[str | None, list[dict[str, str]]] = {None: _menu(watch.config.language)}
        menus |= {one: _menu(one) for one in _LANGUAGES if one != watch.config.language}
        written = json.dumps([*menus.items()], ensure_ascii=False)
        sign = hashlib.sha256(written.encode()).hexdigest()[:16]
        if watch.store.bot_commands(self._bot) == sign:
            return
        for language, commands in menus.items():
            self._api.call("setMyCommands", commands=commands, language_code=language)
        watch.store.set_bot_commands(self._bot, sign)


def _menu(language: Language) -> list[dict[str, str]]:
    say = load_wording(language).say
    return [{"command": one, "description": say(f"chat.command.{one}")} for one in MENU]
