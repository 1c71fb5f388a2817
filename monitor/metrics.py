"""What the service measures of itself, in Prometheus' text format."""

from __future__ import annotations

import resource
from collections import Counter
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Histogram, ProcessCollector, generate_latest
from prometheus_client import Counter as Total
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as CONTENT_TYPE
from prometheus_client.registry import Collector

from monitor.crawls import free_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from prometheus_client.metrics_core import Metric

    from monitor.ingest import IngestSummary
    from monitor.store.rows import SourceState
    from monitor.vitals import Vitals
    from monitor.watch import Watch

__all__ = ["CONTENT_TYPE", "CrawlMeasures", "exposition"]

_SECONDS = (5, 10, 30, 60, 120, 300, 600, 1200)
"""Bounds of a crawl's histogram, up to twice the usual deadline."""


class CrawlMeasures:
    """Counts what crawls bring, from the start of the service."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._seconds = Histogram(
            "diembao_crawl_seconds",
            "How long batches of sources took to crawl and store.",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._pages = Total(
            "diembao_crawled_pages",
            "Pages that crawls of this process brought, by what became of them.",
            ["outcome"],
            registry=self.registry,
        )
        self._failures = Total(
            "diembao_crawl_failures",
            "Pages and entries that failed in crawls of this process, by kind.",
            ["kind"],
            registry=self.registry,
        )
        ProcessCollector(registry=self.registry)

    def add(self, summary: IngestSummary, seconds: float) -> None:
        """A batch was crawled and stored."""
        self._seconds.observe(seconds)
        for outcome in ("new", "skimmed", "flagged", "revised", "unchanged", "gone"):
            self._pages.labels(outcome).inc(getattr(summary, outcome))
        for kind, count in summary.failures.items():
            self._failures.labels(kind).inc(count)


def exposition(watch: Watch, *, vitals: Vitals, measures: CrawlMeasures) -> bytes:
    """All measures, as Prometheus reads them.

    Raises:
        StoreError: The database cannot be read.
    """
    stored = CollectorRegistry()
    stored.register(_Gauges([*_of_store(watch), *_of_service(watch, vitals)]))
    return generate_latest(stored) + generate_latest(measures.registry)


class _Gauges(Collector):
    def __init__(self, gauges: list[Metric]) -> None:
        self._gauges = gauges

    def collect(self) -> list[Metric]:
        return self._gauges


def _of_store(watch: Watch) -> Iterator[Metric]:
    counts = watch.store.counts()
    yield _by("diembao_sources", "Watched sources by how they fare.", "state", _sources(watch))
    yield _by("diembao_pages", "Known pages by state.", "state", counts.pages_by_state)
    yield _gauge("diembao_articles", "Articles stored with their text.", counts.articles)
    yield _gauge("diembao_skimmed", "Pages stored by title only.", counts.skimmed)
    yield _gauge("diembao_flagged", "Articles that are stories of the topic.", counts.flagged)
    deliveries = counts.deliveries_by_state
    yield _by("diembao_deliveries", "Deliveries of digests by state.", "state", deliveries)
    last = watch.store.last_issue()
    if last is not None:
        text = "When the last digest was decided, in Unix time."
        yield _gauge("diembao_last_digest_timestamp_seconds", text, last.until_at.timestamp())
    due = len(watch.store.due_sources(watch.now()))
    yield _gauge("diembao_due_sources", "Sources whose visit is due or going on.", due)
    requests = sum(watch.store.requests_by_site(watch.now()).values())
    yield _gauge("diembao_requests_today", "Requests to all sites since midnight.", requests)


def _of_service(watch: Watch, vitals: Vitals) -> Iterator[Metric]:
    silence = vitals.silence.total_seconds()
    yield _gauge("diembao_tick_age_seconds", "Since the last look for due work.", silence)
    troubles = Counter(trouble.job for trouble in vitals.troubles)
    yield _by("diembao_troubles", "Jobs that cannot be done now.", "job", troubles)
    sizes = {name: _size(watch.config.database, ending) for name, ending in _FILES.items()}
    yield _by("diembao_database_bytes", "Size of the database and its log.", "file", sizes)
    yield _gauge("diembao_disk_free_bytes", "Room on the database's disk.", free_bytes(watch))
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    text = "Memory of the largest crawl child that has ended."
    yield _gauge("diembao_crawl_child_max_resident_memory_bytes", text, largest)
    yield _by("diembao_info", "The version that runs.", "version", {version("diembao"): 1})


_FILES = {"database": "", "log": "-wal"}


def _sources(watch: Watch) -> dict[str, int]:
    counts = Counter({"good": 0, "failing": 0, "new": 0})
    counts.update(_state(one) for one in watch.store.source_states() if one.watched)
    return counts


def _state(state: SourceState) -> str:
    if state.last_crawled_at is None:
        return "new"
    return "good" if state.failing_since_at is None else "failing"


def _size(database: Path, ending: str) -> int:
    with suppress(FileNotFoundError):
        return Path(f"{database}{ending}").stat().st_size
    return 0


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)


def _by(name: str, text: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, text, labels=[label])
    for key, value in sorted(values.items()):
        family.add_metric([key], value)
    return family
