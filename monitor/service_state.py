"""A small file by which the running service tells other commands how it does.

It lies beside the locks. Its size never changes, so that it can still be written when the disk
is full. It says nothing of a service that does not hold the instance lock any more.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from filelock import Timeout
from pydantic import TypeAdapter, ValidationError

from monitor.locks import lock_of
from monitor.vitals import Trouble

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

SIZE = 8192
"""In bytes; two blocks of any disk."""

_LONGEST_MESSAGE = 400


@dataclass(frozen=True, kw_only=True)
class ServiceState:
    """What the service last told."""

    pid: int
    started_at: datetime
    settings_read_at: datetime
    troubles: tuple[Trouble, ...] = ()


_STATE = TypeAdapter(ServiceState)


def tell_state(database: Path, state: ServiceState) -> None:
    """Write it down; where that cannot be done, the log says so."""
    document = _STATE.dump_json(_shortened(state)).ljust(SIZE)
    try:
        _overwrite(_path_of(database), document[:SIZE])
    except OSError as error:
        log.warning("the service's state cannot be written: %s", error)


def running_service(database: Path) -> ServiceState | None:
    """What the service that runs on a database told last; None where none runs.

    Raises:
        StoreError: The locks' folder cannot be made.
    """
    try:
        with lock_of(database, "instance"):
            return None
    except Timeout:
        pass
    try:
        return _STATE.validate_json(_path_of(database).read_bytes())
    except (OSError, ValidationError):
        return None  # it has only just started, or is of another version


def _path_of(database: Path) -> Path:
    return database.parent / "locks" / "service.json"


def _shortened(state: ServiceState) -> ServiceState:
    troubles = tuple(
        Trouble(job=one.job, message=one.message[:_LONGEST_MESSAGE], since=one.since)
        for one in state.troubles
    )
    return ServiceState(
        pid=state.pid,
        started_at=state.started_at,
        settings_read_at=state.settings_read_at,
        troubles=troubles,
    )


def _overwrite(path: Path, document: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o644)
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        file.write(document)
