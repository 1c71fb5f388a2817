"""The sites as a crawler meets them: pages, feeds, sitemaps, validators, robots.txt."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest
from lxml import etree

from crawler.families import detect_family
from crawler.page.markup import parse_page
from monitor.extractor.text import fold

if TYPE_CHECKING:
    import httpx
    from lxml.html import HtmlElement

    from monitor.press import Press
    from monitor.press.items import Published
    from monitor.press.site import Site

SITES = (
    "bao-gia-lai",
    "bao-lao-cai",
    "bao-ha-nam",
    "phuong-thuy-xuan",
    "viet-nam",
    "bao-nghe-an",
    "bao-quang-ninh",
    "bao-dak-lak",
    "bao-can-tho",
    "bao-thanh-hoa",
)


def tree_of(page: bytes) -> HtmlElement:
    return parse_page(page, encoding="utf-8")


def text_of(page: bytes) -> str:
    return fold(str(tree_of(page).text_content()))


def links_of(response: httpx.Response) -> list[str]:
    anchors = tree_of(response.content).iter("a")
    return [urljoin(str(response.url), anchor.get("href", "")) for anchor in anchors]


def entries_of(site: Site) -> list[str]:
    profile = site.profile
    paths = [feed.path for feed in profile.feeds] + list(profile.listings)
    if profile.sitemap:
        paths.append(profile.sitemap.index)
    return [site.base_url + path for path in paths]


def test_the_press_runs_the_ten_sites_each_on_its_own_port(press: Press) -> None:
    assert tuple(press.sites) == SITES
    assert len({site.base_url for site in press.sites.values()}) == len(SITES)


def test_every_article_page_holds_its_title_and_all_its_paragraphs(
    press: Press, client: httpx.Client
) -> None:
    for row in press.truth():
        response = client.get(row.url)
        assert response.status_code == 200, row.id
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        story, text = press.article(row.id).story, text_of(response.content)
        assert fold(story.title) in text, row.id
        for block in story.body:
            assert fold(block.text) in text, row.id


def test_each_page_can_be_told_by_its_cms_family(press: Press, client: httpx.Client) -> None:
    for row in press.truth():
        family = detect_family(tree_of(client.get(row.url).content), url=row.url)
        assert family is not None, row.url
        assert family.key == press.sites[row.site].family


def test_the_articles_named_in_side_boxes_answer(press: Press, client: httpx.Client) -> None:
    for site in press.sites.values():
        article = site.articles[0]
        page = client.get(site.base_url + article.path)
        pattern = re.compile(site.profile.article_url)
        boxed = {
            link
            for link in links_of(page)
            if link.startswith(site.base_url) and pattern.search(link.removeprefix(site.base_url))
        }
        assert len(boxed) >= 5, site.name
        assert {client.get(link).status_code for link in boxed} == {200}


@pytest.mark.parametrize("key", SITES)
def test_the_address_pattern_of_the_seeds_takes_the_articles_and_not_the_listings(
    press: Press, key: str
) -> None:
    profile = press.sites[key].profile
    pattern = re.compile(profile.article_url)
    assert all(pattern.search(article.path) for article in press.sites[key].articles)
    assert not any(pattern.search(path) for path in profile.listings)


@pytest.mark.parametrize("key", SITES)
def test_a_listing_names_the_newest_articles_more_than_once(
    press: Press, client: httpx.Client, key: str
) -> None:
    site = press.sites[key]
    links = Counter(links_of(client.get(f"{site.base_url}/")))
    newest = [site.base_url + article.path for article in site.articles[:3]]
    assert all(links[link] >= 2 for link in newest)


def test_long_listings_go_on_to_a_second_page(press: Press, client: httpx.Client) -> None:
    site = press.sites["viet-nam"]
    seen = [set(links_of(client.get(f"{site.base_url}/?page={page}"))) for page in (1, 2)]
    addresses = {site.base_url + article.path for article in site.articles}
    assert addresses <= seen[0] | seen[1] or len(addresses) <= 12


def test_a_side_box_headline_of_the_topic_stands_on_a_page_about_something_else(
    press: Press, client: httpx.Client
) -> None:
    page = client.get(press.url("o-gl-khong-khi-lanh"))
    assert fold("Hội Thương bền bỉ phát triển đảng viên") in text_of(page.content)
    assert press.article("o-gl-khong-khi-lanh").story.label == "none"


def test_a_photo_story_of_lao_cai_is_followed_by_other_stories_leads_outside_its_body(
    press: Press, client: httpx.Client
) -> None:
    tree = tree_of(client.get(press.url("o-lc-ruong-bac-thang")).content)
    [body] = tree.cssselect("div.cms-body")
    lead = fold("thành phố Lào Cai")
    assert lead not in fold(str(body.text_content()))
    assert lead in fold(str(tree.cssselect("div.article")[0].text_content()))


def test_the_spelling_of_the_sites_differs_in_code_points_only(
    press: Press, client: httpx.Client
) -> None:
    pages = {
        key: client.get(press.url(key)).text for key in ("hop-thanh", "thuy-xuan", "dl-buon-lang")
    }
    assert "Đảng uỷ xã" in pages["hop-thanh"]
    assert re.search("[âêô][\u0300\u0301\u0303\u0309\u0323]", pages["thuy-xuan"])
    assert "\u00a0" in pages["thuy-xuan"]
    assert "U\u031bo\u031bm" in pages["dl-buon-lang"]


def test_feeds_name_every_article_of_their_section(press: Press, client: httpx.Client) -> None:
    for site in press.sites.values():
        for feed in site.profile.feeds:
            if feed.form not in ("rss", "atom"):
                continue
            root = etree.fromstring(client.get(site.base_url + feed.path).content)
            found = {node.text for node in root.iter("link", "{*}link")}
            found |= {node.get("href") for node in root.iter("{*}link")}
            listed = _of_section(site, feed.section)
            assert {site.base_url + article.path for article in listed} <= found


def test_one_feed_labels_local_time_as_gmt(press: Press, client: httpx.Client) -> None:
    root = etree.fromstring(
        client.get(press.sites["bao-lao-cai"].base_url + "/rss/home.rss").content
    )
    dates = {
        item.findtext("link"): parsedate_to_datetime(item.findtext("pubDate") or "")
        for item in root.iter("item")
    }
    article = press.article("hop-thanh")
    told = dates[press.url("hop-thanh")]
    assert told - article.published_at == timedelta(hours=7)


def test_one_registered_feed_is_a_page_and_one_feed_is_empty(
    press: Press, client: httpx.Client
) -> None:
    broken = client.get(press.sites["bao-quang-ninh"].base_url + "/rss/news/xay-dung-dang.rss")
    assert broken.headers["content-type"].startswith("text/html")
    empty = client.get(press.sites["bao-nghe-an"].base_url + "/rss/xay-dung-dang.rss")
    assert len(list(etree.fromstring(empty.content).iter("item"))) == 0


@pytest.mark.parametrize(
    ("key", "child"),
    [
        ("bao-gia-lai", "/sitemaps/news-2026-11.xml"),
        ("viet-nam", "/sitemap/sitemap-post/2026-11-20.xml"),
        ("bao-nghe-an", "/sitemap-article-2026-11-20.xml"),
    ],
)
def test_sitemap_indexes_lead_through_their_children_to_all_articles(
    press: Press, client: httpx.Client, key: str, child: str
) -> None:
    site = press.sites[key]
    assert site.profile.sitemap is not None
    children = _locations(client, site.base_url + site.profile.sitemap.index)
    assert site.base_url + child in children
    found = {address for each in children for address in _locations(client, each)}
    assert {site.base_url + article.path for article in site.articles} <= found


def test_months_in_sitemap_names_are_not_padded(own_press: Press, client: httpx.Client) -> None:
    story = own_press.article("hoi-thuong").story
    own_press.publish("bao-gia-lai", story, at=datetime(2026, 3, 2, tzinfo=UTC))
    index = own_press.sites["bao-gia-lai"].base_url + "/sitemap.xml"
    assert any(each.endswith("/news-2026-3.xml") for each in _locations(client, index))


@pytest.mark.parametrize("key", SITES)
def test_an_unchanged_entry_answers_304_without_a_body(
    press: Press, client: httpx.Client, key: str
) -> None:
    for url in entries_of(press.sites[key]):
        first = client.get(url)
        by_tag = client.get(url, headers={"If-None-Match": first.headers["etag"]})
        by_date = client.get(url, headers={"If-Modified-Since": first.headers["last-modified"]})
        assert (by_tag.status_code, by_date.status_code) == (304, 304)
        assert by_tag.content == b""


def test_articles_have_no_validators_and_are_always_sent(
    press: Press, client: httpx.Client
) -> None:
    response = client.get(press.url("phu-ly"))
    assert "etag" not in response.headers
    assert "last-modified" not in response.headers


def test_pages_are_zipped_for_those_who_accept_it(press: Press, client: httpx.Client) -> None:
    url = press.url("phu-ly")
    zipped = client.get(url, headers={"Accept-Encoding": "gzip"})
    plain = client.get(url, headers={"Accept-Encoding": "identity"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert zipped.content == plain.content


def test_head_answers_with_the_headers_of_get_and_no_body(
    press: Press, client: httpx.Client
) -> None:
    url = press.url("phu-ly")
    head, get = client.head(url), client.get(url)
    assert head.content == b""
    assert head.headers["content-length"] == get.headers["content-length"]


def test_robots_txt_asks_for_a_pause_on_one_site_and_closes_a_path_on_another(
    press: Press, client: httpx.Client
) -> None:
    texts = {
        key: client.get(f"{site.base_url}/robots.txt").text for key, site in press.sites.items()
    }
    assert [key for key, text in texts.items() if "Crawl-delay: 0.2" in text] == ["bao-dak-lak"]
    assert [key for key, text in texts.items() if "Disallow: /print/" in text] == ["bao-can-tho"]


def test_the_disallowed_print_page_is_linked_and_would_answer(
    press: Press, client: httpx.Client
) -> None:
    site = press.sites["bao-can-tho"]
    links = links_of(client.get(f"{site.base_url}/"))
    [address] = [link for link in links if "/print/" in link]
    assert client.get(address).status_code == 200


def test_every_request_is_logged_with_its_answer(own_press: Press, client: httpx.Client) -> None:
    site = own_press.sites["bao-gia-lai"]
    client.get(f"{site.base_url}/rss/home.rss", headers={"User-Agent": "diembao-test"})
    client.head(f"{site.base_url}/khong-co")
    assert [(each.method, each.path, each.status) for each in site.requests] == [
        ("GET", "/rss/home.rss", 200),
        ("HEAD", "/khong-co", 404),
    ]
    assert site.requests[0].headers["user-agent"] == "diembao-test"
    site.forget_requests()
    assert site.requests == ()


def _of_section(site: Site, section: str | None) -> list[Published]:
    return [each for each in site.articles if section in (None, each.story.section)]


def _locations(client: httpx.Client, url: str) -> list[str]:
    root = etree.fromstring(client.get(url).content)
    return [node.text or "" for node in root.iter("{*}loc")]
