"""One crawl over real HTTP, its child process really started: what is found and what is read."""

from __future__ import annotations

import gzip
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from crawler.items import Article, Gone, Link, SourceTask, Validator
from crawler.urls import page_key
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

BUDGET = 4


@dataclass(frozen=True)
class Press:
    outcome: Outcome
    sites: dict[str, Site]


def _pages(count: int) -> dict[str, Route]:
    return {path: article_page(f"Chi bộ thôn số {path[-6]}") for path in _paths(count)}


def _paths(count: int) -> list[str]:
    return [f"/chi-bo-thon-post10{number}.html" for number in range(count)]


def _sitemap(*entries: tuple[str, str], tag: str = "url", root: str = "urlset") -> str:
    inside = "".join(
        f"<{tag}><loc>{url}</loc><lastmod>{day}</lastmod></{tag}>" for url, day in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</{root}>'
    )


def _listing(*paths: str) -> str:
    links = "".join(f'<h3><a href="{path}">Tin về {path}</a></h3>' for path in paths)
    return f"<!doctype html><html><head><title>Tin mới</title></head><body>{links}</body></html>"


def _answer_changed_since(asked: object) -> Answer:
    headers = getattr(asked, "headers", {})
    if headers.get("If-None-Match") == '"v7"':
        return Answer("", status=304, headers={"ETag": '"v7"'})
    return Answer(feed(*_paths(1)), type="application/rss+xml")


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with ExitStack() as stack:
        sites = {key: stack.enter_context(served(routes)) for key, routes in _sites().items()}
        _furnish(sites)
        limits = replace(QUICK, pages_per_source=BUDGET)
        yield Press(outcome=crawl(job(*_tasks(sites), limits=limits)), sites=sites)


def _sites() -> dict[str, dict[str, Route]]:
    return {
        "feed": _pages(3),
        "index": _pages(2),
        "packed": _pages(1),
        "listing": _pages(2),
        "unchanged": {"/tin.rss": _answer_changed_since},
        "budget": _pages(7),
        "recrawl": _pages(3),
        "gone": {"/tin.rss": Answer(feed(*_paths(2)), type="text/xml")},
        "since": _pages(3),
        "dated": _pages(1),
        "moved": {"/moi-post900.html": article_page("Trang đã chuyển chỗ")},
        "empty": {"/tin.rss": Answer(feed(), type="text/xml")},
    }


def _furnish(sites: dict[str, Site]) -> None:
    """Routes that name their own site's address."""
    sites["feed"].routes["/tin.rss"] = Answer(
        feed(*_paths(3), "/tag/dang-vien.html", "https://bao.example/bai-post1.html"),
        type="application/rss+xml",
        headers={"ETag": '"v1"', "Last-Modified": "Fri, 20 Nov 2026 02:00:00 GMT"},
    )
    home = sites["index"].home
    sites["index"].routes |= {
        "/sitemap.xml": Answer(
            _sitemap(
                (f"{home}/thang-10.xml", "2026-10-31T23:00:00+07:00"),
                (f"{home}/thang-11.xml", "2026-11-20T10:00:00+07:00"),
                tag="sitemap",
                root="sitemapindex",
            ),
            type="application/xml",
            headers={"ETag": '"index"'},
        ),
        "/thang-11.xml": Answer(
            _sitemap(*((f"{home}{path}", "2026-11-20T09:00:00+07:00") for path in _paths(2))),
            type="application/xml",
        ),
    }
    home = sites["packed"].home
    packed = gzip.compress(_sitemap((f"{home}{_paths(1)[0]}", "2026-11-20")).encode())
    sites["packed"].routes["/sitemap.xml.gz"] = Answer(packed, type="application/gzip")
    sites["listing"].routes["/tin"] = Answer(_listing(*_paths(2), "/lien-he", "/rss"))
    for key, count in {"budget": 6, "since": 3}.items():
        sites[key].routes["/tin.rss"] = Answer(feed(*_paths(count)), type="text/xml")
    sites["gone"].routes[_paths(2)[1]] = Answer("đã gỡ", status=410)
    dated = Answer(feed(*_paths(1)), type="text/xml", headers={"ETag": '"d20"'})
    sites["dated"].routes["/2026/11/20.rss"] = dated
    sites["moved"].routes |= {
        "/tin.rss": Answer(feed("/cu-post900.html"), type="text/xml"),
        "/cu-post900.html": Answer("", status=301, headers={"Location": "/moi-post900.html"}),
    }


