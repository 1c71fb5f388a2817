"""Crawls while another process holds the database, or it may not grow."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.sources import load_sources
from monitor.config import load_config
from monitor.crawls import FIRST_REST, Crawls
from monitor.errors import StoreError
from monitor.ingest import IngestSummary
from monitor.press.press import Press
from monitor.press.watch import write_watch
from monitor.readiness import checks
from monitor.store import Store
from monitor.topics import load_topics
from monitor.vitals import Vitals
from monitor.watch import Watch
from monitor.wording import load_wording

HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_by_another_process(database: Path) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield
        holder.communicate(timeout=30)


class Hands:
    """A clock that is moved by hand, and what was crawled."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.crawled: list[IngestSummary] = []

    def on_crawled(self, _: Watch, summary: IngestSummary, __: float) -> None:
        self.crawled.append(summary)


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    with Press(now=datetime.now(UTC)) as press:
        path = write_watch(tmp_path, press)
        config = load_config(path)
        config.database.parent.mkdir()
        store = Store.open(config.database, patience=timedelta(milliseconds=50))
        seeds = load_sources(config.seeds)
        topics = load_topics(config.topic, beside=tmp_path)
        wording = load_wording(config.language)
        with Watch(config, seeds=seeds, topics=topics, wording=wording, store=store) as watch:
            store.sync_sources(seeds.sources[:2], now=datetime.now(UTC))
            yield watch


def crawls_of(watch: Watch, vitals: Vitals, hands: Hands) -> Crawls:
    return Crawls(
        watch, vitals=vitals, on_crawled=hands.on_crawled, monotonic=lambda: hands.seconds
    )


def test_a_locked_database_is_told_once_and_crawling_goes_on_after_it(
    watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    vitals, hands = Vitals(), Hands()
    crawls = crawls_of(watch, vitals, hands)
    caplog.set_level(logging.INFO)
    with held_by_another_process(watch.config.database):
        for _ in range(3):
            crawls.hand_out(watch)
            crawls.settle()
            hands.seconds += 10 * FIRST_REST.total_seconds()
        [trouble] = vitals.troubles
        assert (trouble.job, "locked by another process" in trouble.message) == ("crawl", True)
        found = {check.name: check.is_good for check in checks(watch, vitals)}
        assert found == {"ticks": True, "database": False, "disk": True, "crawl": False}
    hands.seconds += 3600
    crawls.hand_out(watch)
    crawls.settle()
    crawls.stop()
    assert vitals.troubles == ()
    assert hands.crawled[0].reached > 0
    assert all(check.is_good for check in checks(watch, vitals))
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(errors) == 1


def test_nothing_is_handed_out_while_it_rests(watch: Watch) -> None:
    vitals, hands = Vitals(), Hands()
    crawls = crawls_of(watch, vitals, hands)
    with held_by_another_process(watch.config.database):
        crawls.hand_out(watch)
        crawls.settle()
    crawls.hand_out(watch)
    assert crawls.in_flight == 0
    assert len(vitals.troubles) == 1
    crawls.stop()


def test_a_database_that_may_not_grow_is_not_proved_writable_until_it_may(watch: Watch) -> None:
    store = watch.store
    with store.write() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
    limit_pages(store, pages + 4)
    with pytest.raises(StoreError, match="the disk is full"):
        store.prove_writable()
    limit_pages(store, pages + 10_000)
    store.prove_writable()
    with store.read() as db:
        assert not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'proof'").fetchone()


def limit_pages(store: Store, pages: int) -> None:
    with store.write() as db:
        db.execute(f"PRAGMA max_page_count = {pages}")
