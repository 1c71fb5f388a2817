"""Tells systemd how the service does: ready, reloading, alive, stopping (sd_notify(3)).

The protocol is one datagram of ``NAME=value`` lines to the socket that ``NOTIFY_SOCKET`` names.
"""

from __future__ import annotations

import logging
import os
import socket
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger(__name__)


class Notifier:
    """Sends states to whoever started the service; silent where nobody asked.

    Args:
        address: Path of a datagram socket, or ``@name`` of an abstract one; None: nobody asked.
        wants_watchdog: Whether a service that falls silent is to be killed and started again.
    """

    def __init__(self, address: str | None = None, *, wants_watchdog: bool = False) -> None:
        self._address = address
        self._wants_watchdog = wants_watchdog
        self._status = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Notifier:
        """As systemd asks by ``NOTIFY_SOCKET``, ``WATCHDOG_USEC`` and ``WATCHDOG_PID``."""
        meant_for = environment.get("WATCHDOG_PID", "")
        is_for_us = not meant_for or meant_for == str(os.getpid())
        return cls(
            environment.get("NOTIFY_SOCKET") or None,
            wants_watchdog=is_for_us and bool(environment.get("WATCHDOG_USEC")),
        )

    def ready(self, status: str) -> None:
        """Started, or done with reloading."""
        self._status = status
        self._send("READY=1", f"STATUS={status}")

    def reloading(self) -> None:
        """Settings are being read again; ``ready`` ends it."""
        microseconds = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
        self._send("RELOADING=1", f"MONOTONIC_USEC={microseconds}")

    def alive(self, status: str) -> None:
        """The work goes on; to be called from the work itself, so that its end is noticed.

        Args:
            status: One line for ``systemctl status``; sent where it is news.
        """
        lines = ["WATCHDOG=1"] if self._wants_watchdog else []
        if status != self._status:
            self._status = status
            lines.append(f"STATUS={status}")
        self._send(*lines)

    def stopping(self) -> None:
        """The orderly stop has begun."""
        self._send("STOPPING=1", "STATUS=stopping")

    def _send(self, *lines: str) -> None:
        if self._address is None or not lines:
            return
        address = f"\0{self._address[1:]}" if self._address.startswith("@") else self._address
        datagram = "\n".join(line.replace("\n", " ") for line in lines).encode()
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out:
                out.sendto(datagram, address)
        except OSError as error:
            log.debug("%s does not listen: %s", self._address, error)
