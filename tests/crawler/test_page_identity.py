"""One page has one key under every decoration, and two pages never share one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import Predecessor
from crawler.urls import moved_sites, page_key, site_of, sites_of
from tests.crawler.sites import source

NAMING_KEYS = (
    "NewsId", "newsid", "nid", "cn", "tc", "gd", "_101_articleId", "ItemID", "ArticleId",
    "articleid", "id", "ID", "mabb", "idnews", "Cat", "sid", "nv", "op", "tabid", "page_id", "p",
)  # fmt: skip

hosts = st.sampled_from(["baomien.vn", "baomien.com.vn", "tinhuy.gialai.gov.vn", "mien.dcs.vn"])
segments = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,6}){0,4}", fullmatch=True).filter(
    lambda segment: segment not in {"amp", "print", "in-bai", "ban-in"}
)
paths = st.tuples(
    st.lists(segments, min_size=1, max_size=3),
    st.sampled_from(["", ".html", ".htm", ".aspx", "-post123456.html", "-postid7.bbg", ".tpo"]),
).map(lambda parts: "/" + "/".join(parts[0]) + parts[1])
values = st.one_of(
    st.integers(0, 10**7).map(str),
    st.uuids().map(str),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=8),
)
queries = st.dictionaries(st.sampled_from(NAMING_KEYS), values, max_size=3)


def address(host: str, path: str, query: dict[str, str], *, scheme: str = "https") -> str:
    return f"{scheme}://{host}{path}" + (f"?{urlencode(query)}" if query else "")


@pytest.mark.parametrize(
    "decorated",
    [
        "http://{host}{path}{query}",
        "HTTPS://{host}{path}{query}",
        "https://www.{host}{path}{query}",
        "https://m.{host}{path}{query}",
        "https://www.m.{host}{path}{query}",
        "https://mobile.{host}{path}{query}",
        "https://{host}.{path}{query}",
        "https://{host}:443{path}{query}",
        "http://{host}:80{path}{query}",
        "https://user@{host}{path}{query}",
        "https://{host}{path}/{query}",
        "https://{host}/{path}{query}",
        "https://{host}{path}{query}#binh-luan",
        "https://{host}/amp{path}{query}",
        "https://{host}/print{path}{query}",
        "https://{host}/in-bai{path}{query}",
        "https://{host}{path}/amp{query}",
        "https://{host}{path}/print/{query}",
        "https://{host}{path};jsessionid=0A1B2C3D4E5F{query}",
        "https://{host}/(S(x4kq2355mqvyby45rzbtzg55)){path}{query}",
        "  https://{host}{path}{query}\n",
    ],
)
@settings(max_examples=12, deadline=None)
@given(host=hosts, path=paths, query=queries)
def test_a_decorated_address_is_the_same_page(
    decorated: str, host: str, path: str, query: dict[str, str]
) -> None:
    written = f"?{urlencode(query)}" if query else ""
    other = decorated.format(host=host, path=path, query=written)
    assert page_key(other) == page_key(address(host, path, query))


@pytest.mark.parametrize(
    "extra",
    [
        "utm_source=zalo", "UTM_Campaign=x", "fbclid=IwAR0", "gclid=1", "gad_source=1",
        "zarsrc=30", "gidzl=abc", "zalo_id=1", "_gl=1*x", "srsltid=Afm", "mibextid=z", "jskey=9",
        "amp=1", "amp", "print=true", "tmpl=component", "view=print", "layout=amp",
        "outputType=amp", "PHPSESSID=8f3a", "jsessionid=1", "ASP.NET_SessionId=x",
        "sid=9f86d081884c7d659a2feaa0c55ad015",
    ],
)  # fmt: skip
@settings(max_examples=8, deadline=None)
@given(
    host=hosts, path=paths, query=queries.map(lambda q: {k: v for k, v in q.items() if k != "sid"})
)
def test_parameters_that_follow_the_reader_name_no_page(
    extra: str, host: str, path: str, query: dict[str, str]
) -> None:
    plain = address(host, path, query)
    joint = "&" if query else "?"
    assert page_key(plain + joint + extra) == page_key(plain)
    assert page_key(f"{address(host, path, {})}?{extra}&{urlencode(query)}") == page_key(plain)


@settings(max_examples=80, deadline=None)
@given(host=hosts, path=paths, query=queries)
def test_a_key_is_its_own_key(host: str, path: str, query: dict[str, str]) -> None:
    key = page_key(address(host, path, query))
    assert page_key(key) == key
    assert page_key(f"https://{key}") == key


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_whatever_the_path_a_key_is_its_own_key(path: str) -> None:
    key = page_key(f"https://bao.vn/{quote(path)}")
    assert page_key(key) == key


@settings(max_examples=120, deadline=None)
@given(host=hosts, path=paths, one=queries, other=queries)
def test_parameters_that_name_a_page_tell_pages_apart(
    host: str, path: str, one: dict[str, str], other: dict[str, str]
) -> None:
    def composed(query: dict[str, str]) -> dict[str, str]:
        return {name: unicodedata.normalize("NFC", value) for name, value in query.items()}

    keys_agree = page_key(address(host, path, one)) == page_key(address(host, path, other))
    assert keys_agree == (composed(one) == composed(other))


@settings(max_examples=80, deadline=None)
@given(host=hosts, one=paths, other=paths)
def test_two_paths_are_two_pages(host: str, one: str, other: str) -> None:
    assert (page_key(address(host, one, {})) == page_key(address(host, other, {}))) == (
        one == other
    )


@settings(max_examples=60, deadline=None)
@given(
    host=hosts,
    text=st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=8),
)
def test_the_case_of_percent_encoding_makes_no_other_page(host: str, text: str) -> None:
    upper = quote(text, safe="")
    lower = re.sub(r"%[0-9A-F]{2}", lambda escape: escape[0].lower(), upper)
    assert page_key(f"https://{host}/tin/{lower}-a1.html") == page_key(
        f"https://{host}/tin/{upper}-a1.html"
    )


@pytest.mark.parametrize(
    ("amp", "page"),
    [
        ("/xa-a-post12.amp", "/xa-a-post12.html"),
        ("/xa-a-post12.html.amp", "/xa-a-post12.html"),
        ("/xa-a-12.amp.html", "/xa-a-12.html"),
        ("/xa-a-12.htm.amp", "/xa-a-12.htm"),
    ],
)
def test_an_amp_extension_stands_for_the_pages_own(amp: str, page: str) -> None:
    assert page_key(f"https://a.vn{amp}") == page_key(f"https://a.vn{page}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.vn/tin?sid=12", "https://a.vn/tin?sid=13"),
        ("https://a.vn/tin?view=12", "https://a.vn/tin"),
        ("https://a.vn/tin;muc=1", "https://a.vn/tin;muc=2"),
        ("https://m.vn/tin", "https://vn/tin"),
        ("https://m.com.vn/tin", "https://com.vn/tin"),
        ("https://mien.bao.vn/tin", "https://bao.vn/tin"),
        ("https://a.vn:8080/tin", "https://a.vn/tin"),
        ("https://a.vn/printing/tin", "https://a.vn/tin"),
        ("https://a.vn/ampe-ke-1.html", "https://a.vn/ke-1.html"),
    ],
)
def test_what_only_looks_like_a_decoration_stays(one: str, other: str) -> None:
    assert page_key(one) != page_key(other)


def test_where_a_source_says_that_it_moved_a_path_is_one_page_on_both_hosts() -> None:
    former = Predecessor(name="Báo Cũ", host="baocu.com.vn", province="Cà Mau", moved=True)
    apart = replace(former, name="Báo Khác", host="baokhac.vn", moved=False)
    paper = source("bao", "https://baomoi.vn", predecessors=(former, apart))
    moved = moved_sites(paper)
    here = page_key("https://baomoi.vn/tin-a1.html")
    assert page_key("http://www.baocu.com.vn/tin-a1.html?utm_source=x", moved=moved) == here
    assert page_key("https://baokhac.vn/tin-a1.html", moved=moved) == "baokhac.vn/tin-a1.html"
    assert page_key(here, moved=moved) == here
    assert site_of("https://baocu.com.vn/") in sites_of(paper)
