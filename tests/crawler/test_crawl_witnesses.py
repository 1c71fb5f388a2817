"""Dates of feeds, sitemaps and listings as witnesses, over real HTTP."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from crawler.items import Article, Link, SourceTask
from crawler.urls import page_key
from tests.crawler.sites import (
    Answer,
    Outcome,
    Route,
    Site,
    article_page,
    crawl,
    job,
    served,
    source,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

AT = datetime(2026, 3, 12, 1, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
UNDATED = article_page("Trang không ghi ngày", day="")


def _page(at: datetime) -> Answer:
    return article_page("Trang có ghi ngày", day=at.isoformat())


def _feed(items: dict[str, datetime]) -> Answer:
    told = "".join(
        f"<item><title>T</title><link>{path}</link>"
        f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for path, at in items.items()
    )
    return Answer(f'<rss version="2.0"><channel>{told}</channel></rss>', type="text/xml")


def _sitemap(home: str, items: dict[str, tuple[str, datetime]]) -> Answer:
    news = "<n:news><n:publication_date>{:%Y-%m-%dT%H:%M:%SZ}</n:publication_date></n:news>"
    forms = {"lastmod": "<lastmod>{:%Y-%m-%dT%H:%M:%SZ}</lastmod>", "news": news}
    told = "".join(
        f"<url><loc>{home}{path}</loc>{forms[kind].format(at)}</url>"
        for path, (kind, at) in items.items()
    )
    return Answer(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{told}</urlset>',
        type="application/xml",
    )


def _listing(items: dict[str, datetime]) -> Answer:
    told = "".join(
        f'<div><a href="{path}">Tin ở xã</a> <time rel="{at.timestamp():.0f}">x</time></div>'
        for path, at in items.items()
    )
    return Answer(f"<!doctype html><html><body>{told}</body></html>")


@dataclass(frozen=True)
class Press:
    outcome: Outcome
    sites: dict[str, Site]

    def article(self, key: str, path: str) -> Article:
        articles = [record for record in self.outcome.of(key) if isinstance(record, Article)]
        return next(article for article in articles if article.url.endswith(path))


SITES: dict[str, dict[str, Route]] = {
    "feed": {
        "/tin.rss": _feed(
            {"/dung-post1.html": AT, "/lech-post2.html": AT, "/khong-post3.html": AT}
        ),
        "/dung-post1.html": _page(AT + HOUR),
        "/lech-post2.html": _page(AT - 9 * DAY),
        "/khong-post3.html": UNDATED,
    },
    "late": {
        # The links' dates decide the order: the newest page is read first.
        "/tin.rss": _feed({"/co-post1.html": AT + 8 * HOUR, "/khong-post2.html": AT + 7 * HOUR}),
        "/co-post1.html": _page(AT + HOUR),
        "/khong-post2.html": UNDATED,
    },
    "sitemap": {
        "/sau-post1.html": _page(AT),
        "/truoc-post2.html": _page(AT),
        "/khong-post3.html": UNDATED,
        "/tin-post4.html": _page(AT - 9 * DAY),
    },
    "listing": {
        "/tin": _listing({"/khong-post1.html": AT, "/lech-post2.html": AT}),
        "/khong-post1.html": UNDATED,
        "/lech-post2.html": _page(AT - 9 * DAY),
    },
    "pending": {"/tin.rss": _feed({"/moi-post9.html": AT}), "/cho-post1.html": UNDATED},
    "both": {
        "/khong-ngay.rss": Answer(
            "<rss><channel><item><link>/hai-post1.html</link></item></channel></rss>"
        ),
        "/tin.rss": _feed({"/hai-post1.html": AT}),
        "/hai-post1.html": UNDATED,
    },
}


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with ExitStack() as stack:
        sites = {key: stack.enter_context(served(routes)) for key, routes in SITES.items()}
        home = sites["sitemap"].home
        sites["sitemap"].routes["/sitemap.xml"] = _sitemap(
            home,
            {
                "/sau-post1.html": ("lastmod", AT + 9 * DAY),
                "/truoc-post2.html": ("lastmod", AT - 9 * DAY),
                "/khong-post3.html": ("lastmod", AT),
                "/tin-post4.html": ("news", AT),
            },
        )
        yield Press(outcome=crawl(job(*_tasks(sites))), sites=sites)


def _tasks(sites: dict[str, Site]) -> list[SourceTask]:
    home = {key: site.home for key, site in sites.items()}
    waiting = f"{home['pending']}/cho-post1.html"
    link = Link(
        source="pending",
        url=waiting,
        key=page_key(waiting),
        found_in=f"{home['pending']}/tin.rss",
        dated_at=AT,
        dated_by="feed",
    )
    undated, dated = ("feed", "/khong-ngay.rss"), ("feed", "/tin.rss")
    return [
        SourceTask(source=source("feed", home["feed"], ("feed", "/tin.rss"))),
        SourceTask(source=source("late", home["late"], ("feed", "/tin.rss"))),
        SourceTask(source=source("sitemap", home["sitemap"], ("sitemap", "/sitemap.xml"))),
        SourceTask(source=source("listing", home["listing"], ("listing", "/tin"))),
        SourceTask(
            source=source("pending", home["pending"], ("feed", "/tin.rss")), pending=(link,)
        ),
        SourceTask(source=source("both", home["both"], undated, dated)),  # type: ignore[arg-type]  # literals
    ]


def test_links_say_how_their_entry_knows_the_date(press: Press) -> None:
    assert press.outcome.status == 0, press.outcome.log
    links = [record for record in press.outcome.records if isinstance(record, Link)]
    told = {(link.source, link.url.rpartition("/")[2]): link.dated_by for link in links}
    assert told["feed", "dung-post1.html"] == "feed"
    assert told["sitemap", "sau-post1.html"] == "lastmod"
    assert told["sitemap", "tin-post4.html"] == "sitemap"
    assert told["listing", "khong-post1.html"] == "listing"
    assert told["both", "hai-post1.html"] is None


def test_a_feed_that_agrees_is_a_witness_and_one_that_does_not_a_dispute(press: Press) -> None:
    agreed, disputed = (
        press.article("feed", f"/{name}.html") for name in ("dung-post1", "lech-post2")
    )
    assert (agreed.published_at, agreed.witness_at) == (AT + HOUR, AT)
    assert (agreed.is_date_disputed, disputed.is_date_disputed) == (False, True)
    assert (disputed.published_at, disputed.published_rule) == (AT - 9 * DAY, "meta")


@pytest.mark.parametrize(
    ("key", "path", "rule"),
    [
        ("feed", "/khong-post3.html", "feed"),
        ("sitemap", "/khong-post3.html", "sitemap"),
        ("listing", "/khong-post1.html", "listing"),
        ("pending", "/cho-post1.html", "feed"),
        ("both", "/hai-post1.html", "feed"),
    ],
)
def test_a_page_without_a_date_takes_the_entrys(
    press: Press, key: str, path: str, rule: str
) -> None:
    article = press.article(key, path)
    assert (article.published_at, article.published_rule, article.has_time) == (AT, rule, True)
    assert (article.witness_at, article.is_date_disputed) == (AT, False)


def test_a_feed_with_a_wrong_zone_label_is_recognised_and_does_not_win(press: Press) -> None:
    dated, undated = (
        press.article("late", f"/{name}.html") for name in ("co-post1", "khong-post2")
    )
    assert (dated.published_at, dated.is_date_disputed) == (AT + HOUR, False)
    assert (undated.published_at, undated.published_rule) == (AT, "feed")
    assert undated.witness_at == AT + 7 * HOUR


def test_a_sitemaps_change_after_the_page_is_no_dispute_and_one_before_is(press: Press) -> None:
    names = ("sau-post1", "truoc-post2", "tin-post4")
    disputed = [press.article("sitemap", f"/{name}.html").is_date_disputed for name in names]
    assert disputed == [False, True, True]


def test_a_listings_card_is_a_witness(press: Press) -> None:
    assert press.article("listing", "/lech-post2.html").is_date_disputed
