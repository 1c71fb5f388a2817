"""One walk into a source's past: from an entry's newest document to the first day wanted."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.dayrange import may_hold, median_day, newest_first, reached_before, side_of
from crawler.errors import FetchError, ReadingError
from crawler.feeds import parse_feed, parse_sitemap
from crawler.items import Waypoint
from crawler.listings import parse_listing
from crawler.outcomes import encoding_of
from crawler.page.markup import parse_page
from crawler.pagination import ListingWalk, next_page
from crawler.urls import page_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, timedelta

    from scrapy.http import Response

    from crawler.client import SourceClient
    from crawler.feeds import FoundLink, Sitemap
    from crawler.items import Backfill, FailureKind, Walk
    from crawler.pastpages import PastPages

logger = logging.getLogger(__name__)

_PAGES_PAST = 2
"""Listing pages in a row from before the first day that end a walk."""

_MOST_DEPTH = 2
"""Sitemap indexes below the entry that are followed."""

_PASSING = frozenset({"dns", "tls", "timeout", "refused", "challenge", "stopped"})
"""Failures that say nothing of the document: it waits for the next run."""

_GONE_STATUSES = frozenset({404, 410})

_PAST_THE_END = frozenset({"empty", "not-article"})
"""Beside 404, how sites answer the page after a listing's last."""


