"""When the service's jobs are done: by the tick, by the hour, by the day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from monitor.watch import Watch

TICK_SECONDS = 15
"""Between two looks for due sources and deliveries."""

LOOK_OUT_SECONDS = 60
"""Between two looks for what the operator is to be told."""
FEED_MINUTES = 5
"""Between two looks for stories that the feed's file does not have; readers ask less often."""

TIDY_MINUTES = 10
"""Between two attempts to fold SQLite's write-ahead log back into the database."""


class Work(Protocol):
    """What is to be done; each job ends its own failures."""

    def tick(self) -> None:
        """Hand out what is due."""

    def send_due(self) -> None:
        """Record the digest whose hour has come and deliver what waits."""

    def look_out(self) -> None:
        """Tell the operator what needs a person."""

    def expire(self) -> None:
        """Delete what need not be kept any longer."""

    def write_feed(self) -> None:
        """Bring the feed's file up to date."""

    def tidy(self) -> None:
        """Keep the database's files and the memory small."""


class Timetable:
    """Runs jobs in threads of its own; none twice at a time."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._scheduler = BackgroundScheduler(
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def plan(self, watch: Watch) -> None:
        """Plan all jobs, in the place of what was planned before."""
        zone = watch.config.zone
        tick = IntervalTrigger(seconds=TICK_SECONDS, timezone=zone)
        now = watch.now()
        self._plan("crawl", self._work.tick, tick, first_at=now)
        # The tick catches up after downtime, sleep and clock jumps; the hour is punctual.
        self._plan("outbox", self._work.send_due, tick, first_at=now)
        for at in {subscription.hour for subscription in watch.subscriptions}:
            hour = CronTrigger(hour=at.hour, minute=at.minute, timezone=zone)
            self._plan(f"digest {at:%H:%M}", self._work.send_due, hour)
        look = IntervalTrigger(seconds=LOOK_OUT_SECONDS, timezone=zone)
        self._plan("alerts", self._work.look_out, look, first_at=now)
        # Counted from the start, for a machine that is never on at one hour of the day.
        day = IntervalTrigger(days=1, timezone=zone)
        self._plan("expire", self._work.expire, day, first_at=now)
        feed = IntervalTrigger(minutes=FEED_MINUTES, timezone=zone)
        self._plan("feed", self._work.write_feed, feed, first_at=now)
        self._plan("tidy", self._work.tidy, IntervalTrigger(minutes=TIDY_MINUTES, timezone=zone))

    def start(self) -> None:
        """Begin."""
        self._scheduler.start()

    def shutdown(self) -> None:
        """Begin no job any more, and wait for those that run."""
        self._scheduler.shutdown(wait=True)

    def _plan(
        self,
        job: str,
        work: Callable[[], None],
        trigger: CronTrigger | IntervalTrigger,
        *,
        first_at: datetime | None = None,
    ) -> None:
        first = {"next_run_time": first_at} if first_at is not None else {}
        self._scheduler.add_job(work, trigger, id=job, replace_existing=True, **first)
