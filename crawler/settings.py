"""Scrapy's settings for one job, each safe default named with its reason."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from crawler.download import BoundedDownloadHandler
from crawler.middlewares.budget import REQUESTS_LEFT, BudgetMiddleware
from crawler.middlewares.certificates import CertificateHandler
from crawler.middlewares.conditional import ConditionalRequestMiddleware
from crawler.middlewares.decoding import DecodingMiddleware
from crawler.middlewares.guard import GuardMiddleware
from crawler.middlewares.pauses import PauseMiddleware
from crawler.middlewares.resolver import ALLOW_LOOPBACK, GuardedResolver
from crawler.middlewares.robots import PRODUCT, RobotsMiddleware
from crawler.middlewares.slots import SiteSlotMiddleware
from crawler.urls import sites_of

if TYPE_CHECKING:
    from datetime import timedelta

    from crawler.items import CrawlJob, CrawlLimits

PARALLEL_SOURCES = 16
"""Sources crawled at once; each waits for its own site most of the time."""

_LEAST_DELAY_SECONDS = 0.001
"""At a delay of 0 Scrapy sends several requests at once, whatever its concurrency says."""


_EXTENSIONS = {"scrapy.extensions.corestats.CoreStats": 0}
"""Scrapy imports all it ships, switched off or not, which is a sixth of a child's start; so
the lists it begins with are replaced by what we use, at Scrapy's own places."""

_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": 50,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": 550,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 600,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": 850,
}


def crawl_settings(job: CrawlJob) -> dict[str, Any]:
    """Everything Scrapy is told for a job.

    Args:
        job: Its limits, contact and sources decide.

    Returns:
        Setting names and values for ``AsyncCrawlerProcess``.
    """
    return {
        **_closed_doors(),
        **_manners(job),
        **_bounds(job.limits),
        **_quiet_log(),
        "EXTENSIONS_BASE": _EXTENSIONS,
        "DOWNLOADER_MIDDLEWARES_BASE": _MIDDLEWARES,
        "DOWNLOADER_MIDDLEWARES": _middlewares(),
        "TWISTED_DNS_RESOLVER": GuardedResolver,
        ALLOW_LOOPBACK: job.allow_loopback,
        REQUESTS_LEFT: dict(job.requests_left),
    }


def user_agent(contact: str | None) -> str:
    """Who we are, for webmasters: product, version, and where to reach the people behind it."""
    try:
        product = f"{PRODUCT}/{version('diembao')}"
    except PackageNotFoundError:  # run from a checkout that is not installed
        product = PRODUCT
    # A line break would end the header.
    return f"{product} (+{' '.join(contact.split())})" if contact else product


def _closed_doors() -> dict[str, Any]:
    return {
        "REMOTE_CONTROL_ENABLED": False,  # on by default: runs code sent over local HTTP
        "TELNETCONSOLE_ENABLED": False,  # on by default: a Python prompt on a port
        "DOWNLOAD_VERIFY_CERTIFICATES": True,  # off by default
        "HTTPPROXY_ENABLED": False,  # a proxy would resolve names out of the guard's sight
        "COOKIES_ENABLED": False,  # a reader without a history; challenges stay unanswered
        "METAREFRESH_ENABLED": False,  # in the press it is mostly part of a challenge
        "COMPRESSION_ENABLED": False,  # DecodingMiddleware unpacks, and whole bodies only
        "HTTPCACHE_ENABLED": False,  # replays old bodies and skips feeds by heuristic freshness
        "DOWNLOAD_HANDLERS": {
            "http": BoundedDownloadHandler,
            "https": CertificateHandler,
            **dict.fromkeys(("file", "ftp", "s3", "data")),
        },
    }


def _manners(job: CrawlJob) -> dict[str, Any]:
    return {
        "USER_AGENT": user_agent(job.contact),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "vi,en;q=0.5",
        },
        "ROBOTSTXT_OBEY": False,  # RobotsMiddleware does, and lets no waiting request through
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,  # one connection a site; 8 by default
        "DOWNLOAD_DELAY": _seconds(job.limits.delay),
        "DOWNLOAD_DELAY_JITTER": 0,  # it would undercut the pause a site asked for by half
        "DOWNLOAD_SLOTS": _slots(job),
        "AUTOTHROTTLE_ENABLED": False,  # the delays are promises, not guesses
        "RETRY_TIMES": 1,
        # Without 429 and 503: those ask for a pause, not for another try.
        "RETRY_HTTP_CODES": [500, 502, 504, 522, 524, 408],
    }


def _bounds(limits: CrawlLimits) -> dict[str, Any]:
    return {
        "CONCURRENT_REQUESTS": PARALLEL_SOURCES,
        "DOWNLOAD_TIMEOUT": limits.timeout.total_seconds(),  # name, connection and body together
        "DNS_TIMEOUT": limits.timeout.total_seconds(),
        "DOWNLOAD_MAXSIZE": limits.body_bytes,  # 1 GiB by default; holds after unpacking, too
        "DOWNLOAD_WARNSIZE": 0,
        "REDIRECT_MAX_TIMES": 5,  # 20 by default; RFC 9309 asks for five at least
    }


def _quiet_log() -> dict[str, Any]:
    return {
        "LOG_LEVEL": "WARNING",  # what happened is in the records
        "RETRY_GIVE_UP_LOG_LEVEL": "INFO",
        "STATS_DUMP": False,
        "LOGSTATS_INTERVAL": 0,
        "MEMUSAGE_ENABLED": False,
    }


def _middlewares() -> dict[Any, int]:
    """Below RedirectMiddleware (600) in this order, so that each hop passes all of them.

    The guard comes first: robots.txt of a foreign or private host is not asked for either.
    """
    return {
        GuardMiddleware: 610,
        SiteSlotMiddleware: 620,
        PauseMiddleware: 630,
        RobotsMiddleware: 640,
        ConditionalRequestMiddleware: 650,
        BudgetMiddleware: 660,
        DecodingMiddleware: 670,
    }


def _slots(job: CrawlJob) -> dict[str, dict[str, float]]:
    """One download slot a site, as slow as the slowest source that lives on it asks for."""
    slots: dict[str, dict[str, float]] = {}
    for source in (task.source for task in job.tasks):
        delay = max(_seconds(job.limits.delay), _seconds(source.delay))
        for site in sites_of(source):
            slot = slots.setdefault(site, {"concurrency": 1, "delay": delay, "jitter": 0})
            slot["delay"] = max(slot["delay"], delay)
    return slots


def _seconds(delay: timedelta | None) -> float:
    return max(delay.total_seconds() if delay else 0.0, _LEAST_DELAY_SECONDS)
