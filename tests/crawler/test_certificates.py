"""Bad certificates are refused, but for the one source that says otherwise."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from crawler.items import Article, InsecureTls, Source, SourceReport, SourceTask
from tests.crawler.certificates import self_signed
from tests.crawler.sites import (
    QUICK,
    STARTED_AT,
    Answer,
    Outcome,
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

PAGE = "/chi-bo-thon-post101.html"
LEAVE = InsecureTls(until=date(2026, 12, 31), why="chứng thư tự ký")
EXPIRED = replace(LEAVE, until=date(2026, 11, 19))


@dataclass(frozen=True)
class Press:
    outcome: Outcome
    sites: dict[str, Site]

    def report(self, key: str) -> SourceReport:
        return self.outcome.report(key)


def _paper(tls_folder: object, stack: ExitStack) -> Site:
    return stack.enter_context(
        served(
            {
                "/robots.txt": Answer("User-agent: *\nDisallow: /cam/\n", type="text/plain"),
                "/tin.rss": Answer(feed(PAGE, "/cam/tin-post102.html"), type="application/xml"),
                PAGE: article_page("Chi bộ thôn họp"),
            },
            tls=self_signed(tls_folder),  # type: ignore[arg-type]  # a path
        )
    )


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    """One crawl of five sources, all with certificates that nobody trusts."""
    with ExitStack() as stack:
        names = ("allowed", "strict", "expired", "leading")
        sites = {name: _paper(tmp_path_factory.mktemp(name), stack) for name in names}
        target = f"{sites['strict'].home}{PAGE}"
        sites["leading"].routes[PAGE] = Answer("", status=302, headers={"Location": target})
        leaves = {"allowed": LEAVE, "strict": None, "expired": EXPIRED, "leading": LEAVE}
        sources = [
            source(name, sites[name].home, ("feed", "/tin.rss"), insecure_tls=leave)
            for name, leave in leaves.items()
        ]
        # The same site as "allowed", without its leave.
        sources.append(source("neighbour", sites["allowed"].home, ("feed", "/tin.rss")))
        tasks = [SourceTask(source=one) for one in sources]
        yield Press(outcome=crawl(job(*tasks, limits=QUICK)), sites=sites)


def articles(press: Press, key: str) -> list[str]:
    return [record.title for record in press.outcome.of(key) if isinstance(record, Article)]


def test_a_source_with_leave_is_read_over_its_bad_certificate(press: Press) -> None:
    assert articles(press, "allowed") == ["Chi bộ thôn họp"]
    assert "/cam/tin-post102.html" not in press.sites["allowed"].paths


@pytest.mark.parametrize("key", ["strict", "expired"])
def test_another_source_of_the_same_crawl_is_refused(press: Press, key: str) -> None:
    [visit] = press.report(key).entries
    assert (visit.outcome, visit.failure) == ("failed", "tls")
    assert press.sites[key].asked == []


def test_leave_for_a_site_is_not_leave_for_the_next_source_on_it(press: Press) -> None:
    [visit] = press.report("neighbour").entries
    assert (visit.outcome, visit.failure) == ("failed", "tls")


def test_leave_does_not_lead_to_another_host(press: Press) -> None:
    kinds = [record.kind for record in press.outcome.of("leading") if record.record == "failure"]
    assert "guard" in kinds
    assert PAGE not in press.sites["strict"].paths


def test_the_last_day_is_the_last_day_in_vietnam() -> None:
    assert LEAVE.holds(date(2026, 12, 31))
    assert not LEAVE.holds(date(2027, 1, 1))
    assert EXPIRED.until < STARTED_AT.date()


def test_a_source_refuses_unless_it_says_otherwise() -> None:
    assert source("a", "https://a.vn").insecure_tls is None
    assert Source.__dataclass_fields__["insecure_tls"].default is None
