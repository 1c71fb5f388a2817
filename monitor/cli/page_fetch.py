"""Fetches one page by its address, with the crawler's manners, for ``read``."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.items import Article, CrawlJob, Failure, Gone, Source, SourceTask
from monitor.errors import InputError
from monitor.watch import now
from monitor.workers import Worker

if TYPE_CHECKING:
    from crawler.items import Record
    from monitor.config import Config


def fetch_article(url: str, config: Config, *, source: Source | None) -> Article:
    """Fetch and read a page in a child process, as any crawl would.

    Args:
        url: Of the page.
        config: Limits and contact.
        source: Whose page it is; None reads it by itself.

    Raises:
        InputError: The page cannot be fetched, or is no article; the failure says why.
    """
    job = CrawlJob(
        started_at=now(),
        tasks=(SourceTask(source=source or _stranger(url), pages=(url,)),),
        limits=config.crawl.limits,
        contact=config.crawl.contact,
        allow_loopback=config.crawl.allow_loopback,
    )
    records: list[Record] = []
    end = Worker().crawl(job, records.append)
    for record in records:
        if isinstance(record, Article):
            return record
        if isinstance(record, Gone):
            raise InputError(f"{url}: the page is gone: status {record.status}")
        if isinstance(record, Failure):
            raise InputError(f"{url}: {record.kind}: {record.detail}")
    raise InputError(f"{url}: no answer: {end.last_words or 'the crawl was stopped'}")


def _stranger(url: str) -> Source:
    """A site that no seed names, for one page."""
    site = urlsplit(url)
    return Source(
        key="read",
        name=site.netloc,
        kind="portal",
        home=f"{site.scheme}://{site.netloc}/",
        province=None,
        certainty="inferred",
    )
