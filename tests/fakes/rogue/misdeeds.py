"""How connections, answers and headers go wrong, whatever the document is."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterable
from functools import cache

import brotli

from tests.fakes.rogue.server import Exchange, Handler

BOMB_BYTES = 100_000_000
_CHUNK = b"a" * 65_536
_DRIP_SECONDS = 0.05


async def drips(exchange: Exchange) -> None:
    """A byte now and then, for ever."""
    await exchange.head("200 OK", "Content-Length: 1000000")
    while True:
        await exchange.send(b" ")
        await asyncio.sleep(_DRIP_SECONDS)


async def drips_headers(exchange: Exchange) -> None:
    await exchange.send("HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        await exchange.send(b"a")
        await asyncio.sleep(_DRIP_SECONDS)


async def says_nothing(exchange: Exchange) -> None:
    await exchange.hang()


async def never_ends(exchange: Exchange) -> None:
    """A body without a length and without an end."""
    await exchange.head("200 OK")
    await exchange.send(exchange.document.body)
    while True:
        await exchange.send(_CHUNK)


async def never_ends_its_headers(exchange: Exchange) -> None:
    await exchange.send("HTTP/1.1 200 OK\r\n")
    for number in range(10_000_000):
        await exchange.send(f"X-Flood-{number}: {'a' * 4000}\r\n")


async def folds_one_header_for_ever(exchange: Exchange) -> None:
    await exchange.send("HTTP/1.1 200 OK\r\nX-Flood: a\r\n")
    while True:
        await exchange.send(b" " + _CHUNK[:8000] + b"\r\n")


async def sends_a_huge_header(exchange: Exchange) -> None:
    await exchange.send("HTTP/1.1 200 OK\r\nX-Flood: ", b"a" * 10_000_000, "\r\n\r\n")


async def sets_many_cookies(exchange: Exchange) -> None:
    await exchange.answer(headers=[f"Set-Cookie: c{n}={'x' * 30}" for n in range(300)])


async def continues_for_ever(exchange: Exchange) -> None:
    while True:
        await exchange.send("HTTP/1.1 100 Continue\r\n\r\n" * 1000)


async def hints_early(exchange: Exchange) -> None:
    await exchange.send(
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n",
    )
    await exchange.answer()


async def promises_too_much(exchange: Exchange) -> None:
    await exchange.head("200 OK", f"Content-Length: {len(exchange.document.body) + 5000}")
    await exchange.send(exchange.document.body)


async def sends_more_than_promised(exchange: Exchange) -> None:
    """What follows the promised length is no answer to anything."""
    await exchange.answer()
    await exchange.send(b"<p>con nua</p>" * 50)


async def contradicts_its_length(exchange: Exchange) -> None:
    length = len(exchange.document.body)
    await exchange.head("200 OK", f"Content-Length: {length}", f"Content-Length: {length - 9}")
    await exchange.send(exchange.document.body)


async def has_a_negative_length(exchange: Exchange) -> None:
    await exchange.head("200 OK", "Content-Length: -5")
    await exchange.send(exchange.document.body)


async def resets_midway(exchange: Exchange) -> None:
    body = exchange.document.body
    await exchange.head("200 OK", f"Content-Length: {len(body)}")
    await exchange.send(body[: len(body) // 2])
    exchange.reset()


async def closes_at_once(exchange: Exchange) -> None:
    """The connection ends where the answer should begin."""


async def resets_at_once(exchange: Exchange) -> None:
    exchange.reset()


async def closes_after_each_answer(exchange: Exchange) -> None:
    """Without a word: the next request goes into a dead connection."""
    await exchange.answer()
    exchange.keeps_alive = False


async def babbles(exchange: Exchange) -> None:
    await exchange.send("KHONG BIET 200\r\n\r\n", exchange.document.body)


async def numbers_no_status(exchange: Exchange) -> None:
    await exchange.send("HTTP/1.1 hai-tram OK\r\nContent-Length: 0\r\n\r\n")


async def speaks_http_0_9(exchange: Exchange) -> None:
    await exchange.send(exchange.document.body)


async def has_a_header_without_colon(exchange: Exchange) -> None:
    await exchange.send("HTTP/1.1 200 OK\r\nkhong co dau hai cham\r\n\r\n", exchange.document.body)


async def encodes_transfer_strangely(exchange: Exchange) -> None:
    await exchange.head("200 OK", "Transfer-Encoding: la")
    await exchange.send(exchange.document.body)


async def _chunked(exchange: Exchange) -> None:
    await exchange.head("200 OK", "Transfer-Encoding: chunked")


async def counts_chunks_wrongly(exchange: Exchange) -> None:
    await _chunked(exchange)
    await exchange.send("xyz\r\n", exchange.document.body, "\r\n0\r\n\r\n")


async def never_ends_its_chunks(exchange: Exchange) -> None:
    body = exchange.document.body
    await _chunked(exchange)
    await exchange.send(f"{len(body):x}\r\n", body, "\r\n")
    await exchange.hang()


async def cuts_its_chunks(exchange: Exchange) -> None:
    body = exchange.document.body
    await _chunked(exchange)
    await exchange.send(f"{len(body):x}\r\n", body[: len(body) // 2])


async def announces_a_huge_chunk(exchange: Exchange) -> None:
    await _chunked(exchange)
    await exchange.send("FFFFFFFFFFFF\r\n")
    while True:
        await exchange.send(_CHUNK)


def bomb(encoding: str) -> Handler:
    """A hundred megabytes in a few kilobytes."""

    async def handler(exchange: Exchange) -> None:
        await exchange.answer(_bomb(encoding), headers=[f"Content-Encoding: {encoding}"])

    return handler


@cache
def _bomb(encoding: str) -> bytes:
    if encoding == "br":
        return bytes(brotli.compress(b"a" * BOMB_BYTES, quality=1))
    return gzip.compress(b"a" * BOMB_BYTES, compresslevel=1)


async def cuts_its_gzip(exchange: Exchange) -> None:
    """The length is right, the compressed stream stops midway."""
    packed = gzip.compress(exchange.document.body + b"<!-- " + bytes(range(256)) * 40 + b" -->")
    await exchange.answer(packed[: len(packed) // 2], headers=["Content-Encoding: gzip"])


async def cuts_its_brotli(exchange: Exchange) -> None:
    packed = brotli.compress(exchange.document.body)
    await exchange.answer(packed[: len(packed) * 2 // 3], headers=["Content-Encoding: br"])


def labelled(encoding: str) -> Handler:
    """Plain bytes under a label that says otherwise."""

    async def handler(exchange: Exchange) -> None:
        await exchange.answer(headers=[f"Content-Encoding: {encoding}"])

    return handler


async def zips_without_a_word(exchange: Exchange) -> None:
    await exchange.answer(gzip.compress(exchange.document.body))


async def zips_twice(exchange: Exchange) -> None:
    packed = gzip.compress(gzip.compress(exchange.document.body))
    await exchange.answer(packed, headers=["Content-Encoding: gzip, gzip"])


def status(line: str, *headers: str, body: bytes | str = b"") -> Handler:
    """A status, with headers and a body."""

    async def handler(exchange: Exchange) -> None:
        await exchange.answer(body, status=line, headers=headers)

    return handler


async def part_unasked(exchange: Exchange) -> None:
    body = exchange.document.body
    await exchange.answer(
        body[: len(body) * 2 // 3],
        status="206 Partial Content",
        headers=[f"Content-Range: bytes 0-{len(body) * 2 // 3 - 1}/{len(body)}"],
    )


async def unchanged_unasked(exchange: Exchange) -> None:
    await exchange.send("HTTP/1.1 304 Not Modified\r\n\r\n")


async def loops(exchange: Exchange) -> None:
    await exchange.redirect(exchange.path)


async def runs_away(exchange: Exchange) -> None:
    """Each redirect leads to another address."""
    number = int(exchange.path.rpartition("/")[2]) if exchange.path.startswith("/la/") else 0
    await exchange.redirect(f"/la/{number + 1}")


def redirected(location: str) -> Handler:
    """To one address; ``{home}`` is the site's own."""

    async def handler(exchange: Exchange) -> None:
        await exchange.redirect(location.replace("{home}", exchange.home))

    return handler


