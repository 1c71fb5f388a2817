"""A simulated site over HTTP: it prints what its newsroom has published, and counts who asks."""

from __future__ import annotations

import hashlib
import time
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from crawler.dating.text import VIETNAM
from tests.benchmarks.day.newsroom import Paper, Piece
from tests.fakes.rogue.server import Exchange

Role = Literal["robots", "feed", "sitemap", "listing", "article", "other"]

SCALE = 20
"""Simulated seconds in a real one, as far as the pace of requests goes. With more of them, the
time that the press itself takes to notice a request would count for half a Crawl-delay."""
ON_A_PAGE = 20
RETRY_AFTER = timedelta(minutes=30)
FORBIDDEN = "/quan-tri/"
_XML = "application/xml; charset=utf-8"
_STALE = timedelta(hours=20)
"""How old the newest item of a feed is that is no longer kept."""
_TOPIC = (
    "Đảng bộ phường vừa tổ chức lễ kết nạp đảng viên mới cho năm quần chúng ưu tú, nâng số đảng "
    "viên mới kết nạp từ đầu năm lên 42 đồng chí."
)
_OTHER = (
    "Bà con làng hoa bên sông đang vào vụ, nhà nào cũng sáng đèn từ bốn giờ để kịp chuyến xe "
    "sớm; năm nay trời thuận, giá bán nhích lên đôi chút."
)


