"""How the crawl child ends before its work is done: signal, deadline, lost parent, bad job."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from crawler.items import CrawlJob, Record, SourceReport, SourceTask
from crawler.wire import decode_record, encode_job
from tests.crawler.sites import (
    CHILD,
    QUICK,
    Answer,
    Site,
    article_page,
    crawl,
    feed,
    job,
    served,
    source,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENT = replace(QUICK, timeout=timedelta(seconds=30))
FINE, STUCK, LATER = "/tin-post101.html", "/tin-post102.html", "/tin-post103.html"

LAUNCHER = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-m", "crawler"], stdin=subprocess.PIPE)
child.stdin.write(sys.stdin.buffer.read())
child.stdin.close()
child.wait()
"""


@contextmanager
def stuck_sites() -> Iterator[tuple[Site, Site]]:
    """One site that hangs on its second page, one that hangs on its feed."""
    pages = {
        "/tin.rss": Answer(feed(FINE, STUCK, LATER), type="text/xml"),
        FINE: article_page("Chi bộ bàn việc làng"),
        STUCK: Answer("", hangs=True),
    }
    with served(pages) as paging, served({"/tin.rss": Answer("", hangs=True)}) as feeding:
        yield paging, feeding


def stuck_job(paging: Site, feeding: Site) -> CrawlJob:
    return job(
        SourceTask(source=source("paging", paging.home, ("feed", "/tin.rss"))),
        SourceTask(source=source("feeding", feeding.home, ("feed", "/tin.rss"))),
        limits=PATIENT,
    )


def assert_only_the_truth_was_told(records: list[Record]) -> None:
    """The source among its pages reports what is left; the one at its feed is unfinished."""
    assert [record.record for record in records if record.source == "paging"] == [
        *["link"] * 3,
        "article",
        "source",
    ]
    report = records[-1]
    assert isinstance(report, SourceReport)
    assert (report.pages, report.articles, report.left) == (1, 1, 2)
    assert not [record for record in records if record.source == "feeding"]


def started(command: list[str], work: CrawlJob) -> subprocess.Popen[bytes]:
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert child.stdin is not None
    child.stdin.write(encode_job(work))
    child.stdin.close()
    child.stdin = None
    return child


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_crawl_within_seconds_and_truthfully(signum: signal.Signals) -> None:
    with (
        stuck_sites() as (paging, feeding),
        started(list(CHILD), stuck_job(paging, feeding)) as child,
    ):
        assert paging.was_asked.wait(30)
        assert feeding.was_asked.wait(30)
        child.send_signal(signum)
        # Far less than the 30 seconds the hanging requests would take.
        output, log = child.communicate(timeout=15)
    assert child.returncode == 0, log.decode()
    assert_only_the_truth_was_told([decode_record(line) for line in output.splitlines()])
    assert b"Traceback" not in log, log.decode()


def test_the_deadline_ends_the_crawl_as_truthfully() -> None:
    with stuck_sites() as (paging, feeding):
        work = stuck_job(paging, feeding)
        limits = replace(PATIENT, deadline=timedelta(seconds=2))
        outcome = crawl(replace(work, limits=limits))
    assert outcome.status == 0
    assert_only_the_truth_was_told(list(outcome.records))


def test_a_crawl_without_a_parent_ends_by_itself() -> None:
    with (
        stuck_sites() as (paging, feeding),
        started([sys.executable, "-c", LAUNCHER], stuck_job(paging, feeding)) as launcher,
    ):
        assert paging.was_asked.wait(30)
        launcher.kill()
        # The crawl holds the launcher's pipes: they end when it ends.
        output, _ = launcher.communicate(timeout=15)
    records = [decode_record(line) for line in output.splitlines()]
    assert isinstance(records[-1], SourceReport)


def test_a_crawl_whose_records_nobody_reads_ends_with_a_word() -> None:
    with (
        stuck_sites() as (paging, feeding),
        started(list(CHILD), stuck_job(paging, feeding)) as child,
    ):
        assert child.stdout is not None
        child.stdout.close()
        child.stdout = None
        _, log = child.communicate(timeout=15)
    assert child.returncode == 1
    assert log.decode().startswith("records not written: ")


@pytest.mark.parametrize("document", [b"", b"no JSON", b'{"tasks": []}'])
def test_a_bad_job_gives_one_line_on_standard_error_and_status_two(document: bytes) -> None:
    child = subprocess.run(CHILD, input=document, capture_output=True, timeout=30)
    assert child.returncode == 2
    assert child.stdout == b""
    assert len(child.stderr.splitlines()) == 1


def test_a_job_without_tasks_ends_at_once() -> None:
    outcome = crawl(job())
    assert (outcome.status, outcome.records) == (0, ())
