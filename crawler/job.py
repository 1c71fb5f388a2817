"""Runs one crawl job in this process, once: a Twisted reactor cannot be started again."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from scrapy.crawler import AsyncCrawlerProcess
from twisted.internet.asyncioreactor import AsyncioSelectorReactor

from crawler.settings import crawl_settings
from crawler.spider import SourceSpider

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.items import CrawlJob, Record


def wait_by_steady_clock() -> None:
    """Let the reactor of this process wait by a clock that nobody sets; to be called before it is.

    Twisted goes by the wall clock (``twisted.python.runtime.seconds``): where that is set back by
    hours, what was to happen in a second would wait for hours.
    """
    AsyncioSelectorReactor.seconds = staticmethod(monotonic)


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
    wait_by_steady_clock()
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
