"""The service: wires the schedule to the jobs and stops in order."""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from filelock import Timeout

from crawler.errors import CrawlerError
from monitor import jobs, publishing
from monitor.alerting import Lookout
from monitor.bot.listener import Listener
from monitor.clocks import JumpWatch
from monitor.crawls import Crawls
from monitor.errors import InputError, MonitorError
from monitor.facts import ALERTS
from monitor.following import write_feed
from monitor.ingest import IngestSummary
from monitor.memory import give_back_memory
from monitor.metrics import CrawlMeasures
from monitor.notifying import Notifier
from monitor.pruning import prune
from monitor.reloading import Reloaded, fingerprints, reload
from monitor.service_state import ServiceState, tell_state
from monitor.signals import Asked, asked_by_signals
from monitor.status_port import StatusPort
from monitor.timetable import Timetable
from monitor.vitals import SETTINGS, TELEGRAM, Vitals
from monitor.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

log = logging.getLogger(__name__)

LOOK_SECONDS = 5
"""Between two looks at the clock."""

STOP_DEADLINE = timedelta(seconds=60)
"""For crawl children to end, their pages to be stored, and a message to be handed over."""


@dataclass(frozen=True)
class Hooks:
    """What the one who runs the service is told.

    Args:
        on_crawled: Each finished batch: by whose settings, what came of it, and its seconds.
        on_reloaded: The watch as it is from now on, and what changed.
        notifier: Whoever started the service.
    """

    on_crawled: Callable[[Watch, IngestSummary, float], None]
    on_reloaded: Callable[[Reloaded], None] = lambda _: None
    notifier: Notifier = field(default_factory=Notifier)


