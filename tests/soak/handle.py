"""The driver's end of the simulated service: sets its clock, waits for its work, kills it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

PATIENCE_SECONDS = 90.0
"""For a start, or for one job, on a busy machine."""

JOB_SECONDS = 1.0


class HungError(Exception):
    """The service neither ended nor did its work."""


@dataclass(frozen=True, kw_only=True)
class Vital:
    """What a process takes of the machine."""

    rss_kb: int
    threads: int
    files: int


class ServiceProcess:
    """One life of the service.

    Args:
        config: Of its watch.
        at: What its clock shows.
        log: Its standard error is added to this file.
    """

    def __init__(self, config: Path, *, at: datetime, log: Path) -> None:
        self._ahead = _ahead(at)
        self._turn = 0
        self._done: dict[str, int] = {"crawl": -1, "outbox": -1}
        self._in_flight = self._to_send = 0
        self._is_sending = False
        self.died: dict[str, str] | None = None
        """Which write it ended itself at."""
        self._is_ready = False
        self._has_ended = False
        self._news = threading.Condition()
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.soak.service", str(config), repr(self._ahead)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """Of the process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def wait_until_ready(self) -> bool:
        """Whether its work begins; False when it ended before."""
        self._wait(lambda: self._is_ready, PATIENCE_SECONDS)
        return self._is_ready and self.is_alive

    def set_clock(self, at: datetime, *, jumped: timedelta = timedelta()) -> None:
        """Let its clock show a time.

        Args:
            at: The time.
            jumped: Which part of the way no time passed.
        """
        self._ahead = _ahead(at)
        self._turn += 1
        self._say(ahead=self._ahead, jumped=jumped.total_seconds(), turn=self._turn)

    def die_at(self, place: str, *, writes: int) -> None:
        """Let it kill itself ``inside`` or ``after`` one of its next writes to the database."""
        self._say(die=place, writes=writes)

    def settle(self, seconds: float) -> bool:
        """Wait until all that is due by its clock is done.

        Its jobs get a second to end before the clock may go on: what takes a moment in truth
        shall not take a quarter of an hour by the clock. Crawls do take minutes.

        Args:
            seconds: Real ones, for crawls and for what is to be sent at the next tick.

        Returns:
            False when it takes longer, or died.
        """
        self._wait(self._has_looked, JOB_SECONDS)
        return self._wait(self._is_settled, seconds) and self.is_alive

    def kill(self) -> None:
        """SIGKILL."""
        if self.is_alive:
            self._process.kill()
        self.bury()

    def strike(self) -> None:
        """SIGKILL at once, from any thread; ``bury`` follows."""
        self._process.kill()

    def stop(self) -> int:
        """SIGTERM; its exit status."""
        self._process.terminate()
        try:
            status = self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise HungError("it does not stop") from error
        self.bury()
        return status

    def bury(self) -> None:
        """Let go of what is left of it."""
        self._process.wait(PATIENCE_SECONDS)
        self._reader.join(PATIENCE_SECONDS)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue  # what was still to be told to it

    def vital(self) -> Vital:
        """Its memory, threads and open files as they are."""
        folder = Path(f"/proc/{self.pid}")
        status = dict(
            line.split(":", 1)
            for line in (folder / "status").read_text().splitlines()
            if ":" in line
        )
        return Vital(
            rss_kb=int(status["VmRSS"].split()[0]),
            threads=int(status["Threads"]),
            files=len(os.listdir(folder / "fd")),
        )

    def children(self) -> list[int]:
        """Process ids of its crawls."""
        task = Path(f"/proc/{self.pid}/task")
        found: list[int] = []
        try:
            for thread in task.iterdir():
                found += map(int, (thread / "children").read_text().split())
        except (FileNotFoundError, ProcessLookupError):
            return found  # a thread, or all of it, has ended meanwhile
        return found

    def _has_looked(self) -> bool:
        """Whether both jobs have run by the clock as it is, and none still sends."""
        return min(self._done.values()) >= self._turn and not self._is_sending

    def _is_settled(self) -> bool:
        return self._has_looked() and not self._in_flight and not self._to_send

    def _say(self, **command: Any) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(command).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return  # it has died; whoever waits for it will see

    def _wait(self, condition: Any, seconds: float) -> bool:
        until = time.monotonic() + seconds
        with self._news:
            while not condition() and not self._has_ended:
                left = until - time.monotonic()
                if left <= 0:
                    return False
                self._news.wait(left)
            return bool(condition())

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._news:
                self._take(json.loads(line))
                self._news.notify_all()
        with self._news:
            self._has_ended = True
            self._news.notify_all()

    def _take(self, report: dict[str, Any]) -> None:
        if "died" in report:
            self.died = {"place": report["died"], "of": report["of"]}
        elif "ready" in report:
            self._is_ready = True
        elif "job" in report:
            if report["job"] in self._done:
                self._done[report["job"]] = report["turn"]
            self._in_flight, self._to_send = report["in_flight"], report["to_send"]
            self._is_sending = report["is_sending"]


def _ahead(at: datetime) -> float:
    return (at - datetime.now(UTC)).total_seconds()
