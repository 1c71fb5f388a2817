"""Raw HTTP servers on loopback, all on one event loop in a thread of its own."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import ssl

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Document:
    """A body and what it is labelled as."""

    body: bytes
    type: str = "text/html; charset=utf-8"


@dataclass
class Exchange:
    """One request, and the connection to answer it on."""

    path: str
    headers: Mapping[str, str]
    """Names in lower case."""
    document: Document
    """What a decent site would answer."""
    home: str
    """Scheme, host and port of the site, as the crawl knows it."""
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    keeps_alive: bool = field(default=False, init=False)

    async def send(self, *parts: bytes | str) -> None:
        """Write raw bytes."""
        for part in parts:
            self.writer.write(part.encode() if isinstance(part, str) else part)
            await self.writer.drain()

    async def answer(
        self,
        body: bytes | str | None = None,
        *,
        status: str = "200 OK",
        type: str | None = None,  # noqa: A002 - as the header is called
        headers: Iterable[str] = (),
    ) -> None:
        """A well-formed answer; what is not said is taken from the decent document."""
        raw = self.document.body if body is None else body
        raw = raw.encode() if isinstance(raw, str) else raw
        await self.head(status, f"Content-Length: {len(raw)}", *headers, type=type)
        await self.send(raw)
        self.keeps_alive = True

    async def head(
        self,
        status: str,
        *headers: str,
        type: str | None = None,  # noqa: A002 - as the header is called
    ) -> None:
        """The status line and the headers, up to the empty line."""
        label = type if type is not None else self.document.type
        lines = [f"HTTP/1.1 {status}", *([f"Content-Type: {label}"] if label else []), *headers]
        await self.send("\r\n".join(lines) + "\r\n\r\n")

    async def redirect(self, location: str, status: str = "302 Found") -> None:
        """A redirect, well formed."""
        await self.answer(b"", status=status, headers=[f"Location: {location}"])

    async def hang(self) -> None:
        """Say nothing more until the client goes or the server ends."""
        await self.reader.read()

    def reset(self) -> None:
        """End the connection with RST, as a crashed server or a firewall does."""
        linger = struct.pack("ii", 1, 0)
        self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.writer.transport.abort()


Handler = Callable[[Exchange], Awaitable[None]]


class RogueSite:
    """A site: decent documents by path, and one handler for everything it does wrong.

    Args:
        decent: What it serves as any site would.
        is_rogue: Whether a path is for the handler.
        handler: Answers such paths, however it likes.
        host: The name the crawl knows it by.
        tls: Speaks TLS with it.
        scheme: As the crawl knows it; of ``tls`` by default.
    """

    def __init__(
        self,
        decent: Mapping[str, Document],
        *,
        is_rogue: Callable[[str], bool],
        handler: Handler,
        host: str = HOST,
        tls: ssl.SSLContext | None = None,
        scheme: str | None = None,
    ) -> None:
        self.decent = decent
        self.asked: list[str] = []
        self.port = 0
        self._is_rogue = is_rogue
        self._handler = handler
        self._host = host
        self._tls = tls
        self._scheme = scheme or ("https" if tls else "http")

    @property
    def home(self) -> str:
        """Scheme, host and port."""
        return f"{self._scheme}://{self._host}:{self.port}"

    async def listen(self) -> asyncio.Server:
        """Take a free port."""
        server = await asyncio.start_server(self._serve, HOST, 0, ssl=self._tls, backlog=64)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._exchange(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the crawl went away: it may
        finally:
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        if self._scheme == "https" and self._tls is None:
            await reader.read(1)
            writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            return False
        request, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        path = request.split(" ")[1]
        self.asked.append(path)
        pairs = (line.partition(":") for line in lines if line)
        exchange = Exchange(
            path=path,
            headers={name.strip().lower(): value.strip() for name, _, value in pairs},
            document=self._document(path),
            home=self.home,
            reader=reader,
            writer=writer,
        )
        if self._is_rogue(path):
            await self._handler(exchange)
        elif path in self.decent:
            await exchange.answer()
        else:
            await exchange.answer("<h1>404</h1>", status="404 Not Found")
        return exchange.keeps_alive

    def _document(self, path: str) -> Document:
        """``{home}`` in it is the site's own address."""
        found = self.decent.get(path, Document(b""))
        return replace(found, body=found.body.replace(b"{home}", self.home.encode()))


class RogueServers:
    """All sites, answering inside of the ``with`` block."""

    def __init__(self, sites: Iterable[RogueSite]) -> None:
        self._sites = list(sites)
        self._servers: list[asyncio.Server] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="rogue-sites", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(30)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        self._loop.run_forever()
        for server in self._servers:
            server.close()
        rest = asyncio.all_tasks(self._loop)
        for task in rest:
            task.cancel()
        if rest:
            self._loop.run_until_complete(asyncio.wait(rest))
        self._loop.close()

    async def _listen(self) -> None:
        self._servers = [await site.listen() for site in self._sites]
        # A connection that is cut or never spoken on is no news here.
        self._loop.set_exception_handler(lambda _loop, _context: None)
