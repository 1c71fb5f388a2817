"""Unpacks compressed bodies: whole ones only, and never beyond the size that is allowed."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Protocol, Self

import brotli

from crawler.errors import FetchError

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_ACCEPTED = b"gzip, deflate, br"
_GZIP = zlib.MAX_WBITS | 16
_GZIP_MAGIC = b"\x1f\x8b"
_MOST_MEMBERS = 200
"""Each is a copy of all that follow: a body of nothing but empty ones would take minutes."""

_BROTLI_STEP = 64 * 1024


class DecodingMiddleware:
    """Takes the place of Scrapy's HttpCompressionMiddleware.

    That one hands on whatever could be unpacked of a body that was cut short: half an article
    would be stored as the whole one.
    """

    def __init__(self, *, most_bytes: int) -> None:
        self._most_bytes = most_bytes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it from the crawl's settings."""
        return cls(most_bytes=crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Say what can be unpacked."""
        request.headers.setdefault("Accept-Encoding", _ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002 - Scrapy's interface
        """Unpack a body.

        A label that is not known stays with the body as it is: some servers write a charset
        there, and what cannot be read says so later.

        Raises:
            FetchError: ``size`` beyond the limit, ``parse`` for what is not packed as the label
                says, or is not whole.
        """
        labels = _labels(response)
        body = response.body
        while labels and body and labels[-1] in _UNPACKERS:
            body = self._unpacked(body, labels.pop())
        if body is response.body:
            return response
        unpacked = response.replace(body=body)
        unpacked.headers.pop("Content-Encoding", None)
        return unpacked

    def _unpacked(self, body: bytes, label: str) -> bytes:
        try:
            return _UNPACKERS[label](body, self._most_bytes)
        except (zlib.error, brotli.error) as error:
            raise FetchError("parse", f"Content-Encoding {label}: {error}") from error


class _Unpacker(Protocol):
    def __call__(self, body: bytes, most_bytes: int) -> bytes: ...


def _labels(response: Response) -> list[str]:
    headers = response.headers.getlist("Content-Encoding")
    words = b",".join(headers).decode("latin-1").lower().split(",")
    return [word.strip() for word in words if word.strip() not in {"", "identity"}]


def _gunzip(body: bytes, most_bytes: int) -> bytes:
    """The members of a gzip file (RFC 1952); zeros or noise behind them mean nothing."""
    unpacked, body = _inflate(body, most_bytes, wbits=_GZIP)
    for _ in range(_MOST_MEMBERS):
        if not body.startswith(_GZIP_MAGIC):
            return unpacked
        member, body = _inflate(body, most_bytes - len(unpacked), wbits=_GZIP)
        unpacked += member
    raise zlib.error(f"more than {_MOST_MEMBERS} members")


def _inflate_either(body: bytes, most_bytes: int) -> bytes:
    """With zlib's frame, as the standard has it, or without, as some old servers send it."""
    try:
        return _inflate(body, most_bytes, wbits=zlib.MAX_WBITS)[0]
    except zlib.error:
        return _inflate(body, most_bytes, wbits=-zlib.MAX_WBITS)[0]


def _inflate(body: bytes, most_bytes: int, *, wbits: int) -> tuple[bytes, bytes]:
    stream = zlib.decompressobj(wbits)
    unpacked = stream.decompress(body, most_bytes + 1)
    if len(unpacked) > most_bytes:
        raise _too_large(most_bytes)
    if not stream.eof:
        raise zlib.error("cut short")
    return unpacked, stream.unused_data


def _unbrotli(body: bytes, most_bytes: int) -> bytes:
    stream = brotli.Decompressor()
    parts, size, step = [], 0, stream.process(body, output_buffer_limit=_BROTLI_STEP)
    while step:
        parts.append(step)
        size += len(step)
        if size > most_bytes:
            raise _too_large(most_bytes)
        step = stream.process(b"", output_buffer_limit=_BROTLI_STEP)
    if not stream.is_finished():
        raise brotli.error("cut short")
    return b"".join(parts)


_UNPACKERS: dict[str, _Unpacker] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate_either,
    "br": _unbrotli,
}


def _too_large(most_bytes: int) -> FetchError:
    return FetchError("size", f"larger than {most_bytes} bytes once unpacked")
