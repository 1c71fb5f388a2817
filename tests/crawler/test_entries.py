"""Which files below a sitemap index are asked for, and what their failures mean."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from scrapy.http import Response

from crawler.entries import EntryReader
from crawler.errors import FetchError, ReadingError
from crawler.items import Entry
from crawler.reach import EntryAnswer

HOME = "https://bao.example"
INDEX = f"{HOME}/sitemap.xml"
STARTED_AT = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


class Shelf:
    """Stands for the client: documents by address, everything else is a server error."""

    def __init__(self, documents: dict[str, str]) -> None:
        self.documents = documents
        self.asked: list[str] = []

    async def get(self, url: str, *, validator: Any = None) -> Response:
        self.asked.append(url.removeprefix(HOME))
        if url not in self.documents:
            raise FetchError("status", "500", status=500)
        return Response(url, body=self.documents[url].encode())


def _index(*children: tuple[str, datetime | None]) -> str:
    return _xml("sitemapindex", "sitemap", children)


def _urls(*paths: str) -> str:
    return _xml("urlset", "url", [(path, None) for path in paths])


def _xml(root: str, tag: str, entries: Any) -> str:
    lines = "".join(
        f"<{tag}><loc>{HOME}{path}</loc>"
        + (f"<lastmod>{at.isoformat()}</lastmod>" if at else "")
        + f"</{tag}>"
        for path, at in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{lines}</{root}>'
    )


def _read(shelf: Shelf, *, since: datetime | None = None) -> EntryAnswer:
    client: Any = shelf
    reader = EntryReader(
        client,
        accept=lambda url: True,
        started_at=STARTED_AT,
        since=since,
    )
    return asyncio.run(reader.read(Entry(url=INDEX, kind="sitemap", certainty="seen")))


def test_an_index_that_stamps_every_child_with_now_is_not_followed_whole() -> None:
    days = [f"/{day:04d}.xml" for day in range(1300)]
    shelf = Shelf({f"{HOME}{path}": _urls(f"/a{path}-post1.html") for path in days})
    shelf.documents[INDEX] = _index(*((path, STARTED_AT) for path in days))
    _read(shelf)
    assert shelf.asked[1:] == list(reversed(days))[:8]


def test_a_backfill_follows_the_index_as_far_back_as_it_was_told() -> None:
    days = {f"/{day:02d}.xml": STARTED_AT - timedelta(days=day) for day in range(60)}
    shelf = Shelf({f"{HOME}{path}": _urls(f"/a{path}-post1.html") for path in days})
    shelf.documents[INDEX] = _index(*days.items())
    _read(shelf, since=STARTED_AT - timedelta(days=20))
    assert shelf.asked[1:] == list(days)[:21]


def test_of_undated_children_the_two_with_the_highest_numbers_are_read() -> None:
    months = ["/news-2026-9.xml", "/news-2026-11.xml", "/news-2026-10.xml", "/pages.xml"]
    shelf = Shelf({f"{HOME}{path}": _urls(f"/a{path}-post1.html") for path in months})
    shelf.documents[INDEX] = _index(*((path, None) for path in months))
    assert len(_read(shelf).links) == 2
    assert shelf.asked[1:] == ["/news-2026-11.xml", "/news-2026-10.xml"]


def test_an_index_is_followed_two_levels_down_and_never_in_a_circle() -> None:
    shelf = Shelf(
        {
            INDEX: _index(("/1.xml", STARTED_AT)),
            f"{HOME}/1.xml": _index(("/2.xml", STARTED_AT), ("/1.xml", STARTED_AT)),
            f"{HOME}/2.xml": _index(("/3.xml", STARTED_AT)),
        }
    )
    with pytest.raises(ReadingError, match="empty"):
        _read(shelf)
    assert shelf.asked == ["/sitemap.xml", "/1.xml", "/2.xml"]


def test_one_broken_child_does_not_hide_the_others() -> None:
    shelf = Shelf(
        {
            INDEX: _index(("/broken.xml", STARTED_AT), ("/fine.xml", STARTED_AT)),
            f"{HOME}/fine.xml": _urls("/a-post1.html"),
        }
    )
    answer = _read(shelf)
    assert [link.url for link in answer.links] == [f"{HOME}/a-post1.html"]
    assert answer.validator is None


def test_an_index_whose_children_all_fail_fails_with_their_reason() -> None:
    shelf = Shelf({INDEX: _index(("/broken.xml", STARTED_AT))})
    with pytest.raises(FetchError, match="status: 500"):
        _read(shelf)
