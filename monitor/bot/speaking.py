"""What the bot says: answers, within what Telegram lets a bot say, each tried twice at most."""

from __future__ import annotations

import logging
from collections import deque
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from monitor.channels.bot_api import BotApi, BotApiError, Refused
from monitor.channels.telegram import NO_PREVIEW, send_message
from monitor.render.keyboards import markup_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from monitor.bot.answers import Answer
    from monitor.bot.updates import Command, Pressed
    from monitor.items import Keyboard

log = logging.getLogger(__name__)

MOST_A_MINUTE = 15
"""Messages to one chat: Telegram takes 20 in groups, and the digest needs some of them."""

LONGEST_PAUSE = timedelta(seconds=60)
"""Of flood control, that an answer is worth waiting for."""


class Speaker:
    """Answers that nobody waits for twice: what cannot be said is left.

    Args:
        api: As whom it speaks.
        pause: Waits for some time; False where the service ends meanwhile.
    """

    def __init__(self, api: BotApi, *, pause: Callable[[timedelta], bool]) -> None:
        self._api = api
        self._pause = pause
        self._sent: dict[str, deque[datetime]] = {}

    def answer(self, command: Command, messages: Iterable[Answer], *, at: datetime) -> None:
        """Send messages to the chat, and the topic of a forum, that asked."""
        for one in messages:
            if not self._may_send(command.chat.id, at):
                log.warning("telegram: a chat asks for more than a bot may answer in a minute")
                return
            send = partial(send_message, self._api, command.chat.id, one.text, one.keyboard)
            self._try(partial(send, thread=command.thread))

    def notify(self, pressed: Pressed, text: str | None = None) -> None:
        """End a button's waiting, with words that show for a moment."""
        self._call("answerCallbackQuery", callback_query_id=pressed.query, text=text)

    def rewrite(self, pressed: Pressed, answer: Answer) -> None:
        """Put another answer in the place of the message whose button was pressed."""
        self._call(
            "editMessageText",
            chat_id=pressed.chat.id,
            message_id=pressed.message,
            text=answer.text,
            parse_mode="HTML",
            link_preview_options=NO_PREVIEW,
            reply_markup=markup_of(answer.keyboard),
        )

    def redraw(self, pressed: Pressed, keyboard: Keyboard) -> None:
        """Put other buttons under the message whose button was pressed."""
        self._call(
            "editMessageReplyMarkup",
            chat_id=pressed.chat.id,
            message_id=pressed.message,
            reply_markup=markup_of(keyboard),
        )

    def _may_send(self, chat: str, at: datetime) -> bool:
        sent = self._sent.setdefault(chat, deque(maxlen=MOST_A_MINUTE))
        if len(sent) == MOST_A_MINUTE and at - sent[0] < timedelta(minutes=1):
            return False
        sent.append(at)
        return True

    def _call(self, method: str, **fields: Any) -> None:
        self._try(lambda: self._api.call(method, **fields))

    def _try(self, say: Callable[[], object]) -> None:
        """Say something; once more after the pause that flood control asks for."""
        error = _failure(say)
        asked = error.retry_after if isinstance(error, Refused) else None
        if asked is not None and asked <= LONGEST_PAUSE and self._pause(asked):
            error = _failure(say)
        if error is not None:
            # A keyboard that shows already what it shall, a press that is too old: no harm.
            is_harmless = isinstance(error, Refused) and error.code == 400
            log.log(logging.DEBUG if is_harmless else logging.INFO, "telegram: %s", error)


def _failure(say: Callable[[], object]) -> BotApiError | None:
    try:
        say()
    except BotApiError as error:
        return error
    return None
