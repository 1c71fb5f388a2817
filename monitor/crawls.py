"""Hands due sources to crawl workers, and to none while nothing could be stored."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor import extractor, jobs
from monitor.errors import StoreError

if TYPE_CHECKING:
    from crawler.items import Source
    from monitor.ingest import IngestSummary
    from monitor.vitals import Vitals
    from monitor.watch import Watch

FIRST_REST = timedelta(seconds=10)
LONGEST_REST = timedelta(minutes=30)
"""After crawls that could not be stored: their pages were fetched in vain, and would be again."""

MEGABYTE = 1_000_000

OnCrawled = Callable[["Watch", "IngestSummary", float], None]
"""Is told of a finished batch: by whose settings it ran, what came of it, its seconds."""


class Crawls:
    """The crawls that run; each source is in one of them at most.

    Args:
        watch: Says how many run at a time, and where.
        vitals: Is told of crawls that cannot be stored.
        on_crawled: Is told of each finished batch: its watch, what came of it, its seconds.
        monotonic: Measures crawls and rests.
    """

    def __init__(
        self,
        watch: Watch,
        *,
        vitals: Vitals,
        on_crawled: OnCrawled,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        extractor.prepare()
        self._vitals = vitals
        self._on_crawled = on_crawled
        self._monotonic = monotonic
        self._worker = watch.worker()
        self._pool = ThreadPoolExecutor(watch.config.crawl.workers, thread_name_prefix="crawl")
        self._lock = threading.Lock()
        self._in_flight: set[str] = set()
        self._running: set[Future[None]] = set()
        self._setbacks = 0
        self._rests_until = 0.0

    @property
    def in_flight(self) -> int:
        """Sources that are being crawled, or wait for a worker."""
        with self._lock:
            return len(self._in_flight)

    def hand_out(self, watch: Watch) -> None:
        """Hand due sources that are not being crawled to the workers.

        Raises:
            StoreError: The database cannot be read.
        """
        if not self._may_crawl(watch):
            return
        with self._lock:
            all_due = watch.store.due_sources(watch.now())
            # A command may have told the store of seeds that are newer than ours.
            mine = [key for key in all_due if key in watch.sources]
            due = [key for key in mine if key not in self._in_flight]
            self._in_flight.update(due)
        sources = [watch.sources[key] for key in due]
        for batch in jobs.batches(sources, watch.config.crawl.batch):
            self._running.add(self._pool.submit(self._crawl, watch, batch))
        self._running = {one for one in self._running if not one.done()}

    def settle(self) -> None:
        """Wait until nothing runs."""
        wait(self._running)

    def stop(self) -> None:
        """End what runs, start no more, and wait until all is stored."""
        self._worker.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _may_crawl(self, watch: Watch) -> bool:
        if self._monotonic() < self._rests_until:
            return False
        is_free = False
        with self._vitals.boundary("room"):
            require_room(watch)
            is_free = True
        if not self._setbacks or not is_free:
            return is_free
        with self._vitals.boundary("crawl"):
            watch.store.prove_writable()
            return True
        return False

    def _crawl(self, watch: Watch, batch: list[Source]) -> None:
        started = self._monotonic()
        try:
            with self._vitals.boundary("crawl"):
                try:
                    summary = jobs.crawl_batch(watch, batch, worker=self._worker)
                except StoreError:
                    self._rest()
                    raise
                self._setbacks = 0
                self._on_crawled(watch, summary, self._monotonic() - started)
        finally:
            with self._lock:
                self._in_flight.difference_update(source.key for source in batch)

    def _rest(self) -> None:
        with self._lock:
            if self._monotonic() < self._rests_until:
                return  # another batch of the same round has met the same
            pause = min(FIRST_REST * (1 << min(self._setbacks, 10)), LONGEST_REST)
            self._setbacks += 1
            self._rests_until = self._monotonic() + pause.total_seconds()


def free_bytes(watch: Watch) -> int:
    """Room on the database's disk that this user may use."""
    return shutil.disk_usage(watch.config.database.parent).free


def require_room(watch: Watch) -> None:
    """Nothing is fetched that could not be stored.

    Raises:
        StoreError: The database's disk has less room than the settings ask for.
    """
    least = watch.config.service.least_free_mb
    free = free_bytes(watch) // MEGABYTE
    if free < least:
        folder = watch.config.database.parent
        raise StoreError(
            f"{folder} has {free} MB left and service.least_free_mb asks for {least}; "
            "nothing is crawled until there is room"
        )
