"""What a day's requests and rows say: found, how soon, at what cost, and with what manners."""

from __future__ import annotations

import sqlite3
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from crawler.urls import page_key
from tests.benchmarks.day.newsroom import Piece
from tests.benchmarks.day.run import TICK, DayRun
from tests.benchmarks.day.site import FORBIDDEN, RETRY_AFTER, SCALE, Asked, DaySite

POLLING = timedelta(minutes=15)
_LISTS = ("feed", "sitemap", "listing")
_KEPT = 0.25
"""Of a pause, from which it is taken for kept: a busy machine notes the first of two requests
late. Without a pause they come within a few milliseconds, a hundredth of it."""


@dataclass
class Figures:
    """One way of watching, measured."""

    published: int = 0
    found: int = 0
    requests: int = 0
    pages: int = 0
    """Requests for article pages."""
    polls: int = 0
    """Requests for feeds, sitemaps and listings."""
    unchanged: int = 0
    """Of them, those answered with 304."""
    repeated: int = 0
    """Polls of a document that was as it had been the last time."""
    delays: dict[str, list[timedelta]] = field(default_factory=dict)
    """From publication to stored, by kind of site: busy, paper, portal."""
    by_site: Counter[str] = field(default_factory=Counter)
    largest_burst: int = 0
    """Requests of one visit to one site."""
    rude: Counter[str] = field(default_factory=Counter)
    missed: list[Piece] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.published

    def delay(self, share: float, kind: str | None = None) -> timedelta:
        """A quantile of publication-to-stored; of one kind of site or of all."""
        kinds = [kind] if kind else list(self.delays)
        delays = sorted(each for one in kinds for each in self.delays.get(one, ()))
        return delays[min(int(len(delays) * share), len(delays) - 1)] if delays else timedelta()


def measure(day: DayRun) -> Figures:
    """The service's day; the press's own log and the store's rows."""
    figures, stored = Figures(), _stored(day)
    begins = day.newsroom.midnight
    for site in day.sites.values():
        for piece in _of_day(site, day):
            homes = filter(None, (site.home, site.new_home))
            moments = [stored.get(page_key(home + piece.path)) for home in homes]
            _count(figures, site, piece, min(filter(None, moments), default=None))
        asked = [one for one in site.asked if begins <= one.at < day.ends_at]
        figures.by_site[site.paper.key] = len(asked)
        figures.requests += len(asked)
        figures.pages += sum(one.role == "article" for one in asked)
        polls = [one for one in asked if one.role in _LISTS]
        figures.polls += len(polls)
        figures.unchanged += sum(one.status == 304 for one in polls)
        figures.repeated += sum(one.is_as_before for one in polls)
        figures.largest_burst = max(
            figures.largest_burst, *Counter(one.at for one in asked).values(), 0
        )
        figures.rude.update(_rude(site, site.asked))
    return figures


def poll_feeds(day: DayRun) -> Figures:
    """What asking for nothing but the feeds, every 15 minutes, would have brought."""
    figures = Figures()
    begins = day.newsroom.midnight
    for site in day.sites.values():
        known = {piece.number for piece in site.standing(begins)}
        found: dict[int, datetime] = {}
        at, before = begins, None
        while site.paper.feed != "none" and at < day.ends_at + POLLING:
            at += POLLING
            figures.polls += 1
            if site.is_out(at):
                continue
            numbers = [piece.number for piece in site.feed_at(at)]
            figures.unchanged += numbers == before
            figures.repeated += numbers == before
            before = numbers
            for number in numbers:
                if number not in known:
                    known.add(number)
                    found[number] = at
        for piece in _of_day(site, day):
            _count(figures, site, piece, found.get(piece.number))
        figures.pages += len(found)
    figures.requests = figures.polls + figures.pages
    return figures


def _of_day(site: DaySite, day: DayRun) -> Iterator[Piece]:
    for piece in site.pieces:
        if day.newsroom.midnight <= piece.published_at < day.ends_at:
            yield piece


def _count(figures: Figures, site: DaySite, piece: Piece, stored_at: datetime | None) -> None:
    figures.published += 1
    if stored_at is None:
        figures.missed.append(piece)
        return
    figures.found += 1
    kind = "busy" if site.paper.per_day >= 200 else site.paper.kind
    figures.delays.setdefault(kind, []).append(stored_at - piece.published_at)


def _stored(day: DayRun) -> dict[str, datetime]:
    sql = "SELECT page, found_at FROM articles UNION ALL SELECT page, found_at FROM skimmed_pages"
    found: dict[str, datetime] = {}
    with closing(sqlite3.connect(day.database)) as database:
        for page, found_at in database.execute(sql):
            at = datetime.fromisoformat(found_at)
            found[page] = min(at, found.get(page, at))
    return found


def _rude(site: DaySite, asked: Sequence[Asked]) -> Iterator[str]:
    """Rules of manners that were broken, once for each time."""
    until: datetime | None = None
    for one in asked:
        if one.path.startswith(FORBIDDEN):
            yield "forbidden by robots.txt"
        if one.others_open:
            yield "two requests at once"
        if until is not None and one.at < until:
            yield "before Retry-After was over"
        if one.status == 503:
            until = one.at + RETRY_AFTER
    delay = site.paper.crawl_delay
    if delay is not None:
        ordered = sorted(asked, key=lambda one: one.began)
        # Within a visit only: from one to the next the simulated clock jumps.
        pairs = (pair for pair in pairwise(ordered) if pair[0].at == pair[1].at)
        gaps = ((later.began - earlier.began) * SCALE for earlier, later in pairs)
        yield from ("faster than Crawl-delay" for gap in gaps if gap < delay * _KEPT)


def median(values: Sequence[int]) -> float:
    """The value in the middle."""
    return statistics.median(values)


__all__ = ["TICK", "Figures", "measure", "median", "poll_feeds"]
