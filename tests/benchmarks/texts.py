"""Reading pages, scoring stories, reading figures: the work a page costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.reading import read_page
from monitor.extractor import article_text
from monitor.extractor.figures import find_figures
from monitor.extractor.places import place_of
from monitor.extractor.topic import score
from tests.benchmarks.library import NOW
from tests.benchmarks.measures import Effort, Measure, per_cpu_second

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.items import Article
    from tests.benchmarks.library import Library, Page


def measure_texts(library: Library, effort: Effort) -> Iterator[Measure]:
    """Four measures, each over texts of the press again and again."""

    def read(page: Page) -> None:
        read_page(page.content, url=page.url, fetched_at=NOW)

    def weigh(article: Article) -> None:
        score(article.title, sapo=article.sapo, body=article.body, topic=library.topic)

    def count(article: Article) -> None:
        text = article_text(article.sapo, article.body)
        find_figures(text, title=article.title, published_on=NOW.date())

    def place(article: Article) -> None:
        text = article_text(article.sapo, article.body)
        place_of(
            title=article.title,
            body=text,
            source_province=None,
            source_place=None,
            published_on=NOW.date(),
        )

    pages, articles = library.pages, library.articles
    flagged = [one for one in articles if library.readings[one.key].score.is_flagged]
    kilobytes = sum(len(page.content) for page in pages) / len(pages) / 1000
    yield Measure(
        name="pages_read",
        value=per_cpu_second(read, pages, effort=effort),
        unit="pages/CPU s",
        about=f"read_page over the {len(pages)} pages of the press, {kilobytes:.1f} kB each",
    )
    yield Measure(
        name="stories_scored",
        value=per_cpu_second(weigh, articles, effort=effort),
        unit="stories/CPU s",
        about=f"topic score of {len(articles)} articles",
    )
    yield Measure(
        name="figures_read",
        value=per_cpu_second(count, flagged, effort=effort),
        unit="texts/CPU s",
        about=f"figures of the {len(flagged)} flagged articles",
    )
    yield Measure(
        name="stories_placed",
        value=per_cpu_second(place, articles, effort=effort),
        unit="stories/CPU s",
        about=f"place of {len(articles)} articles",
    )
