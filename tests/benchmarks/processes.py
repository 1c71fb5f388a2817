"""Whole processes: how soon a command answers, and what a crawl child costs."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crawler.items import CrawlJob, CrawlLimits, SourceReport, SourceTask
from crawler.sources import load_sources
from crawler.wire import decode_record, encode_job
from monitor.press import Press, write_watch
from tests.benchmarks.measures import Measure, median, milliseconds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STARTS = 5
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in a unit of ``ru_maxrss``: getrusage(2) counts kilobytes on Linux, bytes on macOS."""


@dataclass(frozen=True)
class Crawl:
    """What one crawl child did and took."""

    pages: int
    seconds: float
    usage: resource.struct_rusage

    @property
    def megabytes(self) -> float:
        return self.usage.ru_maxrss * _RSS_UNIT / 1e6

    @property
    def cpu_seconds(self) -> float:
        return self.usage.ru_utime + self.usage.ru_stime


def measure_processes(folder: Path) -> Iterator[Measure]:
    """Start-up of the command line, and one crawl of the whole press."""
    starts = milliseconds(_start, times=STARTS)
    yield Measure(
        name="start_up", value=median(starts), unit="ms", about=f"diembao --help, {STARTS} times"
    )
    crawl = _crawl(folder)
    yield Measure(
        name="child_memory",
        value=crawl.megabytes,
        unit="MB",
        about=f"peak of a crawl child that read {crawl.pages} pages of ten sites",
    )
    yield Measure(
        name="child_cpu",
        value=crawl.cpu_seconds,
        unit="CPU s",
        about=f"the same child, {crawl.seconds:.1f} s from its start to its end",
    )


def _start() -> None:
    command = [sys.executable, "-m", "monitor", "--help"]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def _crawl(folder: Path) -> Crawl:
    with Press(now=datetime.now(UTC)) as press:
        seeds = load_sources(write_watch(folder / "press", press).parent / "seeds")
        job = CrawlJob(
            started_at=press.now,
            tasks=tuple(SourceTask(source=source) for source in seeds.sources),
            limits=CrawlLimits(delay=timedelta(milliseconds=1)),
            allow_loopback=True,
        )
        return _run(job)


def _run(job: CrawlJob) -> Crawl:
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "crawler"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(encode_job(job))
        child.stdin.close()
        records = [decode_record(line) for line in child.stdout]
        # wait4 and not wait: only it tells what this child alone has taken.
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    pages = sum(record.pages for record in records if isinstance(record, SourceReport))
    return Crawl(pages, time.perf_counter() - started, usage)