class Daemon:
    """Crawls due sources and sends digests until it is told to stop.

    Args:
        watch: Opened; the caller closes it.
        config_path: What is read again on SIGHUP.
        hooks: Who is told.
        listen: Where to answer, if not where ``service.listen`` says.
        monotonic: Seconds that go on however the watch's clock is set.
    """

    def __init__(
        self,
        watch: Watch,
        *,
        config_path: Path,
        hooks: Hooks,
        listen: str | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._watch = watch
        self._monotonic = monotonic
        self._listen_at = listen or watch.config.service.listen
        self._config_path = config_path
        self._files: Mapping[Path, str] = fingerprints(watch.config, beside=config_path.parent)
        self._hooks = hooks
        self._started_at = self._settings_read_at = watch.now()
        self._asked: queue.SimpleQueue[Asked] = queue.SimpleQueue()
        self._measures = CrawlMeasures()
        self.vitals = Vitals(
            on_change=self._tell_state, clock=lambda: self._watch.now(), monotonic=monotonic
        )
        self._lookout = Lookout(self.vitals)
        self._awake_since_at = watch.now()
        self._crawls = Crawls(
            watch, vitals=self.vitals, on_crawled=self._crawled, monotonic=monotonic
        )
        self._timetable = Timetable(self)
        self._listener = Listener(lambda: self._watch, vitals=self.vitals)

    def run(self) -> bool:
        """Work until SIGINT or SIGTERM, or until ``stop``; on SIGHUP read the files again.

        Returns:
            Whether all work ended within the deadline; else threads of it still run.

        Raises:
            InputError: Another instance runs this watch, or its port is taken.
        """
        with self._only_instance(), asked_by_signals(self._asked), self._port():
            self._tell_state()
            self._bring_back_times()
            self._timetable.plan(self._watch)
            self._timetable.start()
            self._follow_telegram()
            log.info("watching %d sources", len(self._watch.store.watched_keys()))
            self._hooks.notifier.ready(self._status())
            self._listen()
            return self._end()

    def stop(self) -> None:
        """Ask it to stop; returns at once."""
        self._asked.put("stop")

    def tick(self) -> None:
        """Hand out what is due, and tell whoever started the service that it is alive."""
        with self.vitals.boundary("tick"):
            self._crawls.hand_out(self._watch)
        self.vitals.beat()
        self._hooks.notifier.alive(self._status())

    def send_due(self) -> None:
        """Record the digests whose hour has come and deliver what waits."""
        for subscription in self._watch.subscriptions:
            with self.vitals.boundary(f"digest of {subscription.name}"):
                publishing.digests_if_due(self._watch, subscription, at=self._watch.now())
        with self.vitals.boundary("deliveries"):
            publishing.deliver_due(self._watch)

    def look_out(self) -> None:
        """Tell the operator what needs a person."""
        with self.vitals.boundary(ALERTS):
            self._lookout.look(self._watch, awake_since_at=self._awake_since_at)

    def expire(self) -> None:
        """Delete what the archive and the database need not keep any longer."""
        with self.vitals.boundary("archive"):
            jobs.expire_archive(self._watch, self._watch.now())
        with self.vitals.boundary("retention"):
            prune(self._watch, self._watch.now())

    def reload(self) -> None:
        """Read settings, seeds and topic again; what is unsound changes nothing."""
        self._hooks.notifier.reloading()
        try:
            reloaded = reload(self._watch, self._config_path, files=self._files)
        except (MonitorError, CrawlerError) as error:
            self.vitals.failed(SETTINGS, f"{error}; the former settings stay in force")
        else:
            self._watch, self._files = reloaded.watch, reloaded.files
            self._settings_read_at = reloaded.watch.now()
            self._hooks.on_reloaded(reloaded)
            self._timetable.plan(self._watch)
            self._follow_telegram()
            self.vitals.worked(SETTINGS)
            changed = ", ".join(reloaded.changed) or "nothing"
            log.info("settings, seeds and topics read again; changed: %s", changed)
            if reloaded.needs_restart:
                log.warning("%s: changed, needs a restart", ", ".join(reloaded.needs_restart))
        self._tell_state()
        self._hooks.notifier.ready(self._status())

    def _follow_telegram(self) -> None:
        with self.vitals.boundary(TELEGRAM):
            self._listener.follow()

    def _listen(self) -> None:
        """Do what is asked until that is to stop; meanwhile keep an eye on the clock."""
        clock = JumpWatch(self._watch.now(), monotonic=self._monotonic())
        while True:
            try:
                asked = self._asked.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                asked = None
            if asked == "stop":
                return
            if asked == "reload":
                self.reload()
            jumped = clock.jump(self._watch.now(), monotonic=self._monotonic())
            if jumped:
                self._clock_jumped(jumped)

    def _clock_jumped(self, jumped: timedelta) -> None:
        seconds = round(jumped.total_seconds())
        log.warning("the clock jumped by %+d s, or the machine slept; all is planned anew", seconds)
        self._bring_back_times()
        self._awake_since_at = self._watch.now()
        # Its next times lie hours ahead after a jump back.
        self._timetable.plan(self._watch)

    def _bring_back_times(self) -> None:
        with self.vitals.boundary("clock"):
            schedule = self._watch.config.crawl.schedule
            moved = self._watch.store.bring_back(self._watch.now(), schedule=schedule)
            if moved:
                log.warning("%d times lay in the future and were brought back", moved)

    def write_feed(self) -> None:
        """Bring the feed's file up to date."""
        with self.vitals.boundary("feed"):
            write_feed(self._watch)

    def tidy(self) -> None:
        """Fold the database's log into it, and keep no memory that nobody uses."""
        with self.vitals.boundary("tidy"):
            self._watch.store.checkpoint()
        give_back_memory()

    def _crawled(self, watch: Watch, summary: IngestSummary, seconds: float) -> None:
        self._measures.add(summary, seconds)
        self._hooks.on_crawled(watch, summary, seconds)

    def _end(self) -> bool:
        """Stop in order, within the deadline."""
        self._hooks.notifier.stopping()
        log.info("stopping: crawls first, then what is being sent")
        self.vitals.end()
        ending = threading.Thread(target=self._end_work, name="ending", daemon=True)
        ending.start()
        ending.join(STOP_DEADLINE.total_seconds())
        if ending.is_alive():
            log.warning("work goes on after %d s; it is cut short", STOP_DEADLINE.total_seconds())
            return False
        log.info("stopped")
        return True

    def _end_work(self) -> None:
        self._listener.stop()
        self._crawls.stop()
        self._timetable.shutdown()

    def _status(self) -> str:
        """One line for ``systemctl status``."""
        troubles = [f"{one.job}: {one.message}" for one in self.vitals.troubles]
        if troubles:
            return "; ".join(troubles)
        crawling = self._crawls.in_flight
        return f"watching {len(self._watch.sources)} sources, {crawling} being crawled"

    def _tell_state(self) -> None:
        state = ServiceState(
            pid=os.getpid(),
            started_at=self._started_at,
            settings_read_at=self._settings_read_at,
            troubles=self.vitals.troubles,
        )
        tell_state(self._watch.config.database, state)

    @contextmanager
    def _port(self) -> Iterator[None]:
        if self._listen_at is None:
            yield
            return
        with StatusPort(
            self._listen_at,
            watch=lambda: self._watch,
            vitals=self.vitals,
            measures=self._measures,
        ):
            yield

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
