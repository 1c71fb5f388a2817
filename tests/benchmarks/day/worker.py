"""Crawl children without their start-up: one process imports the crawler and forks for each job.

The child's second and a half of imports is the larger part of a small batch, and a simulated
day has some hundred batches. What runs in the fork is ``crawler.job.run_job``, as in the child.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from crawler.items import CrawlJob
from crawler.settings import crawl_settings
from crawler.wire import decode_job, decode_record, encode_job, encode_record
from monitor.workers import BatchEnd

if TYPE_CHECKING:
    from crawler.items import Record

END = b"\x04"
"""Begins the line after a job's last record; the exit status follows."""


class ForkingWorker:
    """A crawl worker of the service, for one batch at a time; close it."""

    is_stopped = False

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.benchmarks.day.worker"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def crawl(self, job: CrawlJob, on_record: Callable[[Record], None]) -> BatchEnd:
        """Run one batch to its end, handing over each record as it comes."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(encode_job(job) + b"\n")
        stdin.flush()
        for line in stdout:
            if line.startswith(END):
                return BatchEnd(int(line[1:]), "")
            on_record(decode_record(line))
        return BatchEnd(1, "the forking process ended")

    def stop(self) -> None:
        """End it."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._process.wait(timeout=30)


def main() -> None:
    """Fork for each job that comes, one after the other."""
    # All of it is imported before the first fork, and no reactor is installed by that.
    from crawler.job import run_job

    _import_components()
    output = sys.stdout.buffer
    for document in sys.stdin.buffer:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                parent = os.getppid()
                run_job(decode_job(document), emit=_emit, parent_id=parent)
                status = 0
            finally:
                output.flush()
                os._exit(status)
        _, status = os.waitpid(child, 0)
        output.write(END + str(os.waitstatus_to_exitcode(status)).encode() + b"\n")
        output.flush()


def _import_components() -> None:
    """Scrapy loads them by name when a crawl begins: in each fork anew."""
    settings = Settings(crawl_settings(CrawlJob(started_at=datetime.now(UTC), tasks=())))
    for kind in ("EXTENSIONS", "DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES"):
        for path, order in settings.get_component_priority_dict_with_base(kind).items():
            if order is not None:
                load_object(path)
    for name in ("SCHEDULER", "DOWNLOADER", "STATS_CLASS", "ITEM_PROCESSOR", "DUPEFILTER_CLASS"):
        load_object(settings[name])


def _emit(record: Record) -> None:
    sys.stdout.buffer.write(encode_record(record))


if __name__ == "__main__":
    main()