def _tasks(sites: dict[str, Site]) -> list[SourceTask]:
    home = {key: site.home for key, site in sites.items()}
    waiting = f"{home['budget']}{_paths(7)[6]}"
    known = f"{home['since']}{_paths(3)[0]}"
    feeds = [
        SourceTask(source=source(key, home[key], ("feed", "/tin.rss")))
        for key in ("feed", "gone", "moved", "empty")
    ]
    return [
        *feeds,
        SourceTask(source=source("index", home["index"], ("sitemap", "/sitemap.xml"))),
        SourceTask(source=source("packed", home["packed"], ("sitemap", "/sitemap.xml.gz"))),
        SourceTask(source=source("listing", home["listing"], ("listing", "/tin"))),
        SourceTask(
            source=source("unchanged", home["unchanged"], ("feed", "/tin.rss")),
            validators={f"{home['unchanged']}/tin.rss": Validator(etag='"v7"')},
        ),
        SourceTask(
            source=source("budget", home["budget"], ("feed", "/tin.rss")),
            pending=(
                Link(source="budget", url=waiting, key=page_key(waiting), found_in="/tin.rss"),
            ),
        ),
        SourceTask(
            source=source("recrawl", home["recrawl"], ("feed", "/tin.rss")),
            pages=tuple(f"{home['recrawl']}{path}" for path in _paths(2)),
            known=frozenset({page_key(f"{home['recrawl']}{_paths(1)[0]}")}),
        ),
        SourceTask(
            source=source("since", home["since"], ("feed", "/tin.rss")),
            known=frozenset({page_key(known)}),
            since=datetime(2026, 11, 20, 11, 30, tzinfo=UTC),
        ),
        SourceTask(
            source=source("dated", home["dated"], ("feed", "/{year}/{month:02d}/{day:02d}.rss")),
        ),
    ]


def test_every_source_gets_exactly_one_report_as_its_last_record(press: Press) -> None:
    assert press.outcome.status == 0, press.outcome.log
    for key in press.sites:
        assert press.outcome.report(key).source == key


def test_a_feeds_links_are_told_first_and_then_read(press: Press) -> None:
    kinds = press.outcome.kinds("feed")
    assert kinds == ["link"] * 3 + ["article"] * 3 + ["source"]
    first = press.outcome.of("feed")[0]
    assert isinstance(first, Link)
    assert first.title == "Tin 0"
    assert first.dated_at == datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
    assert first.found_in == f"{press.sites['feed'].home}/tin.rss"
    assert press.sites["feed"].paths[:2] == ["/robots.txt", "/tin.rss"]


def test_foreign_and_tag_addresses_are_no_links_of_the_source(press: Press) -> None:
    [visit] = press.outcome.report("feed").entries
    assert (visit.links, visit.new_links) == (3, 3)
    assert "/tag/dang-vien.html" not in press.sites["feed"].paths


def test_the_validators_of_a_feed_that_was_read_are_told(press: Press) -> None:
    [visit] = press.outcome.report("feed").entries
    assert visit.validator == Validator(etag='"v1"', last_modified="Fri, 20 Nov 2026 02:00:00 GMT")


def test_an_article_holds_the_pages_own_words(press: Press) -> None:
    article = next(record for record in press.outcome.of("feed") if isinstance(record, Article))
    assert article.title == "Chi bộ thôn số 0"
    assert "quần chúng ưu tú" in article.body
    assert article.key == page_key(article.url)


