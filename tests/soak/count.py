"""Counts what the month lost, doubled and delayed."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from crawler.dating.text import VIETNAM
from monitor.editions import edition_day, slot_at
from monitor.watch import Watch
from tests.soak.ledger import Ledger, Parcel, read_ledger, told_in
from tests.soak.month import Month, Story
from tests.soak.records import Span
from tests.soak.watch import PROVINCES

if TYPE_CHECKING:
    from monitor.items import Edition, Subscription

LATE = timedelta(minutes=15)
_DAY = timedelta(days=1)
FINDING = timedelta(hours=7)
"""From a story's publication to its being stored, at most, when all works."""

_SOON = timedelta(minutes=20)
"""After its start, a service that stays up has made what was due."""


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
        excuses = list(_excuses(month))
        for subscription in watch.subscriptions:
            for edition in subscription.editions:
                _count_slots(counted, month, subscription, edition)
        _count_delays(counted, ledger, watch, excuses)
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


def _count_slots(
    counted: Counted, month: Month, subscription: Subscription, edition: Edition
) -> None:
    """Each day has its digest, or the next one reaches back to it, and none leaves a gap."""
    windows = _windows(month, subscription, edition)
    name = f"{subscription.name} {edition}"
    days = {date.fromisoformat(day) for day, _, _ in windows}
    for slot in _slots(month, subscription, edition):
        day = slot.astimezone(VIETNAM).date()
        if day not in days and _was_up(month, slot, slot.replace(hour=23, minute=59)):
            counted.lost_digests.append(f"{name} {day}: not made, though the service was up")
    for (_, _, ended), (day_after, begun, _) in pairwise(windows if edition == "daily" else ()):
        if ended != begun:
            counted.lost_digests.append(f"{name} {day_after}: from {begun}, after one to {ended}")
    last = max(days, default=None)
    final = max(_slots(month, subscription, edition), default=None)
    if final is not None and (last is None or last < final.date()):
        counted.lost_digests.append(f"{name}: the last one is of {last}")


def _windows(
    month: Month, subscription: Subscription, edition: Edition
) -> list[tuple[str, str, str]]:
    """Day, beginning and end of each digest, put right where a clock was wrong, in order."""
    sql = """
        SELECT day, since_at, until_at FROM digests WHERE subscription = ? AND edition = ?
        ORDER BY until_at, day
    """
    with closing(sqlite3.connect(month.folder / "data/diembao.db")) as db:
        return db.execute(sql, (subscription.name, edition)).fetchall()


def _slots(month: Month, subscription: Subscription, edition: Edition) -> Iterator[datetime]:
    """Local moments at which an edition was due."""
    day = month.begins.date()
    while (slot := slot_at(day, hour=subscription.hour, zone=VIETNAM)) < month.ended_at - _SOON:
        if edition_day(day, edition) == day and slot > month.begins:
            yield slot.astimezone(VIETNAM)
        day += _DAY


def _was_up(month: Month, begins: datetime, ends: datetime) -> bool:
    """Whether the service worked undisturbed for a while of a time, by a right clock."""
    spans = [*month.lives.down, *_spans(month, "skew"), *_spans(month, "disk")]
    at = begins
    while at + _SOON < ends:
        hit = next((one for one in spans if one.begins < at + _SOON and one.ends > at), None)
        if hit is None:
            return True
        at = hit.ends
    return False


def _spans(month: Month, *places: str) -> Iterator[Span]:
    for fault in month.plan.faults:
        if fault.place in places:
            ends = min(fault.ends, month.ended_at)
            yield Span(begins=fault.begins, ends=ends, why=fault.place)


def _excuses(month: Month) -> Iterator[Span]:
    """When nothing could be delivered, and by which way; an outage echoes in the next try."""
    yield from month.lives.down
    yield from _spans(month, "disk", "skew")
    for span in _spans(month, "email", "telegram"):
        echo = min(max(span.ends - span.begins, LATE) + LATE, timedelta(hours=6.25))
        yield Span(begins=span.begins, ends=span.ends + echo, why=span.why)


def _count_delays(counted: Counted, ledger: Ledger, watch: Watch, excuses: list[Span]) -> None:
    for parcel in ledger.parcels:
        if parcel.arrived_at is None:
            continue
        hour = parcel.digest.subscription.hour
        slot = slot_at(parcel.delivery.day, hour=hour, zone=watch.config.zone)
        mine = [one for one in excuses if one.why not in ("email", "telegram")]
        mine += [one for one in excuses if one.why == parcel.delivery.channel]
        delay = max(parcel.arrived_at - slot, timedelta())
        unexplained = delay - _covered(mine, slot, parcel.arrived_at)
        counted.delays.append(unexplained)
        if unexplained > LATE:
            counted.late.append(f"{delay} ({unexplained} unexplained): {_history(parcel)}")


def _covered(spans: Iterable[Span], begins: datetime, ends: datetime) -> timedelta:
    """How much of a time lies in spans."""
    total, at = timedelta(), begins
    for span in sorted(spans, key=lambda one: one.begins):
        first, last = max(span.begins, at), min(span.ends, ends)
        if last > first:
            total += last - first
            at = last
    return total


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
