from __future__ import annotations

import gzip
import zlib
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import ReadingError
from crawler.feeds import FoundLink, parse_feed, parse_sitemap
from crawler.listings import parse_listing

BASE = "https://a.vn/rss/home.rss"


def rss(items: str) -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()


def test_an_item_gives_address_title_and_time() -> None:
    feed = rss(
        "<item><title><![CDATA[Xã <b>A</b> &amp; xã B]]></title><link>/xa-a-post1.html</link>"
        "<pubDate>Fri, 20 Nov 2026 10:00:00 +0700</pubDate></item>"
    )
    assert parse_feed(feed, base_url=BASE) == [
        FoundLink(
            "https://a.vn/xa-a-post1.html",
            "Xã A & xã B",
            datetime(2026, 11, 20, 3, 0, tzinfo=UTC),
            "feed",
        )
    ]


@pytest.mark.parametrize(
    ("raw", "hour"),
    [
        ("Fri, 20 Nov 2026 10:00:00 GMT+7", 3),
        ("Fri, 20 Nov 2026 10:00:00 GMT", 10),
        ("20/11/2026 10:00", 3),
        ("2026-11-20T10:00:00+07:00", 3),
        ("2026-11-20 10:00:00", 3),
    ],
)
def test_publication_times_are_read_in_every_form_met(raw: str, hour: int) -> None:
    feed = rss(f"<item><link>https://a.vn/x-1.html</link><pubDate>{raw}</pubDate></item>")
    assert parse_feed(feed, base_url=BASE)[0].dated_at == datetime(2026, 11, 20, hour, tzinfo=UTC)


@pytest.mark.parametrize("raw", ["", "hôm qua", "31/02/2026", "Thu, 01 Jan 1970 00:00:00 GMT"])
def test_a_date_that_cannot_be_is_none(raw: str) -> None:
    feed = rss(f"<item><link>https://a.vn/x-1.html</link><pubDate>{raw}</pubDate></item>")
    assert parse_feed(feed, base_url=BASE)[0].dated_at is None


def test_atom_takes_the_alternate_link_and_not_the_last_change() -> None:
    feed = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title>
      <link rel="self" href="/self"/><link rel="alternate" href="/x-1.html"/>
      <updated>2026-11-01T00:00:00Z</updated></entry></feed>"""
    assert parse_feed(feed, base_url=BASE) == [FoundLink("https://a.vn/x-1.html", "T", None)]


def test_rdf_and_a_guid_in_the_links_place_are_read() -> None:
    feed = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <item><title>T</title><guid>https://a.vn/x-1.html</guid>
      <dc:date>2026-11-20T10:00:00+07:00</dc:date></item></rdf:RDF>"""
    link = parse_feed(feed, base_url=BASE)[0]
    assert (link.url, link.dated_at) == (
        "https://a.vn/x-1.html",
        datetime(2026, 11, 20, 3, tzinfo=UTC),
    )


def test_each_page_is_given_once_and_foreign_schemes_not_at_all() -> None:
    feed = rss(
        "<item><link>https://a.vn/x-1.html</link></item>"
        "<item><link>http://www.a.vn/x-1.html?utm_source=rss</link></item>"
        "<item><link>javascript:alert(1)</link></item>"
    )
    assert [link.url for link in parse_feed(feed, base_url=BASE)] == ["https://a.vn/x-1.html"]


def test_html_entities_and_broken_markup_do_not_lose_the_feed() -> None:
    feed = rss(
        "<item><title>A &nbsp; B &ndash; C</title><link>https://a.vn/x-1.html</link></item><b"
    )
    assert parse_feed(feed, base_url=BASE)[0].title == "A B – C"


def test_entities_are_not_expanded() -> None:
    bomb = b"""<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">
      <!ENTITY file SYSTEM "file:///etc/hostname">]><rss><channel><item>
      <title>x&b;&file;</title><link>https://a.vn/x-1.html</link></item></channel></rss>"""
    title = parse_feed(bomb, base_url=BASE)[0].title or ""
    assert "haha" not in title
    assert len(title) < 20


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"RssPage.html", "not-html"),
        (b"<!DOCTYPE html><html><body><p>Trang chu</p></body></html>", "not-html"),
        (b"%PDF-1.7 ...", "not-html"),
        (b'{"items": []}', "not-html"),
        (rss(""), "empty"),
        (rss("<item><title>T</title></item>"), "empty"),
        (b"<opml><body/></opml>", "parse"),
        (b'<script>document.cookie="D1N=0f";window.location.reload(true)</script>', "challenge"),
    ],
)
def test_what_is_no_feed_says_why(body: bytes, kind: str) -> None:
    with pytest.raises(ReadingError) as refusal:
        parse_feed(body, base_url=BASE)
    assert refusal.value.kind == kind


URLSET = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://a.vn/x-post1.html</loc><lastmod>2026-11-03T00:00:00+07:00</lastmod>
  <image:image><image:loc>https://a.vn/i.jpg</image:loc></image:image>
  <news:news><news:publication_date>2026-11-01T08:00:00+07:00</news:publication_date>
  <news:title>Xã A</news:title></news:news></url>
