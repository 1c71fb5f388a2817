"""``read``: what the pipeline makes of one page; nothing is stored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.errors import ReadingError
from crawler.sources import load_sources
from crawler.urls import page_key, site_of, sites_of
from monitor.cli.app import DEFAULT_CONFIG, ConfigOption, JsonOption, app, config_or_defaults
from monitor.cli.article_view import print_reading
from monitor.cli.output import print_json
from monitor.cli.page_fetch import fetch_article
from monitor.errors import InputError
from monitor.topics import load_topics
from monitor.watch import extract, now
from monitor.wording import load_wording

if TYPE_CHECKING:
    from crawler.items import Article, Source
    from crawler.reading import PageReading
    from monitor.items import Reading

_BEGINNING_BYTES = 2048


@app.command()
def read(
    page: Annotated[str, typer.Argument(help="A page's address, or a file: HTML or plain text.")],
    url: Annotated[str | None, typer.Option(help="The address a file was saved from.")] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Show what the pipeline makes of one page: date, text, score and reasons, figures, place."""
    settings = config_or_defaults(config)
    topics = load_topics(settings.topic, beside=config.parent)
    is_address = page.startswith(("http://", "https://"))
    source = _source_at(page if is_address else url, settings.seeds)
    if is_address:
        article = fetch_article(page, settings, source=source)
    else:
        article = _article_in(Path(page), url or "", source=source)
    found = extract(article, source=source, topics=topics, zone=settings.zone)
    if json:
        print_json(read_object(article, found))
        return
    print_reading(
        article,
        scores=found.scores,
        place=found.place,
        figures=found.figures,
        wording=load_wording(settings.language),
        zone=settings.zone,
    )


def read_object(article: Article, found: Reading) -> dict[str, Any]:
    """What ``read --json`` prints; other programs build on its keys."""
    return {
        "url": article.url or None,
        "title": article.title,
        "sapo": article.sapo,
        "published_at": article.published_at,
        "published_rule": article.published_rule,
        "author": article.author,
        "body": article.body,
        "original_source": article.original_source,
        "label": found.score.label,
        "score": found.score.value,
        "reasons": found.score.reasons,
        "figures": found.figures,
        "place": found.place,
        "published_raw": article.published_raw,
        "has_time": article.has_time,
        "shortfall": found.score.shortfall,
        "topic": found.topic,
        "scores": found.scores,
    }


def _source_at(url: str | None, seeds: Path) -> Source | None:
    """The source that an address belongs to: its selectors and its province help reading."""
    if not url or not seeds.is_dir():
        return None
    sources = load_sources(seeds).sources
    return next((source for source in sources if site_of(url) in sites_of(source)), None)


def _article_in(path: Path, url: str, *, source: Source | None) -> Article:
    # Loaded late: what reads pages takes 10 MB, which the service never needs.
    from crawler.reading import to_article

    try:
        reading = _reading_in(path.read_bytes(), url, source=source)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is neither HTML nor UTF-8 text") from error
    except ReadingError as error:
        raise InputError(f"{path}: gives no article: {error}") from error
    key = page_key(url) if url else ""
    return to_article(reading, source="file", url=url, key=key, fetched_at=now())


def _reading_in(content: bytes, url: str, *, source: Source | None) -> PageReading:
    from crawler.pagetext import read_text  # late, as above
    from crawler.reading import read_page

    beginning = content[:_BEGINNING_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if beginning.startswith(b"<") or b"<html" in beginning or b"<body" in beginning:
        return read_page(
            content,
            url=url,
            fetched_at=now(),
            family_hint=source.family if source else None,
            selectors=source.selectors if source else (),
        )
    return read_text(content.decode("utf-8-sig"))
