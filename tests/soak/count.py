"""Counts what the month lost, doubled and delayed."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crawler.dating.text import VIETNAM
from monitor.watch import Watch
from tests.soak.ledger import Ledger, Parcel, read_ledger, told_in
from tests.soak.month import Month, Story
from tests.soak.punctuality import LATE, delays, early, missing
from tests.soak.watch import PROVINCES

FINDING = timedelta(hours=7)
"""From a story's publication to its being stored, at most, when all works."""


@dataclass(kw_only=True)
class Counted:
    """The month's figures; each finding is a line with its history."""

    stories: int = 0
    lost_stories: list[str] = field(default_factory=list)
    doubled_stories: list[str] = field(default_factory=list)
    digests: int = 0
    parcels: int = 0
    lost_digests: list[str] = field(default_factory=list)
    doubled_digests: list[str] = field(default_factory=list)
    doubtful: int = 0
    """Parts whose arrival the service calls unclear: the unavoidable window."""
    doubtful_arrived: int = 0
    late: list[str] = field(default_factory=list)
    delays: list[timedelta] = field(default_factory=list)
    """From the hour to the arrival, what explains it not counted."""
    early: int = 0
    """Daily digests made before their day."""
    states: Counter[str] = field(default_factory=Counter)
    damage: list[str] = field(default_factory=list)
    """What is wrong with the database or with the end itself."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, doubled, late or damaged."""
        return not any(self.findings())

    def findings(self) -> Iterator[str]:
        """All lines."""
        for name in ("lost_stories", "doubled_stories", "lost_digests", "doubled_digests", "late"):
            yield from (f"{name.replace('_', ' ')}: {line}" for line in getattr(self, name))
        yield from (f"damage: {line}" for line in self.damage)


def count(month: Month) -> Counted:
    """Hold the press, the database and the servers against each other."""
    counted = Counted(stories=len(month.stories))
    with Watch.open(month.config, clock_ahead=month.ended_at - datetime.now(VIETNAM)) as watch:
        ledger = read_ledger(watch, month.office.arrivals)
        _count_parcels(counted, ledger)
        _count_stories(counted, month, ledger)
        for subscription in watch.subscriptions:
            counted.early += early(month, subscription)
            for edition in subscription.editions:
                counted.lost_digests += missing(month, subscription, edition)
        for delay in delays(month, ledger):
            counted.delays.append(delay.unexplained)
            if delay.unexplained > LATE:
                line = f"{delay.total} ({delay.unexplained} unexplained)"
                counted.late.append(f"{line}: {_history(delay.parcel)}")
        counted.damage += _damage(watch, month)
    return counted


def _count_parcels(counted: Counted, ledger: Ledger) -> None:
    counted.digests, counted.parcels = len(ledger.digests), len(ledger.parcels)
    for parcel in ledger.parcels:
        counted.states[parcel.delivery.state] += 1
        if parcel.is_in_doubt:
            doubts = _doubtful_parts(parcel)
            counted.doubtful += len(doubts)
            counted.doubtful_arrived += sum(parcel.counts[part] > 0 for part in doubts)
        missing = {part for part, number in enumerate(parcel.counts) if not number}
        if missing - set(_doubtful_parts(parcel)):
            counted.lost_digests.append(_history(parcel))
        if parcel.is_doubled:
            counted.doubled_digests.append(_history(parcel))
    for stray in ledger.strays:
        line = f"{stray.at:%d/%m %H:%M} {stray.way} to {stray.recipient}: {stray.key[:60]!r}"
        counted.doubled_digests.append(f"arrived and is not recorded: {line}")


def _doubtful_parts(parcel: Parcel) -> list[int]:
    """Indexes of the parts that the service says may not have arrived."""
    doubts = (parcel.delivery.doubt or "").split("part ")[1:]
    return [int(doubt.split(" ", 1)[0]) - 1 for doubt in doubts]


def _history(parcel: Parcel) -> str:
    one = parcel.delivery
    return (
        f"{parcel.name}: {one.state} after {one.attempts} tries, sent {one.sent_at}, "
        f"arrived {parcel.counts} at {parcel.arrived_at}; {one.doubt or one.error or ''}"
    )


def _count_stories(counted: Counted, month: Month, ledger: Ledger) -> None:
    provinces = {key: site.profile.province for key, site in month.sites.items()}
    doubtful = set(_doubtful_stories(ledger))
    for readers, told in told_in(ledger).items():
        entitled = PROVINCES.get(readers[0])
        ends = max(one.until_at for one in ledger.digests if one.subscription.name == readers[0])
        for story in month.stories:
            # A reprint may have been found first; in one digest both stand as one.
            times = max(told[url] for url in story.urls)
            line = f"{', '.join(story.urls)} of {story.printed_at:%d/%m %H:%M} to {readers}"
            if times > 1:
                counted.doubled_stories.append(f"{line}: told {times} times")
            is_due = not story.is_withdrawn and story.printed_at < ends - FINDING
            if times or not is_due or any((*readers, url) in doubtful for url in story.urls):
                continue
            if entitled is None or any(provinces[site] in entitled for site in story.sites):
                counted.lost_stories.append(f"{line}; {_stored(month, story)}")
    counted.doubled_stories += _stored_twice(month)


def _doubtful_stories(ledger: Ledger) -> Iterator[tuple[str, str, str, str]]:
    """What stood in a letter of which a part is told as unclear, and did not arrive."""
    for parcel in ledger.parcels:
        if parcel.is_in_doubt and not parcel.is_whole:
            one = parcel.delivery
            for story in parcel.digest.stories:
                yield one.subscription, one.channel, one.recipient, story.url


def _stored(month: Month, story: Story) -> str:
    """What the database knows of a story."""
    marks = ", ".join("?" * len(story.urls))
    sql = f"""
        SELECT articles.url, articles.found_at, scores.flagged_at,
            (SELECT group_concat(digest_id) FROM digest_stories WHERE article_id = articles.id)
        FROM articles LEFT JOIN scores ON scores.article_id = articles.id
        WHERE articles.url IN ({marks})
    """
    with closing(sqlite3.connect(month.folder / "data/diembao.db")) as db:
        rows = db.execute(sql, story.urls).fetchall()
    return f"stored as {rows}" if rows else "never found"


def _stored_twice(month: Month) -> Iterator[str]:
    sql = "SELECT url, count(*) FROM articles GROUP BY url HAVING count(*) > 1"
    with closing(sqlite3.connect(month.folder / "data/diembao.db")) as db:
        for url, number in db.execute(sql):
            yield f"{url}: stored {number} times"


def _damage(watch: Watch, month: Month) -> Iterator[str]:
    with closing(sqlite3.connect(watch.config.database)) as db:
        [[sound]] = db.execute("PRAGMA integrity_check").fetchall()
        if sound != "ok":
            yield f"the database: {sound}"
        if broken := db.execute("PRAGMA foreign_key_check").fetchall():
            yield f"foreign keys: {broken[:3]}"
    for delivery in watch.store.deliveries():
        if delivery.state in ("waiting", "handing-over"):
            yield f"delivery {delivery.id} is {delivery.state}: {delivery.error}"
    if month.exit_status:
        yield f"its last stop ended with status {month.exit_status}"
    for child in month.lives.children.orphans:
        yield f"crawl child {child} outlived the service"
