"""The store at work: ingest, search in a grown archive, and the digest of a day."""

from __future__ import annotations

import time
from collections import defaultdict
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crawler.items import SourceReport
from monitor.digest import decide
from monitor.ingest import Ingest
from monitor.render import render
from monitor.store import Store
from monitor.wording import load_wording
from tests.benchmarks.library import NOW
from tests.benchmarks.measures import Effort, Measure, median, milliseconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from crawler.items import Article
    from monitor.items import Digest, Reading
    from tests.benchmarks.library import Library

QUERIES = (
    "phat trien dang vien",
    "đảng viên",
    "kết nạp",
    '"lễ kết nạp"',
    "hội thương phố chợ",
    "giá cà phê",
    "khôngcótừnày",
)
ROUNDS = 20
BATCH = 40
"""Articles a transaction, as a visit of one source brings at most."""


def measure_archive(library: Library, folder: Path, effort: Effort) -> Iterator[Measure]:
    """Ingest with and without reading, search, and render."""
    with _opened(folder / "read.db", library) as store:
        yield _ingested(library, store)
        yield from _rendered(store)
    with _opened(folder / "grown.db", library) as store:
        seconds = _ingest(store, library.archive(effort.rows), extract=library.known_reading)
        yield Measure(
            name="articles_stored",
            value=effort.rows / seconds,
            unit="articles/s",
            about=f"{effort.rows:,} articles into SQLite with its search index, read before",
        )
        yield from _searched(store, effort.rows)


def _opened(path: Path, library: Library) -> Store:
    store = Store.open(path, now=NOW - timedelta(days=1))
    store.sync_sources(library.sources, now=NOW - timedelta(days=1))
    return store


def _ingested(library: Library, store: Store) -> Measure:
    articles = library.articles
    seconds = _ingest(store, articles, extract=library.read)
    return Measure(
        name="articles_ingested",
        value=len(articles) / seconds,
        unit="articles/s",
        about=f"{len(articles)} articles scored, figures read, and stored",
    )


def _ingest(
    store: Store, articles: Iterable[Article], *, extract: Callable[[Article], Reading]
) -> float:
    """Store articles as crawls bring them; how many seconds that took."""
    seconds = 0.0
    for batch in _visits(articles):
        started = time.perf_counter()
        ingest = Ingest(store, extract=extract, clock=lambda: NOW)
        for article in batch:
            ingest.add(article)
        ingest.add(SourceReport(source=batch[0].source, started_at=NOW, finished_at=NOW))
        ingest.finish(now=NOW)
        seconds += time.perf_counter() - started
    return seconds


def _visits(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles source by source, in batches."""
    by_source: defaultdict[str, list[Article]] = defaultdict(list)
    for article in articles:
        by_source[article.source].append(article)
    for own in by_source.values():
        yield from (own[start : start + BATCH] for start in range(0, len(own), BATCH))


def _searched(store: Store, rows: int) -> Iterator[Measure]:
    taken = {
        query: median(milliseconds(partial(store.search, query, limit=20), times=ROUNDS))
        for query in QUERIES
    }
    slowest = max(taken, key=lambda query: taken[query])
    yield Measure(
        name="search_median",
        value=median(list(taken.values())),
        unit="ms",
        about=f"a search in {rows:,} articles, 20 results, {len(QUERIES)} queries",
    )
    yield Measure(
        name="search_slowest", value=taken[slowest], unit="ms", about=f"the query {slowest!r}"
    )


def _rendered(store: Store) -> Iterator[Measure]:
    digest = _digest(store)
    wording, zone = load_wording("vi"), ZoneInfo("Asia/Ho_Chi_Minh")
    taken = milliseconds(lambda: render(digest, wording=wording, zone=zone), times=ROUNDS)
    yield Measure(
        name="digest_rendered",
        value=median(taken),
        unit="ms",
        about=f"{len(digest.stories)} stories as HTML, plain text and chat messages",
    )


def _digest(store: Store) -> Digest:
    since_at = NOW - timedelta(hours=1)
    return decide(
        store.stories_since(since_at, NOW),
        day=NOW.date(),
        since_at=since_at,
        until_at=NOW,
        checked=store.checked(since_at, NOW),
    )
