"""One bot's thread: asks for updates again and again, and rests longer while that fails."""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.bot.conversation import Conversation
from monitor.bot.polling import HELD, Polling
from monitor.bot.speaking import Speaker
from monitor.channels.bot_api import BotApi, BotApiError, Refused
from monitor.errors import StoreError
from monitor.vitals import TELEGRAM

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.config import TelegramSettings
    from monitor.vitals import Vitals
    from monitor.watch import Watch

log = logging.getLogger(__name__)

FIRST_REST = timedelta(seconds=1)
LONGEST_REST = timedelta(minutes=5)
"""Between two tries while it does not work; doubled from the first to the longest."""

TELLING_FAILURES = 3
"""In a row, before it is told: a connection that is cut now and then is nothing to tell of."""

STRANGERS_EVERY = timedelta(hours=1)
"""At most so often a line tells how many strangers were not answered."""

_PATIENCE_SECONDS = 5
"""For what is being answered when the service stops."""

_CONFLICT = 409
_CONFLICT_SAID = (
    "another program listens with telegram.token, or a web hook is set: stop that, or set "
    "telegram.answers: false"
)
_TOKEN_SAID = "the server refuses telegram.token: mend it and reload"  # noqa: S105 - what is said


class Ear:
    """Listens as one bot from ``start`` to ``stop``.

    Args:
        settings: Of the bot; its token is set.
        watch: Gives the watch as it is now.
        vitals: Is told when listening does not work.
    """

    def __init__(
        self, settings: TelegramSettings, *, watch: Callable[[], Watch], vitals: Vitals
    ) -> None:
        assert settings.token is not None
        self.settings = settings
        self._vitals = vitals
        self._ending = threading.Event()
        self._api = BotApi(settings)
        bot = settings.token.get_secret_value().partition(":")[0]
        conversation = Conversation(Speaker(self._api, pause=self._pause), bot, watch=watch)
        self._polling = Polling(self._api, bot, conversation=conversation, watch=watch)
        self._failures = 0
        self._strangers_told_at: float | None = None
        # A daemon: a connection that is being made cannot be cut, and need not be awaited.
        self._thread = threading.Thread(target=self._run, name="telegram", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """End; what is being answered may take its last step."""
        self._ending.set()
        self._api.cut()
        self._thread.join(_PATIENCE_SECONDS)
        self._vitals.worked(TELEGRAM)

    def _run(self) -> None:
        with self._api:
            step = self._begin
            while not self._ending.is_set():
                if self._succeeds(step):
                    step = self._listen

    def _begin(self) -> None:
        self._polling.begin()
        self._ask(timedelta())

    def _listen(self) -> None:
        # After a failure at once, so that the trouble ends when it is over.
        self._ask(timedelta() if self._failures else HELD)

    def _ask(self, held: timedelta) -> None:
        self._polling.step(held=held, is_ending=self._ending.is_set)

    def _succeeds(self, step: Callable[[], None]) -> bool:
        """Take a step; where it fails, tell and rest."""
        try:
            step()
        except BotApiError as error:
            self._note_failure(error)
        except StoreError as error:
            self._tell(str(error))
            self._rest()
        except Exception:
            # A thread's boundary: a mistake in one update must not end all listening.
            log.exception("telegram: what was heard cannot be answered")
            self._rest()
        else:
            self._failures = 0
            self._vitals.worked(TELEGRAM)
            self._tell_strangers()
            return True
        return False

    def _note_failure(self, error: BotApiError) -> None:
        asked = error.retry_after if isinstance(error, Refused) else None
        if isinstance(error, Refused) and error.is_token_wrong:
            self._tell(_TOKEN_SAID)
        elif isinstance(error, Refused) and error.code == _CONFLICT:
            self._tell(_CONFLICT_SAID)
        elif self._failures + 1 >= TELLING_FAILURES:
            self._tell(f"the Bot API does not answer: {error}")
        self._rest(asked)

    def _tell(self, said: str) -> None:
        if not self._ending.is_set():
            self._vitals.failed(TELEGRAM, said)

    def _rest(self, asked: timedelta | None = None) -> None:
        self._failures += 1
        doubled: timedelta = FIRST_REST * 2 ** min(self._failures - 1, 20)
        self._pause(max(min(doubled, LONGEST_REST), asked or timedelta()))

    def _pause(self, duration: timedelta) -> bool:
        """Wait; False where the service ends meanwhile."""
        return not self._ending.wait(duration.total_seconds())

    def _tell_strangers(self) -> None:
        """Nothing of who they are or what they write, and once an hour at most."""
        now, told_at = time.monotonic(), self._strangers_told_at
        is_early = told_at is not None and now - told_at < STRANGERS_EVERY.total_seconds()
        if not self._polling.strangers or is_early:
            return
        log.info("telegram: %d messages of strangers were not answered", self._polling.strangers)
        self._polling.strangers = 0
        self._strangers_told_at = now
