"""Several crawls of one watch over real HTTP: edits, withdrawals, pauses and budgets."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from crawler.urls import site_of
from monitor import jobs, publishing
from monitor.watch import Watch
from monitor.workers import Worker
from tests.crawler.sites import Answer, article_page, feed, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from monitor.ingest import IngestSummary
    from monitor.store import SourceState
    from tests.crawler.sites import Asked, Site

PAGE, OTHER = "/ket-nap-dang-vien-post100.html", "/ket-nap-dang-vien-post101.html"
HOUR = timedelta(hours=1)
CONFIG = """\
database: data/diembao.db
seeds: seeds
outbox: outbox
crawl: {{allow_loopback: true, delay: 0.01s, requests_per_day: {requests}}}
"""
SEED = """\
province: Gia Lai
code: "52"
sources:
  - key: bao-thu
    name: Báo Thử
    kind: paper
    home: {home}/
    certainty: checked
    feeds:
      - {{url: "{home}/tin.rss", certainty: checked}}
"""


class Paper:
    """A paper with one story about its party cell, which it can change, take off or refuse."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.count, self.edition = 12, 1
        site.routes = {
            "/tin.rss": self._feed,
            PAGE: self._page,
            OTHER: article_page("Đảng bộ phường kết nạp đảng viên mới"),
        }
        self.pages = [PAGE]
        self.refusal: Answer | None = None
        self.is_gone = False

    def edit(self, count: int) -> None:
        self.count, self.edition = count, self.edition + 1

    def _feed(self, _: Asked) -> Answer:
        return self.refusal or Answer(feed(*self.pages), type="text/xml")

    def _page(self, asked: Asked) -> Answer:
        if self.refusal or self.is_gone:
            return self.refusal or Answer("", status=410)
        tag = f'"{self.edition}"'
        if asked.headers.get("If-None-Match") == tag:
            return Answer(status=304, headers={"ETag": tag})
        title = f"Đảng bộ xã Ia Thử kết nạp {self.count} đảng viên trong năm 2026"
        page = article_page(title, day=datetime.now(UTC).isoformat())
        told = f"<p>Từ đầu năm 2026 đến nay, Đảng bộ xã Ia Thử kết nạp {self.count} đảng viên.</p>"
        body = str(page.body).replace("<p>", f"{told}<p>", 1)
        return replace(page, body=body, headers={"ETag": tag})


@pytest.fixture
def paper() -> Iterator[Paper]:
    with served({}) as site:
        yield Paper(site)


def watch_of(paper: Paper, folder: Path, *, requests: int = 1_500) -> Path:
    (folder / "seeds").mkdir()
    seed = SEED.format(home=paper.site.home)
    (folder / "seeds" / "gia-lai.yaml").write_text(seed, encoding="utf-8")
    config = folder / "config.yaml"
    config.write_text(CONFIG.format(requests=requests), encoding="utf-8")
    return config


def crawl(watch: Watch) -> IngestSummary:
    return jobs.crawl_batch(watch, watch.sources.values(), worker=Worker())


def state(watch: Watch) -> SourceState:
    [one] = watch.store.source_states()
    return one


def wait(config: Path, pause: timedelta) -> None:
    """Let everything that is planned be that much nearer."""
    database = sqlite3.connect(config.parent / "data/diembao.db")
    for column in ("next_revisit_at", "found_at", "checked_at"):
        moments = database.execute(f"SELECT key, {column} FROM pages WHERE {column} IS NOT NULL")
        for key, at in moments.fetchall():
            moved = (datetime.fromisoformat(at) - pause).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            database.execute(f"UPDATE pages SET {column} = ? WHERE key = ?", (moved, key))
    database.commit()
    database.close()


