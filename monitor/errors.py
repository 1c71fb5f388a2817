"""What can go wrong between an article and a digest in the inbox.

    MonitorError
    ├── ConfigError          config.yaml or a setting in it
    ├── TopicError           a topic file
    ├── StoreError           the database: unreadable, not ours, locked for too long
    ├── ArchiveError         a record of the archive: gone, or damaged
    ├── CrawlError           the child process did not do its job
    ├── InputError           what a command was given: no such file, address, article, date
    ├── DigestError          a recorded digest cannot be read
    ├── NoticeError          no channel took an alert
    └── DeliveryError        a channel did not take a digest
        ├── TemporaryRefusal   try again, not before ``retry_after``
        ├── PermanentRefusal   do not try again
        └── UnclearOutcome     it may have arrived: never sent again blindly

Every message is one line that names the file, key or URL and the way out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path


class MonitorError(Exception):
    """Base of everything the monitor raises on purpose; commands end with status 2."""


class ConfigError(MonitorError):
    """A setting is wrong.

    Args:
        path: The configuration file.
        line: 1-based, or None where no line can be named.
        key: Dotted key such as ``email.password``; may be empty.
        reason: What is wrong and the way out.
    """

    def __init__(self, path: Path, *, line: int | None, key: str, reason: str) -> None:
        self.path = path
        self.line = line
        self.key = key
        self.reason = reason
        where = f"{path}:{line}" if line is not None else str(path)
        super().__init__(f"{where}: {key}: {reason}" if key else f"{where}: {reason}")


class TopicError(MonitorError):
    """A topic file is broken; the message names file, line and key."""


class StoreError(MonitorError):
    """The database cannot be used; the message names its path and the way out."""


class ArchiveError(MonitorError):
    """The archive does not hold what is looked for, or not whole."""


class CrawlError(MonitorError):
    """A crawl child ended without doing its job."""


class InputError(MonitorError):
    """A command was given something it cannot work with."""


class DigestError(MonitorError):
    """A recorded digest cannot be read: it is of another version, or damaged."""


class NoticeError(MonitorError):
    """No channel took an alert; the message says why of each."""


class DeliveryError(MonitorError):
    """A channel did not take a digest."""


class TemporaryRefusal(DeliveryError):
    """Not now.

    Args:
        reason: What the other side said.
        retry_after: The pause it asked for, if any.
    """

    def __init__(self, reason: str, *, retry_after: timedelta | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(reason)


class PermanentRefusal(DeliveryError):
    """Never: no such mailbox, or blocked by the reader. What the operator can mend is temporary."""


class UnclearOutcome(DeliveryError):
    """The connection ended after the message was handed over and before the answer."""
