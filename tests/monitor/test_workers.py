"""The worker with the real crawler child: batches, and how they end before their time."""

from __future__ import annotations

import signal
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from crawler.items import Article, CrawlJob, CrawlLimits, Link, Record, SourceReport, SourceTask
from crawler.sources import load_sources
from monitor import workers
from monitor.errors import CrawlError
from monitor.press.press import Press
from monitor.press.watch import write_watch
from monitor.workers import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
QUICK = CrawlLimits(delay=timedelta(milliseconds=10), timeout=timedelta(seconds=20))
HELD, FREE = "bao-gia-lai", "bao-dak-lak"


@pytest.fixture
def press() -> Iterator[Press]:
    with Press(now=NOW) as running:
        yield running


@pytest.fixture
def job(press: Press, tmp_path: Path) -> CrawlJob:
    """A first visit of two papers."""
    seeds = load_sources(write_watch(tmp_path, press).parent / "seeds")
    sources = {source.key: source for source in seeds.sources}
    tasks = tuple(SourceTask(source=sources[key]) for key in (HELD, FREE))
    return CrawlJob(started_at=NOW, tasks=tasks, limits=QUICK, allow_loopback=True)


class Frozen(Worker):
    """A worker whose children stop dead before they read their job."""

    def _start(self) -> subprocess.Popen[bytes]:
        child = super()._start()
        child.send_signal(signal.SIGSTOP)  # before its time begins to run
        return child


def reports(records: list[Record]) -> list[str]:
    return sorted(record.source for record in records if isinstance(record, SourceReport))


def test_a_batch_comes_back_record_by_record_and_ends_cleanly(press: Press, job: CrawlJob) -> None:
    records: list[Record] = []
    end = Worker().crawl(job, records.append)
    assert end.is_clean, end.last_words
    assert reports(records) == sorted([HELD, FREE])
    wanted = {row.url for row in press.truth() if row.site in (HELD, FREE) and row.label != "none"}
    assert wanted <= {record.url for record in records if isinstance(record, Article)}
    assert any(isinstance(record, Link) for record in records)


def test_records_come_while_the_crawl_still_runs(press: Press, job: CrawlJob) -> None:
    press.hold(HELD)
    records: list[Record] = []

    def take(record: Record) -> None:
        records.append(record)
        if isinstance(record, SourceReport) and record.source == FREE:
            press.release(HELD)

    assert Worker().crawl(job, take).is_clean
    assert reports(records) == sorted([HELD, FREE])


def test_two_batches_run_at_the_same_time(press: Press, job: CrawlJob) -> None:
    press.hold(HELD)
    press.hold(FREE)
    worker, records = Worker(), list[Record]()
    with ThreadPoolExecutor(2) as crawls:
        singles = [replace(job, tasks=(task,)) for task in job.tasks]
        running = [crawls.submit(worker.crawl, single, records.append) for single in singles]
        assert press.wait_until_held(HELD)
        assert press.wait_until_held(FREE)
        press.release(HELD)
        press.release(FREE)
        assert all(crawl.result().is_clean for crawl in running)
    assert reports(records) == sorted([HELD, FREE])


def test_stop_ends_a_child_that_waits_and_keeps_what_had_come(press: Press, job: CrawlJob) -> None:
    press.hold(HELD)
    worker, records, came = Worker(), list[Record](), threading.Event()

    def take(record: Record) -> None:
        records.append(record)
        if isinstance(record, SourceReport):
            came.set()

    with ThreadPoolExecutor(1) as crawls:
        running = crawls.submit(worker.crawl, job, take)
        assert press.wait_until_held(HELD)
        assert came.wait(20)
        worker.stop()
        running.result(timeout=10)
    assert worker.is_stopped
    assert reports(records) == [FREE]


def test_after_stop_no_child_is_started(press: Press, job: CrawlJob) -> None:
    worker = Worker()
    worker.stop()
    with pytest.raises(CrawlError, match="stopped before it began"):
        worker.crawl(job, list[Record]().append)
    assert press.sites[HELD].requests == ()


def test_a_job_that_the_child_refuses_says_why(
    job: CrawlJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "encode_job", lambda _job: b'{"tasks": []}')
    with pytest.raises(CrawlError, match=r"refused its job: .*started_at"):
        Worker().crawl(job, list[Record]().append)


def test_a_frozen_child_is_killed_when_its_time_and_its_grace_are_over(
    press: Press, job: CrawlJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "BEYOND_DEADLINE", timedelta(0))
    limits = replace(QUICK, deadline=timedelta(milliseconds=100))
    records: list[Record] = []
    worker = Frozen(grace=timedelta(milliseconds=100))
    end = worker.crawl(replace(job, limits=limits), records.append)
    assert end.status == -signal.SIGKILL
    assert not end.is_clean
    assert records == []


def test_an_error_of_whoever_takes_the_records_ends_the_child(press: Press, job: CrawlJob) -> None:
    def refuse(record: Record) -> None:
        raise RuntimeError(f"no room for {record.record}")

    worker = Worker()
    with pytest.raises(RuntimeError, match="no room for"):
        worker.crawl(job, refuse)
    assert worker.crawl(replace(job, tasks=()), list[Record]().append).is_clean