class Walker:
    """Goes on with one walk.

    Args:
        walk: Where it stands.
        plan: The days wanted.
        client: Asks for documents.
        pages: Reads what they lead to; counts the requests.
        tell: Takes the walk after each step, and in an estimate the time that the stories of
            a listing page take.
    """

    def __init__(
        self,
        walk: Walk,
        *,
        plan: Backfill,
        client: SourceClient,
        pages: PastPages,
        tell: Callable[[Walk, timedelta | None], None],
    ) -> None:
        self._walk = walk
        self._plan = plan
        self._days = plan.days
        self._client = client
        self._pages = pages
        self._tell = tell
        self._listing = ListingWalk()
        self._set_aside: list[Waypoint] = []
        self._span: timedelta | None = None
        self._told = self._account()

    async def run(self) -> Walk:
        """Read documents and their pages, newest first, while there are requests left.

        Returns:
            Where the walk stands then.
        """
        try:
            while self._walk.waiting and self._pages.may_ask(self._walk.waiting[0].url):
                if not await self._take(self._walk.waiting[0]):
                    break
                self._step()
                if self._plan.is_estimate and self._walk.kind == "listing":
                    break  # its first page tells how the stories lie
        finally:
            self._step()
        return self._standing()

    async def _take(self, point: Waypoint) -> bool:
        """Read a document and what it leads to; False where the rest of it must wait."""
        try:
            self._pages.asked += 1
            response = await self._client.get(point.url)
            return await self._read(point, response)
        except FetchError as error:
            is_gone = error.status in _GONE_STATUSES
            is_passing = error.kind in _PASSING or (error.status is not None and not is_gone)
            if not self._ends(point, is_answer=is_gone):
                self._fail(point, error.kind, error.detail, is_passing=is_passing)
        except ReadingError as error:
            if not self._ends(point, is_answer=error.kind in _PAST_THE_END):
                is_passing = error.kind in _PASSING
                self._fail(point, error.kind, error.detail, is_passing=is_passing)
        except Exception as error:
            # One document's job ends here: markup from the wild finds the parsers' own
            # mistakes, and the other documents shall go on.
            logger.warning("document not read", exc_info=True, extra={"url": point.url})
            self._fail(point, "parse", type(error).__name__, is_passing=False)
        return True

    async def _read(self, point: Waypoint, response: Response) -> bool:
        if point.kind == "listing":
            return await self._read_listing(point, response)
        if point.kind == "sitemap":
            return await self._read_sitemap(point, response)
        if not await self._read_pages(parse_feed(response.body, base_url=response.url)):
            return False
        self._go_on(())  # a feed holds the newest stories only: no day is looked through
        return True

    async def _read_sitemap(self, point: Waypoint, response: Response) -> bool:
        sitemap = parse_sitemap(response.body, base_url=response.url)
        if not await self._read_pages(sitemap.links):
            return False
        self._go_on(self._below(sitemap, point))
        reached_on = reached_before(self._walk.waiting, self._days)
        self._walk = replace(self._walk, reached_on=reached_on or self._walk.reached_on)
        return True

    def _below(self, sitemap: Sitemap, point: Waypoint) -> tuple[Waypoint, ...]:
        if point.depth >= _MOST_DEPTH:
            return ()
        files = (child for child in sitemap.children if may_hold(child, self._days))
        urls = dict.fromkeys(child.url for child in newest_first(files))
        urls.pop(point.url, None)
        return tuple(Waypoint(url=url, kind="sitemap", depth=point.depth + 1) for url in urls)

    async def _read_listing(self, point: Waypoint, response: Response) -> bool:
        is_first = not self._listing.is_begun
        fresh = self._fresh(point, response)
        if not fresh:
            self._go_on(())  # its last page, or one seen before
            return True
        if self._plan.is_estimate:
            self._pages.wanted += len(fresh)
        elif not await self._read_listed(fresh, is_first=is_first):
            return False
        self._turn_page(fresh, response)
        return True

    async def _read_listed(self, fresh: Sequence[FoundLink], *, is_first: bool) -> bool:
        if self._pages.are_dated(fresh):
            return await self._read_pages(fresh)
        # Beside the list of the first page stand links of any age.
        return await self._pages.read_undated(
            fresh, entry=self._walk.entry, on_step=self._step, asks_last_first=not is_first
        )

    def _fresh(self, point: Waypoint, response: Response) -> list[FoundLink]:
        """The links that no page of this walk held before; none where it is a page asked for."""
        if not self._listing.may_ask(point.url):
            return []
        is_elsewhere = page_key(response.url) != page_key(point.url)
        if is_elsewhere and not self._listing.may_ask(response.url):
            return []
        links = parse_listing(
            response.body,
            base_url=response.url,
            accept=self._pages.is_ours,
            encoding=encoding_of(response),
        ).links
        new = self._listing.new_among(page_key(link.url) for link in links)
        return [link for link in links if page_key(link.url) in new]

    def _turn_page(self, fresh: Sequence[FoundLink], response: Response) -> None:
        days = [self._pages.day_of(link) for link in fresh]
        self._span = _span_of(days)
        middle = median_day(days)
        is_past = middle is not None and side_of(middle, self._days) == "before"
        past = self._walk.pages_past + 1 if is_past else 0
        following = None
        if past < _PAGES_PAST:
            tree = parse_page(response.body, encoding=encoding_of(response))
            following = next_page(tree, url=response.url)
        self._go_on(() if following is None else (Waypoint(url=following, kind="listing"),))
        reached_on = self._walk.reached_on
        if middle is not None and middle <= self._days.last:
            reached_on = max(middle, self._days.first)
        self._walk = replace(self._walk, pages_past=past, reached_on=reached_on)

    async def _read_pages(self, links: Sequence[FoundLink]) -> bool:
        return await self._pages.read_dated(links, entry=self._walk.entry, on_step=self._step)

    def _go_on(self, below: tuple[Waypoint, ...]) -> None:
        """A document is done: what it leads to comes next."""
        waiting = (*below, *self._walk.waiting[1:])
        self._walk = replace(self._walk, waiting=waiting, documents=self._walk.documents + 1)

    def _ends(self, point: Waypoint, *, is_answer: bool) -> bool:
        """Whether an answer only says that the page before was the last."""
        is_end = is_answer and point.kind == "listing" and self._walk.documents > 0
        if is_end:
            self._walk = replace(self._walk, waiting=self._walk.waiting[1:])
        return is_end

    def _fail(self, point: Waypoint, kind: FailureKind, detail: str, *, is_passing: bool) -> None:
        """Note a failure; one that may pass leaves its document for the next run."""
        if is_passing:
            self._set_aside.append(point)
        waiting = self._walk.waiting[1:]
        self._walk = replace(self._walk, waiting=waiting, failure=kind, detail=detail)

    def _step(self) -> None:
        """Tell what has changed since the last step, if anything has."""
        if self._account() == self._told:
            return
        self._told = self._account()
        self._tell(self._standing(), self._span)
        self._span = None

    def _account(self) -> tuple[Walk, int, int]:
        return self._standing(), self._pages.asked, self._pages.wanted

    def _standing(self) -> Walk:
        """The walk with what it has set aside: those documents were the newest."""
        if not self._set_aside:
            return self._walk
        waiting = (*self._set_aside, *self._walk.waiting)
        reached_on = self._walk.reached_on
        if self._walk.kind == "sitemap":
            reached_on = reached_before(waiting, self._days)
        return replace(self._walk, waiting=waiting, reached_on=reached_on)


def _span_of(days: Sequence[date | None]) -> timedelta | None:
    known = [day for day in days if day is not None]
    return max(known) - min(known) if known else None
