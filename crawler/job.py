"""Runs one crawl job in this process, once: a Twisted reactor cannot be started again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.crawler import AsyncCrawlerProcess

from crawler.settings import crawl_settings
from crawler.spider import SourceSpider

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.items import CrawlJob, Record


def run_job(job: CrawlJob, *, emit: Callable[[Record], None], parent_id: int) -> None:
    """Crawl until all sources are read, the deadline, a signal, or the parent's end.

    Installs the reactor, the signal handlers for SIGINT and SIGTERM, and logging to standard
    error.

    Args:
        job: What to do.
        emit: Takes each record as it comes.
        parent_id: Process id of whoever reads the records.

    Raises:
        OSError: A record could not be written.
        Exception: Whatever kept Scrapy from being set up.
    """
    # The process runner, not AsyncCrawlerRunner: only it installs TWISTED_DNS_RESOLVER,
    # which closes the way to private addresses.
    process = AsyncCrawlerProcess(crawl_settings(job))
    crawler = process.create_crawler(SourceSpider)
    crawl = process.crawl(crawler, job=job, emit=emit, parent_id=parent_id)
    process.start()
    if crawl.done() and not crawl.cancelled():
        crawl.result()
    spider = crawler.spider
    if isinstance(spider, SourceSpider) and spider.unwritten is not None:
        raise spider.unwritten