def test_of_a_sitemap_index_only_the_newest_child_is_read(press: Press) -> None:
    assert press.sites["index"].paths[:3] == ["/robots.txt", "/sitemap.xml", "/thang-11.xml"]
    assert press.outcome.kinds("index") == ["link"] * 2 + ["article"] * 2 + ["source"]


def test_an_index_gives_no_validator_since_it_hides_its_children(press: Press) -> None:
    [visit] = press.outcome.report("index").entries
    assert (visit.outcome, visit.validator) == ("read", None)


def test_a_gzipped_sitemap_file_is_unpacked(press: Press) -> None:
    assert press.outcome.kinds("packed") == ["link", "article", "source"]


def test_a_listing_gives_its_articles_only(press: Press) -> None:
    assert press.outcome.kinds("listing") == ["link"] * 2 + ["article"] * 2 + ["source"]


def test_an_unchanged_feed_is_asked_conditionally_and_told_as_such(press: Press) -> None:
    [visit] = press.outcome.report("unchanged").entries
    assert (visit.outcome, visit.links, visit.failure) == ("unchanged", 0, None)
    [_, asked] = press.sites["unchanged"].asked
    assert asked.headers["If-None-Match"] == '"v7"'


def test_pending_links_come_first_and_the_budget_leaves_the_oldest(press: Press) -> None:
    paths = press.sites["budget"].paths
    assert paths[2:] == [_paths(7)[6], *_paths(BUDGET - 1)]
    report = press.outcome.report("budget")
    assert (report.pages, report.articles, report.left) == (BUDGET, BUDGET, 3)
    assert press.outcome.kinds("budget").count("link") == 6


def test_a_recrawl_reads_the_named_pages_and_no_entry(press: Press) -> None:
    assert press.sites["recrawl"].paths == ["/robots.txt", *_paths(2)]
    report = press.outcome.report("recrawl")
    assert (report.entries, report.articles, report.left) == ((), 2, 0)


def test_pages_that_are_gone_are_told_with_their_status(press: Press) -> None:
    gone = [record for record in press.outcome.of("gone") if isinstance(record, Gone)]
    assert [record.status for record in gone] == [404, 410]


def test_known_links_and_those_from_before_since_are_left_alone(press: Press) -> None:
    assert press.sites["since"].paths == ["/robots.txt", "/tin.rss", _paths(3)[1]]
    [visit] = press.outcome.report("since").entries
    assert (visit.links, visit.new_links) == (3, 1)


def test_a_dated_entry_is_told_as_the_source_names_it_without_a_validator(press: Press) -> None:
    [visit] = press.outcome.report("dated").entries
    assert visit.url.endswith("/{year}/{month:02d}/{day:02d}.rss")
    assert (visit.outcome, visit.new_links, visit.validator) == ("read", 1, None)


def test_a_moved_page_keeps_the_key_of_its_link(press: Press) -> None:
    [article] = [record for record in press.outcome.of("moved") if isinstance(record, Article)]
    assert article.url.endswith("/moi-post900.html")
    assert article.key.endswith("/cu-post900.html")


def test_a_feed_without_items_is_a_failure_and_not_a_quiet_day(press: Press) -> None:
    [visit] = press.outcome.report("empty").entries
    assert (visit.outcome, visit.failure, visit.validator) == ("failed", "empty", None)


def test_just_after_midnight_a_dated_entry_is_read_for_yesterday_too() -> None:
    routes: dict[str, Route] = {
        "/19.rss": Answer(feed("/toi-qua-post1.html"), type="text/xml"),
        "/toi-qua-post1.html": article_page("Tin tối qua"),
    }
    with served(routes) as site:
        task = SourceTask(source=source("night", site.home, ("feed", "/{day:02d}.rss")))
        midnight = datetime(2026, 11, 20, tzinfo=UTC) - timedelta(hours=6)
        outcome = crawl(replace(job(task), started_at=midnight))
    assert outcome.kinds("night") == ["link", "article", "source"]
    assert site.paths[1:3] == ["/20.rss", "/19.rss"]
