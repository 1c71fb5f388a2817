"""The crawl children of the service: killed alone now and then, and watched when orphaned."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.soak.handle import ServiceProcess

ORPHAN_SECONDS = 10.0
"""For a crawl child to notice that nobody reads its records."""


class Children:
    """All of them, of all lives."""

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        self._known: dict[int, float] = {}
        self.crawling_since: float | None = None
        """By the real clock, while the service has children."""
        self.killed = 0
        self.orphans: list[int] = []
        """Those that outlived the service by too long."""

    @property
    def crawling_seconds(self) -> float:
        """Since the first of those that run now was seen."""
        return time.monotonic() - self.crawling_since if self.crawling_since is not None else 0.0

    def look(self, service: ServiceProcess) -> bool:
        """See which there are; whether there are any."""
        children = service.children()
        for child in children:
            self._known.setdefault(child, 0.0)
        if not children:
            self.crawling_since = None
        elif self.crawling_since is None:
            self.crawling_since = time.monotonic()
        self._sweep()
        return bool(children)

    def kill_one(self, service: ServiceProcess) -> None:
        """SIGKILL for one that runs."""
        children = service.children()
        if not children:
            return
        try:
            os.kill(self._draw.choice(children), signal.SIGKILL)
        except ProcessLookupError:
            return  # it has just ended
        self.killed += 1

    def orphan(self) -> None:
        """Their service was killed."""
        now = time.monotonic()
        self._known = {child: since or now for child, since in self._known.items()}
        self.crawling_since = None

    def _sweep(self) -> None:
        for child, since in list(self._known.items()):
            if not _is_crawler(child):
                del self._known[child]
            elif since and time.monotonic() - since > ORPHAN_SECONDS:
                self.orphans.append(child)
                del self._known[child]


def _is_crawler(pid: int) -> bool:
    try:
        return b"crawler" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False
