"""The simulated day, in small: a morning of four sites on the real service."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.benchmarks.day.figures import Figures, measure, poll_feeds
from tests.benchmarks.day.newsroom import Newsroom, Outage, Paper, midnight_after
from tests.benchmarks.day.run import simulated_day

HOUR = timedelta(hours=1)
PAPERS = (
    Paper(key="rss", kind="paper", per_day=400, feed="full", sitemap="none", has_listing=False),
    Paper(
        key="chuyen-muc",
        kind="paper",
        per_day=200,
        feed="none",
        sitemap="none",
        has_listing=True,
        crawl_delay=30.0,
    ),
    Paper(
        key="ban-do",
        kind="paper",
        per_day=200,
        feed="html",
        sitemap="by-day",
        has_listing=False,
        outage=Outage(kind="503", begins=HOUR, lasts=HOUR / 4),
    ),
    Paper(
        key="doi-nha",
        kind="portal",
        per_day=40,
        feed="full",
        sitemap="none",
        has_listing=False,
        moves_after=HOUR * 3 / 2,
    ),
)


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> tuple[Figures, Figures]:
    newsroom = Newsroom(midnight_after(datetime.now(UTC)), PAPERS)
    folder: Path = tmp_path_factory.mktemp("day")
    with simulated_day(folder / "watch", newsroom, lasts=5 * HOUR, warm_up=HOUR, drain=HOUR) as day:
        assert day.failures == 0
        return measure(day), poll_feeds(day)


def test_every_article_of_the_morning_is_found(morning: tuple[Figures, Figures]) -> None:
    ours, _ = morning
    assert ours.published >= 10
    assert ours.missed == []


def test_no_rule_of_manners_is_broken(morning: tuple[Figures, Figures]) -> None:
    ours, _ = morning
    assert not ours.rude


def test_polling_feeds_alone_finds_less(morning: tuple[Figures, Figures]) -> None:
    ours, polling = morning
    assert polling.published == ours.published
    assert polling.found < ours.found
