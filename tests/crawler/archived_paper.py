"""A paper with a past: thirty days of stories in sitemaps and on the pages of a listing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.crawler.sites import Answer, Asked, Route, article_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LAST_DAY = date(2026, 11, 19)
DAYS = 30
A_DAY = 2
PAGE_LENGTH = 6
XML = "application/xml"


@dataclass(frozen=True)
class Story:
    """One story of the paper."""

    number: int
    """From 1, the newest first."""

    @property
    def day(self) -> date:
        return LAST_DAY - timedelta(days=(self.number - 1) // A_DAY)

    @property
    def path(self) -> str:
        return f"/chi-bo-thon-ket-nap-dang-vien-post{9000 - self.number}.html"


STORIES = tuple(Story(number) for number in range(1, DAYS * A_DAY + 1))


def paths_of(first: date, last: date) -> set[str]:
    """The stories of some days."""
    return {story.path for story in STORIES if first <= story.day <= last}


def pages() -> dict[str, Route]:
    """Every story's own page."""
    return {
        story.path: article_page(
            f"Chi bộ thôn số {story.number} kết nạp đảng viên",
            day=f"{story.day}T{20 - story.number % A_DAY}:00:00+07:00",
        )
        for story in STORIES
    }


def daily_sitemaps(home: str) -> dict[str, Route]:
    """An index with a file a day, each changed in UTC after midnight; and the files."""
    days = sorted({story.day for story in STORIES}, reverse=True)
    children = "".join(
        f"<sitemap><loc>{home}/sitemap-article-{day}.xml</loc>"
        f"<lastmod>{day}T17:30:00Z</lastmod></sitemap>"
        for day in days
    )
    files: dict[str, Route] = {
        f"/sitemap-article-{day}.xml": _urlset(home, (s for s in STORIES if s.day == day))
        for day in days
    }
    return {
        "/sitemap.xml": _xml(f"<sitemapindex>{children}</sitemapindex>"),
        **files,
    }


def listing(
    section: str = "/xay-dung-dang", *, dated: bool, last_page: int = 99
) -> Mapping[str, Route]:
    """A listing's pages; a number past the end shows the first page, as many servers do."""

    def answer(asked: Asked) -> Answer:
        _, _, number = asked.path.partition("?page=")
        return _listing_page(section, int(number or 1), dated=dated, last_page=last_page)

    count = -(-len(STORIES) // PAGE_LENGTH)
    paths = [section, *(f"{section}?page={number}" for number in range(1, count + 2))]
    return dict.fromkeys(paths, answer)


def _listing_page(section: str, number: int, *, dated: bool, last_page: int) -> Answer:
    start = (number - 1) * PAGE_LENGTH
    shown = STORIES[start : start + PAGE_LENGTH] or STORIES[:PAGE_LENGTH]
    cards = "".join(
        f'<article><a href="{story.path}">Chi bộ thôn số {story.number}</a>'
        + (f"<time>{story.day:%d/%m/%Y} 08:00</time>" if dated else "")
        + "</article>"
        for story in shown
    )
    newest = "".join(f'<li><a href="{story.path}">Mới</a></li>' for story in STORIES[:3])
    follows = f'<a href="{section}?page={number + 1}">Trang sau</a>' if number < last_page else ""
    return Answer(
        f"<html><head><title>Xây dựng Đảng</title></head><body><main>{cards}</main>"
        f'<div class="pagination">{follows}</div><ul class="moi">{newest}</ul></body></html>'
    )


def _urlset(home: str, stories: Iterable[Story]) -> Answer:
    inside = "".join(
        f"<url><loc>{home}{story.path}</loc><lastmod>{story.day}T21:00:00+07:00</lastmod></url>"
        for story in stories
    )
    return _xml(f"<urlset>{inside}</urlset>")


def _xml(body: str) -> Answer:
    return Answer(body, type=XML)
