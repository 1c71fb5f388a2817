"""What test_crashes runs in processes of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.ingest import Ingest
from monitor.store import Store
from tests.monitor.store.builders import NOON, SENTENCE, article, extract, link, report

if TYPE_CHECKING:
    from crawler.items import Record

RECORDS: tuple[Record, ...] = (link("hai"), article(body=SENTENCE), report())


def ready() -> None:
    """Tell the test, and wait for its word."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()


def store_records(store: Store) -> None:
    batch = Ingest(store, extract=extract, clock=lambda: NOON)
    for record in RECORDS:
        batch.add(record)
    batch.finish(now=NOON)


def ingest(path: Path, beginning: str) -> None:
    """Stop within the transaction, just before a statement that begins so is carried out."""
    traced: list[str] = []

    def watch(statement: str) -> None:
        traced.append(" ".join(statement.split()))
        # The transaction that installs this has a COMMIT of its own.
        if traced[-1].startswith(beginning) and any("INTO pages" in line for line in traced):
            ready()

    with Store.open(path) as store:
        with store.write() as db:
            db.set_trace_callback(watch)
        store_records(store)


def write(path: Path, times: str) -> None:
    """Open a file that may not exist yet and write a few times."""
    ready()
    with Store.open(path) as store:
        for _ in range(int(times)):
            store.begin_run(NOON, [])


def same(path: Path, times: str) -> None:
    """Store the same crawl again and again."""
    with Store.open(path) as store:
        ready()
        for _ in range(int(times)):
            store_records(store)


if __name__ == "__main__":
    what, where, argument = sys.argv[1:]
    {"ingest": ingest, "write": write, "same": same}[what](Path(where), argument)
