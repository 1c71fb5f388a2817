"""What Scrapy, Twisted and servers say, in the crawler's words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response

from crawler.errors import FetchError
from crawler.items import Validator
from crawler.outcomes import (
    TRANSPORT_ERRORS,
    check_answer,
    failure_of,
    retry_after_of,
    validator_of,
)

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


def _response(status: int = 200, **headers: str) -> Response:
    return Response("https://bao.example/a", status=status, headers=headers)


@pytest.mark.parametrize(
    ("value", "pause"),
    [
        ("120", timedelta(seconds=120)),
        ("0", timedelta()),
        ("9" * 40, timedelta(days=7)),
        ("Fri, 20 Nov 2026 05:01:00 GMT", timedelta(minutes=1)),
        ("Fri, 20 Nov 2026 04:00:00 GMT", timedelta()),
        ("Tue, 20 Nov 2046 05:00:00 GMT", timedelta(days=7)),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(value: str, pause: timedelta | None) -> None:
    assert retry_after_of(_response(429, **{"Retry-After": value}), now=NOW) == pause


@settings(max_examples=100)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40))
def test_no_retry_after_breaks_the_crawl(value: str) -> None:
    pause = retry_after_of(_response(429, **{"Retry-After": value}), now=NOW)
    assert pause is None or timedelta() <= pause <= timedelta(days=7)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (CannotResolveHostError("no such name"), "dns"),
        (DownloadTimeoutError("too long"), "timeout"),
        (DownloadConnectionRefusedError("no"), "refused"),
        (DownloadFailedError("reset"), "refused"),
        (ResponseDataLossError("cut"), "refused"),
        (DownloadCancelledError("too large"), "size"),
        (IgnoreRequest("max redirections reached"), "status"),
        (ValueError("invalid hostname: bao..example"), "guard"),
        (OSError("not a gzip file"), "parse"),
    ],
)
def test_each_way_a_request_can_end_has_its_kind(error: Exception, kind: str) -> None:
    assert isinstance(error, TRANSPORT_ERRORS)
    assert failure_of(error).kind == kind


def test_a_challenge_is_told_whatever_its_status() -> None:
    for status in (200, 403, 503):
        with pytest.raises(FetchError) as caught:
            check_answer(_response(status, **{"cf-mitigated": "challenge"}), now=NOW)
        assert caught.value.kind == "challenge"


def test_only_a_status_of_success_is_an_answer() -> None:
    check_answer(_response(200), now=NOW)
    for status in (304, 403, 404, 500):
        with pytest.raises(FetchError, match=f"status: {status}"):
            check_answer(_response(status), now=NOW)


def test_a_response_without_etag_and_date_gives_no_validator() -> None:
    assert validator_of(_response()) is None
    assert validator_of(_response(ETag='"1"')) == Validator(etag='"1"')
