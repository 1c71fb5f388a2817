"""A backfill over real HTTP: it goes to the days wanted, and asks for nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from crawler.dayrange import first_walks
from crawler.items import Article, Backfill, DayRange, Link, SourceTask, Walk, Walked
from crawler.urls import page_key
from tests.crawler import archived_paper
from tests.crawler.archived_paper import paths_of
from tests.crawler.sites import QUICK, Answer, Outcome, Site, crawl, job, served, source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.items import EntryKind

DAYS = DayRange(first=date(2026, 11, 3), last=date(2026, 11, 6))
WANTED = paths_of(DAYS.first, DAYS.last)


@pytest.fixture
def paper() -> Iterator[Site]:
    with served(archived_paper.pages()) as site:
        site.routes |= archived_paper.daily_sitemaps(site.home)
        site.routes |= archived_paper.listing(dated=True)
        site.routes |= archived_paper.listing("/khong-ngay", dated=False)
        yield site


def task(site: Site, *entries: tuple[EntryKind, str], **more: object) -> SourceTask:
    one = source("bao-cu", site.home, *entries)
    plan = Backfill(days=DAYS, requests=200, walks=first_walks(one, DAYS))
    return SourceTask(source=one, backfill=replace(plan, **more))  # type: ignore[arg-type]  # any


def pages_asked(site: Site) -> list[str]:
    return [path for path in site.paths if "-post" in path]


def lists_asked(site: Site) -> list[str]:
    return [path for path in site.paths if "-post" not in path and path != "/robots.txt"]


def steps(outcome: Outcome) -> list[Walked]:
    return [record for record in outcome.records if isinstance(record, Walked)]


def walks(outcome: Outcome) -> dict[str, Walk]:
    """Where each walk stands at last, by its entry's path."""
    return {"/" + step.walk.entry.split("/", 3)[3]: step.walk for step in steps(outcome)}


def test_of_a_sitemap_index_only_the_files_of_the_days_are_read(paper: Site) -> None:
    outcome = crawl(job(task(paper, ("sitemap", "/sitemap.xml"))))
    assert sorted(pages_asked(paper)) == sorted(WANTED)
    assert lists_asked(paper) == [
        "/sitemap.xml",
        *(f"/sitemap-article-2026-11-0{day}.xml" for day in (6, 5, 4, 3)),
    ]
    assert {record.url for record in outcome.records if isinstance(record, Article)} == {
        paper.home + path for path in WANTED
    }
    [walk] = walks(outcome).values()
    assert walk.is_done
    assert walk.reached_on == DAYS.first
    assert outcome.report("bao-cu").pages == len(WANTED) + 5
    assert sum(step.requests for step in steps(outcome)) == len(WANTED) + 5


def test_a_dated_listing_is_turned_back_until_the_days_are_past(paper: Site) -> None:
    outcome = crawl(job(task(paper, ("listing", "/xay-dung-dang"))))
    assert sorted(pages_asked(paper)) == sorted(WANTED)
    # Three days a page: 19-17, 16-14, 13-11, 10-8, 7-5, 4-2, and two that are past.
    assert lists_asked(paper) == ["/xay-dung-dang"] + [
        f"/xay-dung-dang?page={number}" for number in range(2, 9)
    ]
    [walk] = walks(outcome).values()
    assert walk.is_done
    assert walk.reached_on == DAYS.first


def test_where_a_listing_gives_no_dates_the_pages_decide(paper: Site) -> None:
    outcome = crawl(job(task(paper, ("listing", "/khong-ngay"))))
    assert set(pages_asked(paper)) >= WANTED
    # The first page is read whole; of the next three the last story tells; two hold the days;
    # the last two are left after a few stories from before.
    assert len(pages_asked(paper)) == 6 + 3 * 1 + 2 * 6 + 2 * 4
    assert lists_asked(paper)[-1] == "/khong-ngay?page=8"
    assert walks(outcome)["/khong-ngay"].is_done


def test_what_is_stored_is_not_asked_for_again(paper: Site) -> None:
    stored = sorted(WANTED)[:5]
    known = {page_key(paper.home + path): DAYS.first for path in stored}
    crawl(job(task(paper, ("sitemap", "/sitemap.xml"), known=known)))
    assert sorted(pages_asked(paper)) == sorted(WANTED - set(stored))


def test_every_way_is_walked_and_no_page_asked_for_twice(paper: Site) -> None:
    entries: list[tuple[EntryKind, str]] = [
        ("listing", "/xay-dung-dang"),
        ("sitemap", "/sitemap.xml"),
    ]
    outcome = crawl(job(task(paper, *entries)))
    assert sorted(pages_asked(paper)) == sorted(WANTED)
    assert all(walk.is_done for walk in walks(outcome).values())


