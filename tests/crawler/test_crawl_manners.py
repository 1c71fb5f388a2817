"""One crawl over real HTTP: what a site may refuse, and what is made of its failures."""

from __future__ import annotations

import gzip
import socket
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from crawler.items import Article, EntryVisit, Failure, SourceTask
from tests.crawler.certificates import self_signed
from tests.crawler.sites import (
    QUICK,
    Answer,
    Outcome,
    Route,
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

PAGE = "/chi-bo-post100.html"
OTHER_PAGES = tuple(f"/chi-bo-post10{number}.html" for number in range(1, 4))
LIMITS = replace(QUICK, timeout=timedelta(seconds=2), body_bytes=200_000)
CRAWL_DELAY = timedelta(seconds=1)


@dataclass(frozen=True)
class Press:
    outcome: Outcome
    sites: dict[str, Site]

    def failures(self, key: str) -> list[Failure]:
        return [record for record in self.outcome.of(key) if isinstance(record, Failure)]

    def entry(self, key: str) -> EntryVisit:
        [visit] = self.outcome.report(key).entries
        return visit


def _robots(text: str) -> Answer:
    return Answer(text, type="text/plain")


def _paper(page: Route, **more: Route) -> dict[str, Route]:
    """A site with one article, and more answers by path."""
    rss = Answer(feed(PAGE), type="text/xml")
    return {"/tin.rss": rss, PAGE: page, **more}


def _sites() -> dict[str, dict[str, Route]]:
    fine = article_page("Chi bộ bàn việc mùa vụ")
    four: dict[str, Route] = dict.fromkeys((PAGE, *OTHER_PAGES), fine)
    feed_of_four = Answer(feed(*four), type="text/xml")
    pause = Answer("chậm lại", status=429, headers={"Retry-After": "120"})
    return {
        "closed": _paper(fine, **{"/robots.txt": _robots("User-agent: *\nDisallow: /\n")}),
        "partly": _paper(fine, **{"/robots.txt": _robots(f"User-agent: *\nDisallow: {PAGE}\n")}),
        "slow": _paper(
            fine,
            **{
                "/robots.txt": _robots(f"User-agent: diembao\nCrawl-delay: {CRAWL_DELAY.seconds}\n")
            },
        ),
        "broken-robots": _paper(
            fine,
            **{"/robots.txt": Answer("", status=503, headers={"Retry-After": "60"})},
        ),
        "looping-robots": _paper(
            fine,
            **{"/robots.txt": Answer("", status=302, headers={"Location": "/robots.txt"})},
        ),
        "pausing": {"/tin.rss": feed_of_four, **four, OTHER_PAGES[0]: pause},
        "varnish": _paper(Answer("", status=428)),
        "pdf": _paper(Answer(b"%PDF-1.7", type="application/pdf")),
        "nothing": _paper(Answer("")),
        "error": _paper(Answer("lỗi", status=500)),
        "forbidden": _paper(Answer("cấm", status=403)),
        "challenge": _paper(Answer("đợi", status=403, headers={"cf-mitigated": "challenge"})),
        "large": _paper(Answer("<p>" + "a" * 300_000)),
        "bomb": _paper(
            Answer(gzip.compress(b"a" * 300_000), headers={"Content-Encoding": "gzip"}),
        ),
        "hanging": _paper(Answer("", hangs=True)),
        "looping": _paper(Answer("", status=302, headers={"Location": PAGE})),
        "homeward": _paper(
            Answer("", status=302, headers={"Location": "/"}), **{"/": Answer("trang chủ")}
        ),
        "scheming": _paper(Answer("", status=302, headers={"Location": "file:///etc/passwd"})),
        "leading-out": {},
        "leading-in": {},
        "stranger": {"/": Answer("không ai được vào đây")},
        "html-feed": {"/tin.rss": Answer("<html><body>Trang lỗi</body></html>")},
    }


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    with ExitStack() as stack:
        sites = {key: stack.enter_context(served(routes)) for key, routes in _sites().items()}
        tls = self_signed(tmp_path_factory.mktemp("tls"))
        sites["untrusted"] = stack.enter_context(served(_paper(Answer("")), tls=tls))
        outside = f"http://127.0.0.2:{sites['stranger'].port}/a-post1.html"
        inside = f"{sites['stranger'].home}/a-post1.html"
        for key, target in {"leading-out": outside, "leading-in": inside}.items():
            answer = Answer("", status=302, headers={"Location": target})
            sites[key].routes |= _paper(answer)
        tasks = [
            SourceTask(source=source(key, site.home, ("feed", "/tin.rss")))
            for key, site in sites.items()
            if key != "stranger"
        ]
        nobody = source("nobody", f"http://127.0.0.1:{_free_port()}", ("feed", "/tin.rss"))
        work = job(*tasks, SourceTask(source=nobody), limits=LIMITS)
        yield Press(outcome=crawl(work), sites=sites)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_every_failing_source_still_gets_its_one_report(press: Press) -> None:
    assert press.outcome.status == 0, press.outcome.log
    for key in press.sites.keys() - {"stranger"}:
        assert press.outcome.report(key).source == key
    assert "Traceback" not in press.outcome.log


def test_a_closed_site_is_asked_for_robots_txt_and_nothing_else(press: Press) -> None:
    assert press.sites["closed"].paths == ["/robots.txt"]
    assert press.entry("closed").failure == "robots"


def test_a_page_robots_txt_forbids_is_told_and_not_asked(press: Press) -> None:
    assert press.sites["partly"].paths == ["/robots.txt", "/tin.rss"]
    assert [failure.kind for failure in press.failures("partly")] == ["robots"]


def test_crawl_delay_sets_the_pace_from_the_first_request_on(press: Press) -> None:
    """By the crawl's own clock: when the site's server gets to a request depends on the machine."""
    assert press.sites["slow"].paths == ["/robots.txt", "/tin.rss", PAGE]
    [article] = [one for one in press.outcome.of("slow") if isinstance(one, Article)]
    assert article.fetched_at - press.outcome.report("slow").started_at >= 2 * CRAWL_DELAY


@pytest.mark.parametrize("key", ["broken-robots", "looping-robots"])
def test_without_a_readable_robots_txt_nothing_else_is_asked(press: Press, key: str) -> None:
    assert set(press.sites[key].paths) == {"/robots.txt"}
    visit = press.entry(key)
    assert visit.failure == "status"
    assert (visit.detail or "").startswith("robots.txt: ")


def test_a_pause_that_robots_txt_asks_for_is_reported(press: Press) -> None:
    assert press.outcome.report("broken-robots").retry_after == timedelta(seconds=60)
    assert press.sites["broken-robots"].paths == ["/robots.txt"]


def test_after_429_the_site_is_left_alone_and_the_rest_stays_pending(press: Press) -> None:
    assert press.sites["pausing"].paths[2:] == [PAGE, OTHER_PAGES[0]]
    [failure] = press.failures("pausing")
    assert (failure.kind, failure.detail) == ("status", "429")
    assert failure.retry_after == timedelta(seconds=120)
    report = press.outcome.report("pausing")
    assert (report.pages, report.articles, report.left) == (2, 1, 2)
    assert report.retry_after == timedelta(seconds=120)


@pytest.mark.parametrize(
    ("key", "kind", "detail"),
    [
        ("varnish", "status", "428"),
        ("pdf", "not-html", "Content-Type application/pdf"),
        ("nothing", "empty", None),
        ("error", "status", "500"),
        ("forbidden", "status", "403"),
        ("challenge", "challenge", None),
        ("large", "size", None),
        ("bomb", "size", None),
        ("hanging", "timeout", None),
        ("looping", "status", "too many redirects"),
        ("homeward", "status", "redirected to the home page"),
        ("scheming", "guard", None),
        ("leading-out", "guard", None),
        ("leading-in", "guard", None),
    ],
)
def test_a_page_that_cannot_be_read_says_why(
    press: Press, key: str, kind: str, detail: str | None
) -> None:
    [failure] = press.failures(key)
    assert failure.kind == kind, failure.detail
    assert detail is None or failure.detail == detail


def test_a_redirect_to_another_host_is_not_followed_not_even_for_robots(press: Press) -> None:
    assert press.sites["stranger"].asked == []


@pytest.mark.parametrize(("key", "kind"), [("untrusted", "tls"), ("nobody", "refused")])
def test_a_site_that_cannot_be_reached_says_why(press: Press, key: str, kind: str) -> None:
    visit = press.entry(key)
    assert (visit.outcome, visit.failure) == ("failed", kind)


def test_a_page_in_the_place_of_a_feed_is_a_failure_without_a_validator(press: Press) -> None:
    visit = press.entry("html-feed")
    assert visit.outcome == "failed"
    assert visit.failure in {"parse", "not-html"}
    assert visit.validator is None


def test_a_server_error_is_tried_once_more_and_a_refusal_is_not(press: Press) -> None:
    assert press.sites["error"].paths.count(PAGE) == 2
    assert press.sites["forbidden"].paths.count(PAGE) == 1


def test_the_user_agent_says_who_we_are_and_no_cookie_is_sent(press: Press) -> None:
    headers = press.sites["pausing"].asked[-1].headers
    assert headers["User-Agent"].startswith("diembao")
    assert headers["User-Agent"].endswith("(+https://example.vn/diembao)")
    assert headers["Accept-Language"].startswith("vi")
    assert "Cookie" not in headers


def test_loopback_is_refused_by_number_and_by_name_unless_the_job_allows_it() -> None:
    with served(_paper(article_page("Không ai đọc"))) as site:
        by_name = f"http://localhost:{site.port}"
        tasks = (
            SourceTask(source=source("number", site.home, ("feed", "/tin.rss"))),
            SourceTask(source=source("name", by_name, ("feed", "/tin.rss"))),
        )
        outcome = crawl(job(*tasks, limits=LIMITS, loopback=False))
    assert site.asked == []
    for key in ("number", "name"):
        assert [visit.failure for visit in outcome.report(key).entries] == ["guard"]


def test_two_sources_on_one_site_keep_its_pause_together() -> None:
    pause = Answer("", status=429, headers={"Retry-After": "30"})
    with served({"/a.rss": pause, "/b.rss": pause}) as site:
        tasks = (
            SourceTask(source=source("a", site.home, ("feed", "/a.rss"))),
            SourceTask(source=source("b", site.home, ("feed", "/b.rss"), ("feed", "/c.rss"))),
        )
        outcome = crawl(job(*tasks))
    assert site.paths == ["/robots.txt", "/a.rss"]
    assert outcome.report("b").retry_after == timedelta(seconds=30)
    assert {visit.failure for visit in outcome.report("b").entries} == {"status"}


def test_a_site_that_is_down_is_given_up_after_three_failures_in_a_row() -> None:
    paths = (PAGE, *OTHER_PAGES)
    routes: dict[str, Route] = {path: Answer("", status=502) for path in paths}
    with served(routes | {"/tin.rss": Answer(feed(*paths), type="text/xml")}) as site:
        task = SourceTask(source=source("down", site.home, ("feed", "/tin.rss")))
        outcome = crawl(job(task))
    report = outcome.report("down")
    assert (report.pages, report.left) == (3, 1)