async def redirects_nowhere(exchange: Exchange) -> None:
    await exchange.answer(b"", status="302 Found")


def says(
    body: bytes | str,
    *,
    type: str | None = None,  # noqa: A002 - as the header is called
    headers: Iterable[str] = (),
) -> Handler:
    """A document in place of the decent one; ``{home}`` in it is the site's own."""
    told = tuple(headers)

    async def handler(exchange: Exchange) -> None:
        raw = body.encode() if isinstance(body, str) else body
        filled = raw.replace(b"{home}", exchange.home.encode())
        await exchange.answer(filled, type=type, headers=told)

    return handler


def rewritten(codec: str, *, type: str) -> Handler:  # noqa: A002 - as the header is called
    """The decent document in other bytes, under a label that may lie."""

    async def handler(exchange: Exchange) -> None:
        text = exchange.document.body.decode()
        await exchange.answer(text.encode(codec), type=type)

    return handler


async def streams_a_sitemap(exchange: Exchange) -> None:
    """A hundred megabytes of addresses."""
    rows = (f"<url><loc>{exchange.home}/tin-post{n}.html</loc></url>" for n in range(10_000))
    block = "".join(rows).encode()
    await exchange.head("200 OK")
    await exchange.send(
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    )
    for _ in range(BOMB_BYTES // len(block) + 1):
        await exchange.send(block)
    await exchange.send("</urlset>")
