"""A day of visits planned one after the other, against the day's publications."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from crawler.dating.text import VIETNAM
from monitor.planning import Schedule, Spending, Standing, next_due_at
from monitor.rhythm import WINDOW, learn

MONDAY = datetime(2026, 11, 16, tzinfo=VIETNAM).astimezone(UTC)
DAY = timedelta(days=1)
HOUR_WEIGHTS = (*(1,) * 5, 10, 20, *(30,) * 4, 20, 15, *(25,) * 5, *(20,) * 3, 12, 8, 4)
"""Of a paper's articles, by local hour."""

ENTRY_REQUESTS = 3
CRAWL = timedelta(minutes=2)
"""From a visit's beginning to what it found being stored; twice what a batch takes."""


def published(number: int, day: datetime, chance: random.Random) -> list[datetime]:
    hours = chance.choices(range(24), HOUR_WEIGHTS, k=number)
    return sorted(day + timedelta(hours=hour + chance.random()) for hour in hours)


def by_hour(moments: list[datetime]) -> Counter[datetime]:
    return Counter(at.replace(minute=0, second=0, microsecond=0) for at in moments)


@dataclass
class Day:
    """What came of it."""

    delays: list[timedelta] = field(default_factory=list)
    visits: int = 0
    requests: int = 0

    @property
    def p95(self) -> timedelta:
        return sorted(self.delays)[int(len(self.delays) * 0.95)]


def planned_day(articles: int, *, weeks_known: int, schedule: Schedule) -> Day:
    chance = random.Random(articles)
    days = [MONDAY - number * DAY for number in range(1, weeks_known * 7 + 1)]
    known = by_hour([at for day in days for at in published(articles, day, chance)])
    coming = published(articles, MONDAY, chance)
    since = MONDAY - weeks_known * timedelta(weeks=1)
    day, now = Day(), MONDAY
    while now < MONDAY + DAY:
        found = [at for at in coming if at <= now]
        coming = coming[len(found) :]
        known.update(by_hour(found))
        day.visits += 1
        day.requests += ENTRY_REQUESTS + len(found)
        day.delays += [now + CRAWL - at for at in found]
        left = max(0, schedule.requests_per_day - day.requests)
        standing = Standing(
            source="bao-gia-lai",
            rhythm=learn(known, kind="paper", since=since, until=now),
            spending=Spending(left=left, per_visit=ENTRY_REQUESTS),
        )
        now = next_due_at(now, standing=standing, schedule=schedule)
    return day


@pytest.mark.parametrize("weeks_known", [0, WINDOW.days // 7])
@pytest.mark.parametrize("articles", [100, 200])
def test_a_busy_papers_articles_are_stored_within_twenty_minutes(
    articles: int, weeks_known: int
) -> None:
    day = planned_day(articles, weeks_known=weeks_known, schedule=Schedule())
    assert len(day.delays) >= articles * 0.98  # the last ones are found after midnight
    assert day.p95 <= timedelta(minutes=20)
    assert day.requests <= 1_000


def test_a_quiet_source_costs_next_to_nothing_once_it_is_known() -> None:
    day = planned_day(1, weeks_known=6, schedule=Schedule())
    assert day.visits <= 10


def test_a_small_budget_is_kept_and_reaches_into_the_evening() -> None:
    schedule = Schedule(requests_per_day=250)
    day = planned_day(100, weeks_known=6, schedule=schedule)
    assert day.requests <= 250 + 10  # the last visit's pages; the crawler itself stops at 250
    assert len(day.delays) >= 90
    assert day.p95 <= timedelta(hours=2)
