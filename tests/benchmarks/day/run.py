"""Runs the day: sites that publish, and the real crawl, ingest and planning on their clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from monitor import jobs
from monitor.watch import Watch
from tests.benchmarks.day.newsroom import Newsroom, Paper, midnight_after
from tests.benchmarks.day.site import Clock, DaySite
from tests.benchmarks.day.worker import ForkingWorker
from tests.fakes.rogue.server import RogueServers, RogueSite

TICK = timedelta(minutes=5)
WARM_UP = timedelta(hours=3)
"""Before midnight: the sites' stock is read, and nothing is measured."""
DAY = timedelta(days=1)
DRAIN = timedelta(hours=9)
"""After the day: a portal's last article is found the next morning."""
_CONFIG = """\
database: data/diembao.db
seeds: seeds
outbox: outbox
archive: {keep: 0d}
crawl: {allow_loopback: true, delay: 0.001s, timeout: 2s, batch: 100}
"""


@dataclass(frozen=True)
class DayRun:
    """What is left of a day."""

    newsroom: Newsroom
    ends_at: datetime
    """What is published from then on is not measured."""
    sites: dict[str, DaySite]
    database: Path
    failures: int
    """Batches that did not end well."""


@contextmanager
def simulated_day(
    folder: Path,
    newsroom: Newsroom | None = None,
    *,
    lasts: timedelta = DAY,
    warm_up: timedelta = WARM_UP,
    drain: timedelta = DRAIN,
    told: Callable[[datetime], None] = lambda _at: None,
) -> Iterator[DayRun]:
    """Run the day, or its first hours, in a new folder; ``told`` hears of each hour."""
    newsroom = newsroom or Newsroom(midnight_after(datetime.now(UTC)))
    ends_at = newsroom.midnight + lasts
    clock = Clock(newsroom.midnight - warm_up)
    sites = {
        paper.key: DaySite(paper, newsroom.pieces(paper), midnight=newsroom.midnight, clock=clock)
        for paper in newsroom.papers
    }
    hosts = {key: _host(site) for key, site in sites.items()}
    moved = {key: _host(site) for key, site in sites.items() if site.paper.moves_after}
    with RogueServers([*hosts.values(), *moved.values()]):
        for key, site in sites.items():
            site.home = hosts[key].home
            site.new_home = moved[key].home if key in moved else ""
        config = _write_watch(folder, sites)
        worker = ForkingWorker()
        try:
            with Watch.open(config) as watch:
                failures = _live(watch, worker, clock, ends_at + drain, told=told)
                yield DayRun(newsroom, ends_at, sites, watch.config.database, failures)
        finally:
            worker.stop()


def _live(
    watch: Watch,
    worker: ForkingWorker,
    clock: Clock,
    until: datetime,
    *,
    told: Callable[[datetime], None],
) -> int:
    failures = 0
    while clock.now < until:
        watch.clock_ahead = clock.now - datetime.now(UTC)
        due = watch.store.due_sources(watch.now())
        if due:
            summary = jobs.crawl_batch(watch, [watch.sources[key] for key in due], worker=worker)
            failures += summary.failures.get("stopped", 0)
        clock.now += TICK
        if clock.now.minute == 0:
            told(clock.now)
    return failures


def _host(site: DaySite) -> RogueSite:
    return RogueSite({}, is_rogue=lambda _path: True, handler=site.answer)


def _write_watch(folder: Path, sites: dict[str, DaySite]) -> Path:
    (folder / "seeds").mkdir(parents=True)
    document = {
        "province": "Gia Lai",
        "code": "52",
        "sources": [_source(site.paper, site) for site in sites.values()],
    }
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
    (folder / "seeds" / "gia-lai.yaml").write_text(text, encoding="utf-8")
    config = folder / "config.yaml"
    config.write_text(_CONFIG, encoding="utf-8")
    return config


def _source(paper: Paper, site: DaySite) -> dict[str, Any]:
    ways = {
        "feeds": "/tin.rss" if paper.feed != "none" else None,
        "sitemaps": "/sitemap.xml" if paper.sitemap != "none" else None,
        "listings": "/tin-moi" if paper.has_listing else None,
    }
    entries = {
        kind: [{"url": site.home + path, "certainty": "checked"}]
        for kind, path in ways.items()
        if path
    }
    return {
        "key": paper.key,
        "name": f"Báo {paper.key}",
        "kind": paper.kind,
        # Where a paper is about to move, its people know the new address; ours stay the old ones.
        "home": f"{site.new_home or site.home}/",
        "certainty": "checked",
        **entries,
    }
