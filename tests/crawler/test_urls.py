from __future__ import annotations

from datetime import date
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.urls import (
    absolute_url,
    document_base,
    fill_dates,
    is_article_url,
    page_key,
    registrable_domain,
    site_of,
)


@pytest.mark.parametrize(
    "other",
    [
        "http://baomien.vn/chinh-tri/xa-a-post12.html",
        "https://www.baomien.vn/chinh-tri/xa-a-post12.html#binh-luan",
        "https://WWW.BaoMien.vn:443/chinh-tri/xa-a-post12.html?utm_source=zalo&fbclid=9",
        "https://baomien.vn/chinh-tri/xa-a-post12.html/?zarsrc=30&gidzl=x",
        "https://baomien.vn/amp/chinh-tri/xa-a-post12.html",
        "https://baomien.vn/print/chinh-tri/xa-a-post12.html",
        "https://baomien.vn//chinh-tri/xa-a-post12.html?amp=1",
    ],
)
def test_one_article_has_one_key_however_it_is_linked(other: str) -> None:
    assert page_key(other) == "baomien.vn/chinh-tri/xa-a-post12.html"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.vn/View?NewsId=1", "https://a.vn/View?NewsId=2"),
        ("https://a.vn/?gd=25&cn=589&tc=433", "https://a.vn/?gd=25&cn=589&tc=434"),
        ("https://a.vn/?nid=5", "https://a.vn/"),
        ("https://a.vn/amp.aspx?itemid=1", "https://a.vn/amp.aspx?itemid=2"),
        ("http://127.0.0.1:8001/a-1.html", "http://127.0.0.1:8002/a-1.html"),
        ("https://a.vn/Chinh-tri", "https://a.vn/chinh-tri"),
    ],
)
def test_what_names_another_page_stays_in_the_key(one: str, other: str) -> None:
    assert page_key(one) != page_key(other)


def test_the_order_of_the_query_makes_no_other_page() -> None:
    assert page_key("https://a.vn/?tc=2&cn=1") == page_key("https://a.vn/?cn=1&tc=2")


def test_vietnamese_letters_in_a_path_are_one_page_raw_decomposed_or_escaped() -> None:
    escaped = page_key("https://a.vn/x%C3%A3-h%E1%BB%99i/tin")
    assert page_key("https://a.vn/xã-hội/tin/") == escaped
    assert page_key("https://a.vn/xa\u0303-hô\u0323i/tin") == escaped


@settings(max_examples=60, deadline=None)
@given(
    path=st.text(max_size=30).map(lambda text: text.replace("#", "").replace("?", "")),
    query=st.dictionaries(st.text(min_size=1, max_size=5), st.text(max_size=5), max_size=3),
)
def test_a_key_is_its_own_key(path: str, query: dict[str, str]) -> None:
    key = page_key(f"https://www.bao.vn/{quote(path)}?{urlencode(query)}")
    assert page_key(key) == key


def test_a_site_is_its_host_and_port() -> None:
    assert site_of("https://WWW.Bao.vn/x") == "bao.vn"
    assert site_of("http://bao.vn:80/") == "bao.vn"
    assert site_of("http://user:secret@127.0.0.1:8080/x") == "127.0.0.1:8080"


def test_the_registered_name_knows_vietnams_second_levels() -> None:
    assert registrable_domain("https://cdn.baomien.com.vn/") == "baomien.com.vn"
    assert registrable_domain("https://gialai.dcs.vn/") == "dcs.vn"
    assert registrable_domain("http://127.0.0.1:99/") == "127.0.0.1"


@pytest.mark.parametrize(
    "url",
    [
        "https://a.vn/xa-a-post12.html",
        "https://a.vn/xa-a-post12.tpo",
        "https://a.vn/xa-a-a12345.html",
        "https://a.vn/xa-a-12345.html",
        "https://a.vn/xa-a-12345.htm",
        "https://a.vn/chinh-tri/202604/xa-a-1a2b3c4/",
        "https://a.vn/xa-a-postid99.bbg",
        "https://a.vn/xa-hoi/mot-xa-vung-cao-4711",
        "https://a.vn/ContentDetail/NewsDetailView?NewsId=7f0c-1",
        "https://a.vn/?gd=25&cn=589&tc=433",
        "https://a.vn/vi-vn/x/tid/Tin/newsid/9A/cid/B",
        "https://a.vn/thoi-su-su-kien/xa-a-post12.html",
    ],
)
def test_articles_are_known_by_their_shape(url: str) -> None:
    assert is_article_url(url, pattern=None)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.vn/",
        "https://a.vn/chinh-tri/",
        "https://a.vn/bao-ve-nen-tang-tu-tuong-cua-dang",
        "https://a.vn/tag/dang-vien-123.html",
        "https://a.vn/tac-gia/ho-la-123.html",
        "https://a.vn/chu-de/bau-cu-123.html",
        "https://a.vn/le-hoi-event123.html",
        "https://a.vn/ket-nap-ptag.html",
        "https://a.vn/tim-kiem/dang-1234.html",
        "https://a.vn/print/1234.html",
        "https://a.vn/bao-in/so-1234.html",
        "https://a.vn/rss/home.rss",
        "https://a.vn/upload/van-ban-1234.pdf",
        "mailto:a-1234.html",
    ],
)
def test_what_is_no_article_is_left_alone(url: str) -> None:
    assert not is_article_url(url, pattern=None)


def test_a_pattern_is_searched_in_path_and_query() -> None:
    assert is_article_url("https://a.vn/xem?id=7", pattern=r"\?id=\d+$")
    assert not is_article_url("https://a.vn/xa-a-post12.html", pattern=r"-a\d+\.html$")


def test_a_pattern_does_not_let_topic_pages_in() -> None:
    assert not is_article_url("https://a.vn/chu-de/x-12345.html", pattern=r"-\d+\.html$")


def test_date_fields_are_filled_padded_only_where_asked() -> None:
    url = "https://a.vn/sitemaps/news-{year}-{month}.xml?d={month:02d}-{day:02d}&x={y}"
    filled = fill_dates(url, day=date(2026, 9, 3))
    assert filled == "https://a.vn/sitemaps/news-2026-9.xml?d=09-03&x={y}"


def test_links_resolve_and_follow_the_pages_scheme() -> None:
    base = "https://a.vn/chinh-tri/"
    assert absolute_url("../x-1.html#y", base_url=base) == "https://a.vn/x-1.html"
    assert absolute_url("http://a.vn/x", base_url=base) == "https://a.vn/x"
    assert absolute_url("http://b.vn/x", base_url=base) == "http://b.vn/x"
    assert absolute_url("javascript:void(0)", base_url=base) is None
    assert absolute_url("http://[broken", base_url=base) is None


def test_a_base_on_a_foreign_static_host_is_not_followed() -> None:
    page = "https://www.baomien.com.vn/x"
    assert document_base("https://cdn.khac.net/", page_url=page) == page
    assert document_base("https://m.baomien.com.vn/", page_url=page) == "https://m.baomien.com.vn/"
    assert document_base(None, page_url=page) == page
