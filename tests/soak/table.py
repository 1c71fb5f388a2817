"""The month's table, for people and for programs."""

from __future__ import annotations

import resource
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from rich.table import Table

from tests.soak.count import Counted
from tests.soak.month import Month
from tests.soak.records import Sample

AGE = timedelta(hours=18), timedelta(hours=24)
"""Of a life whose memory is compared: after its first digests, and before chance decides."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A figure of the table."""

    name: str
    value: str
    is_bad: bool = False


def rows(month: Month, counted: Counted, *, seconds: float) -> Iterator[Row]:
    """All of it, what matters first."""
    yield _bad("stories lost", counted.lost_stories, f"of {counted.stories}")
    yield _bad("stories doubled", counted.doubled_stories, f"of {counted.stories}")
    yield _bad("digests lost", counted.lost_digests, f"of {counted.parcels} deliveries")
    yield _bad("digests doubled", counted.doubled_digests, f"of {counted.parcels} deliveries")
    yield _bad("deliveries late", counted.late, "by more than 15 min that nothing explains")
    yield _bad("other damage", counted.damage, "")
    arrived = counted.doubtful_arrived
    yield Row(
        name="parts told as unclear",
        value=f"{counted.doubtful}: {arrived} arrived, {counted.doubtful - arrived} did not",
    )
    yield Row(name="digests a day early, by a clock that ran ahead", value=str(counted.early))
    states = ", ".join(f"{number} {state}" for state, number in counted.states.most_common())
    yield Row(name="digests; deliveries", value=f"{counted.digests}; {states}")
    yield Row(name="delay of what was not excused", value=_delays(counted.delays))
    yield from _deaths(month)
    yield Row(name="faults of the world", value=_faults(month))
    yield from _memory(month)
    requests = sum(len(site.requests) for site in month.sites.values())
    yield Row(name="requests to the press", value=f"{requests:,}")
    yield Row(name="wall clock and CPU", value=f"{seconds:.0f} s, {_cpu_seconds():.0f} s")


def table(lines: Iterable[Row]) -> Table:
    """For a terminal."""
    drawn = Table(box=None, pad_edge=False, show_header=False)
    drawn.add_column("figure")
    drawn.add_column("value", overflow="fold")
    for row in lines:
        drawn.add_row(row.name, row.value, style="bold red" if row.is_bad else None)
    return drawn


def _bad(name: str, findings: list[str], of: str) -> Row:
    return Row(name=name, value=f"{len(findings)} {of}".strip(), is_bad=bool(findings))


def _delays(delays: list[timedelta]) -> str:
    if not delays:
        return "–"
    seconds = [one.total_seconds() for one in delays]
    return f"median {statistics.median(seconds):.0f} s, worst {max(seconds):.0f} s"


def _deaths(month: Month) -> Iterator[Row]:
    deaths = month.deaths
    crawling = sum(death.was_crawling for death in deaths)
    yield Row(name="kill -9 of the service", value=f"{len(deaths)}, {crawling} during crawls")
    for where, number in Counter(death.where for death in deaths).most_common():
        yield Row(name=f"  {where}", value=str(number))
    yield Row(name="kill -9 of crawl children alone", value=str(month.lives.children.killed))
    if month.lives.failed_starts:
        yield Row(name="starts refused by a full disk", value=str(month.lives.failed_starts))


def _faults(month: Month) -> str:
    counts = Counter(fault.place for fault in month.plan.faults)
    return ", ".join(f"{place} {number}" for place, number in sorted(counts.items()))


def _memory(month: Month) -> Iterator[Row]:
    lives = month.samples[0].life, month.samples[-1].life
    for name, life in zip(("at the start", "at the end"), lives, strict=True):
        yield Row(
            name=f"service at rest, a day old, {name}",
            value=_at_rest([one for one in month.samples if one.life == life]),
        )
    begins, ends = month.plan.calm
    calm = [one for one in month.samples if begins + AGE[0] / 3 <= one.at <= ends]
    if len(calm) > 1 and calm[0].life == calm[-1].life:
        first, last = calm[0].vital.rss_kb / 1000, calm[-1].vital.rss_kb / 1000
        days = (calm[-1].at - calm[0].at) / timedelta(days=1)
        yield Row(
            name="one life without kills", value=f"{first:.1f} to {last:.1f} MB in {days:.1f} days"
        )
    yield Row(name="database and log", value=_sizes(month.folder / "data"))


def _at_rest(samples: list[Sample]) -> str:
    of_age = [one.vital for one in samples if AGE[0] <= one.age <= AGE[1]]
    chosen = of_age or [samples[-1].vital]
    rss = statistics.median(one.rss_kb for one in chosen) / 1000
    return f"{rss:.1f} MB, {chosen[-1].threads} threads, {chosen[-1].files} open files"


def _sizes(folder: Path) -> str:
    files = sorted(folder.glob("diembao.db*"))
    return ", ".join(f"{one.name} {one.stat().st_size / 1e6:.1f} MB" for one in files)


def _cpu_seconds() -> float:
    """Of this process and of all that it started and that has ended."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
