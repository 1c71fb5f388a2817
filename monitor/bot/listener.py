"""The threads that listen to Telegram while the service runs: begun, followed and stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.bot.ear import Ear
    from monitor.config import Config, TelegramSettings
    from monitor.vitals import Vitals
    from monitor.watch import Watch


class Listener:
    """Listens where the settings name a bot with chats and let it answer.

    Args:
        watch: Gives the watch as it is now.
        vitals: Is told when listening does not work.
    """

    def __init__(self, watch: Callable[[], Watch], *, vitals: Vitals) -> None:
        self._watch = watch
        self._vitals = vitals
        self._ear: Ear | None = None

    def follow(self) -> None:
        """Listen as the settings say now: begin, begin anew, go on, or stop."""
        wanted = _wanted(self._watch().config)
        if self._ear is not None and self._ear.settings == wanted:
            return
        self.stop()
        if wanted is None:
            return
        # Loaded late: an HTTP client that most watches never need.
        from monitor.bot.ear import Ear

        self._ear = Ear(wanted, watch=self._watch, vitals=self._vitals)
        self._ear.start()

    def stop(self) -> None:
        """Listen no longer; a poll is cut at once, an answer that is being given is awaited."""
        ear, self._ear = self._ear, None
        if ear is not None:
            ear.stop()


def _wanted(config: Config) -> TelegramSettings | None:
    """What to listen by; None for not at all. Chats are looked up whenever one writes."""
    settings = config.telegram
    has_chats = any(one.channels.telegram for one in config.subscribers)
    if settings.token is None or not settings.answers or not has_chats:
        return None
    return settings.model_copy(update={"chats": ()})
