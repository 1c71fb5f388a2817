"""One source's survey: its home page, what entries it offers, and how its newest pages read."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawler import probing
from crawler.client import SourceClient, trusts_any_certificate
from crawler.entries import EntryReader
from crawler.errors import FetchError, ReadingError
from crawler.families import detect_family
from crawler.feeds import parse_feed
from crawler.items import Article, Entry, EntryVisit, Link, SourceReport, Survey
from crawler.outcomes import encoding_of
from crawler.page.markup import parse_page
from crawler.pages import PageAddress, PageReader
from crawler.reach import EntryAnswer
from crawler.urls import is_article_url, page_key, site_of, sites_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lxml.html import HtmlElement
    from scrapy.core.engine import ExecutionEngine

    from crawler.feeds import FoundLink
    from crawler.items import CrawlJob, FailureKind, Record, SourceTask

logger = logging.getLogger(__name__)

NEWEST_PAGES = 5
"""Pages that are read for people to look at."""

_MOST_LINKS = 200
"""Of one entry that are told: enough to judge it by."""


class SourceSurvey:
    """Asks a site what it offers, as a crawl would ask it; the last record is the report.

    Takes what ``crawler.visit.SourceVisit`` takes.
    """

    def __init__(
        self,
        task: SourceTask,
        *,
        job: CrawlJob,
        engine: ExecutionEngine,
        emit: Callable[[Record], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._source = task.source
        self._emit = emit
        self._clock = clock
        self._started_at = clock()
        self._sites = sites_of(task.source)
        self._client = SourceClient(
            engine,
            sites=self._sites,
            clock=clock,
            trusts_any=trusts_any_certificate(task.source, job.started_at),
        )
        self._entries = EntryReader(
            self._client, accept=self._may_be_article, started_at=job.started_at
        )
        self._pages = PageReader(self._client, source=task.source, clock=clock)
        self._survey = Survey(source=task.source.key)
        self._tried: dict[str, Entry] = {}
        self._visits: list[EntryVisit] = []
        self._found: dict[str, FoundLink] = {}
        self._read_pages = 0
        self._articles = 0

    async def run(self) -> None:
        """Ask for the home page, its own entries, offered ones, the newest pages; report."""
        home = await self._read_home()
        for entry in self._source.entries:
            await self._try(entry)
        if home is not None:
            await self._try_offered(home)
        self._learn(home)
        await self._try_listings(home)
        self._learn(home)
        await self._read_newest()
        self._emit(replace(self._survey, entries=tuple(self._tried.values())))
        self._report()

    async def _read_home(self) -> HtmlElement | None:
        try:
            response = await self._client.get(self._source.home)
            tree = parse_page(response.body, encoding=encoding_of(response))
        except (FetchError, ReadingError) as error:
            self._survey = replace(self._survey, failure=error.kind, detail=error.detail)
            return None
        family = detect_family(tree, url=response.url, hint=self._source.family)
        self._survey = replace(
            self._survey,
            home=response.url,
            title=probing.site_name(tree),
            family=family.key if family else None,
        )
        return tree

    @property
    def _home(self) -> str:
        return self._survey.home or self._source.home

    async def _try_offered(self, home: HtmlElement) -> None:
        """Ways of a kind that works already are not looked for: each costs the site a request."""
        if not self._has("feed"):
            await self._try_feeds(home)
        if not self._has("sitemap"):
            for sitemap in probing.sitemaps_in(await self._robots(), url=self._home):
                await self._try(sitemap)
        if not self._has("feed") and not self._has("sitemap") and not self._has("json"):
            for listed in probing.json_lists_on(home, url=self._home):
                await self._try(listed)

    async def _try_feeds(self, home: HtmlElement) -> None:
        for feed in probing.feeds_on(home, url=self._home):
            await self._try(feed)
        for index in probing.feed_indexes_on(home, url=self._home):
            if not self._has("feed"):
                await self._try_index(index)
        for place in probing.places(self._home, probing.FEED_PLACES, kind="feed"):
            if not self._has("feed"):
                await self._try(place)

    async def _try_index(self, url: str) -> None:
        """A page that lists feeds, or is one: which, only its answer tells."""
        try:
            response = await self._client.get(url)
            try:
                links = parse_feed(response.body, base_url=response.url)
            except ReadingError:
                tree = parse_page(response.body, encoding=encoding_of(response))
                for feed in probing.feeds_on(tree, url=response.url):
                    await self._try(feed)
                return
        except (FetchError, ReadingError) as error:
            logger.debug("no feeds listed at %s: %s", url, error)
            return
        entry = Entry(url=url, kind="feed", certainty="seen")
        if self._is_untried(entry):
            self._visits.append(self._take(entry, EntryAnswer(links=links)))

    async def _robots(self) -> str:
        try:
            response = await self._client.get(urljoin(self._home, "/robots.txt"))
        except FetchError:
            return ""  # the crawl itself has read and kept its rules; here only sitemaps count
        return response.body.decode("utf-8", errors="replace")

    async def _try_listings(self, home: HtmlElement | None) -> None:
        if home is None or self._has("listing"):
            return
        if not self._has("feed") and not self._has("sitemap"):
            # Sections are a part of the site; without other ways its front shows the rest.
            await self._try(Entry(url=self._home, kind="listing", certainty="seen"))
        for section in probing.sections_on(home, url=self._home):
            await self._try(section)

    async def _try(self, entry: Entry) -> None:
        if not self._is_untried(entry):
            return
        try:
            answer = await self._entries.read_in_any_case(entry)
        except (FetchError, ReadingError) as error:
            self._visits.append(_failed(entry, error.kind, error.detail))
        else:
            self._visits.append(self._take(entry, answer))

    def _is_untried(self, entry: Entry) -> bool:
        # A portal's listings differ in the query only, which the key keeps.
        key = page_key(entry.url)
        if key in self._tried:
            return False
        self._tried[key] = entry
        return True

    def _take(self, entry: Entry, answer: EntryAnswer) -> EntryVisit:
        ours = [found for found in answer.links if site_of(found.url) in self._sites]
        if not ours:
            strange = site_of(answer.links[0].url)
            return _failed(entry, "guard", f"leads to {strange}")
        for found in sorted(ours, key=_dated_at, reverse=True)[:_MOST_LINKS]:
            self._emit(self._link(found, entry=entry))
        for found in ours:
            self._found.setdefault(page_key(found.url), found)
        return EntryVisit(
            url=entry.url, kind=entry.kind, outcome="read", links=len(ours), new_links=len(ours)
        )

    def _link(self, found: FoundLink, *, entry: Entry) -> Link:
        key = page_key(found.url)
        return found.link(source=self._source.key, key=key, found_in=entry.url)

    def _has(self, kind: str) -> bool:
        return any(visit.kind == kind and visit.outcome == "read" for visit in self._visits)

    def _may_be_article(self, url: str) -> bool:
        """Any of the forms known; people are told which of them the source's own pattern is."""
        patterns = {self._source.article_url, self._survey.article_url, None}
        return site_of(url) in self._sites and any(
            is_article_url(url, pattern=pattern) for pattern in patterns
        )

    def _learn(self, home: HtmlElement | None) -> None:
        urls = [found.url for found in self._found.values()]
        if not urls and home is not None:
            urls = probing.story_links(home, url=self._home)
        learned = probing.learn_article_url(urls)
        self._survey = replace(self._survey, article_url=learned or self._survey.article_url)

    async def _read_newest(self) -> None:
        for found in self._newest():
            if self._client.is_closed(found.url):
                return
            page = PageAddress(url=found.url, key=page_key(found.url))
            record = await self._pages.read(page)
            self._read_pages += 1
            self._articles += isinstance(record, Article)
            self._emit(record)

    def _newest(self) -> Iterable[FoundLink]:
        found = self._found.values()
        # A sitemap lists the home page and the sections as well.
        shaped = [each for each in found if self._may_be_article(each.url)]
        return sorted(shaped or found, key=_dated_at, reverse=True)[:NEWEST_PAGES]

    def _report(self) -> None:
        self._emit(
            SourceReport(
                source=self._source.key,
                started_at=self._started_at,
                finished_at=self._clock(),
                entries=tuple(self._visits),
                pages=self._read_pages,
                articles=self._articles,
                requests=dict(self._client.sent),
                retry_after=self._client.retry_after,
            )
        )


def _failed(entry: Entry, kind: FailureKind, detail: str) -> EntryVisit:
    return EntryVisit(url=entry.url, kind=entry.kind, outcome="failed", failure=kind, detail=detail)


def _dated_at(found: FoundLink) -> datetime:
    return found.dated_at or datetime.min.replace(tzinfo=UTC)
