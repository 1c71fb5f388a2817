"""What is wrong with a watch, and what to do about it: one finding a subject or more."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Literal

from filelock import Timeout

from crawler.errors import CrawlerError
from crawler.sources import load_sources
from monitor.channels.configured import alert_channels, configured_channels
from monitor.errors import DeliveryError, MonitorError
from monitor.locks import lock_of
from monitor.store import Store
from monitor.store.backups import faults_of, is_search_sound
from monitor.store.opening import connect
from monitor.topics import load_topics

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from monitor.channels import Channel
    from monitor.config import Config
    from monitor.store.rows import SourceState
    from monitor.wording import Wording

Level = Literal["good", "warning", "fault"]
Subject = Literal[
    "seeds",
    "topic",
    "database",
    "search",
    "disk",
    "channel",
    "digests",
    "sources",
    "clock",
    "service",
]

LITTLE_ROOM = 1_000_000_000
"""Bytes free: some weeks of archive and database of a full watch."""
NO_ROOM = 100_000_000
"""Bytes free: a day may end it."""
LONG_SILENCE = timedelta(days=1)
"""After which a source that fails needs a person, and a watch without crawls is not running."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was found of one subject."""

    subject: Subject
    level: Level
    message: str
    """In the reader's language."""
    fix: str | None = None
    """What to do; None where nothing is wrong."""


