"""One crawl over real HTTP: pages looked at again, and what a site may be asked for."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from crawler.items import Article, Failure, Gone, Revisit, SourceTask, Unchanged, Validator
from crawler.outcomes import UNTOLD_PAUSE
from crawler.urls import page_key, site_of
from tests.crawler.sites import Answer, article_page, crawl, feed, job, served, source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.crawler.sites import Asked, Outcome, Site

NEW, SAME, EDITED, OFF, PLAIN = (f"/chi-bo-post{number}.html" for number in range(101, 106))
OLD = Validator(etag='"cu"', last_modified="Fri, 20 Nov 2026 01:00:00 GMT")
ROBOTS = Answer("User-agent: *\nAllow: /\n", type="text/plain")


def tagged(title: str) -> Answer:
    return replace(article_page(title), headers={"ETag": '"moi"'})


def same_unless_new(asked: Asked) -> Answer:
    return Answer(status=304) if asked.headers.get("If-None-Match") == OLD.etag else tagged("Mới")


def paper(*pages: str) -> dict[str, object]:
    return {
        "/robots.txt": ROBOTS,
        "/tin.rss": Answer(feed(*pages), type="text/xml"),
        NEW: tagged("Chi bộ bàn việc mùa vụ"),
        SAME: same_unless_new,
        EDITED: tagged("Chi bộ kết nạp 15 đảng viên"),
        OFF: Answer("", status=410),
        PLAIN: article_page("Chi bộ họp thường kỳ"),
    }


LOOKED = (SAME, EDITED, OFF)
SHARED = ("shared", "sharing")
PAUSING = {"pausing-428": 428, "pausing-429": 429, "pausing-503": 503}
BUDGETS = {"spent": 3, "empty": 0, "shared": 6}


def routes() -> dict[str, dict[str, object]]:
    """By source; ``sharing`` lives on the site of ``shared``."""
    turning = {
        NEW: Answer(status=302, headers={"Location": PLAIN}),
        OFF: Answer("lỗi", status=500),
    }
    return {
        "looked": paper(NEW),
        "plain": paper(NEW),
        "turning": {**paper(NEW, OFF), **turning},
        "spent": paper(NEW, EDITED, PLAIN),
        "empty": paper(NEW),
        "shared": paper(NEW, EDITED, PLAIN),
        **{key: {**paper(NEW), NEW: Answer("", status=code)} for key, code in PAUSING.items()},
    }


def task(key: str, site: Site) -> SourceTask:
    paths = {"looked": LOOKED, "plain": (PLAIN,)}.get(key, (SAME,))
    urls = [f"{site.home}{path}" for path in paths]
    validator = None if key == "plain" else OLD
    return SourceTask(
        source=source(key, site.home, ("feed", "/tin.rss")),
        revisits=tuple(Revisit(url=url, key=page_key(url), validator=validator) for url in urls),
    )


@dataclass(frozen=True)
class Press:
    outcome: Outcome
    sites: dict[str, Site]


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with ExitStack() as stack:
        sites = {
            key: stack.enter_context(served(pages))  # type: ignore[arg-type] # answers, functions
            for key, pages in routes().items()
        }
        tasks = [task(key, site) for key, site in sites.items()]
        tasks.append(task("sharing", sites["shared"]))
        work = replace(
            job(*tasks),
            # Pages looked at again are read whatever they are about: they were of the topic.
            trigger_words=("không trang nào có",),
            requests_left={site_of(sites[key].home): left for key, left in BUDGETS.items()},
        )
        yield Press(outcome=crawl(work), sites=sites)


def test_pages_are_looked_at_again_after_the_new_ones(press: Press) -> None:
    assert press.outcome.status == 0, press.outcome.log
    assert press.sites["looked"].paths == ["/robots.txt", "/tin.rss", NEW, *LOOKED]


def test_each_tells_what_it_is_now(press: Press) -> None:
    *_, same, edited, off, _ = press.outcome.of("looked")
    assert isinstance(same, Unchanged)
    assert same.key == page_key(same.url)
    assert isinstance(edited, Article)
    assert edited.title == "Chi bộ kết nạp 15 đảng viên"
    assert edited.validator == Validator(etag='"moi"')
    assert isinstance(off, Gone)


def test_the_report_counts_new_pages_and_looks_apart_and_every_request(press: Press) -> None:
    report = press.outcome.report("looked")
    assert (report.pages, report.skimmed, report.revisited) == (1, 1, 3)
    assert sum(report.requests.values()) == len(press.sites["looked"].asked)


def test_a_page_without_validators_is_asked_for_without_condition(press: Press) -> None:
    *_, again, _ = press.outcome.of("plain")
    assert isinstance(again, Article)
    assert again.validator is None
    assert "If-None-Match" not in press.sites["plain"].asked[-1].headers


def test_redirects_and_second_tries_are_requests_too(press: Press) -> None:
    site = press.sites["turning"]
    assert site.paths == ["/robots.txt", "/tin.rss", NEW, PLAIN, OFF, OFF, SAME]
    assert press.outcome.report("turning").requests == {site_of(site.home): len(site.asked)}


def test_a_spent_budget_stops_the_crawl_and_what_is_left_stays_pending(press: Press) -> None:
    assert press.sites["spent"].paths == ["/robots.txt", "/tin.rss", NEW]
    report = press.outcome.report("spent")
    failures = [one for one in press.outcome.of("spent") if isinstance(one, Failure)]
    assert [failure.kind for failure in failures] == ["stopped"]
    assert (report.left, report.revisited) == (1, 0)
    assert [entry.outcome for entry in report.entries] == ["read"]


def test_without_any_request_left_nothing_is_sent(press: Press) -> None:
    assert press.sites["empty"].asked == []
    assert [entry.failure for entry in press.outcome.report("empty").entries] == ["stopped"]


def test_sources_on_one_site_share_its_budget(press: Press) -> None:
    assert len(press.sites["shared"].asked) == BUDGETS["shared"]
    requests = [sum(press.outcome.report(key).requests.values()) for key in SHARED]
    assert sum(requests) == BUDGETS["shared"]


@pytest.mark.parametrize("key", PAUSING)
def test_a_pause_without_a_length_gets_one(press: Press, key: str) -> None:
    assert press.sites[key].paths == ["/robots.txt", "/tin.rss", NEW]
    assert press.outcome.report(key).retry_after == UNTOLD_PAUSE
