"""Runs crawl batches in child processes that can be killed; a hung site harms nobody."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from crawler.errors import JobError
from crawler.wire import decode_record, encode_job
from monitor.errors import CrawlError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crawler.items import CrawlJob, Record

log = logging.getLogger(__name__)

GRACE = timedelta(seconds=10)
"""Between asking a child to stop and killing it: one request's pause and its answer."""

BEYOND_DEADLINE = timedelta(seconds=15)
"""A child ends by itself at the job's deadline; after this it is stopped from outside."""

BAD_INPUT = 2
"""Exit status of a child that could not read its job."""


@dataclass(frozen=True)
class BatchEnd:
    """How a child process ended."""

    status: int
    """Exit status; negative is the signal that ended it."""
    last_words: str
    """The last line it wrote to standard error."""

    @property
    def is_clean(self) -> bool:
        """Whether it ended by itself with its work done."""
        return self.status == 0


class CrawlWorker(Protocol):
    """Runs batches, here or elsewhere; threads may call it at the same time."""

    @property
    def is_stopped(self) -> bool:
        """Whether ``stop`` was called."""

    def crawl(self, job: CrawlJob, on_record: Callable[[Record], None]) -> BatchEnd:
        """Run one batch to its end, handing over its records.

        Raises:
            CrawlError: The batch could not be run.
        """

    def stop(self) -> None:
        """End what runs and start no more."""


class Worker:
    """Starts crawl children and passes on their records; ``stop`` ends all that run.

    Threads may call ``crawl`` at the same time, each for its own batch.
    """

    def __init__(self, *, grace: timedelta = GRACE) -> None:
        self._grace = grace
        self._children: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def crawl(self, job: CrawlJob, on_record: Callable[[Record], None]) -> BatchEnd:
        """Run one batch to its end, handing over each record as it comes.

        Raises:
            CrawlError: The child refused the job, or wrote something that is no record.
        """
        with self._child() as child, self._deadline(child, job.limits.deadline + BEYOND_DEADLINE):
            last_words = _LastWords(child)
            self._hand_over(child, encode_job(job))
            self._pass_on(child, on_record)
            status = child.wait()
            end = BatchEnd(status, last_words.read())
        if end.status == BAD_INPUT:
            raise CrawlError(f"the crawler refused its job: {end.last_words}")
        return end

    @property
    def is_stopped(self) -> bool:
        """Whether ``stop`` was called."""
        return self._stopped

    def stop(self) -> None:
        """End every child now and start no more: SIGTERM, then SIGKILL after the grace."""
        with self._lock:
            self._stopped = True
            children = list(self._children)
        for child in children:
            self._end(child)

    @contextmanager
    def _child(self) -> Iterator[subprocess.Popen[bytes]]:
        child = self._start()
        try:
            yield child
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
            for stream in (child.stdin, child.stdout, child.stderr):
                if stream is not None:
                    stream.close()
            with self._lock:
                self._children.discard(child)

    def _start(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._stopped:
                raise CrawlError("the crawl was stopped before it began")
            child = subprocess.Popen(
                [sys.executable, "-m", "crawler"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,  # Ctrl-C is ours to pass on, in order
            )
            self._children.add(child)
        return child

    @contextmanager
    def _deadline(self, child: subprocess.Popen[bytes], after: timedelta) -> Iterator[None]:
        timer = threading.Timer(after.total_seconds(), self._end, [child])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _hand_over(self, child: subprocess.Popen[bytes], document: bytes) -> None:
        assert child.stdin is not None
        try:
            child.stdin.write(document)
            child.stdin.close()
        except BrokenPipeError:
            log.debug("the child closed its input early")  # its exit status tells why

    def _pass_on(self, child: subprocess.Popen[bytes], on_record: Callable[[Record], None]) -> None:
        assert child.stdout is not None
        for line in child.stdout:
            if not line.endswith(b"\n"):
                return  # killed within a line: the record was not finished
            try:
                record = decode_record(line)
            except JobError as error:
                raise CrawlError(f"the crawler wrote what is no record: {error}") from error
            on_record(record)

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        if child.poll() is not None:
            return
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(self._grace.total_seconds())
        except subprocess.TimeoutExpired:
            log.warning("crawl child killed after its grace", extra={"pid": child.pid})
            child.kill()


class _LastWords:
    """Drains a child's standard error into the log and remembers its last line."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        assert child.stderr is not None
        self._stream = child.stderr
        self._last = ""
        self._thread = threading.Thread(target=self._drain, daemon=True)
        self._thread.start()

    def _drain(self) -> None:
        for raw in self._stream:
            line = raw.decode("utf-8", "replace").rstrip()
            if line:
                self._last = line
                log.debug("crawler: %s", line)

    def read(self) -> str:
        self._thread.join()
        return self._last
