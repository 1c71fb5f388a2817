"""Lets the planned faults begin and end."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

from monitor.press import Press
from monitor.press.items import FaultKind
from tests.soak.plan import Fault, Plan
from tests.soak.post import BotFault, Cut, MailFault, PostOffice, Way

LEAST_FILE = 16_384


class Troubles:
    """The faults of the month; those of one place follow one another or join."""

    def __init__(self, press: Press, office: PostOffice, plan: Plan) -> None:
        self._press = press
        self._office = office
        self._faults = plan.faults
        self._sent: set[Fault] = set()
        self._broken: dict[str, str] = {}
        self._is_over = False

    def changes(self, now: datetime) -> Iterator[datetime]:
        """The moments ahead at which something begins or ends."""
        for fault in self._faults:
            yield from (at for at in (fault.begins, fault.ends) if at > now)

    def apply(self, now: datetime) -> None:
        """Let the sites and the servers fail as they do now."""
        mail, bot = self._of("email", now), self._of("telegram", now)
        wanted = cast("MailFault | None", mail.detail if mail else None)
        if wanted != self._office.mail_fault:
            self._office.set_mail_fault(wanted)
        self._office.bot_fault = cast("BotFault | None", bot.detail if bot else None)
        self._apply_cuts(now)
        self._apply_sites(now)

    def end(self, now: datetime) -> None:
        """All of it is over."""
        self._is_over = True
        self._office.cuts.clear()
        self.apply(now)

    def skew(self, now: datetime) -> timedelta:
        """By how much the service's clock is wrong."""
        fault = self._of("skew", now)
        return fault.skew if fault else timedelta()

    def is_asleep(self, now: datetime) -> bool:
        """Whether the machine sleeps."""
        return self._of("sleep", now) is not None

    def limit_disk(self, pid: int, database: Path, now: datetime) -> bool:
        """Let a process's files grow, or not; whether they may not."""
        is_full = self._of("disk", now) is not None
        _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        soft = hard
        if is_full:
            log = database.with_name(f"{database.name}-wal")
            soft = max(log.stat().st_size if log.exists() else 0, LEAST_FILE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, hard))
        return is_full

    def is_disk_full(self, now: datetime) -> bool:
        """Whether the disk takes nothing."""
        return self._of("disk", now) is not None

    def _of(self, place: str, now: datetime) -> Fault | None:
        if self._is_over:
            return None
        here = (one for one in self._faults if one.place == place)
        return next((one for one in here if one.begins <= now < one.ends), None)

    def _apply_cuts(self, now: datetime) -> None:
        for fault in self._faults if not self._is_over else ():
            if fault.place.startswith("cut") and fault.begins <= now and fault not in self._sent:
                self._sent.add(fault)
                way = cast("Way", fault.place.removeprefix("cut "))
                self._office.cuts[way] = cast("Cut", fault.detail)

    def _apply_sites(self, now: datetime) -> None:
        broken = {
            one.site: one.detail
            for one in self._faults
            if one.place == "site" and one.begins <= now < one.ends and not self._is_over
        }
        for site in self._broken.keys() - broken.keys():
            self._press.mend(site)
        for site, kind in broken.items():
            if self._broken.get(site) != kind:
                self._press.break_site(site, cast("FaultKind", kind))
        self._broken = broken
