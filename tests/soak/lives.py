"""The lives of the service: started, told the time, killed as planned, and started again."""

from __future__ import annotations

import random
import threading
from collections import deque
from datetime import datetime, timedelta
from pathlib import Path

from tests.soak.children import Children
from tests.soak.handle import HungError, ServiceProcess
from tests.soak.plan import Kill, KillKind, Plan, downtime
from tests.soak.post import PostOffice, Way
from tests.soak.records import Death, Sample, Span
from tests.soak.troubles import Troubles

LONGEST_WORK = 150.0
"""Real seconds for what is due at one moment; then the service hangs."""

_SAMPLING = timedelta(hours=2)
_RETRY = timedelta(minutes=10)


class Lives:
    """The service, again and again.

    Args:
        config: Of its watch.
        plan: When it is killed.
        office: Kills it at points of its protocols.
        draw: For what is left to chance.
    """

    def __init__(self, config: Path, plan: Plan, office: PostOffice, draw: random.Random) -> None:
        self._config = config
        self._database = config.parent / "data" / "diembao.db"
        self._office = office
        self._draw = draw
        self._planned = deque(plan.kills)
        self._calm = plan.calm
        self._child_kills = deque(plan.child_kills)
        self._armed: dict[KillKind, deque[Kill]] = {}
        self._service: ServiceProcess | None = None
        self._struck = ""
        self._start_at: datetime | None = None
        self._down_since: datetime | None = None
        self._began_at: datetime | None = None
        self._write_kill: Kill | None = None
        self._is_disk_full = False
        self._skew = timedelta()
        self._was_asleep_since: datetime | None = None
        self.doing = "starts"
        self.number = 0
        self.deaths: list[Death] = []
        self.samples: list[Sample] = []
        self.down: list[Span] = []
        self.failed_starts = 0
        self.children = Children(draw)
        office.strike = self._strike

    @property
    def is_up(self) -> bool:
        """Whether it runs."""
        return self._service is not None

    def appointments(self) -> list[datetime]:
        """When it is to be started."""
        return [self._start_at] if self._start_at is not None else []

    def go_on(self, now: datetime, troubles: Troubles) -> None:
        """Do what has come due: wake, start, arm; and tell it the time."""
        troubles.apply(now)
        if self._sleeps(now, troubles):
            return
        self._plan_kills(now)
        if self._service is None and (self._start_at is None or now >= self._start_at):
            self._start(now, troubles)
        self._arm(now)
        self.set_clock(now, troubles)

    def set_clock(self, now: datetime, troubles: Troubles) -> None:
        """Tell it the time, as wrong as its clock is."""
        if self._service is None:
            return
        if troubles.is_disk_full(now) != self._is_disk_full:
            self._limit_disk(now, troubles)
        skew = troubles.skew(now)
        jumped, self._skew = skew - self._skew, skew
        self._service.set_clock(now + skew, jumped=jumped)

    def settled(self, now: datetime, seconds: float) -> bool:
        """Wait a little; whether all that is due is done. Planned kills happen here."""
        service = self._service
        if service is None:
            return True
        is_settled = service.settle(seconds)
        if service.is_alive:
            self._watch_crawls(service, now)
        if not service.is_alive:
            self._mourn(now)
            return False
        if is_settled and not service.children():
            self._sample(now, service)
        return is_settled

    def require_progress(self, seconds: float) -> None:
        """Raise where the service hangs."""
        if seconds > LONGEST_WORK:
            raise HungError(f"it works on one thing for {seconds:.0f} s: {self.doing}")

    def spend_kills(self, now: datetime) -> None:
        """Kill it at once for each planned kill whose moment never came."""
        left = len(self._planned) + sum(map(len, self._armed.values()))
        left += len(self._office.points) + (self._write_kill is not None)
        self._planned.clear()
        self._armed.clear()
        self._office.points.clear()
        for _ in range(left):
            if self._service is None:
                self._launch(now)
                assert self._service is not None
                self._service.wait_until_ready()
            self._struck = "at rest"
            self._kill(now)
        self._start_at = now

    def restart(self, now: datetime) -> None:
        """A new life, in good order, in which no kill is planned."""
        if self._service is not None:
            self._service.stop()
            self._service = None
        self._armed.clear()
        self._write_kill = None
        self._start_at = now

    def stop(self, now: datetime) -> int:
        """The end; its exit status."""
        if self._service is None:
            return -1
        if self._down_since is not None:
            self._rise(now)
        return self._service.stop()

    def close(self) -> None:
        """No process of the service is left behind."""
        if self._service is not None:
            self._service.kill()

    def _sleeps(self, now: datetime, troubles: Troubles) -> bool:
        """A machine that sleeps: the process stands still, and its clock jumps in the end."""
        if troubles.is_asleep(now):
            self._was_asleep_since = self._was_asleep_since or now
            self.doing = "sleeps"
            return True
        if self._was_asleep_since is not None:
            slept, since = now - self._was_asleep_since, self._was_asleep_since
            self._was_asleep_since = None
            self.down.append(Span(begins=since, ends=now, why="sleep"))
            if self._service is not None:
                skew = troubles.skew(now)
                jumped, self._skew = slept + skew - self._skew, skew
                self._service.set_clock(now + skew, jumped=jumped)
        return False

    def _plan_kills(self, now: datetime) -> None:
        while self._planned and self._planned[0].at <= now:
            kill = self._planned.popleft()
            self._armed.setdefault(kill.kind, deque()).append(kill)

    def _arm(self, now: datetime) -> None:
        if self._is_calm(now):
            self._disarm()
            return
        for way in ("email", "telegram"):
            self._arm_way(way)
        if self._service is not None and self._write_kill is None:
            self._arm_write(self._service)

    def _is_calm(self, now: datetime) -> bool:
        begins, ends = self._calm
        return begins <= now < ends

    def _disarm(self) -> None:
        """What has not met its moment yet waits for the end of the calm."""
        for way in ("email", "telegram"):
            if point := self._office.points.pop(way, ""):
                kill = Kill(at=self._calm[0], kind=way, detail=point)
                self._armed.setdefault(way, deque()).appendleft(kill)
        if self._write_kill is not None and self._service is not None:
            self._service.die_at("never", writes=0)
            self._armed.setdefault("write", deque()).appendleft(self._write_kill)
            self._write_kill = None

    def _arm_way(self, way: Way) -> None:
        waiting = self._armed.get(way)
        if waiting and way not in self._office.points:
            self._office.points[way] = waiting.popleft().detail

    def _arm_write(self, service: ServiceProcess) -> None:
        waiting = self._armed.get("write")
        if waiting:
            self._write_kill = waiting.popleft()
            service.die_at(self._write_kill.detail, writes=self._write_kill.number)

    def _start(self, now: datetime, troubles: Troubles) -> None:
        self._skew = troubles.skew(now)
        self._launch(now + self._skew)
        assert self._service is not None
        self._is_disk_full = False
        if troubles.is_disk_full(now):
            self._limit_disk(now, troubles)
        waiting = self._armed.get("start")
        if waiting and not self._is_calm(now):
            threading.Timer(waiting.popleft().seconds, self._strike, ["start"]).start()
        if self._service.wait_until_ready():
            self._rise(now)
            self._began_at = now
        elif self._struck:
            self._mourn(now)
        else:
            self._service.kill()
            self._service = None
            self.failed_starts += 1
            self._start_at = now + _RETRY
            self._down_since = self._down_since or now

    def _launch(self, at: datetime) -> None:
        self.number += 1
        self._struck = ""
        self._service = ServiceProcess(self._config, at=at, log=self._config.parent / "service.log")

    def _rise(self, now: datetime) -> None:
        self._start_at = None
        if self._down_since is not None:
            self.down.append(Span(begins=self._down_since, ends=now, why="down"))
            self._down_since = None

    def _limit_disk(self, now: datetime, troubles: Troubles) -> None:
        assert self._service is not None
        if self._service.is_alive:
            self._is_disk_full = troubles.limit_disk(self._service.pid, self._database, now)

    def _strike(self, where: str) -> None:
        """Called from any thread."""
        service = self._service
        if service is not None and service.is_alive:
            self._struck = where
            service.strike()

    def _kill(self, now: datetime) -> None:
        assert self._service is not None
        self._service.kill()
        self._mourn(now)

    def _watch_crawls(self, service: ServiceProcess, now: datetime) -> None:
        if not self.children.look(service):
            return
        if self._is_calm(now):
            return
        waiting = self._armed.get("crawl")
        if waiting and self.children.crawling_seconds >= waiting[0].seconds:
            waiting.popleft()
            self._strike("crawl")
            service.bury()
        elif self._child_kills and self._child_kills[0] <= now:
            self._child_kills.popleft()
            self.children.kill_one(service)

    def _mourn(self, now: datetime) -> None:
        service = self._service
        assert service is not None
        service.bury()
        where = self._struck
        if service.died is not None:
            where = f"write {service.died['place']} {service.died['of']}"
            self._write_kill = None
        elif self._write_kill is not None:
            self._armed.setdefault("write", deque()).appendleft(self._write_kill)
            self._write_kill = None
        if not where:
            raise HungError("it ended by itself; its last words are in service.log")
        was_crawling = self.children.crawling_since is not None
        self.deaths.append(Death(at=now, where=where, was_crawling=was_crawling))
        self.children.orphan()
        self._service, self._struck = None, ""
        self._down_since = self._down_since or now
        self._start_at = now + downtime(self._draw)
        self.doing = f"killed: {where}"

    def _sample(self, now: datetime, service: ServiceProcess) -> None:
        self.doing = "works"
        last = self.samples[-1] if self.samples else None
        if last is not None and last.life == self.number and now - last.at < _SAMPLING:
            return
        assert self._began_at is not None
        self.samples.append(
            Sample(at=now, life=self.number, age=now - self._began_at, vital=service.vital())
        )
