"""A survey over real HTTP: what a site offers is found with a crawl's own manners."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from crawler.items import Article, Link, SourceTask, Survey
from tests.crawler.sites import (
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

    from crawler.items import EntryVisit

STORIES = [f"/chi-bo-thon-so-post10{number}.html" for number in range(7)]
XML = "application/xml"


def sitemap(*urls: str) -> Answer:
    inside = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return Answer(
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</urlset>', type=XML
    )


def home(*paths: str, title: str = "Trang chủ | Báo Khảo Sát") -> Answer:
    links = "".join(f'<a href="{path}">Chuyên mục {path}</a>' for path in paths)
    return Answer(f"<html><head><title>{title}</title></head><body>{links}</body></html>")


@pytest.fixture(scope="module")
def surveyed() -> Iterator[tuple[Outcome, dict[str, Site]]]:
    """Three sites: one lists its feeds on a page, one leads elsewhere, one is closed to us."""
    pages = {path: article_page(f"Chi bộ thôn {path[-6]}") for path in STORIES}
    with served(pages) as rich, served({}) as elsewhere, served({}) as closed:
        rich.routes |= {
            "/": Answer("", status=301, headers={"Location": "/trang-chu"}),
            "/trang-chu": home("/rss.html", "/lien-he", "/cam/thoi-su"),
            "/robots.txt": Answer(
                f"User-agent: *\nDisallow: /cam/\nSitemap: {rich.home}/tin.xml\n", type="text/plain"
            ),
            "/rss.html": Answer(
                '<html><body><a href="/rss/xay-dung-dang.rss">Xây dựng Đảng</a>'
                '<a href="/rss/hong.rss">Thể thao</a></body></html>'
            ),
            "/rss/xay-dung-dang.rss": Answer(feed(*STORIES[:6], home=rich.home), type=XML),
            "/rss/hong.rss": Answer("<html><body>RSS</body></html>"),
            "/tin.xml": sitemap(f"{rich.home}/", *(rich.home + path for path in STORIES)),
        }
        elsewhere.routes |= {
            "/": home(title="Báo Dời Nhà"),
            "/rss/home.rss": Answer(feed(*STORIES, home=rich.home), type=XML),
        }
        closed.routes["/robots.txt"] = Answer("User-agent: *\nDisallow: /\n", type="text/plain")
        sites = {"rich": rich, "elsewhere": elsewhere, "closed": closed}
        tasks = [
            SourceTask(source=source(key, site.home), survey=True) for key, site in sites.items()
        ]
        yield crawl(job(*tasks)), sites


def visits(outcome: Outcome, key: str) -> dict[str, EntryVisit]:
    """By the address on the site."""
    return {visit.url.split("/", 3)[3]: visit for visit in outcome.report(key).entries}


def survey(outcome: Outcome, key: str) -> Survey:
    [found] = [record for record in outcome.of(key) if isinstance(record, Survey)]
    return found


def test_a_page_that_lists_feeds_and_robots_lead_on(
    surveyed: tuple[Outcome, dict[str, Site]],
) -> None:
    outcome, sites = surveyed
    assert outcome.status == 0
    found = visits(outcome, "rich")
    assert (found["rss/xay-dung-dang.rss"].outcome, found["rss/xay-dung-dang.rss"].links) == (
        "read",
        6,
    )
    assert found["rss/hong.rss"].failure == "not-html"
    assert found["tin.xml"].links == 8
    told = survey(outcome, "rich")
    assert told.home == f"{sites['rich'].home}/trang-chu"
    assert (told.title, told.article_url) == ("Báo Khảo Sát", r"-post\d+\.html$")


def test_the_newest_articles_are_read_and_no_other_page(
    surveyed: tuple[Outcome, dict[str, Site]],
) -> None:
    outcome, sites = surveyed
    read = [record.url for record in outcome.of("rich") if isinstance(record, Article)]
    assert read == [sites["rich"].home + path for path in STORIES[:5]]
    assert outcome.report("rich").pages == 5


def test_what_robots_forbids_is_not_asked_for(surveyed: tuple[Outcome, dict[str, Site]]) -> None:
    outcome, sites = surveyed
    assert visits(outcome, "rich")["cam/thoi-su"].failure == "robots"
    assert not [path for path in sites["rich"].paths if path.startswith("/cam")]
    assert set(sites["closed"].paths) == {"/robots.txt"}
    assert survey(outcome, "closed").failure == "robots"


def test_a_feed_that_leads_to_another_site_is_told_and_not_followed(
    surveyed: tuple[Outcome, dict[str, Site]],
) -> None:
    outcome, sites = surveyed
    visit = visits(outcome, "elsewhere")["rss/home.rss"]
    assert (visit.outcome, visit.failure) == ("failed", "guard")
    assert visit.detail == f"leads to 127.0.0.1:{sites['rich'].port}"
    assert not [record for record in outcome.of("elsewhere") if isinstance(record, Article | Link)]


def test_a_site_without_feed_and_sitemap_is_read_from_its_json_list() -> None:
    with served({path: article_page(f"Chi bộ thôn {path[-6]}") for path in STORIES}) as site:
        site.routes |= {
            "/": Answer(
                "<html><head><title>Báo Kịch Bản</title></head><body><div id=app></div>"
                '<script>load("/api/tin-moi?page=1")</script></body></html>'
            ),
            "/api/tin-moi?page=1": Answer(
                json.dumps([{"url": path, "title": "Tin"} for path in STORIES]),
                type="application/json",
            ),
        }
        task = SourceTask(source=source("scripted", site.home), survey=True)
        outcome = crawl(job(task))
    read = [visit for visit in outcome.report("scripted").entries if visit.outcome == "read"]
    assert [(visit.kind, visit.links) for visit in read] == [("json", len(STORIES))]
    assert any(isinstance(record, Article) for record in outcome.of("scripted"))
