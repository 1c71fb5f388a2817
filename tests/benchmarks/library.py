"""What the benchmarks work on: the pages of the simulated press, and an archive grown from them."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crawler.items import Article, Source
from crawler.reading import read_page, to_article
from crawler.urls import page_key
from monitor import extractor
from monitor.press import Press
from monitor.topics import load_topic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from monitor.items import Reading

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
SEED = 20261121
"""Two runs build the same archive."""


@dataclass(frozen=True)
class Page:
    """A page as the network brings it."""

    source: str
    url: str
    content: bytes


class Library:
    """Every page of the press, its articles, and what the extractor makes of them.

    Args:
        folder: Where topic files named by a path would be looked for.
    """

    def __init__(self, folder: Path) -> None:
        self.topic = load_topic("dang-vien", beside=folder)
        self.pages, self.sources = _printed()
        self.articles = tuple(self._article(page) for page in self.pages)
        self.readings = {article.key: self.read(article) for article in self.articles}

    def read(self, article: Article) -> Reading:
        """Score, figures and place, as ingest asks for them."""
        return extractor.read(
            title=article.title,
            sapo=article.sapo,
            body=article.body,
            topics=(self.topic,),
            original_source=article.original_source,
            published_on=article.published_at.date() if article.published_at else None,
        )

    def known_reading(self, article: Article) -> Reading:
        """The reading of the press's article that an archived one was made of."""
        return self.readings[article.key.rpartition("#")[0]]

    def archive(self, rows: int) -> Iterator[Article]:
        """So many different articles: texts of the press with paragraphs of other texts."""
        draw = random.Random(SEED)
        paragraphs = [part for one in self.articles for part in one.body.split("\n\n")]
        for number in range(rows):
            origin = self.articles[number % len(self.articles)]
            body = "\n\n".join([origin.body, *draw.sample(paragraphs, 3)])
            yield replace(
                origin,
                url=f"{origin.url}#{number}",
                key=f"{origin.key}#{number}",
                title=f"{origin.title} ({number})",
                body=body,
                published_at=NOW - timedelta(minutes=rows - number),
                digest=f"{number:064x}",
            )

    def _article(self, page: Page) -> Article:
        reading = read_page(page.content, url=page.url, fetched_at=NOW)
        key = page_key(page.url)
        return to_article(reading, source=page.source, url=page.url, key=key, fetched_at=NOW)


def _printed() -> tuple[tuple[Page, ...], tuple[Source, ...]]:
    press = Press(now=NOW)
    try:
        pages = tuple(
            Page(key, site.base_url + one.path, site.answer(one.path, {}).body)
            for key, site in press.sites.items()
            for one in site.articles
        )
        sources = tuple(
            Source(
                key=key,
                name=site.name,
                kind=site.profile.kind,
                home=f"{site.base_url}/",
                province=site.profile.province,
                certainty="checked",
            )
            for key, site in press.sites.items()
        )
    finally:
        press.close()
    return pages, sources
