"""The middlewares and settings on their own, without a crawl around them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import (
    DownloadTimeoutError,
)
from scrapy.http import Response
from scrapy.settings import default_settings

from crawler.errors import FetchError
from crawler.items import CrawlJob, Entry, Predecessor, Source, SourceTask, Validator
from crawler.middlewares.conditional import VALIDATOR, ConditionalRequestMiddleware
from crawler.middlewares.guard import SITES, GuardMiddleware
from crawler.middlewares.pauses import PauseMiddleware
from crawler.middlewares.slots import SiteSlotMiddleware
from crawler.settings import crawl_settings, user_agent
from crawler.urls import sites_of

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


def _request(url: str, *, site: str = "bao.example") -> Request:
    return Request(url, meta={SITES: frozenset({site})})


@pytest.mark.parametrize(
    "url",
    [
        "https://bao.example.vn/tin-post1.html",
        "https://khac.example/tin-post1.html",
        "https://bao.example:8443/tin-post1.html",
        "https://bao.example@10.0.0.1/",
        "ftp://bao.example/tin",
        "file:///etc/passwd",
    ],
)
def test_the_guard_keeps_requests_on_the_sources_sites_and_schemes(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        GuardMiddleware(allow_loopback=False).process_request(_request(url))
    assert caught.value.kind == "guard"


def test_the_guard_folds_www_and_lets_the_source_through() -> None:
    GuardMiddleware(allow_loopback=False).process_request(_request("http://www.bao.example/tin"))


def test_a_literal_private_address_is_refused_even_as_the_sources_own_site() -> None:
    for host in ("192.168.1.1", "[fd00::1]", "127.0.0.1"):
        with pytest.raises(FetchError, match="guard"):
            GuardMiddleware(allow_loopback=False).process_request(
                _request(f"http://{host}/", site=host)
            )


def test_a_request_without_a_source_goes_nowhere() -> None:
    with pytest.raises(FetchError, match="not a site of the source"):
        GuardMiddleware(allow_loopback=False).process_request(Request("https://bao.example/"))


def test_the_slot_follows_the_site_through_a_redirect() -> None:
    request = _request("http://127.0.0.1:4002/tin")
    request.meta["download_slot"] = "127.0.0.1:4001"
    SiteSlotMiddleware().process_request(request)
    assert request.meta["download_slot"] == "127.0.0.1:4002"


def test_a_validator_becomes_conditional_headers() -> None:
    request = Request(
        "https://bao.example/rss",
        meta={VALIDATOR: Validator(etag='W/"1"', last_modified="Fri, 20 Nov 2026 02:00:00 GMT")},
    )
    ConditionalRequestMiddleware().process_request(request)
    assert request.headers["If-None-Match"] == b'W/"1"'
    assert request.headers["If-Modified-Since"] == b"Fri, 20 Nov 2026 02:00:00 GMT"


def test_without_a_validator_a_request_is_unconditional() -> None:
    request = Request("https://bao.example/rss", meta={VALIDATOR: None})
    ConditionalRequestMiddleware().process_request(request)
    assert "If-None-Match" not in request.headers
    assert "If-Modified-Since" not in request.headers


@pytest.mark.parametrize("status", [428, 429, 503])
def test_a_site_that_asked_for_a_pause_is_not_asked_again(status: int) -> None:
    pauses = PauseMiddleware()
    first, second = _request("https://bao.example/a"), _request("https://www.bao.example/b")
    pauses.process_request(first)
    pauses.process_response(first, _response(status, **{"Retry-After": "90"}))
    with pytest.raises(FetchError) as caught:
        pauses.process_request(second)
    assert caught.value.retry_after == timedelta(seconds=90)
    assert caught.value.closes_site
    pauses.process_request(_request("https://khac.example/a"))


def _response(status: int = 200, **headers: str) -> Response:
    return Response("https://bao.example/a", status=status, headers=headers)


def _source(key: str, home: str, **more: Any) -> Source:
    return Source(
        key=key, name=key, kind="paper", home=home, province=None, certainty="seen", **more
    )


def test_a_sources_sites_are_its_home_its_entries_and_its_predecessors() -> None:
    source = _source(
        "a",
        "https://www.bao.example/",
        entries=(Entry(url="https://rss.bao.example/{year}", kind="feed", certainty="seen"),),
        predecessors=(Predecessor(name="Báo cũ", host="www.baocu.example", province="Hà Nam"),),
    )
    assert sites_of(source) == {"bao.example", "rss.bao.example", "baocu.example"}


def test_a_site_of_two_sources_keeps_the_longer_of_their_pauses() -> None:
    tasks = tuple(
        SourceTask(source=_source(key, "https://bao.example/", delay=delay))
        for key, delay in {"a": timedelta(seconds=5), "b": None}.items()
    )
    slot = crawl_settings(CrawlJob(started_at=NOW, tasks=tasks))["DOWNLOAD_SLOTS"]["bao.example"]
    assert (slot["concurrency"], slot["delay"], slot["jitter"]) == (1, 5.0, 0)


def test_what_scrapy_leaves_open_by_default_is_closed() -> None:
    chosen = crawl_settings(CrawlJob(started_at=NOW, tasks=()))
    for name in ("REMOTE_CONTROL_ENABLED", "TELNETCONSOLE_ENABLED", "COOKIES_ENABLED"):
        assert chosen[name] is False
    assert chosen["DOWNLOAD_VERIFY_CERTIFICATES"] is True
    assert chosen["DOWNLOAD_DELAY"] > 0
    assert not {429, 503} & set(chosen["RETRY_HTTP_CODES"])


def test_what_scrapy_begins_with_are_components_of_scrapy_at_their_own_places() -> None:
    chosen = crawl_settings(CrawlJob(started_at=NOW, tasks=()))
    for name in ("EXTENSIONS_BASE", "DOWNLOADER_MIDDLEWARES_BASE"):
        assert chosen[name].items() < getattr(default_settings, name).items()


def test_every_component_of_ours_stands_below_the_redirects() -> None:
    chosen = crawl_settings(CrawlJob(started_at=NOW, tasks=()))
    assert min(chosen["DOWNLOADER_MIDDLEWARES"].values()) > 600


def test_a_contact_cannot_break_out_of_its_header() -> None:
    assert user_agent("me@example.vn\r\nX-Evil: 1").endswith("(+me@example.vn X-Evil: 1)")
    assert "(" not in user_agent(None)


def test_a_name_that_does_not_exist_is_not_mistaken_for_a_refused_one() -> None:
    request = _request("https://bao.example/")
    guard = GuardMiddleware.from_crawler(
        SimpleNamespace(settings=SimpleNamespace(getbool=lambda name: False))  # type: ignore[arg-type] # only the settings are read
    )
    guard.process_exception(request, DownloadTimeoutError("too long"))
