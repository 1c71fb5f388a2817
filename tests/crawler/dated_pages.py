"""Small pages with dates on them, and what is found there."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from lxml import html

from crawler.dates import find_date
from crawler.dating.text import VIETNAM

FETCHED_AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
"""09:00 in Vietnam."""
PROSE = (
    "<p>Chi bộ họp vào tối thứ năm hằng tuần để bàn việc của làng và nghe dân góp ý, rồi giao cho"
    " từng đảng viên giúp một hộ làm ăn.</p>"
)
TITLE = "<h1>Làng ven suối có chi bộ riêng</h1>"


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=VIETNAM).astimezone(UTC)  # type: ignore[misc,arg-type]  # year to second


def found(  # type: ignore[no-untyped-def]  # FoundDate | None
    markup: str,
    *,
    selectors: tuple[str, ...] = (),
    url: str = "https://a.vn/x-1.html",
    title: str | None = None,
):
    page = html.document_fromstring(f"<html><body>{markup}</body></html>")
    return find_date(page, url=url, fetched_at=FETCHED_AT, selectors=selectors, title=title)


def json_ld(*things: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(t)}</script>' for t in things)


def news(day: str, **more: str) -> dict[str, str]:
    return {"@type": "NewsArticle", "datePublished": day, **more}
