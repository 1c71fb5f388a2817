"""Small real web sites on loopback, and the crawl child process that reads them."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from typing import TYPE_CHECKING, Any

from crawler.items import (
    CrawlJob,
    CrawlLimits,
    Entry,
    EntryKind,
    Record,
    Source,
    SourceReport,
    SourceTask,
)
from crawler.wire import decode_record, encode_job

if TYPE_CHECKING:
    import ssl

CHILD = (sys.executable, "-m", "crawler")
STARTED_AT = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
QUICK = CrawlLimits(
    delay=timedelta(milliseconds=10),
    timeout=timedelta(seconds=5),
    deadline=timedelta(seconds=40),
)


@dataclass(frozen=True)
class Answer:
    body: str | bytes = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    type: str | None = "text/html; charset=utf-8"
    hangs: bool = False


@dataclass(frozen=True)
class Asked:
    path: str
    headers: dict[str, str]
    at: float


Route = Answer | Callable[[Asked], Answer]


class Site:
    """One web site; every request it got is in ``asked``, in order."""

    def __init__(self, routes: Mapping[str, Route], *, tls: ssl.SSLContext | None = None) -> None:
        self.routes = dict(routes)
        self._scheme = "https" if tls else "http"
        self.asked: list[Asked] = []
        self.was_asked = threading.Event()
        self._closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._server.block_on_close = False
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def home(self) -> str:
        return f"{self._scheme}://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def close(self) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        route = self.routes.get(asked.path, Answer("", status=404))
        answer = route(asked) if callable(route) else route
        if answer.hangs:
            self.was_asked.set()
            self._closing.wait(30)
        return answer

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                asked = Asked(self.path, dict(self.headers.items()), monotonic())
                answer = site.answer(asked)
                body = answer.body.encode() if isinstance(answer.body, str) else answer.body
                self.send_response(answer.status)
                if answer.type is not None:
                    self.send_header("Content-Type", answer.type)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if answer.status != 304:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                with suppress(ConnectionError):  # the crawl went away: it may
                    self.wfile.write(body)

            def log_message(self, *arguments: Any) -> None:
                """Keep the test's output quiet."""

        return Handler


@contextmanager
def served(routes: Mapping[str, Route], *, tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    site = Site(routes, tls=tls)
    try:
        yield site
    finally:
        site.close()


def article_page(title: str, *, day: str = "2026-11-20T08:30:00+07:00") -> Answer:
    """A page in the words of no paper."""
    sentence = (
        "Sáng nay, chi bộ thôn họp bàn việc giúp quần chúng ưu tú học lớp nhận thức về Đảng, "
        "phân công đảng viên theo dõi từng người và hẹn xem lại kết quả vào cuối quý."
    )
    paragraphs = "".join(f"<p>{title}, đoạn {number}: {sentence}</p>" for number in range(1, 6))
    return Answer(
        f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>
        <meta property="og:title" content="{title}"><meta property="og:type" content="article">
        <meta property="article:published_time" content="{day}"></head>
        <body><article><h1>{title}</h1><div itemprop="articleBody">{paragraphs}</div></article>
        </body></html>"""
    )


def feed(*paths: str, home: str = "") -> str:
    """RSS with one item a path, the first one newest."""
    items = "".join(
        f"<item><title>Tin {number}</title><link>{home}{path}</link>"
        f"<pubDate>Fri, 20 Nov 2026 {20 - number:02d}:00:00 +0700</pubDate></item>"
        for number, path in enumerate(paths)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>Báo thử</title><link>{home}/</link>{items}</channel></rss>"
    )


def source(key: str, home: str, *entries: tuple[EntryKind, str], **more: Any) -> Source:
    return Source(
        key=key,
        name=f"Báo {key}",
        kind="paper",
        home=f"{home}/",
        province="Lào Cai",
        certainty="checked",
        entries=tuple(
            Entry(url=f"{home}{path}", kind=kind, certainty="checked") for kind, path in entries
        ),
        **more,
    )


def job(*tasks: SourceTask, limits: CrawlLimits = QUICK, loopback: bool = True) -> CrawlJob:
    return CrawlJob(
        started_at=STARTED_AT,
        tasks=tasks,
        limits=limits,
        contact="https://example.vn/diembao",
        allow_loopback=loopback,
    )


@dataclass(frozen=True)
class Outcome:
    records: tuple[Record, ...]
    status: int
    log: str

    def of(self, key: str) -> list[Record]:
        return [record for record in self.records if record.source == key]

    def kinds(self, key: str) -> list[str]:
        return [record.record for record in self.of(key)]

    def report(self, key: str) -> SourceReport:
        *before, last = self.of(key)
        assert isinstance(last, SourceReport)
        assert not any(isinstance(record, SourceReport) for record in before)
        return last


def crawl(work: CrawlJob) -> Outcome:
    """Run the child process to its end."""
    child = subprocess.run(CHILD, input=encode_job(work), capture_output=True, timeout=90)
    return Outcome(
        records=tuple(decode_record(line) for line in child.stdout.splitlines()),
        status=child.returncode,
        log=child.stderr.decode(),
    )
