"""A crawl with trigger words, and one that brings the responses, over real HTTP."""

from __future__ import annotations

import gzip
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import Article, Failure, Skimmed, SourceTask
from crawler.page.markup import parse_page
from crawler.raw import RawResponse
from crawler.urls import page_key
from crawler.wire import decode_record, encode_record
from tests.crawler.sites import Answer, Route, Site, article_page, crawl, feed, job, served, source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crawler.items import Record

TRIGGER_WORDS = ("đảng viên", "kết nạp")
RELEVANT, OTHER, PACKED, CHALLENGE, GOT_LOST = (
    f"/tin-so-post10{number}.html" for number in range(1, 6)
)
SENTENCE = "Vụ lúa hè thu ở cánh đồng Mường Lò được mùa lớn, bà con gặt xong trước bão số chín."
MENU = "<ul><li><a href='/xay-dung-dang/'>Kết nạp đảng viên</a></li></ul>"


def rice_page(title: str) -> str:
    lines = "".join(f"<p>Đoạn {number}: {SENTENCE}</p>" for number in range(8))
    return (
        f"<!doctype html><html><head><title>{title}</title>"
        "<meta property='article:published_time' content='2026-11-19T07:15:00+07:00'></head>"
        f"<body>{MENU}<h1>{title}</h1><article>{lines}</article>{MENU}</body></html>"
    )


def routes() -> Mapping[str, Route]:
    packed = gzip.compress(article_page("Tin nén").body.encode())  # type: ignore[union-attr]  # text
    return {
        "/rss": Answer(
            feed(RELEVANT, OTHER, PACKED, CHALLENGE, GOT_LOST), type="application/rss+xml"
        ),
        RELEVANT: article_page("Chi bộ thôn số một"),
        OTHER: Answer(rice_page("Được mùa ở Mường Lò")),
        PACKED: Answer(packed, headers={"Content-Encoding": "gzip", "X-Cache": "HIT"}),
        CHALLENGE: Answer("<script>document.cookie='a=1';location.reload()</script>"),
        GOT_LOST: Answer("", status=404),
    }


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with served(routes()) as opened:
        yield opened


@pytest.fixture(scope="module")
def found(site: Site) -> dict[str, Record]:
    """What one regular visit with trigger words told of each page."""
    task = SourceTask(source=source("thu", site.home, ("feed", "/rss")))
    work = replace(job(task), trigger_words=TRIGGER_WORDS, keep_raw=True)
    records = crawl(work).of("thu")
    pages = [one for one in records if one.record in ("article", "skimmed", "gone", "failure")]
    return {one.url.removeprefix(site.home): one for one in pages} | {"": records[-1]}  # type: ignore[union-attr]  # all have one


def test_a_page_without_a_trigger_word_is_known_by_title_date_and_address(
    site: Site, found: dict[str, Record]
) -> None:
    skimmed = found[OTHER]
    assert isinstance(skimmed, Skimmed)
    assert (skimmed.title, skimmed.key) == ("Được mùa ở Mường Lò", page_key(site.home + OTHER))
    assert skimmed.published_at is not None
    assert skimmed.published_at.isoformat() == "2026-11-19T00:15:00+00:00"
    assert skimmed.published_rule is not None
    assert skimmed.has_time


def test_a_page_with_one_is_read(found: dict[str, Record]) -> None:
    article = found[RELEVANT]
    assert isinstance(article, Article)
    assert "quần chúng ưu tú" in article.body


def test_the_report_counts_both(found: dict[str, Record]) -> None:
    report = found[""]
    assert report.record == "source"
    assert (report.articles, report.skimmed, report.pages) == (2, 1, 5)


def test_a_refusal_stays_a_refusal(found: dict[str, Record]) -> None:
    failure = found[CHALLENGE]
    assert isinstance(failure, Failure)
    assert failure.kind == "challenge"


def test_pages_asked_for_by_address_are_read_in_any_case(site: Site) -> None:
    task = SourceTask(source=source("thu", site.home, ("feed", "/rss")), pages=(site.home + OTHER,))
    article = crawl(replace(job(task), trigger_words=TRIGGER_WORDS)).of("thu")[0]
    assert isinstance(article, Article)
    assert SENTENCE in article.body
    assert article.raw is None


def test_an_article_brings_the_response_it_was_read_from(found: dict[str, Record]) -> None:
    article = found[RELEVANT]
    assert isinstance(article, Article)
    assert article.raw is not None
    body = article_page("Chi bộ thôn số một").body
    assert article.raw.body == str(body).encode()
    assert article.raw.status_line == "HTTP/1.1 200 OK"
    assert article.raw.header("content-type") == "text/html; charset=utf-8"


def test_a_packed_response_comes_unpacked(found: dict[str, Record]) -> None:
    article = found[PACKED]
    assert isinstance(article, Article)
    assert article.raw is not None
    assert article.raw.header("X-Cache") == "HIT"
    parse_page(article.raw.body, encoding=None)


ARTICLE = Article(
    source="thu",
    url="https://thu.example/a",
    key="thu.example/a",
    title="Tin",
    sapo=None,
    body="Một.",
    fetched_at=job().started_at,
    digest="0",
)


@settings(max_examples=60)
@given(
    body=st.binary(max_size=300),
    headers=st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), max_size=3).map(tuple),
)
def test_any_bytes_cross_the_pipe_in_one_line(
    body: bytes, headers: tuple[tuple[str, str], ...]
) -> None:
    raw = RawResponse(status_line="HTTP/1.1 200 OK", headers=headers, body=body)
    line = encode_record(replace(ARTICLE, raw=raw))
    read = decode_record(line)
    assert line.count(b"\n") == 1
    assert isinstance(read, Article)
    assert read.raw == raw


def test_the_response_is_no_part_of_what_an_article_says() -> None:
    raw = RawResponse(status_line="HTTP/1.1 200 OK", headers=(), body=b"x")
    assert replace(ARTICLE, raw=raw) == ARTICLE
    assert "RawResponse" not in repr(replace(ARTICLE, raw=raw))
