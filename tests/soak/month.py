"""Runs the month: the press prints, the service works and is killed, its world fails as planned."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.dating.text import VIETNAM
from monitor.press import Press, write_watch
from tests.soak.lives import Lives
from tests.soak.newsroom import Event, month
from tests.soak.plan import Plan, draw_plan
from tests.soak.post import PostOffice, post_office
from tests.soak.troubles import Troubles
from tests.soak.watch import CONFIG, HOURS

if TYPE_CHECKING:
    from monitor.press.site import Site
    from tests.soak.records import Death, Sample

STEP = timedelta(minutes=15)
"""Of the clock, while there is nothing to do."""

BUSY_STEP = timedelta(seconds=16)
"""Of the clock, while something is being done: a little more than the service's tick."""

BUSY_SECONDS = 0.12
"""Real ones, for such a step."""

VAIN_SECONDS = 4.0
"""Real ones, after which a service that cannot write is left to itself."""

DRAIN = timedelta(hours=46)
"""After the last fault: what waits arrives, what was printed is told, and memory is looked at."""


@dataclass(frozen=True, kw_only=True)
class Story:
    """What the press has printed of one story of the topic."""

    urls: tuple[str, ...]
    """Reprints too."""
    sites: tuple[str, ...]
    printed_at: datetime
    is_withdrawn: bool


@dataclass(kw_only=True)
class Month:
    """What is left of a month."""

    folder: Path
    begins: datetime
    ends: datetime
    """Of faults and publications; then it drains."""
    ended_at: datetime
    office: PostOffice
    plan: Plan
    stories: list[Story]
    lives: Lives
    exit_status: int
    sites: Mapping[str, Site]
    """Of the press, with what they were asked."""

    @property
    def config(self) -> Path:
        """Of the watch."""
        return self.folder / "config.yaml"

    @property
    def deaths(self) -> list[Death]:
        """By SIGKILL, in order."""
        return self.lives.deaths

    @property
    def samples(self) -> list[Sample]:
        """Of memory."""
        return self.lives.samples


@dataclass
class Truth:
    """The simulated moment, whatever the service's clock shows."""

    now: datetime


@contextmanager
def simulated_month(
    folder: Path,
    *,
    days: float,
    kills: int = 0,
    seed: int,
    plan: Plan | None = None,
    drain: timedelta = DRAIN,
    batch: int = 10,
    told: Callable[[datetime, str], None] = lambda _at, _what: None,
) -> Iterator[Month]:
    """Run it in a new folder; the servers answer until the block ends.

    Args:
        folder: Where to; empty.
        days: How long the press prints and all goes wrong.
        kills: ``kill -9`` of the service.
        seed: Draws the news, and what goes wrong.
        plan: What goes wrong, if it is not to be drawn.
        drain: How long it goes on after that.
        batch: Sites in one crawl child; there are ten in all.
        told: Hears of each step.
    """
    begins = first_midnight()
    truth = Truth(begins)
    # What a site has printed stands on it from its first day.
    with Press(now=begins, stories=(), hang_limit=timedelta(seconds=4)) as press:
        profiles = [site.profile for site in press.sites.values()]
        events = month(profiles, begins=begins, days=days, seed=seed)
        plan = plan or draw_plan(
            begins=begins, days=days, kills=kills, seed=seed, sites=list(press.sites)
        )
        office = PostOffice(lambda: truth.now, lambda _: None, random.Random(f"post {seed}"))
        with post_office(office):
            text = CONFIG.substitute(
                mail_port=office.mail_port, bot_url=office.bot_url, batch=batch
            )
            config = write_watch(folder, press, config=text)
            lives = Lives(config, plan, office, random.Random(f"lives {seed}"))
            run = _Run(press, truth, events, Troubles(press, office, plan), lives, told)
            ends = begins + timedelta(days=days)
            try:
                status = run.to_the_end(ends, drain)
            finally:
                lives.close()
            yield Month(
                folder=folder,
                begins=begins,
                ends=ends,
                ended_at=truth.now,
                office=office,
                plan=plan,
                stories=run.stories(),
                lives=lives,
                exit_status=status,
                sites=press.sites,
            )


