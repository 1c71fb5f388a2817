"""The log: plain lines or JSON on standard error, without secrets."""

from __future__ import annotations

import json
import logging
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor.masking import Mask, secrets_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from monitor.config import Config

_CHATTY = {
    "apscheduler": logging.WARNING,
    # Warns at each tick for as long as a mail server lets us wait, which is no trouble.
    "apscheduler.scheduler": logging.ERROR,
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "filelock": logging.WARNING,
    "asyncio": logging.WARNING,
}

_OF_EVERY_RECORD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def set_up_logging(config: Config) -> None:
    """Log as the settings say, from now on; to be called again when they change."""
    handler = logging.StreamHandler()
    handler.setFormatter(_formatter(config))
    handler.addFilter(SecretFilter(Mask(secrets_of(config))))
    logging.basicConfig(level=config.log.level.upper(), handlers=[handler], force=True)
    for chatty, level in _CHATTY.items():
        logging.getLogger(chatty).setLevel(level)


def mask_in_force() -> Mask:
    """What the log masks: the secrets of the settings, once they are read; else of addresses."""
    filters = (one for handler in logging.getLogger().handlers for one in handler.filters)
    return next((one.mask for one in filters if isinstance(one, SecretFilter)), Mask())


class SecretFilter(logging.Filter):
    """Masks secrets in all that a record says: message, fields, traceback."""

    def __init__(self, mask: Mask) -> None:
        super().__init__()
        self.mask = mask
        self._plain = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; it always passes."""
        record.msg, record.args = self.mask(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = self._plain.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.mask(record.exc_text)
        if record.stack_info:
            record.stack_info = self.mask(record.stack_info)
        for name, value in _extras(record).items():
            if not isinstance(value, (bool, int, float, type(None))):
                setattr(record, name, self.mask(str(value)))
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line: ``at`` (UTC), ``level``, ``logger``, ``message``, other fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        at = datetime.fromtimestamp(record.created, tz=UTC)
        line: dict[str, object] = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_extras(record),
        }
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            line["traceback"] = record.exc_text
        return json.dumps(line, ensure_ascii=False, default=str)


class LocalTimeFormatter(logging.Formatter):
    """Plain lines that begin with the time where the reader is."""

    def __init__(self, *, zone: ZoneInfo) -> None:
        pattern = "%(asctime)s %(levelname)s %(message)s"
        super().__init__(pattern, datefmt="%Y-%m-%d %H:%M:%S")
        self._zone = zone

    def converter(self, timestamp: float | None) -> time.struct_time:
        """The local time of a record."""
        return datetime.fromtimestamp(timestamp or 0, tz=self._zone).timetuple()


def _formatter(config: Config) -> logging.Formatter:
    if config.log.format == "json":
        return JsonFormatter()
    return LocalTimeFormatter(zone=config.zone)


def _extras(record: logging.LogRecord) -> dict[str, object]:
    """What ``extra=`` brought."""
    return {name: value for name, value in vars(record).items() if name not in _OF_EVERY_RECORD}
