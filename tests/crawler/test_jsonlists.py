"""JSON lists as papers' own scripts ask for them."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import ReadingError
from crawler.items import JsonKeys
from crawler.jsonlists import json_date, next_of_json, parse_json_list
from crawler.urls import is_article_url

BASE = "https://bao.vn/api/tin?page=1"
AT = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)


def _accept(url: str) -> bool:
    return is_article_url(url, pattern=r"-\d+\.html$|/tin-bai/")


def _parse(document: object, keys: JsonKeys | None = None) -> list[tuple[str, str | None, Any]]:
    links = parse_json_list(json.dumps(document).encode(), base_url=BASE, accept=_accept, keys=keys)
    return [(link.url, link.title, link.dated_at) for link in links]


@pytest.mark.parametrize(
    "document",
    [
        [{"url": "/xa-a-1.html", "title": "Xã A", "date": "2026-11-20T08:30:00+07:00"}],
        {"data": {"list": [{"Link": "xa-a-1.html", "Name": "Xã A",
                            "PublishDate": AT.timestamp()}]}},
        {"items": [{"id": "7", "url": "https://bao.vn/xa-a-1.html", "title": "<b>Xã A</b>",
                    "date_published": "2026-11-20T01:30:00Z"}]},
        [{"link": "https://bao.vn/xa-a-1.html", "title": {"rendered": "Xã&nbsp;A"},
          "date": "2026-11-20T08:30:00"}],
        {"menu": [{"url": "/chinh-tri/", "name": "Chính trị"}] * 9,
         "tin": [{"href": "/xa-a-1.html", "tieude": "Xã A", "ngaydang": "20/11/2026 08:30"}]},
        {"d": [{"slug": "xa-a-1.html", "title": "Xã A", "Time": "/Date(1795138200000)/"}]},
    ],
)  # fmt: skip
def test_the_list_its_links_titles_and_dates_are_found(document: object) -> None:
    assert _parse(document) == [("https://bao.vn/xa-a-1.html", "Xã A", AT)]


def test_keys_of_the_seeds_make_an_address_of_slugs() -> None:
    document = {
        "data": {
            "hot": [{"slug": "noi-bat", "name": "Nổi bật"}] * 3,
            "list": [
                {
                    "slug": "đại-hội",
                    "category": {"slug": "tin"},
                    "name": "Đại hội",
                    "at": "20/11/2026",
                },
                {"slug": "khong-muc", "name": "Không có chuyên mục"},
            ],
        }
    }
    keys = JsonKeys(
        items="data.list",
        address="https://bao.vn/tin-bai/{category.slug}/{slug}",
        title="name",
        date="at",
    )
    midnight = datetime(2026, 11, 19, 17, tzinfo=UTC)
    url = "https://bao.vn/tin-bai/tin/%C4%91%E1%BA%A1i-h%E1%BB%99i"
    assert _parse(document, keys) == [(url, "Đại hội", midnight)]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "empty"),
        (b"<!doctype html><html><body>Trang</body></html>", "not-html"),
        (b"{", "parse"),
        (b"[" * 100_000, "parse"),
        (b'{"data": []}', "empty"),
        (b'[{"title": "kh\xc3\xb4ng link"}]', "empty"),
        (b'"chu"', "empty"),
    ],
)
def test_what_is_no_list_is_told_apart(body: bytes, kind: str) -> None:
    with pytest.raises(ReadingError) as caught:
        parse_json_list(body, base_url=BASE, accept=_accept)
    assert caught.value.kind == kind


@pytest.mark.parametrize(
    ("value", "at"),
    [
        (1795138200, AT),
        (1795138200000, AT),
        ("1795138200", AT),
        ("/Date(1795138200000+0700)/", AT),
        ("2026-11-20 08:30:00", AT),
        ("Fri, 20 Nov 2026 08:30:00 +0700", AT),
        ("08:30 | 20/11/2026", AT),
        ("2026-11-20", datetime(2026, 11, 19, 17, tzinfo=UTC)),
        (True, None),
        (None, None),
        (7, None),
        ("hôm qua", None),
        ("/Date(1)/", None),
    ],
)
def test_dates_in_all_their_forms(value: object, at: datetime | None) -> None:
    assert json_date(value) == at


def test_a_list_names_its_next_page_or_counts_them() -> None:
    named = json.dumps({"links": {"next": "?cursor=abc"}}).encode()
    assert next_of_json(named, url=BASE) == "https://bao.vn/api/tin?cursor=abc"
    counted = next_of_json(b"[]", url="https://bao.vn/api/tin?limit=1&page=1")
    assert counted == "https://bao.vn/api/tin?limit=1&page=2"
    assert next_of_json(b"[]", url="https://bao.vn/api/tin") is None


_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["url", "link", "title", "date", "data", "x"]), inner)
    ),
    max_leaves=20,
)


@settings(max_examples=120, deadline=None)
@given(_VALUES)
def test_any_json_gives_links_of_the_source_or_is_refused_as_a_reading(document: Any) -> None:
    body = json.dumps(document).encode()
    with suppress(ReadingError):
        links = parse_json_list(body, base_url=BASE, accept=_accept)
        assert links
        assert all(_accept(link.url) for link in links)