@dataclass
class _Run:
    press: Press
    truth: Truth
    events: list[Event]
    troubles: Troubles
    lives: Lives
    told: Callable[[datetime, str], None]
    _done: int = 0
    _printed: dict[str, Event] = field(default_factory=dict)
    _urls: dict[str, str] = field(default_factory=dict)
    _withdrawn: set[str] = field(default_factory=set)

    def to_the_end(self, ends: datetime, drain: timedelta) -> int:
        """Let all go wrong until ``ends``, then let all go well; the service's exit status."""
        self._until(ends)
        self.lives.spend_kills(self.truth.now)
        self.troubles.end(self.truth.now)
        self.lives.restart(self.truth.now)
        self._until(ends + drain)
        return self.lives.stop(self.truth.now)

    def _until(self, ends: datetime) -> None:
        while self.truth.now < ends:
            self._move_to(min(self._next(), ends))
            self._print_due()
            self.lives.go_on(self.truth.now, self.troubles)
            self._work()
            self.told(self.truth.now, self.lives.doing)

    def _next(self) -> datetime:
        now = self.truth.now
        moments = [now + STEP, *self.troubles.changes(now), *_hours_after(now)]
        moments += self.lives.appointments()
        return min(at for at in moments if at > now)

    def _move_to(self, at: datetime) -> None:
        self.truth.now = at
        self.press.set_now(at)

    def _print_due(self) -> None:
        while self._done < len(self.events) and self.events[self._done].at <= self.truth.now:
            event = self.events[self._done]
            self._done += 1
            if event.deed == "publish":
                self.press.publish(event.story.site, event.story, at=event.at)
                self._printed[event.story.id] = event
                self._urls[event.story.id] = self.press.url(event.story.id)
            elif event.deed == "edit":
                self.press.edit(event.story.id, body=event.story.body)
            else:
                self.press.delete(event.story.id)
                self._withdrawn.add(event.story.id)

    def _work(self) -> None:
        """Let the service do what is due, the clock going slowly meanwhile."""
        began = time.monotonic()
        while not self.lives.settled(self.truth.now, BUSY_SECONDS):
            if not self.lives.is_up:
                return
            self._move_to(self.truth.now + BUSY_STEP)
            self.troubles.apply(self.truth.now)
            self.lives.set_clock(self.truth.now, self.troubles)
            worked = time.monotonic() - began
            if worked > VAIN_SECONDS and self.troubles.is_disk_full(self.truth.now):
                return  # what is due cannot be noted, and stays due
            self.lives.require_progress(worked)

    def stories(self) -> list[Story]:
        """What was printed of the topic, with its reprints."""
        groups: dict[str, list[Event]] = {}
        for event in self._printed.values():
            if event.is_of_topic:
                groups.setdefault(event.group, []).append(event)
        return [
            Story(
                urls=tuple(self._urls[event.story.id] for event in group),
                sites=tuple(event.story.site for event in group),
                printed_at=min(event.at for event in group),
                is_withdrawn=any(event.story.id in self._withdrawn for event in group),
            )
            for group in groups.values()
        ]


def first_midnight() -> datetime:
    """When a month that is run now begins: local, and ahead of the machine's clock."""
    local = datetime.now(UTC).astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
    return local + timedelta(days=1)


def _hours_after(now: datetime) -> list[datetime]:
    """A second after the next hours of digests: nothing else makes them late."""
    local = now.astimezone(VIETNAM)
    today = [local.replace(hour=h.hour, minute=h.minute, second=1, microsecond=0) for h in HOURS]
    return [*today, *(at + timedelta(days=1) for at in today)]