def test_a_story_is_followed_from_its_edit_to_its_withdrawal(paper: Paper, tmp_path: Path) -> None:
    config = watch_of(paper, tmp_path)
    with Watch.open(config) as watch:
        assert crawl(watch).flagged == 1
        asked = len(paper.site.asked)
        assert crawl(watch).unchanged == 0  # its hour has not come
        assert PAGE not in paper.site.paths[asked:]

        wait(config, HOUR)
        assert crawl(watch).unchanged == 1
        day = datetime.now(UTC)
        assert (
            publishing.record_digest(watch, watch.subscription(), day=day.date(), at=day)
            is not None
        )

        wait(config, 6 * HOUR)
        paper.edit(15)
        assert crawl(watch).revised == 1
        wait(config, 24 * HOUR)
        paper.is_gone = True
        assert crawl(watch).gone == 1

        later = datetime.now(UTC)
        digest = publishing.preview_digest(watch, watch.subscription(), day=later.date(), at=later)
        stored = watch.store.article(f"{paper.site.home}{PAGE}")
    [correction] = digest.corrections
    assert (correction.before.value, correction.after.value) == (12, 15)
    [withdrawal] = digest.withdrawals
    assert withdrawal.title == "Đảng bộ xã Ia Thử kết nạp 15 đảng viên trong năm 2026"
    assert stored.state == "gone"
    assert len(stored.revisions) == 1


def test_a_pause_asked_for_in_one_run_is_kept_in_the_next(paper: Paper, tmp_path: Path) -> None:
    config = watch_of(paper, tmp_path)
    paper.refusal = Answer("", status=429, headers={"Retry-After": "7200"})
    with Watch.open(config) as watch:
        crawl(watch)
        paused = state(watch)
    assert paused.retry_not_before_at is not None
    assert paused.retry_not_before_at - datetime.now(UTC) > timedelta(minutes=110)
    paper.refusal = None
    asked = len(paper.site.asked)
    with Watch.open(config) as watch:
        assert watch.store.due_sources(datetime.now(UTC) + HOUR) == []
        assert crawl(watch).sources == 0  # not by hand either
        assert len(paper.site.asked) == asked
        assert watch.store.due_sources(datetime.now(UTC) + 3 * HOUR) == ["bao-thu"]


def test_a_refused_feed_is_a_failure_and_keeps_its_validators(paper: Paper, tmp_path: Path) -> None:
    config = watch_of(paper, tmp_path)
    with Watch.open(config) as watch:
        crawl(watch)
        planned = watch.store.source_plans(datetime.now(UTC), schedule=watch.config.crawl.schedule)
        paper.refusal = Answer("", status=403)
        crawl(watch)
        failing = state(watch)
        assert (failing.failures, failing.failure_kind) == (1, "status")
        again = watch.store.source_plans(datetime.now(UTC), schedule=watch.config.crawl.schedule)
        assert again[0].articles_per_day == planned[0].articles_per_day
        paper.refusal = None
        paper.pages = [OTHER, PAGE]
        assert crawl(watch).new == 1
        assert state(watch).failing_since_at is None


def test_the_budget_of_a_day_holds_over_several_runs(paper: Paper, tmp_path: Path) -> None:
    config = watch_of(paper, tmp_path, requests=8)
    for _ in range(4):
        with Watch.open(config) as watch:
            crawl(watch)
    assert len(paper.site.asked) == 8
    with Watch.open(config) as watch:
        spent = watch.store.requests_by_site(datetime.now(UTC))
        resting = state(watch)
    assert spent == {site_of(paper.site.home): 8}
    assert resting.failing_since_at is None
    assert resting.next_due_at is not None
    assert resting.next_due_at - datetime.now(UTC) > timedelta(0)


def test_sources_on_one_site_are_not_crawled_by_two_at_once(paper: Paper, tmp_path: Path) -> None:
    config = watch_of(paper, tmp_path)
    with Watch.open(config) as watch, Watch.open(config) as other:
        [one] = watch.sources.values()
        twin = replace(one, key="trang-khac")
        with watch.claimed([one, twin]) as both, other.claimed([twin]) as none:
            assert (both, none) == ([one, twin], [])
        with other.claimed([twin]) as freed:
            assert freed == [twin]
