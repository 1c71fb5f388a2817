"""Starts ``diembao`` as a user would, in a process of its own, and listens to what it says."""

from __future__ import annotations

import json
import os
import queue
import re
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PATIENCE_SECONDS = 60
"""For one thing to happen on a noisy machine; nothing waits that long when it works."""


def diembao(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "monitor", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=PATIENCE_SECONDS * 2,
        check=False,
    )


def diembao_json(*arguments: str | Path) -> Any:
    """Run a command with ``--json`` and read its answer."""
    done = diembao(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class Service:
    """A running ``diembao run``."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._lines: queue.Queue[str | None] = queue.Queue()
        self.said: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._lines.put(line.rstrip())
        self._lines.put(None)

    def wait_for(self, pattern: str) -> str:
        """The next line that matches; fails when the service ends or falls silent before."""
        while True:
            line = self._lines.get(timeout=PATIENCE_SECONDS)
            assert line is not None, f"it ended before saying {pattern!r}:\n" + "\n".join(self.said)
            self.said.append(line)
            if re.search(pattern, line):
                return line

    @property
    def pid(self) -> int:
        """Of its process."""
        return self._process.pid

    def reload(self) -> None:
        """Ask it to read its settings again."""
        self._process.send_signal(signal.SIGHUP)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.wait(PATIENCE_SECONDS)

    def terminate(self) -> int:
        """Ask it to stop; its exit status."""
        self._process.send_signal(signal.SIGTERM)
        return self.wait()

    def interrupt(self) -> int:
        """Press Ctrl-C; its exit status."""
        self._process.send_signal(signal.SIGINT)
        return self.wait()

    def wait(self) -> int:
        """Its exit status, once it has ended."""
        return self._process.wait(PATIENCE_SECONDS)

    def close(self) -> None:
        """End it if it runs, and let go of its pipes."""
        if self._process.poll() is None:
            self.kill()
        self._reader.join(PATIENCE_SECONDS)
        if self._process.stderr is not None:
            self._process.stderr.close()


@contextmanager
def running(
    config: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> Iterator[Service]:
    """``diembao run`` until the block ends.

    Args:
        config: Of the watch.
        arguments: More of them.
        environment: Variables beside those that are set already.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "monitor", "run", "--config", str(config), *arguments],
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    service = Service(process)
    try:
        yield service
    finally:
        service.close()
