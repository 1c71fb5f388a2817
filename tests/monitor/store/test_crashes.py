"""Killed anywhere, beside other processes: nothing half stored, nothing twice."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from monitor.ingest import Ingest
from monitor.store import Store
from tests.monitor.store.builders import (
    GIA_LAI,
    NOON,
    SENTENCE,
    article,
    extract,
    link,
    report,
    source,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

CHILD = Path(__file__).with_name("child.py")
ROOT = CHILD.parents[3]


@contextmanager
def child(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    """A process that says ``ready`` and then waits for a line."""
    command = [sys.executable, "-m", "tests.monitor.store.child", *map(str, arguments)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def ingest(store: Store) -> None:
    batch = Ingest(store, extract=extract, clock=lambda: NOON)
    for record in (link("hai"), article(body=SENTENCE), report()):
        batch.add(record)
    batch.finish(now=NOON)


@pytest.mark.parametrize("statement", ["INSERT INTO figures", "UPDATE sources", "COMMIT"])
def test_killed_in_the_middle_of_an_ingest_nothing_of_the_source_is_stored(
    store: Store, statement: str
) -> None:
    with child("ingest", store.path, statement) as process:
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    with Store.open(store.path) as reopened:
        counts = reopened.counts()
        assert (counts.pages, counts.articles, counts.figures) == (0, 0, 0)
        assert reopened.crawl_state(GIA_LAI, now=NOON).validators == {}
        assert reopened.due_sources(NOON) == [GIA_LAI]
        ingest(reopened)
        assert len(reopened.search("ket nap", limit=9)) == 1
        assert reopened.counts().figures == 2
        with reopened.read() as db:
            assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_processes_that_open_a_new_file_at_once_make_it_once(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite3"
    with ExitStack() as stack:
        children = [stack.enter_context(child("write", path, 20)) for _ in range(4)]
        for process in children:
            go(process)
        assert [process.wait() for process in children] == [0, 0, 0, 0]
    with Store.open(path) as opened:
        assert len(opened.last_runs(100)) == 80


def test_two_processes_that_store_the_same_crawl_store_it_once(store: Store) -> None:
    store.sync_sources([source()], now=NOON)
    with child("same", store.path, 5) as first, child("same", store.path, 5) as second:
        go(first)
        go(second)
        ingest(store)
        assert (first.wait(), second.wait()) == (0, 0)
    counts = store.counts()
    assert (counts.pages, counts.articles, counts.figures, counts.revisions) == (2, 1, 2, 0)
    assert len(store.stories_since(store.watching_since(), NOON)) == 1
