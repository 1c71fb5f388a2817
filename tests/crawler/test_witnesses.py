"""What entries say of a page's date, held against the page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.dating.witnesses import Witness, Witnesses, heard
from crawler.items import Article, DatedBy, Link, Skimmed

FETCHED_AT = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
TOLD_AT = datetime(2026, 11, 19, 3, 30, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def article(
    at: datetime | None, *, key: str = "a.vn/x", rule: str = "meta", **more: bool
) -> Article:
    return Article(
        source="bao",
        url=f"https://{key}",
        key=key,
        title="T",
        sapo=None,
        body="B",
        published_at=at,
        published_rule=rule if at else None,
        has_time=more.get("has_time", at is not None),
        fetched_at=FETCHED_AT,
        digest="d",
    )


def witness(at: datetime = TOLD_AT, by: DatedBy = "feed") -> Witness:
    return Witness(at=at, by=by, entry="https://a.vn/rss")


def link(at: datetime | None, *, key: str = "a.vn/x", by: DatedBy | None = "feed") -> Link:
    found_in = f"https://a.vn/{by}"
    return Link(
        source="bao", url=f"https://{key}", key=key, found_in=found_in, dated_at=at, dated_by=by
    )


def test_a_witness_that_agrees_is_noted_and_the_pages_date_stands() -> None:
    page = heard(article(TOLD_AT - HOUR), witness())
    assert (page.published_at, page.published_rule) == (TOLD_AT - HOUR, "meta")
    assert (page.witness_at, page.is_date_disputed) == (TOLD_AT, False)


@pytest.mark.parametrize("by", ["feed", "sitemap", "listing"])
@pytest.mark.parametrize(
    ("apart", "is_disputed"),
    [(2 * DAY, False), (-2 * DAY, False), (2 * DAY + HOUR, True), (-2 * DAY - HOUR, True)],
)
def test_more_than_two_days_apart_are_a_dispute(
    by: DatedBy, apart: timedelta, is_disputed: bool
) -> None:
    page = heard(article(TOLD_AT - 5 * DAY + apart), witness(TOLD_AT - 5 * DAY, by))
    assert page.is_date_disputed is is_disputed
    assert page.published_rule == "meta"


def test_a_change_after_the_publication_is_no_dispute_and_one_before_is() -> None:
    later = heard(article(TOLD_AT - 9 * DAY), witness(by="lastmod"))
    earlier = heard(article(TOLD_AT), witness(TOLD_AT - 9 * DAY, "lastmod"))
    assert (later.is_date_disputed, earlier.is_date_disputed) == (False, True)


def test_where_only_days_are_known_days_are_compared() -> None:
    midnight = datetime(2026, 11, 16, 17, 0, tzinfo=UTC)
    day = article(midnight, has_time=False)
    assert not heard(day, witness(midnight + 2 * DAY + 23 * HOUR)).is_date_disputed
    assert heard(day, witness(midnight + 3 * DAY)).is_date_disputed


@pytest.mark.parametrize(
    ("by", "rule"),
    [("feed", "feed"), ("sitemap", "sitemap"), ("lastmod", "sitemap"), ("listing", "listing")],
)
def test_a_page_without_a_date_takes_the_witnesss(by: DatedBy, rule: str) -> None:
    page = heard(article(None), witness(by=by))
    assert (page.published_at, page.published_rule, page.has_time) == (TOLD_AT, rule, True)
    assert (page.published_raw, page.is_date_disputed) == ("2026-11-19T03:30:00+00:00", False)
    midnight = datetime(2026, 11, 18, 17, 0, tzinfo=UTC)
    page = heard(article(None), witness(midnight, by))
    assert (page.published_at, page.has_time) == (midnight, False)


def test_a_skimmed_page_without_a_date_takes_it_too() -> None:
    skimmed = Skimmed(source="bao", url="u", key="k", title="T", fetched_at=FETCHED_AT)
    page = heard(skimmed, witness())
    assert (page.published_at, page.published_rule) == (TOLD_AT, "feed")


def test_a_guess_gives_way_to_who_tells_the_publication() -> None:
    guessed = article(TOLD_AT - 30 * DAY, rule="htmldate", has_time=False)
    page = heard(guessed, witness())
    assert (page.published_at, page.published_rule) == (TOLD_AT, "feed")
    assert page.is_date_disputed
    assert heard(guessed, witness(by="lastmod")).published_rule == "htmldate"
    near = article(TOLD_AT - HOUR, rule="htmldate", has_time=False)
    assert heard(near, witness()).published_rule == "htmldate"


@pytest.mark.parametrize(
    "at", [FETCHED_AT + 2 * DAY, datetime(1970, 1, 1, tzinfo=UTC), datetime(1996, 1, 1, tzinfo=UTC)]
)
def test_a_witness_that_cannot_be_true_is_not_heard(at: datetime) -> None:
    for page in (article(None), article(TOLD_AT)):
        assert heard(page, witness(at)) == page


def test_a_sitemap_that_stamps_the_present_moment_gives_no_date() -> None:
    page = heard(article(None), witness(FETCHED_AT - timedelta(minutes=3), "lastmod"))
    assert page.published_at is None


def test_a_feed_that_is_seven_hours_late_does_not_win() -> None:
    witnesses = Witnesses()
    told = {"a.vn/x": TOLD_AT + 7 * HOUR, "a.vn/y": TOLD_AT + 9 * HOUR}
    witnesses.call([link(at, key=key) for key, at in told.items()], now=FETCHED_AT)
    dated = witnesses.hear(article(TOLD_AT))
    undated = witnesses.hear(article(None, key="a.vn/y"))
    assert (dated.published_at, dated.is_date_disputed) == (TOLD_AT, False)
    assert (undated.published_at, undated.published_rule) == (TOLD_AT + 2 * HOUR, "feed")
    assert undated.witness_at == TOLD_AT + 9 * HOUR


def test_a_feed_that_is_sometimes_right_is_not_taken_for_mislabelled() -> None:
    witnesses = Witnesses()
    keys = ("a.vn/x", "a.vn/y", "a.vn/z")
    witnesses.call([link(TOLD_AT, key=key) for key in keys], now=FETCHED_AT)
    witnesses.hear(article(TOLD_AT))
    witnesses.hear(article(TOLD_AT - 7 * HOUR, key="a.vn/y"))
    assert witnesses.hear(article(None, key="a.vn/z")).published_at == TOLD_AT


def test_a_feed_that_is_ahead_of_the_clock_is_seven_hours_late() -> None:
    page = heard(article(None), witness(FETCHED_AT + 6 * HOUR))
    assert page.published_at == FETCHED_AT - HOUR
    witnesses = Witnesses()
    told = {"a.vn/x": FETCHED_AT + 6 * HOUR, "a.vn/y": TOLD_AT}
    witnesses.call([link(at, key=key) for key, at in told.items()], now=FETCHED_AT)
    assert witnesses.hear(article(None, key="a.vn/y")).published_at == TOLD_AT - 7 * HOUR


@pytest.mark.parametrize("order", [1, -1])
def test_of_several_entries_the_one_that_tells_the_publication_is_heard(order: int) -> None:
    links = [
        link(TOLD_AT, by="feed"),
        link(None, by=None),
        link(TOLD_AT + 9 * DAY, by=None),
        link(TOLD_AT + 3 * HOUR, by="listing"),
        link(TOLD_AT + 4 * HOUR, by="lastmod"),
    ][::order]
    witnesses = Witnesses()
    witnesses.call(links, now=FETCHED_AT)
    assert witnesses.hear(article(None)).published_at == TOLD_AT


def test_a_page_no_entry_told_of_stays_as_it_is() -> None:
    witnesses = Witnesses()
    witnesses.call([link(None, by=None)], now=FETCHED_AT)
    assert witnesses.hear(article(None)) == article(None)
