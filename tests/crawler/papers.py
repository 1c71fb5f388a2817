"""Small papers whose lists grow: what they list, how they mislead, and what they were asked."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from crawler.urls import page_key
from tests.crawler.sites import Answer, Asked, Site

if TYPE_CHECKING:
    from collections.abc import Iterable

FIRST_AT = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
PAGE_LENGTH = 12
FEED_LENGTH = 10
GONE = Answer("đã gỡ", status=410)
"""Of every article: these tests are about finding them."""


class Paper:
    """A site with a feed, a sitemap, a JSON list and a listing of the same articles.

    ``feed`` may be set to an answer that is served in the feed's place; articles that are
    published ``in_feed=False`` stand in the listing only.
    """

    def __init__(self) -> None:
        self.site = Site({})
        self.feed: Answer | None = None
        self.pager = "page"
        self.articles: list[tuple[str, datetime, bool]] = []
        self.site.routes = _Routes(self)

    def publish(self, count: int, *, at: datetime, in_feed: bool = True) -> None:
        for _ in range(count):
            number = len(self.articles)
            minute = timedelta(seconds=number)
            self.articles.append((f"/tin-so-{1000 + number}.html", at + minute, in_feed))

    def keys_after(self, count: int) -> set[str]:
        """Of what was published after the first ``count`` articles."""
        return {page_key(self.site.home + path) for path, _, _ in self.articles[count:]}

    def asked(self) -> list[str]:
        """Lists asked for since the last call, unchanged ones marked."""
        told = [asked.path for asked in self.site.asked if not asked.path.endswith(".html")]
        self.site.asked.clear()
        return [path for path in told if path != "/robots.txt"]

    def answer(self, asked: Asked) -> Answer:
        parts = urlsplit(asked.path)
        number = int(dict(parse_qsl(parts.query)).get("page", "1"))
        newest = self.articles[::-1]
        match parts.path:
            case "/tin.rss":
                return self.feed or _rss(newest, self.site.home)
            case "/tin":
                return self._listing(newest, number)
            case "/tin.json":
                return _json(newest[(number - 1) * PAGE_LENGTH :][:PAGE_LENGTH])
            case "/sitemap.xml":
                return _index(newest, self.site.home)
            case path if path.startswith("/sitemap-"):
                return _month(newest, path, self.site.home)
            case path if path.endswith(".html"):
                return GONE
        return Answer("", status=404)

    def _listing(self, newest: list[tuple[str, datetime, bool]], number: int) -> Answer:
        """A pinned story, a page of the list, a box of the oldest ones, a pager."""
        if self.pager == "repeats":
            number = 1
        shown = [path for path, _, _ in newest[(number - 1) * PAGE_LENGTH :][:PAGE_LENGTH]]
        if self.pager == "calendar" and number > 1:
            shown = [f"/ngay-cu-{number}-so-{each + 1000}.html" for each in range(PAGE_LENGTH)]
        if not shown:
            return Answer("<html><body><p>Không còn tin.</p></body></html>")
        pinned = self.articles[0][0]
        box = "".join(f'<li><a href="{path}">cũ</a></li>' for path, _, _ in self.articles[:4])
        cards = "".join(f'<h3 class="tin"><a href="{path}">Tin</a></h3>' for path in shown)
        return Answer(
            f'<html><body><div class="top"><h3 class="tin"><a href="{pinned}">Ghim</a></h3></div>'
            f'{cards}<ul class="doc-nhieu">{box}</ul>'
            f'<a class="next" href="/tin?page={number + 1}">Trang sau</a></body></html>'
        )


class _Routes(dict[str, object]):
    """Every path answers, conditionally where it lists."""

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self._paper = paper

    def get(self, key: str, default: object = None) -> object:  # type: ignore[override]  # one kind
        return self._conditional

    def _conditional(self, asked: Asked) -> Answer:
        answer = self._paper.answer(asked)
        if answer.status != 200:
            return answer
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        tag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
        if asked.headers.get("If-None-Match") == tag:
            return Answer("", status=304, headers={"ETag": tag})
        return replace(answer, headers={"ETag": tag})


def _rss(newest: Iterable[tuple[str, datetime, bool]], home: str) -> Answer:
    listed = [(path, at) for path, at, in_feed in newest if in_feed][:FEED_LENGTH]
    items = "".join(
        f"<item><link>{home}{path}</link><pubDate>{at:%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
        for path, at in listed
    )
    return Answer(f"<rss><channel>{items}</channel></rss>", type="text/xml")


def _json(shown: Iterable[tuple[str, datetime, bool]]) -> Answer:
    items = [
        {"slug": path.strip("/"), "time": f"/Date({at.timestamp() * 1000:.0f})/"}
        for path, at, _ in shown
    ]
    return Answer(json.dumps({"data": {"items": items}}), type="application/json")


def _index(newest: Iterable[tuple[str, datetime, bool]], home: str) -> Answer:
    months = dict.fromkeys(f"{at.year}-{at.month}" for _, at, _ in newest)
    files = "".join(f"<sitemap><loc>{home}/sitemap-{month}.xml</loc></sitemap>" for month in months)
    return Answer(f"<sitemapindex>{files}</sitemapindex>", type="text/xml")


def _month(newest: Iterable[tuple[str, datetime, bool]], path: str, home: str) -> Answer:
    urls = "".join(
        f"<url><loc>{home}{article}</loc><lastmod>{at.isoformat()}</lastmod></url>"
        for article, at, _ in newest
        if path == f"/sitemap-{at.year}-{at.month}.xml"
    )
    return Answer(f"<urlset>{urls}</urlset>", type="text/xml")
