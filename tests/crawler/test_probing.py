"""A home page and robots.txt propose where a site's news may be found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from crawler.page.markup import parse_page
from crawler.probing import (
    feed_indexes_on,
    feeds_on,
    json_lists_on,
    learn_article_url,
    sections_on,
    site_name,
    sitemaps_in,
    story_links,
)

HOME = "https://baothu.vn/"


def page(body: str, *, head: str = "") -> object:
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    return parse_page(html.encode(), encoding="utf-8")


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("<title>Trang chủ | Báo Thử Nghiệm</title>", "Báo Thử Nghiệm"),
        ("<title>Tin nóng hôm nay - Báo Thử Nghiệm</title>", "Báo Thử Nghiệm"),
        ('<meta property="og:site_name" content="Báo Thử"><title>Khác</title>', "Báo Thử"),
        ("<title>Tỉnh ủy Thử</title>", "Tỉnh ủy Thử"),
        ("", None),
    ],
)
def test_a_site_is_named_as_its_home_page_names_it(head: str, name: str | None) -> None:
    assert site_name(page("<p>x</p>", head=head)) == name


def test_feeds_are_announced_or_linked_and_those_that_matter_come_first() -> None:
    tree = page(
        """<a href="/rss/the-thao.rss">Thể thao</a><a href="/rss/xay-dung-dang.rss">XDĐ</a>
        <a href="/rss.html">RSS</a><a href="https://khac.vn/rss/a.rss">khác</a>
        <a href="/comments/feed/">bình luận</a>""",
        head='<link rel="alternate" type="application/rss+xml" href="/feed/" title="Tin mới">'
        '<link rel="alternate" hreflang="en" href="/en">',
    )
    assert [feed.url for feed in feeds_on(tree, url=HOME)] == [
        "https://baothu.vn/rss/xay-dung-dang.rss",
        "https://baothu.vn/feed/",
        "https://baothu.vn/rss/the-thao.rss",
    ]
    assert feed_indexes_on(tree, url=HOME) == [
        "https://baothu.vn/rss.html",
        "https://baothu.vn/rss",
    ]


def test_sections_are_known_by_the_text_of_their_links() -> None:
    tree = page(
        """<nav><a href="/kinh-te">Kinh tế</a><a href="/c4">Thời sự</a><a href="/c2">CHÍNH TRỊ</a>
        <a href="/c3">Xây dựng Ðảng</a><a href="/">Trang chủ</a></nav>
        <a href="/xay-dung-dang-o-xa-moi-post123456.html">Xây dựng Đảng ở xã mới</a>"""
    )
    sections = [section.url.removeprefix(HOME) for section in sections_on(tree, url=HOME)]
    assert sections == ["c3", "c2", "c4"]


def test_lists_for_programs_are_announced_or_asked_for_by_the_pages_own_scripts() -> None:
    tree = page(
        """<script>fetch("/api/web/tin-moi?limit=20"); get("https://khac.vn/api/news");
        call(`/api/news/${id}`); post("/api/login")</script>""",
        head="""<link rel="alternate" type="application/feed+json" href="/feed.json">
        <link rel="https://api.w.org/" href="https://baothu.vn/wp-json/">""",
    )
    lists = json_lists_on(tree, url=HOME)
    assert {entry.kind for entry in lists} == {"json"}
    assert [entry.url.removeprefix(HOME) for entry in lists] == [
        "feed.json",
        "wp-json/wp/v2/posts",
        "api/web/tin-moi?limit=20",
    ]


def test_robots_names_sitemaps_or_else_the_usual_places_are_tried() -> None:
    robots = "User-agent: *\nSITEMAP: https://baothu.vn/tin.xml\nSitemap: https://khac.vn/x.xml\n"
    [named] = sitemaps_in(robots, url=HOME)
    assert (named.url, named.certainty) == ("https://baothu.vn/tin.xml", "seen")
    usual = sitemaps_in("User-agent: *\n", url=HOME)
    assert [entry.certainty for entry in usual] == ["inferred", "inferred"]


@pytest.mark.parametrize(
    ("paths", "pattern"),
    [
        (["/a-b-post123.html", "/c-d-post456.html", "/e-post789.html"], r"-post\d+\.html$"),
        (["/x/a-b-1234.htm", "/y/c-d-4567.htm", "/z/e-7890.htm"], r"-\d+\.htm$"),
        (["/?gd=25&cn=589&tc=12", "/?gd=25&cn=9&tc=7", "/?gd=1&cn=2&tc=3"], r"[?&]tc=\d+"),
        (["/a/202511/x-y", "/b/202510/z", "/c/202511/w/"], r"/(?:19|20)\d{4}/[^/]+/?$"),
        (["/w/-/view-content/1/a", "/w/-/view-content/22/b", "/-/view-content/3/c"],
         r"/-/view-content/\d+"),
        (["/tin-moi-cua-ngay", "/bai-hai-cua-ngay", "/bai-ba-cua-tuan"],
         r"/[a-z0-9]+(?:-[a-z0-9]+){3,}/?$"),
        (["/a-post1234.html", "/c-post4567.html"], None),
        (["/a-post1234.html", "/gioi-thieu", "/lien-he", "/c-post4567.html"], None),
        ([], None),
    ],
)  # fmt: skip
def test_the_form_of_article_addresses_is_learned(paths: list[str], pattern: str | None) -> None:
    learned = learn_article_url([f"https://baothu.vn{path}" for path in paths])
    assert learned == pattern
    assert pattern is None or all(re.search(pattern, path) for path in paths)


def test_strangers_among_the_addresses_do_no_harm() -> None:
    urls = [f"{HOME}bai-so-{number}-c{number}.html" for number in range(1000, 1009)]
    assert learn_article_url([*urls, f"{HOME}lien-he", f"{HOME}anh/1.jpg"]) == r"-c\d+\.html$"


@settings(max_examples=60)
@given(some.lists(some.text(max_size=30), max_size=8))
def test_what_is_learned_is_an_expression_that_fits_most(paths: list[str]) -> None:
    urls = [f"https://baothu.vn/{path.replace('#', '')}" for path in paths]
    learned = learn_article_url(urls)
    if learned is not None:
        assert sum(bool(re.search(learned, url)) for url in urls) >= 3


def test_headlines_tell_articles_of_an_unknown_form() -> None:
    tree = page(
        '<a href="/lien-he">Liên hệ</a>'
        '<a href="/x1">Một tiêu đề đủ dài để không thể là tên của một chuyên mục</a>'
    )
    assert story_links(tree, url=HOME) == ["https://baothu.vn/x1"]