@dataclass
class Clock:
    """The simulated moment, set from outside."""

    now: datetime


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request, as the press remembers it."""

    at: datetime
    """Simulated."""
    began: float
    """Real seconds."""
    path: str
    role: Role
    status: int
    is_as_before: bool
    """Whether what it got, or would have got, is what the last one got."""
    others_open: int
    """Requests of the same site that were not answered yet."""


class DaySite:
    """One site; ``answer`` handles its requests.

    Args:
        paper: Who it is.
        pieces: What it publishes, oldest first.
        midnight: The beginning of the day.
        clock: Tells the simulated moment.
    """

    def __init__(
        self, paper: Paper, pieces: Sequence[Piece], *, midnight: datetime, clock: Clock
    ) -> None:
        self.paper = paper
        self.pieces = pieces
        self.home = ""
        self.new_home = ""
        """Of the host it moves to."""
        self.asked: list[Asked] = []
        self._midnight = midnight
        self._clock = clock
        self._moments = [piece.published_at for piece in pieces]
        self._by_path = {piece.path: piece for piece in pieces}
        self._open = 0
        self._tags: dict[str, str] = {}

    async def answer(self, exchange: Exchange) -> None:
        """Answer a request and remember it."""
        others, began = self._open, time.monotonic()
        self._open += 1
        status, role, before = 0, _role_of(exchange.path), self._tags.get(exchange.path)
        try:
            status = await self._answer(exchange, role)
        finally:
            self._open -= 1
            self.asked.append(
                Asked(
                    at=self._clock.now,
                    began=began,
                    path=exchange.path,
                    role=role,
                    status=status,
                    is_as_before=before is not None and self._tags[exchange.path] == before,
                    others_open=others,
                )
            )

    def standing(self, now: datetime) -> list[Piece]:
        """What is on the site, newest first."""
        until = bisect_right(self._moments, now)
        return [piece for piece in reversed(self.pieces[:until]) if piece.stands(now)]

    def feed_at(self, now: datetime) -> list[Piece]:
        """What its feed holds."""
        shown = now - _STALE if self.paper.feed == "stale" else now
        return [piece for piece in self.standing(shown) if piece.stands(now)][
            : self.paper.feed_length
        ]

    def is_out(self, now: datetime) -> bool:
        """Whether it has its trouble."""
        outage = self.paper.outage
        return outage is not None and (
            self._midnight + outage.begins <= now < self._midnight + outage.begins + outage.lasts
        )

    def has_moved(self, now: datetime) -> bool:
        """Whether it lives on its other host."""
        moves = self.paper.moves_after
        return moves is not None and now >= self._midnight + moves

    async def _answer(self, exchange: Exchange, role: Role) -> int:
        now = self._clock.now
        if self.is_out(now):
            return await self._trouble(exchange)
        if self.has_moved(now) and exchange.home != self.new_home:
            await exchange.redirect(self.new_home + exchange.path, "301 Moved Permanently")
            return 301
        body = self._document(exchange, role, now)
        if body is None:
            await exchange.answer("<h1>404</h1>", status="404 Not Found", type="text/html")
            return 404
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        self._tags[exchange.path] = tag
        if exchange.headers.get("if-none-match") == tag:
            await exchange.send(f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n")
            exchange.keeps_alive = True
            return 304
        label = _XML if role in ("feed", "sitemap") else "text/html; charset=utf-8"
        await exchange.answer(body, type=label, headers=[f"ETag: {tag}"])
        return 200

    async def _trouble(self, exchange: Exchange) -> int:
        assert self.paper.outage is not None
        kind = self.paper.outage.kind
        if kind == "refuses":
            exchange.reset()
            return 0
        if kind == "hangs":
            await exchange.hang()
        if kind == "challenge":
            script = 'document.cookie="D1N=1";window.location.reload(true)'
            await exchange.answer(f"<html><body><script>{script}</script></body></html>")
            return 200
        lines = {"503": "503 Service Unavailable", "403": "403 Forbidden", "500": "500 Oops"}
        retry = [f"Retry-After: {RETRY_AFTER.total_seconds():.0f}"] if kind == "503" else []
        await exchange.answer("", status=lines[kind], headers=retry)
        return int(kind)

    def _document(self, exchange: Exchange, role: Role, now: datetime) -> bytes | None:
        path = urlsplit(exchange.path).path
        if role == "robots":
            delay = self.paper.crawl_delay
            pace = f"Crawl-delay: {delay / SCALE:g}\n" if delay else ""
            return f"User-agent: *\nDisallow: {FORBIDDEN}\n{pace}".encode()
        if role == "feed":
            return self._feed(exchange.home, now)
        if role == "sitemap":
            return self._sitemap(exchange.home, path, now)
        if role == "listing":
            return self._listing(exchange.path, now)
        piece = self._by_path.get(path)
        return self._page(piece, now) if piece is not None and piece.stands(now) else None

    def _feed(self, home: str, now: datetime) -> bytes | None:
        if self.paper.feed == "none":
            return None
        if self.paper.feed == "html":
            return _html("Kênh RSS", "<p>Chọn chuyên mục để nhận tin.</p>")
        items = "".join(
            f"<item><title>{_title(piece)}</title><link>{home}{piece.path}</link>"
            f"<pubDate>{format_datetime(piece.published_at.astimezone(VIETNAM))}</pubDate></item>"
            for piece in self.feed_at(now)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()

    def _sitemap(self, home: str, path: str, now: datetime) -> bytes | None:
        if self.paper.sitemap != "by-day":
            return None
        days: dict[str, list[Piece]] = {}
        for piece in self.standing(now):
            days.setdefault(f"{piece.published_at:%Y-%m-%d}", []).append(piece)
        if path == "/sitemap.xml":
            rows = "".join(
                f"<sitemap><loc>{home}/sitemap-{day}.xml</loc>"
                f"<lastmod>{pieces[0].published_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>"
                "</sitemap>"
                for day, pieces in days.items()
            )
            return f"<sitemapindex>{rows}</sitemapindex>".encode()
        pieces = days.get(path.removeprefix("/sitemap-").removesuffix(".xml"))
        if pieces is None:
            return None
        rows = "".join(
            f"<url><loc>{home}{piece.path}</loc><lastmod>{piece.published_at:%Y-%m-%dT%H:%M:%S%z}"
            "</lastmod></url>"
            for piece in pieces
        )
        return f"<urlset>{rows}</urlset>".encode()

    def _listing(self, path: str, now: datetime) -> bytes | None:
        if not self.paper.has_listing:
            return None
        asked = dict(parse_qsl(urlsplit(path).query)).get("page", "1")
        number = int(asked) if asked.isdecimal() else 1
        shown = self.standing(now)[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
        cards = "".join(
            f'<li><h3><a href="{piece.path}">{_title(piece)}</a></h3>'
            f"<span>{piece.published_at:%d/%m/%Y %H:%M}</span></li>"
            for piece in shown
        )
        after = f'<a rel="next" href="/tin-moi?page={number + 1}">Trang sau</a>'
        staff = f'<a href="{FORBIDDEN}soan-bai-moi-post1.html">Tòa soạn</a>'
        return _html("Tin mới", f'<ul>{cards}</ul><div class="pagination">{after}</div>{staff}')

    def _page(self, piece: Piece, now: datetime) -> bytes:
        is_edited = piece.edited_at is not None and piece.edited_at <= now
        text = _TOPIC if piece.is_of_topic else _OTHER
        more = "<p>Tòa soạn đã sửa lại một chi tiết trong bài.</p>" if is_edited else ""
        paragraphs = "".join(
            f"<p>Đoạn {place} của chuyện {piece.number}. {text}</p>" for place in range(6)
        )
        metas = (
            '<meta property="og:type" content="article"><meta property="article:published_time" '
            f'content="{piece.published_at.astimezone(VIETNAM).isoformat(timespec="seconds")}">'
        )
        body = f"<article><h1>{_title(piece)}</h1><div>{paragraphs}{more}</div></article>"
        return _html(_title(piece), body, head=metas)


def _role_of(target: str) -> Role:
    path = urlsplit(target).path
    if path == "/robots.txt":
        return "robots"
    if path == "/tin.rss":
        return "feed"
    if path.startswith("/sitemap"):
        return "sitemap"
    if path in ("/tin-moi", "/"):
        return "listing"
    return "article" if path.endswith(".html") else "other"


def _title(piece: Piece) -> str:
    subject = "Kết nạp đảng viên ở" if piece.is_of_topic else "Vụ hoa bên sông ở"
    return f"{subject} {piece.paper} {piece.number}"


def _html(title: str, body: str, *, head: str = "") -> bytes:
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>{head}'
        f"</head><body>{body}</body></html>"
    ).encode()
