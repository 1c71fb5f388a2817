"""Which days files and links speak of."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.dayrange import (
    days_of_article,
    days_of_file,
    first_walks,
    may_hold,
    median_day,
    newest_first,
    reached_before,
    side_of_link,
)
from crawler.feeds import FoundLink, SitemapChild
from crawler.items import DatedBy, DayRange, Waypoint
from tests.crawler.sites import source

NOVEMBER = DayRange(first=date(2026, 11, 1), last=date(2026, 11, 30))
FIRST_WEEK = DayRange(first=date(2026, 11, 2), last=date(2026, 11, 8))


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("/sitemaps/news-2026-9.xml", date(2026, 9, 1), date(2026, 9, 30)),
        ("/sitemap-article-2026-11-05.xml", date(2026, 11, 5), date(2026, 11, 5)),
        ("/post-sitemap-202602.xml.gz", date(2026, 2, 1), date(2026, 2, 28)),
        ("/sitemap-20261105.xml", date(2026, 11, 5), date(2026, 11, 5)),
        ("/sitemap.xml?yyyy=2026&mm=11&dd=05", date(2026, 11, 5), date(2026, 11, 5)),
        ("/sitemaps/2026/12.xml", date(2026, 12, 1), date(2026, 12, 31)),
        ("/tin-11-2026.xml", date(2026, 11, 1), date(2026, 11, 30)),
        ("/tin-5-11-2026.xml", date(2026, 11, 5), date(2026, 11, 5)),
        ("/sitemap-2026.xml", date(2026, 1, 1), date(2026, 12, 31)),
        ("/2026/sitemap-2026-11.xml", date(2026, 11, 1), date(2026, 11, 30)),
    ],
)
def test_a_file_is_named_after_its_days(name: str, first: date, last: date) -> None:
    assert days_of_file(f"https://a.vn{name}") == DayRange(first=first, last=last)


@pytest.mark.parametrize(
    "name", ["/sitemap.xml", "/post-sitemap12.xml", "/news-2026-13.xml", "/x-1850-2.xml"]
)
def test_other_numbers_are_no_days(name: str) -> None:
    found = days_of_file(f"https://a.vn{name}")
    assert found is None or found.first.year == 2026


@given(st.dates(date(1998, 1, 1), date(2030, 12, 31)), st.sampled_from(["-", "_", "/"]))
@settings(max_examples=60, deadline=None)
def test_padded_or_not_a_month_file_meets_its_days(day: date, joint: str) -> None:
    days = DayRange(first=day, last=day)
    for month in (f"{day.month}", f"{day.month:02d}"):
        named = days_of_file(f"https://a.vn/sitemaps/news-{day.year}{joint}{month}.xml")
        assert named is not None
        assert named.meets(days)
        assert not named.meets(DayRange(first=named.last + timedelta(1), last=date.max))


@given(st.text(alphabet="0123456789-/_.?=&ymd", max_size=30))
@settings(max_examples=200, deadline=None)
def test_any_name_is_read_without_an_error(name: str) -> None:
    found = days_of_file(f"https://a.vn/{name}")
    assert found is None or found.first <= found.last
    days_of_article(f"https://a.vn/{name}")


def test_an_articles_numbers_are_days_in_folders_only() -> None:
    assert days_of_article("https://a.vn/nghi-quyet-2025-2030-post1.html") is None
    assert days_of_article("https://a.vn/202611/tin-a-1") == NOVEMBER
    day = date(2026, 11, 5)
    assert days_of_article("https://a.vn/2026/11/05/tin/") == DayRange(first=day, last=day)


def test_a_file_without_days_in_its_name_is_judged_by_its_last_change() -> None:
    def child(at: datetime | None) -> SitemapChild:
        return SitemapChild("https://a.vn/chinh-tri.xml", at)

    assert may_hold(child(None), FIRST_WEEK)
    assert may_hold(child(datetime(2026, 12, 1, tzinfo=UTC)), FIRST_WEEK)
    assert may_hold(child(datetime(2026, 11, 1, 12, tzinfo=UTC)), FIRST_WEEK)
    assert not may_hold(child(datetime(2026, 10, 30, tzinfo=UTC)), FIRST_WEEK)


def test_months_are_ordered_by_number_and_not_by_letters() -> None:
    files = [SitemapChild(f"https://a.vn/news-2026-{month}.xml", None) for month in (9, 11, 10, 2)]
    ordered = [child.url[-6:-4].strip("-") for child in newest_first(files)]
    assert ordered == ["11", "10", "9", "2"]


@pytest.mark.parametrize(
    ("day", "by", "side"),
    [
        (date(2026, 11, 1), "listing", "before"),
        (date(2026, 11, 2), "feed", "within"),
        (date(2026, 11, 9), "sitemap", "after"),
        (date(2026, 11, 10), "lastmod", "within"),  # published earlier, changed since
        (date(2026, 11, 20), "lastmod", "after"),
        (date(2026, 11, 1), "lastmod", "before"),
        (None, None, None),
    ],
)
def test_a_link_lies_to_the_days_as_its_entry_tells(
    day: date | None, by: DatedBy | None, side: str | None
) -> None:
    at = None if day is None else datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    assert side_of_link(FoundLink("https://a.vn/x-1.html", None, at, by), FIRST_WEEK) == side


def test_a_change_years_later_does_not_hide_a_story_whose_address_tells_its_month() -> None:
    at = datetime(2026, 11, 5, tzinfo=UTC)
    old = FoundLink("https://a.vn/202011/tin-a", None, at, "lastmod")
    assert side_of_link(old, FIRST_WEEK) == "before"


def test_the_middle_of_the_days_is_not_moved_by_a_pinned_story() -> None:
    days = [date(2020, 1, 1), date(2026, 11, 5), None, date(2026, 11, 4), date(2026, 11, 6)]
    assert median_day(days) == date(2026, 11, 5)
    assert median_day([None]) is None


def test_what_is_left_tells_how_far_one_has_come() -> None:
    def files(*days: int) -> list[Waypoint]:
        urls = (f"https://a.vn/sitemap-2026-11-{day:02d}.xml" for day in days)
        return [Waypoint(url=url, kind="sitemap") for url in urls]

    assert reached_before(files(), FIRST_WEEK) == FIRST_WEEK.first
    assert reached_before(files(5, 4, 3), FIRST_WEEK) == date(2026, 11, 6)
    assert reached_before(files(8, 7), FIRST_WEEK) is None
    assert reached_before([Waypoint(url="https://a.vn/s.xml", kind="sitemap")], FIRST_WEEK) is None


def test_ways_into_the_past_begin_with_those_that_tell_dates() -> None:
    one = source(
        "a",
        "https://a.vn",
        ("listing", "/chinh-tri"),
        ("feed", "/rss"),
        ("sitemap", "/tin-{year}-{month}.xml"),
    )
    walks = first_walks(one, DayRange(first=date(2026, 10, 30), last=date(2026, 11, 2)))
    assert [walk.kind for walk in walks] == ["sitemap", "feed", "listing"]
    assert [point.url[-11:] for point in walks[0].waiting] == ["2026-11.xml", "2026-10.xml"]
