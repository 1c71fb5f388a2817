"""The service: wires the schedule to the jobs and stops in order."""

from __future__ import annotations

import logging
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from filelock import Timeout

from monitor import jobs, publishing
from monitor.errors import InputError, MonitorError
from monitor.watch import now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from crawler.items import Source
    from monitor.ingest import IngestSummary
    from monitor.watch import Watch

log = logging.getLogger(__name__)

TICK_SECONDS = 15
"""Between two looks for due sources and deliveries."""

TIDY_MINUTES = 10
"""Between two attempts to fold SQLite's write-ahead log back into the database."""


class Daemon:
    """Crawls due sources and sends digests until it is told to stop.

    Args:
        watch: Opened; the caller closes it.
        on_crawled: Is told of each finished batch: what came of it, and its seconds.
    """

    def __init__(self, watch: Watch, *, on_crawled: Callable[[IngestSummary, float], None]) -> None:
        self._watch = watch
        self._on_crawled = on_crawled
        self._worker = watch.worker()
        self._crawls = ThreadPoolExecutor(
            max_workers=watch.config.crawl.workers, thread_name_prefix="crawl"
        )
        self._in_flight: set[str] = set()
        self._lock = threading.Lock()
        self._stop = threading.Event()

    def run(self) -> None:
        """Work until SIGINT or SIGTERM, or until ``stop``.

        Raises:
            InputError: Another instance runs this watch.
        """
        with self._only_instance(), self._signals():
            scheduler = self._schedule()
            scheduler.start()
            log.info("watching %d sources", len(self._watch.store.watched_keys()))
            self._stop.wait()
            log.info("stopping: crawls first, then what is being sent")
            self._worker.stop()
            self._crawls.shutdown(wait=True, cancel_futures=True)
            scheduler.shutdown(wait=True)
            log.info("stopped")

    def stop(self) -> None:
        """Ask it to stop; returns at once."""
        self._stop.set()

    def crawl_due(self) -> None:
        """Hand due sources that are not being crawled to the workers."""
        with self._lock:
            all_due = self._watch.store.due_sources(now())
            # A command may have told the store of seeds that are newer than ours.
            mine = [key for key in all_due if key in self._watch.sources]
            due = [key for key in mine if key not in self._in_flight]
            self._in_flight.update(due)
        sources = [self._watch.sources[key] for key in due]
        for batch in jobs.batches(sources, self._watch.config.crawl.batch):
            self._crawls.submit(self._crawl, batch)

    def send_due(self) -> None:
        """Record the digests whose hour has come and deliver what waits."""
        for subscription in self._watch.subscriptions:
            with self._boundary(f"digest of {subscription.name}"):
                publishing.digests_if_due(self._watch, subscription, at=now())
        with self._boundary("deliveries"):
            publishing.deliver_due(self._watch)

    def expire_archive(self) -> None:
        """Delete what the archive need not keep any longer."""
        with self._boundary("archive"):
            jobs.expire_archive(self._watch, now())

    def _crawl(self, batch: list[Source]) -> None:
        started_at = now()
        try:
            with self._boundary("crawl"):
                summary = jobs.crawl_batch(self._watch, batch, worker=self._worker)
                self._on_crawled(summary, (now() - started_at).total_seconds())
        finally:
            with self._lock:
                self._in_flight.difference_update(source.key for source in batch)

    def _schedule(self) -> BackgroundScheduler:
        scheduler = BackgroundScheduler(
            timezone=self._watch.config.zone,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        tick = IntervalTrigger(seconds=TICK_SECONDS, timezone=self._watch.config.zone)
        scheduler.add_job(self._tick, tick, next_run_time=now(), id="crawl")
        # The tick catches up after downtime, sleep and clock jumps; the hour is punctual.
        scheduler.add_job(self.send_due, tick, next_run_time=now(), id="outbox")
        for at in {one.hour for one in self._watch.subscriptions}:
            hour = CronTrigger(hour=at.hour, minute=at.minute, timezone=self._watch.config.zone)
            scheduler.add_job(self.send_due, hour, id=f"digest {at:%H:%M}")
        # Counted from the start, for a machine that is never on at one hour of the day.
        day = IntervalTrigger(days=1, timezone=self._watch.config.zone)
        scheduler.add_job(self.expire_archive, day, next_run_time=now(), id="archive")
        tidy = IntervalTrigger(minutes=TIDY_MINUTES, timezone=self._watch.config.zone)
        scheduler.add_job(self._tidy, tidy, id="tidy")
        return scheduler

    def _tidy(self) -> None:
        with self._boundary("tidy"):
            self._watch.store.checkpoint()

    def _tick(self) -> None:
        with self._boundary("tick"):
            self.crawl_due()

    @contextmanager
    def _boundary(self, job: str) -> Iterator[None]:
        """A job's failure is told and ends there; the schedule goes on."""
        try:
            yield
        except MonitorError as error:
            if not self._stop.is_set():
                log.error("%s: %s", job, error)
        except Exception:
            log.exception("%s failed; it goes on at its next time", job)

    @contextmanager
    def _only_instance(self) -> Iterator[None]:
        try:
            lock = self._watch.sole("instance").acquire()
        except Timeout:
            database = self._watch.config.database
            raise InputError(
                f"{database}: another `diembao run` is watching with this database; stop it first"
            ) from None
        with lock:
            yield

    @contextmanager
    def _signals(self) -> Iterator[None]:
        def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
            self._stop.set()

        before = {
            number: signal.signal(number, ask_to_stop) for number in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
