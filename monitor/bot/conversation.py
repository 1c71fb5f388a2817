"""One bot and its readers: hears an update, notes it, then answers."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.bot.answers import Answer, Answers
from monitor.bot.readers import Readers
from monitor.bot.updates import Command, Moved, Pressed
from monitor.errors import MonitorError
from monitor.render.keyboards import (
    Page,
    Press,
    read_data,
    stories_of,
    topic_sign,
    verdict_keyboard,
)
from monitor.store.marks import Word
from monitor.wording import load_wording

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from monitor.bot.speaking import Speaker
    from monitor.bot.updates import Heard
    from monitor.items import Subscription
    from monitor.store.chats import HeardWord
    from monitor.watch import Watch
    from monitor.wording import Wording

log = logging.getLogger(__name__)

OLDEST = timedelta(hours=1)
"""A command that waited longer, while nobody listened, is not answered any more."""


class Conversation:
    """What a bot hears, and what comes of it.

    Args:
        speaker: How it answers.
        bot: Its number.
        watch: Gives the watch as it is now.
    """

    def __init__(self, speaker: Speaker, bot: str, *, watch: Callable[[], Watch]) -> None:
        self._speaker = speaker
        self._bot = bot
        self._watch = watch
        self._stale: dict[tuple[str, int], tuple[Pressed, Wording]] = {}
        """Messages whose buttons no longer show what counts."""

    def hear(self, update: int, heard: Heard) -> bool:
        """Note and answer one update.

        Args:
            update: Its number.
            heard: What it says.

        Returns:
            False for a stranger's, of which nothing is noted or answered.

        Raises:
            StoreError: It cannot be noted; it is neither noted nor answered.
        """
        watch = self._watch()
        readers = Readers.of(watch.config, moved=watch.store.moved_chats())
        names = readers.subscriptions_of(heard.chat)
        if not names:
            return False
        if isinstance(heard, Moved):
            self._move(update, heard, watch)
            return True
        exchange = _Exchange(
            watch,
            [watch.subscription(name) for name in names],
            may_mark=readers.may_mark(heard.chat),
        )
        if isinstance(heard, Command):
            self._answer(update, heard, exchange)
        else:
            self._react(update, heard, exchange)
        return True

    def redraw(self) -> None:
        """Show under messages what counts now; once a message, however much was pressed."""
        stale, self._stale = self._stale, {}
        for pressed, wording in stale.values():
            stories = stories_of(pressed.buttons)
            if stories:
                verdicts = self._watch().store.verdicts({one.article_id for one in stories})
                marks = {(one, topic_sign(key)): mark for (one, key), mark in verdicts.items()}
                self._speaker.redraw(pressed, verdict_keyboard(stories, marks, wording=wording))

    def _move(self, update: int, moved: Moved, watch: Watch) -> None:
        watch.store.move_chat(moved.chat.id, to=moved.to)
        log.warning(
            "telegram: the group %s is the supergroup %s now; write that into config.yaml",
            moved.chat.id,
            moved.to,
        )
        watch.store.hear(self._bot, update, now=watch.now())

    def _answer(self, update: int, command: Command, exchange: _Exchange) -> None:
        now = exchange.watch.now()
        is_new = exchange.watch.store.hear(self._bot, update, now=now)
        if not is_new or now - command.at > OLDEST:
            return
        try:
            messages = exchange.answers.to(command.name, command.words, at=now)
        except MonitorError as error:
            log.error("telegram: /%s cannot be answered: %s", command.name, error)
            messages = [Answer(exchange.wording.say("chat.failed"))]
        self._speaker.answer(command, messages, at=now)

    def _react(self, update: int, pressed: Pressed, exchange: _Exchange) -> None:
        meant = read_data(pressed.data)
        if isinstance(meant, Press) and exchange.may_mark:
            came = self._mark(update, meant, exchange.watch)
            self._stale[pressed.chat.id, pressed.message] = pressed, exchange.wording
            self._speaker.notify(pressed, _said(meant, came, exchange.wording))
            return
        exchange.watch.store.hear(self._bot, update, now=exchange.watch.now())
        if not isinstance(meant, Page):
            self._speaker.notify(pressed, exchange.wording.say("chat.marked.unknown"))
        elif pressed.code is None:
            self._speaker.notify(pressed, exchange.wording.say("chat.search.expired"))
        else:
            self._speaker.notify(pressed)
            self._speaker.rewrite(pressed, exchange.answers.page(pressed.code, meant))

    def _mark(self, update: int, press: Press, watch: Watch) -> HeardWord | None:
        def word_of(topic: str) -> Word | None:
            if topic_sign(topic) != press.topic:
                return None
            article_id, label = press.article_id, press.label
            return Word(article_id=article_id, topic=topic, label=label, verdict=press.verdict)

        return watch.store.hear_word(
            self._bot, update, article_id=press.article_id, word_of=word_of, now=watch.now()
        )


class _Exchange:
    """One chat as it is when something is heard from it."""

    def __init__(
        self, watch: Watch, subscriptions: Sequence[Subscription], *, may_mark: bool
    ) -> None:
        language = subscriptions[0].language
        self.watch = watch
        self.may_mark = may_mark
        self.wording = (
            watch.wording if language == watch.wording.language else load_wording(language)
        )
        self.answers = Answers(watch, subscriptions, wording=self.wording, may_mark=may_mark)


def _said(press: Press, came: HeardWord | None, wording: Wording) -> str:
    if came is None:
        return wording.say("chat.marked.gone")
    if came.before is None:
        key = f"chat.marked.{press.verdict}"
    else:
        kind = "same" if came.before == press.verdict else "changed"
        key = f"chat.marked.{kind}_{press.verdict}"
    return wording.say(key, number=str(press.number))