<url><loc> https://a.vn/y-post2.html </loc><lastmod>2026-11-02T07:00:00+07:00</lastmod></url>
</urlset>""".encode()


@pytest.mark.parametrize("body", [URLSET, gzip.compress(URLSET)])
def test_a_sitemap_gives_pages_with_news_tags_first(body: bytes) -> None:
    sitemap = parse_sitemap(body, base_url="https://a.vn/sitemap.xml")
    assert sitemap.links == [
        FoundLink(
            "https://a.vn/x-post1.html", "Xã A", datetime(2026, 11, 1, 1, tzinfo=UTC), "sitemap"
        ),
        FoundLink("https://a.vn/y-post2.html", None, datetime(2026, 11, 2, tzinfo=UTC), "lastmod"),
    ]
    assert sitemap.children == []


def test_a_sitemap_index_gives_its_files() -> None:
    index = b"""<sitemapindex><sitemap><loc>/sitemaps/news-2026-9.xml</loc>
      <lastmod>2026-09-30T01:00:00Z</lastmod></sitemap><sitemap/></sitemapindex>"""
    sitemap = parse_sitemap(index, base_url="https://a.vn/sitemap.xml")
    [child] = sitemap.children
    assert child.url == "https://a.vn/sitemaps/news-2026-9.xml"
    assert child.modified_at == datetime(2026, 9, 30, 1, tzinfo=UTC)


def test_a_packed_sitemap_may_not_unpack_without_bound() -> None:
    compressor = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    mebibyte = b" " * (1 << 20)
    bomb = b"".join(compressor.compress(mebibyte) for _ in range(52)) + compressor.flush()
    with pytest.raises(ReadingError) as refusal:
        parse_sitemap(bomb, base_url="https://a.vn/sitemap.xml.gz")
    assert refusal.value.kind == "size"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<urlset></urlset>", "empty"),
        (b"<html><body>404</body></html>", "not-html"),
        (b"\x1f\x8bbroken", "parse"),
        (rss(""), "parse"),
    ],
)
def test_what_is_no_sitemap_says_why(body: bytes, kind: str) -> None:
    with pytest.raises(ReadingError) as refusal:
        parse_sitemap(body, base_url="https://a.vn/sitemap.xml")
    assert refusal.value.kind == kind


def is_article(url: str) -> bool:
    return url.endswith(".html") and "//a.vn/" in url


def test_a_listing_gives_articles_in_page_order_with_the_words_of_their_links() -> None:
    page = """<html><head><base href="https://static.khac.net/"></head><body>
      <a href="/chinh-tri/">Chính trị</a>
      <div class="card"><a href="/b-2.html"><img alt="ảnh nhỏ"></a>
        <h3><a href="/b-2.html#t">Xã B kết nạp đảng viên</a></h3>
        <time rel="1767225600">14:29 | 01/01/2026</time></div>
      <div><a href="http://www.a.vn/a-1.html" title="Xã A"></a></div>
      </body></html>""".encode()
    links = parse_listing(
        page,
        base_url="https://a.vn/chinh-tri",
        accept=lambda url: url.endswith(".html"),
    ).links
    assert [(link.url, link.title) for link in links] == [
        ("https://a.vn/b-2.html", "Xã B kết nạp đảng viên"),
        ("http://www.a.vn/a-1.html", "Xã A"),
    ]
    assert (links[0].dated_at, links[0].dated_by) == (datetime(2026, 1, 1, tzinfo=UTC), "listing")
    assert (links[1].dated_at, links[1].dated_by) == (None, None)


def test_the_date_printed_beside_a_listed_link_is_its_own() -> None:
    page = """<html><body><ul><li><a href="/a-1.html">Xã A</a> (11/04/2023)</li>
      <li><a href="/b-2.html">Xã B</a><p>Từ ngày 12/04/2023, xã mở lớp.</p></li>
      <li><a href="/c-3.html">Xã C</a><span>14:29 | 13/04/2023</span></li></ul>
      </body></html>""".encode()
    links = parse_listing(page, base_url=BASE, accept=lambda url: url.endswith(".html")).links
    assert [link.dated_at for link in links] == [
        datetime(2023, 4, 10, 17, tzinfo=UTC),
        None,
        datetime(2023, 4, 13, 7, 29, tzinfo=UTC),
    ]


def test_a_listing_without_articles_is_broken_and_not_empty_news() -> None:
    with pytest.raises(ReadingError) as refusal:
        parse_listing(b"<p><a href='/x/'>x</a></p>", base_url=BASE, accept=is_article)
    assert refusal.value.kind == "empty"


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=200), st.sampled_from([b"<rss>", b"<urlset><url>", b"<html><a href=", b""])
)
def test_whatever_comes_is_links_or_a_reading_error(noise: bytes, start: bytes) -> None:
    for read in (
        lambda body: parse_feed(body, base_url=BASE),
        lambda body: parse_sitemap(body, base_url=BASE),
        lambda body: parse_listing(body, base_url=BASE, accept=is_article),
    ):
        with suppress(ReadingError):
            read(start + noise)
