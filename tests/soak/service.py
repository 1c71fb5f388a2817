"""``python -m tests.soak.service CONFIG AHEAD``: the real service, on a clock set from outside.

Commands come one JSON object a line on standard input, reports go out likewise. Everything that
reads the time reads the watch's clock; APScheduler's is put in its place too, so that the very
timetable of the service runs through a month.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apscheduler.events import EVENT_JOB_EXECUTED, JobExecutionEvent
from apscheduler.executors import base as executors
from apscheduler.schedulers import base as schedulers

from monitor.cli.logs import set_up_logging
from monitor.daemon import Daemon, Hooks
from monitor.store.connections import Connections
from monitor.watch import Watch

if TYPE_CHECKING:
    import sqlite3


class SimulatedTime:
    """What the driver says the clock shows; wall and monotonic clock go apart when it jumps."""

    def __init__(self, ahead: float) -> None:
        self.ahead = ahead
        self._jumped = 0.0

    def set(self, ahead: float, jumped: float) -> None:
        """Both in seconds; ``jumped`` is how much of the way no time passed."""
        self._jumped += jumped
        self.ahead = ahead

    def monotonic(self) -> float:
        """Seconds that only go forward."""
        return time.monotonic() + self.ahead - self._jumped


class Deadly:
    """Ends the process by SIGKILL within or right after a write to the database."""

    def __init__(self, tell: Callable[..., None]) -> None:
        self._tell = tell
        self._left = 0
        self._place = ""

    def arm(self, place: str, writes: int) -> None:
        """Die at the so-manieth transaction from now: ``inside`` before it is committed."""
        self._place, self._left = place, writes

    def watch(
        self, write: Callable[[Connections], AbstractContextManager[sqlite3.Connection]]
    ) -> Callable[[Connections], AbstractContextManager[sqlite3.Connection]]:
        """Put this around ``Connections.write``."""

        @contextmanager
        def watched(store: Connections) -> Iterator[sqlite3.Connection]:
            with write(store) as db:
                yield db
                self._left -= 1
                self._die("inside")
            self._die("after")

        return watched

    def _die(self, place: str) -> None:
        if place == self._place and self._left == 0:
            self._tell(died=place, of=_writer())
            os.kill(os.getpid(), signal.SIGKILL)


def _writer() -> str:
    """The function that writes: the first on the stack that is neither ours nor contextlib's."""
    frame = sys._getframe(1)
    while frame.f_back is not None:
        name = frame.f_code.co_filename
        if not name.endswith("contextlib.py") and name != __file__:
            return frame.f_code.co_name
        frame = frame.f_back
    return "?"


class SoakedDaemon(Daemon):
    """The service; it tells when each of its two jobs is done, and by which clock that began."""

    def __init__(self, watch: Watch, *, tell: Callable[..., None], **options: Any) -> None:
        super().__init__(watch, **options)
        self._tell = tell
        self.turn = 0
        """Counts the times that the clock was set."""
        self._began = {"crawl": 0, "outbox": 0}
        self._sending = 0
        self._count = threading.Lock()
        # Told by the scheduler, which starts no job anew before it has noted the former's end.
        self._scheduler.add_listener(self._ended, EVENT_JOB_EXECUTED)

    def tick(self) -> None:
        """As the service does."""
        self._began["crawl"] = self.turn
        super().tick()

    def send_due(self) -> None:
        """As the service does: at the tick, and at a digest's hour."""
        self._began["outbox"] = self.turn
        self._add_sending(1)
        try:
            super().send_due()
        finally:
            self._add_sending(-1)

    def _add_sending(self, number: int) -> None:
        with self._count:
            self._sending += number

    def nudge(self) -> None:
        """The clock was set: what is due by it is due now."""
        if self._scheduler.running:  # else it looks when it starts
            self._scheduler.wakeup()

    @property
    def current(self) -> Watch:
        """By whose settings it works; another one after SIGHUP."""
        return self._watch

    @property
    def _scheduler(self) -> schedulers.BaseScheduler:
        return self._timetable._scheduler

    def _ended(self, event: JobExecutionEvent) -> None:
        self._tell(
            job=event.job_id,
            turn=self._began.get(event.job_id, 0),
            in_flight=self._crawls.in_flight,
            is_sending=bool(self._sending),
            to_send=self._to_send(),
        )

    def _to_send(self) -> int:
        """Deliveries that are due or under way: by the hour's job, or by the tick's."""
        store = self._watch.store
        under_way = store.deliveries(state="handing-over")
        return len(under_way) + len(store.due_deliveries(self._watch.now()))


def _tell(lock: threading.Lock, **report: Any) -> None:
    with lock:
        sys.stdout.write(json.dumps(report) + "\n")
        sys.stdout.flush()


def _obey(daemon: SoakedDaemon, clock: SimulatedTime, deadly: Deadly) -> None:
    for line in sys.stdin:
        command = json.loads(line)
        if "die" in command:
            deadly.arm(command["die"], command["writes"])
            continue
        clock.set(command["ahead"], command["jumped"])
        daemon.current.clock_ahead = timedelta(seconds=command["ahead"])
        daemon.turn = command["turn"]
        daemon.nudge()
    os._exit(0)  # whoever ran the month is gone


def _simulate_scheduler(clock: SimulatedTime) -> None:
    class SimulatedDatetime(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # no subclass
            return datetime.now(tz) + timedelta(seconds=clock.ahead)

    schedulers.datetime = SimulatedDatetime
    executors.datetime = SimulatedDatetime


def _simulate_log(clock: SimulatedTime) -> None:
    make = logging.getLogRecordFactory()

    def made(*arguments: Any, **options: Any) -> logging.LogRecord:
        record = make(*arguments, **options)
        record.created += clock.ahead
        return record

    logging.setLogRecordFactory(made)


def main() -> None:
    """Run until told to stop."""
    config, ahead = Path(sys.argv[1]), float(sys.argv[2])
    lock = threading.Lock()

    def tell(**report: Any) -> None:
        _tell(lock, **report)

    clock, deadly = SimulatedTime(ahead), Deadly(tell)
    _simulate_scheduler(clock)
    _simulate_log(clock)
    Connections.write = deadly.watch(Connections.write)  # type: ignore  # the point
    with Watch.open(config, clock_ahead=timedelta(seconds=ahead)) as watch:
        set_up_logging(watch.config)
        hooks = Hooks(on_crawled=lambda _watch, summary, _seconds: tell(crawled=summary.pages))
        daemon = SoakedDaemon(
            watch, tell=tell, config_path=config, hooks=hooks, monotonic=clock.monotonic
        )
        obeying = threading.Thread(target=_obey, args=(daemon, clock, deadly), daemon=True)
        tell(ready=os.getpid())
        obeying.start()
        if not daemon.run():
            logging.shutdown()
            os._exit(1)


if __name__ == "__main__":
    main()