class Doctor:
    """Examines a watch; nothing is changed but by ``repair``.

    Args:
        config: Its settings, which are sound: or there would be no watch to examine.
        beside: The folder that a topic's relative path starts from.
        wording: In whose words findings are told.
        now: The clock's present moment.
    """

    def __init__(self, config: Config, *, beside: Path, wording: Wording, now: datetime) -> None:
        self._config = config
        self._beside = beside
        self._wording = wording
        self._now = now

    def examine(self) -> Iterator[Finding]:
        """All findings, subject by subject, as they come."""
        yield from self._seeds()
        yield from self._topic()
        yield from self._disks()
        yield from self._channels()
        if not self._config.database.exists():
            yield self._warn("database", "database_none", path=str(self._config.database))
            return
        sound = list(self._database())
        yield from sound
        if all(finding.level != "fault" for finding in sound):
            with Store.open(self._config.database) as store:
                yield from self._digests(store)
                yield from self._sources(store)
                yield from self._clock(store)
                yield from self._service(store)

    def repair(self) -> list[Finding]:
        """Mend what can be mended without losing anything: the search index.

        Raises:
            StoreError: The database cannot be written.
        """
        path = self._config.database
        if not path.exists():
            return []
        with Store.open(path) as store, store.write() as db:
            if is_search_sound(db, path):
                return []
            db.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
        return [self._good("search", "search_rebuilt")]

    def _seeds(self) -> Iterator[Finding]:
        try:
            seeds = load_sources(self._config.seeds)
        except CrawlerError as error:
            yield self._fault("seeds", "seeds_wrong", reason=str(error))
            return
        provinces = len(seeds.provinces)
        yield self._good("seeds", "seeds_good", sources=len(seeds.sources), provinces=provinces)

    def _topic(self) -> Iterator[Finding]:
        try:
            topics = load_topics(self._config.topic, beside=self._beside)
        except MonitorError as error:
            yield self._fault("topic", "topic_wrong", reason=str(error))
            return
        yield self._good("topic", "topic_good", topic=", ".join(topic.name for topic in topics))

    def _disks(self) -> Iterator[Finding]:
        folders = (self._config.database.parent, self._config.outbox, self._config.archive.folder)
        disks = {_disk_of(folder): folder for folder in reversed(folders)}
        for folder in reversed(disks.values()):
            free = shutil.disk_usage(_standing(folder)).free
            key: tuple[Level, str] = ("good", "disk_good")
            if free < LITTLE_ROOM:
                key = ("fault", "disk_full") if free < NO_ROOM else ("warning", "disk_low")
            room = self._wording.number(round(free / 1e9, 1))
            yield self._found("disk", key[0], key[1], folder=str(folder), room=room)

    def _channels(self) -> Iterator[Finding]:
        try:
            channels = configured_channels(self._config)
            of_alerts = alert_channels(self._config)
        except MonitorError as error:
            yield self._fault("channel", "channel_wrong", channel="", reason=str(error))
            return
        yield from (self._channel(name, channel) for name, channel in channels.items())
        if of_alerts:
            yield from (self._alerts(name, channel) for name, channel in of_alerts.items())
            if len(of_alerts) == 1 and of_alerts.keys() <= channels.keys() - {"file"}:
                yield self._warn("channel", "alerts_alone", channel=next(iter(of_alerts)))

    def _channel(self, name: str, channel: Channel) -> Finding:
        try:
            channel.probe()
        except DeliveryError as error:
            return self._fault("channel", "channel_wrong", channel=name, reason=str(error))
        return self._good("channel", "channel_good", channel=name)

    def _alerts(self, name: str, channel: Channel) -> Finding:
        """The same for the operator, who may be reached at another address by another way."""
        try:
            channel.probe()
        except DeliveryError as error:
            return self._fault("channel", "alerts_wrong", channel=name, reason=str(error))
        return self._good("channel", "alerts_good", channel=name)

    def _database(self) -> Iterator[Finding]:
        path = self._config.database
        try:
            Store.open(path).close()  # ours, and up to date
            with closing(connect(path, patience=timedelta(seconds=30))) as connection:
                faults = list(faults_of(connection, path))
                is_searchable = is_search_sound(connection, path)
        except (MonitorError, sqlite3.DatabaseError) as error:
            yield self._fault("database", "database_wrong", reason=str(error))
            return
        if not is_searchable:
            yield self._fault("search", "search_wrong")
        if faults:
            yield self._fault("database", "database_wrong", reason="; ".join(faults))
        elif is_searchable:
            size = self._wording.number(round(path.stat().st_size / 1e6, 1))
            yield self._good("database", "database_good", path=str(path), size=size)

    def _digests(self, store: Store) -> Iterator[Finding]:
        for issue in store.unreadable_digests():
            say = self._wording.say
            yield self._warn(
                "digests",
                "digest_unreadable",
                number=str(issue.id),
                name=issue.subscription,
                edition=say(f"edition.{issue.edition}"),
                day=self._wording.day(issue.day),
            )

    def _sources(self, store: Store) -> Iterator[Finding]:
        watched = [state for state in store.source_states() if state.is_expected]
        asked = [state for state in watched if state.last_crawled_at]
        failing = [state for state in asked if state.failing_since_at]
        if asked and len(failing) == len(asked):
            yield self._fault("sources", "sources_all_fail", count=len(failing))
            return
        for state in failing:
            if self._is_broken(state):
                yield self._warn(
                    "sources",
                    "source_fails",
                    source=state.name,
                    source_key=state.key,
                    since=self._moment(state.failing_since_at),
                )
        yield self._good(
            "sources", "sources_good", good=len(asked) - len(failing), count=len(watched)
        )

    def _is_broken(self, state: SourceState) -> bool:
        since = state.failing_since_at
        return since is not None and self._now - since > LONG_SILENCE

    def _clock(self, store: Store) -> Iterator[Finding]:
        newest = store.newest_moment()
        if newest is not None and newest > self._now + timedelta(minutes=1):
            yield self._fault("clock", "clock_behind", moment=self._moment(newest))
        else:
            yield self._good("clock", "clock_good", moment=self._moment(self._now))

    def _service(self, store: Store) -> Iterator[Finding]:
        try:
            with lock_of(self._config.database, "instance"):
                pass
        except Timeout:
            yield self._good("service", "service_runs")
            return
        last = store.last_runs(1)
        is_new = self._now - store.watching_since() < LONG_SILENCE
        if is_new or (last and self._now - last[0].started_at < LONG_SILENCE):
            yield self._good("service", "service_stands")
        else:
            yield self._warn("service", "service_stopped")

    def _moment(self, at: datetime | None) -> str:
        assert at is not None
        return self._wording.moment(at.astimezone(UTC), self._config.zone)

    def _good(self, subject: Subject, key: str, **fields: str | int) -> Finding:
        return self._found(subject, "good", key, **fields)

    def _warn(self, subject: Subject, key: str, **fields: str | int) -> Finding:
        return self._found(subject, "warning", key, **fields)

    def _fault(self, subject: Subject, key: str, **fields: str | int) -> Finding:
        return self._found(subject, "fault", key, **fields)

    def _found(self, subject: Subject, level: Level, key: str, **fields: str | int) -> Finding:
        say = self._wording.say
        fix = None if level == "good" else say(f"doctor.fix.{key}", **fields)
        message = say(f"doctor.{key}", **fields)
        return Finding(subject=subject, level=level, message=message, fix=fix)


def _standing(folder: Path) -> Path:
    """The folder, or the nearest one above that exists."""
    folder = folder.absolute()
    return next(one for one in (folder, *folder.parents) if one.exists())


def _disk_of(folder: Path) -> int:
    return _standing(folder).stat().st_dev
