"""One crawl of all rogue sites at once by a real child, and what it recorded of each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from crawler.items import (
    Article,
    CrawlJob,
    CrawlLimits,
    Entry,
    EntryKind,
    EntryVisit,
    Failure,
    Record,
    Source,
    SourceReport,
    SourceTask,
)
from crawler.wire import decode_record, encode_job
from tests.fakes.rogue.certificates import Certificates
from tests.fakes.rogue.child import CONNECTED, NAMES, PEAK
from tests.fakes.rogue.documents import GOOD_FEED, GOOD_PAGE, PATHS, Role, decent_documents
from tests.fakes.rogue.rows import Case
from tests.fakes.rogue.server import RogueServers, RogueSite

CHILD = (sys.executable, "-m", "tests.fakes.rogue.child")
STARTED_AT = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
HASTY = CrawlLimits(
    delay=timedelta(milliseconds=1),
    timeout=timedelta(seconds=3),
    deadline=timedelta(seconds=100),
)
PATIENT = replace(HASTY, timeout=timedelta(seconds=90), deadline=timedelta(seconds=200))
"""For cases that keep the child busy, so that none of them times out."""
_KINDS: dict[Role, EntryKind] = {"feed": "feed", "sitemap": "sitemap", "listing": "listing"}


@dataclass(frozen=True, repr=False)
class Outcome:
    """What the child told and took."""

    records: tuple[Record, ...]
    status: int
    log: str
    connected: frozenset[str]
    """Addresses that were connected to, or tried."""
    peak_bytes: int
    seconds: float
    sites: dict[str, RogueSite]
    """By case key."""

    def of(self, case: Case) -> list[Record]:
        """The records of one source, its report last."""
        return self._by_source[case.key]

    @cached_property
    def _by_source(self) -> defaultdict[str, list[Record]]:
        by_source: defaultdict[str, list[Record]] = defaultdict(list)
        for record in self.records:
            by_source[record.source].append(record)
        return by_source

    def report(self, case: Case) -> SourceReport | None:
        """The source's report; None where it did not come."""
        reports = [one for one in self.of(case) if isinstance(one, SourceReport)]
        return reports[0] if reports else None

    def recorded(self, case: Case) -> tuple[str, str]:
        """Kind or outcome of the rogue entry or page, with the detail, as the table has it."""
        if case.role == "article":
            return self._page(case)
        visit = self.visit(case)
        return (visit.failure or visit.outcome, visit.detail or "") if visit else ("nothing", "")

    def visit(self, case: Case) -> EntryVisit | None:
        """How the rogue entry answered, or the good one where robots.txt is the rogue."""
        path = GOOD_FEED if case.role == "robots" else PATHS[case.role]
        report = self.report(case)
        visits = report.entries if report else ()
        return next((visit for visit in visits if visit.url.endswith(path)), None)

    def went_on(self, case: Case) -> bool:
        """Whether the good page of the same site was read."""
        records = (record for record in self.of(case) if isinstance(record, Article))
        return any(record.key.endswith(GOOD_PAGE) for record in records)

    def _page(self, case: Case) -> tuple[str, str]:
        for record in self.of(case):
            if record.record in ("article", "gone", "failure") and getattr(
                record, "key", ""
            ).endswith(PATHS["article"]):
                kind = record.kind if isinstance(record, Failure) else record.record
                return kind, getattr(record, "detail", "")
        return "nothing", ""


def crawl_cases(cases: Sequence[Case], *, limits: CrawlLimits = HASTY) -> Outcome:
    """Serve the cases, crawl them in one child, and stop serving."""
    with tempfile.TemporaryDirectory(prefix="diembao-rogue-") as name:
        folder = Path(name)
        certificates = Certificates(folder)
        sites = {case.key: _site(case, certificates) for case in cases}
        with RogueServers(sites.values()):
            job = CrawlJob(
                started_at=STARTED_AT,
                tasks=tuple(SourceTask(source=_source(case, sites[case.key])) for case in cases),
                limits=limits,
                allow_loopback=True,
            )
            named = (case for case in cases if case.row.addresses is not None)
            names = {case.host: case.row.addresses or [[]] for case in named}
            surroundings = {
                NAMES: json.dumps(names),
                CONNECTED: str(folder / "connected"),
                PEAK: str(folder / "peak"),
                "SSL_CERT_FILE": str(certificates.authority),
            }
            told = _run(job, surroundings)
        connected = frozenset((folder / "connected").read_text().split())
    return Outcome(connected=connected, sites=sites, **told)


def source_of(case: Case, outcome: Outcome) -> Source:
    """The source that a case was crawled as."""
    return _source(case, outcome.sites[case.key])


def decent(case: Case) -> Case:
    """The same site without its misdeed, to compare with."""

    async def answers(exchange: Any) -> None:
        await exchange.answer()

    return replace(case, row=replace(case.row, handler=answers))


def _site(case: Case, certificates: Certificates) -> RogueSite:
    path, tls = PATHS[case.role], case.row.tls
    return RogueSite(
        decent_documents(case.role),
        is_rogue=lambda asked: asked == path or asked.startswith("/la/"),
        handler=case.row.handler,
        host=case.host,
        tls=certificates.context(tls) if tls and tls != "missing" else None,
        scheme={"missing": "https", "spoken-on-http": "http"}.get(tls or ""),
    )


def _source(case: Case, site: RogueSite) -> Source:
    entries = [Entry(url=site.home + GOOD_FEED, kind="feed", certainty="checked")]
    if case.role in _KINDS:
        url = site.home + PATHS[case.role]
        entries.insert(0, Entry(url=url, kind=_KINDS[case.role], certainty="checked"))
    return Source(
        key=case.key,
        name=str(case),
        kind="paper",
        home=f"{site.home}/",
        province=None,
        certainty="checked",
        entries=tuple(entries),
    )


def _run(job: CrawlJob, surroundings: dict[str, str]) -> dict[str, Any]:
    started = time.monotonic()
    with (
        tempfile.TemporaryFile() as told,
        tempfile.TemporaryFile() as log,
    ):
        child = subprocess.run(
            CHILD,
            input=encode_job(job),
            stdout=told,
            stderr=log,
            env={**os.environ, **surroundings},
            timeout=300,
        )
        told.seek(0)
        log.seek(0)
        return {
            "records": tuple(decode_record(line) for line in told),
            "status": child.returncode,
            "log": log.read().decode("utf-8", "replace"),
            "peak_bytes": int(Path(surroundings[PEAK]).read_text()),
            "seconds": time.monotonic() - started,
        }