def test_spent_requests_end_a_run_and_the_next_goes_on_there(paper: Site) -> None:
    first = task(paper, ("sitemap", "/sitemap.xml"), requests=6)
    outcome = crawl(job(first))
    [walk] = walks(outcome).values()
    assert not walk.is_done
    assert len(paper.asked) == 1 + 6
    read = {record.key for record in outcome.records if isinstance(record, Article)}
    before = len(paper.asked)
    assert first.backfill is not None
    plan = replace(
        first.backfill, walks=(walk,), requests=100, known=dict.fromkeys(read, DAYS.last)
    )
    again = crawl(job(replace(first, backfill=plan)))
    assert "/sitemap.xml" not in [asked.path for asked in paper.asked[before:]]
    assert walks(again)["/sitemap.xml"].is_done
    assert sorted(pages_asked(paper)) == sorted(WANTED)


def test_steps_come_after_what_they_led_to(paper: Site) -> None:
    outcome = crawl(job(task(paper, ("sitemap", "/sitemap.xml"))))
    told: set[str] = set()
    for record in outcome.records:
        if isinstance(record, Link):
            told.add(record.key)
        if isinstance(record, Walked) and record.walk.reached_on is not None:
            reached = paths_of(record.walk.reached_on, DAYS.last)
            assert {page_key(paper.home + path) for path in reached} <= told


def test_a_listing_that_has_no_older_pages_says_how_far_it_leads(paper: Site) -> None:
    paper.routes |= archived_paper.listing(dated=True, last_page=5)
    outcome = crawl(job(task(paper, ("listing", "/xay-dung-dang"))))
    walk = walks(outcome)["/xay-dung-dang"]
    assert walk.is_done
    assert walk.reached_on == date(2026, 11, 6)


def test_a_listing_that_repeats_itself_is_left(paper: Site) -> None:
    first = archived_paper.listing(dated=False)["/xay-dung-dang"]
    assert callable(first)
    paper.routes["/xay-dung-dang?page=2"] = lambda asked: first(
        replace(asked, path="/xay-dung-dang")
    )
    outcome = crawl(job(task(paper, ("listing", "/xay-dung-dang"))))
    assert lists_asked(paper) == ["/xay-dung-dang", "/xay-dung-dang?page=2"]
    assert walks(outcome)["/xay-dung-dang"].is_done


def test_a_file_that_fails_for_now_waits_and_the_others_are_read(paper: Site) -> None:
    paper.routes["/sitemap-article-2026-11-05.xml"] = Answer("", status=500)
    outcome = crawl(job(task(paper, ("sitemap", "/sitemap.xml"))))
    walk = walks(outcome)["/sitemap.xml"]
    assert [point.url for point in walk.waiting] == [f"{paper.home}/sitemap-article-2026-11-05.xml"]
    assert (walk.failure, walk.detail) == ("status", "500")
    assert walk.reached_on == date(2026, 11, 6)
    five = date(2026, 11, 5)
    assert sorted(pages_asked(paper)) == sorted(WANTED - paths_of(five, five))


def test_a_site_that_asks_for_a_pause_ends_the_run_and_loses_nothing(paper: Site) -> None:
    path = sorted(WANTED)[3]
    paper.routes[path] = Answer("", status=429, headers={"Retry-After": "600"})
    outcome = crawl(job(task(paper, ("sitemap", "/sitemap.xml"))))
    assert outcome.report("bao-cu").retry_after == timedelta(minutes=10)
    assert paper.paths[-1] == path
    assert not walks(outcome)["/sitemap.xml"].is_done


def test_the_deadline_ends_a_run_with_what_it_has_read(paper: Site) -> None:
    limits = replace(QUICK, delay=timedelta(milliseconds=300), deadline=timedelta(seconds=2.5))
    outcome = crawl(job(task(paper, ("sitemap", "/sitemap.xml")), limits=limits))
    assert outcome.status == 0
    [walk] = walks(outcome).values()
    assert not walk.is_done
    articles = sum(isinstance(record, Article) for record in outcome.records)
    assert outcome.report("bao-cu").articles == articles > 0


def test_an_estimate_asks_lists_only(paper: Site) -> None:
    entries: list[tuple[EntryKind, str]] = [
        ("listing", "/xay-dung-dang"),
        ("sitemap", "/sitemap.xml"),
    ]
    outcome = crawl(job(task(paper, *entries, is_estimate=True)))
    assert pages_asked(paper) == []
    assert lists_asked(paper)[-1] == "/xay-dung-dang"
    in_sitemaps = sum(step.links for step in steps(outcome) if step.walk.kind == "sitemap")
    assert in_sitemaps == len(WANTED)
    assert steps(outcome)[-1].span == timedelta(days=2)


def test_dated_addresses_are_one_document_a_day(paper: Site) -> None:
    entry = "/sitemap-article-{year}-{month:02d}-{day:02d}.xml"
    crawl(job(task(paper, ("sitemap", entry))))
    assert sorted(pages_asked(paper)) == sorted(WANTED)
    assert lists_asked(paper) == [f"/sitemap-article-2026-11-0{day}.xml" for day in (6, 5, 4, 3)]


def test_robots_holds_for_the_past_too(paper: Site) -> None:
    paper.routes["/robots.txt"] = Answer("User-agent: *\nDisallow: /xay-dung-dang?page=\n")
    outcome = crawl(job(task(paper, ("listing", "/xay-dung-dang"))))
    assert lists_asked(paper) == ["/xay-dung-dang"]
    assert walks(outcome)["/xay-dung-dang"].failure == "robots"
