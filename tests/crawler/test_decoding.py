"""Compressed bodies: unpacked when they are whole, refused when they are not."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import HtmlResponse

from crawler.errors import FetchError
from crawler.middlewares.decoding import DecodingMiddleware

MOST_BYTES = 100_000
TEXT = "Chi bộ bàn việc phát triển đảng viên. ".encode() * 50


def _raw_deflate(body: bytes) -> bytes:
    return zlib.compress(body)[2:-4]


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
}


def _unpacked(body: bytes, *labels: str) -> HtmlResponse:
    response = HtmlResponse(
        "https://bao.example/", body=body, headers={"Content-Encoding": list(labels)}
    )
    middleware = DecodingMiddleware(most_bytes=MOST_BYTES)
    answer = middleware.process_response(Request(response.url), response)
    assert isinstance(answer, HtmlResponse)
    return answer


@pytest.mark.parametrize("label", PACKERS)
def test_a_whole_body_is_unpacked_and_loses_its_label(label: str) -> None:
    answer = _unpacked(PACKERS[label](TEXT), label.upper())
    assert answer.body == TEXT
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("label", PACKERS)
def test_no_part_of_a_cut_body_is_handed_on(label: str) -> None:
    packed = PACKERS[label](TEXT)
    with pytest.raises(FetchError) as caught:
        _unpacked(packed[: len(packed) // 2], label)
    assert caught.value.kind == "parse"


@pytest.mark.parametrize("label", PACKERS)
def test_a_bomb_is_given_up_at_the_limit(label: str) -> None:
    with pytest.raises(FetchError) as caught:
        _unpacked(PACKERS[label](b"a" * (MOST_BYTES + 1)), label)
    assert caught.value.kind == "size"


def test_what_is_just_as_large_as_allowed_is_unpacked() -> None:
    assert len(_unpacked(gzip.compress(b"a" * MOST_BYTES), "gzip").body) == MOST_BYTES


def test_members_of_a_gzip_file_are_joined_and_padding_is_not_minded() -> None:
    packed = gzip.compress(TEXT) + gzip.compress(b"het") + b"\x00" * 8
    assert _unpacked(packed, "gzip").body == TEXT + b"het"


def test_a_bomb_of_many_members_is_given_up_too() -> None:
    with pytest.raises(FetchError) as caught:
        _unpacked(gzip.compress(b"a" * 1000) * 101, "gzip")
    assert caught.value.kind == "size"


def test_members_without_end_are_given_up() -> None:
    with pytest.raises(FetchError, match="members"):
        _unpacked(gzip.compress(b"") * 100_000, "gzip")


def test_deflate_without_its_frame_is_understood() -> None:
    assert _unpacked(_raw_deflate(TEXT), "deflate").body == TEXT


def test_encodings_come_off_in_the_order_they_were_put_on() -> None:
    assert _unpacked(brotli.compress(gzip.compress(TEXT)), "gzip, br").body == TEXT


@pytest.mark.parametrize("labels", [(), ("identity",), ("utf-8",), ("gzip", "la")])
def test_a_body_under_no_or_a_strange_label_stays_as_it_is(labels: tuple[str, ...]) -> None:
    assert _unpacked(TEXT, *labels).body == TEXT


def test_nothing_is_nothing_whatever_its_label() -> None:
    assert _unpacked(b"", "gzip").body == b""


@settings(max_examples=60)
@given(body=st.binary(max_size=300), label=st.sampled_from(sorted(PACKERS)))
def test_any_bytes_are_unpacked_or_refused(body: bytes, label: str) -> None:
    try:
        unpacked = _unpacked(body, label).body
    except FetchError as error:
        kind = error.kind
    else:
        kind = None
        assert len(unpacked) <= MOST_BYTES
    assert kind in {None, "parse", "size"}
