"""How the running service does: whether its ticks go on, and which jobs cannot be done."""

from __future__ import annotations

import errno
import logging
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.errors import MonitorError, NoticeError, StoreError
from monitor.watch import now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

log = logging.getLogger(__name__)

SETTINGS = "settings"
"""The job of reading config.yaml again: where it fails, the former settings go on working."""

TELEGRAM = "telegram"
"""The job of listening to Telegram's chats: where it fails, digests go out all the same."""

_OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """A job that cannot be done for now, for a reason that lies outside."""

    job: str
    message: str
    since: datetime

    @property
    def is_grave(self) -> bool:
        """Whether work is left undone meanwhile."""
        return self.job not in {SETTINGS, TELEGRAM}


class Vitals:
    """What the service's threads tell of themselves. Safe to use from any of them.

    Args:
        on_change: Is called when a trouble began, changed or ended.
        clock: Tells since when there is trouble.
        monotonic: Seconds that neither sleep nor a clock that is set can disturb.
    """

    def __init__(
        self,
        *,
        on_change: Callable[[], None] = lambda: None,
        clock: Callable[[], datetime] = now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._on_change = on_change
        self._clock = clock
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._troubles: dict[str, Trouble] = {}
        self._beat_at = monotonic()
        self._is_ending = False

    def beat(self) -> None:
        """A tick went through."""
        self._beat_at = self._monotonic()

    @property
    def silence(self) -> timedelta:
        """Since the last tick."""
        return timedelta(seconds=self._monotonic() - self._beat_at)

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """What cannot be done now, the longest trouble first."""
        with self._lock:
            return tuple(sorted(self._troubles.values(), key=lambda one: (one.since, one.job)))

    def end(self) -> None:
        """What is cut short from now on was meant to be, and is not told."""
        self._is_ending = True

    def failed(self, job: str, message: str) -> None:
        """A job met what it cannot help; told once, until the reason changes or is gone."""
        with self._lock:
            known = self._troubles.get(job)
            if known is not None and known.message == message:
                log.debug("%s: still %s", job, message)
                return
            since = known.since if known is not None else self._clock()
            trouble = self._troubles[job] = Trouble(job=job, message=message, since=since)
        log.error("%s: %s%s", job, message, "; it is tried again" if trouble.is_grave else "")
        self._on_change()

    def worked(self, job: str) -> None:
        """A job was done."""
        with self._lock:
            over = self._troubles.pop(job, None)
        if over is not None:
            log.info("%s: works again, after: %s", job, over.message)
            self._on_change()

    @contextmanager
    def boundary(self, job: str) -> Iterator[None]:
        """A job's failure is told and ends there; the schedule goes on.

        What the disk or another process does to a job is a trouble that is remembered until
        the job works again; anything else is told each time.
        """
        try:
            yield
        except (StoreError, NoticeError) as error:
            if not self._is_ending:
                self.failed(job, str(error))
        except MonitorError as error:
            if not self._is_ending:
                log.error("%s: %s", job, error)
        except OSError as error:
            if error.errno not in _OF_THE_DISK:
                log.exception("%s failed; it goes on at its next time", job)
                return
            self.failed(job, str(error))
        except Exception:
            log.exception("%s failed; it goes on at its next time", job)
        else:
            self.worked(job)
