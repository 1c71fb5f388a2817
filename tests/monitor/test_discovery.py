"""Papers visited again and again over real HTTP, with a real store between the visits."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from crawler.items import CrawlJob, EntryKind, Gap, Source, SourceReport, SourceTask
from monitor.ingest import Ingest
from monitor.store.discovery import gap_of
from tests.crawler.papers import FEED_LENGTH, PAGE_LENGTH, Paper
from tests.crawler.sites import QUICK, Answer, crawl, source
from tests.monitor.store.builders import extract
from tests.monitor.store.conftest import store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.items import EntryVisit
    from monitor.store import Store

__all__ = ["store"]

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FEED: tuple[EntryKind, str] = ("feed", "/tin.rss")
LISTING: tuple[EntryKind, str] = ("listing", "/tin")
SITEMAP: tuple[EntryKind, str] = ("sitemap", "/sitemap.xml")
JSON: tuple[EntryKind, str] = ("json", "/tin.json?page=1")
PATTERN = r"-so-\d+\.html$"
HTML = Answer("<!doctype html><html><body><h1>Kênh RSS</h1></body></html>")


ARCHIVE = 30
"""Articles that were there before the first visit, which need not find them all."""


class Watched:
    """Some papers, the store, and a clock that the visits go by."""

    def __init__(self, store: Store, papers: dict[str, Paper]) -> None:
        self.store = store
        self.papers = papers
        self.sources: dict[str, Source] = {}
        self.now = datetime.now(UTC)
        self.reports: dict[str, SourceReport] = {}

    def add(self, key: str, *entries: tuple[EntryKind, str]) -> Paper:
        paper = self.papers[key] = Paper()
        paper.publish(ARCHIVE, at=self.now - HOUR)
        self.sources[key] = source(key, paper.site.home, *entries, article_url=PATTERN)
        self.store.sync_sources(self.sources.values(), now=self.now)
        return paper

    def visit(self) -> None:
        """One crawl of all sources; each paper's requests are those of this visit."""
        for paper in self.papers.values():
            paper.asked()
        done = crawl(self._job())
        assert done.status == 0, done.log
        ingest = Ingest(self.store, extract=extract)
        for record in done.records:
            if isinstance(record, SourceReport):
                self.reports[record.source] = record
            ingest.add(record)
        ingest.finish(now=self.now, expected=self.sources)

    def asked(self, key: str) -> dict[str, EntryVisit]:
        """By path of the entry."""
        home = self.papers[key].site.home
        return {visit.url.removeprefix(home): visit for visit in self.reports[key].entries}

    def why(self, key: str) -> dict[str, str]:
        return {path: str(visit.asked_because) for path, visit in self.asked(key).items()}

    def missed(self, key: str) -> set[str]:
        """What was published since the first visit and is not known."""
        state = self.store.crawl_state(key, now=self.now)
        since = self.papers[key].keys_after(ARCHIVE)
        return since - state.known - {link.key for link in state.pending}

    def gap(self, key: str) -> Gap | None:
        with self.store.read() as db:
            return gap_of(db, key)

    def _job(self) -> CrawlJob:
        states = {key: self.store.crawl_state(key, now=self.now) for key in self.sources}
        return CrawlJob(
            started_at=self.now,
            tasks=tuple(
                SourceTask(
                    source=self.sources[key],
                    validators=state.validators,
                    known=state.known,
                    pending=state.pending,
                    recent=state.recent,
                    past=state.past,
                    gap=state.gap,
                    silence=state.silence,
                )
                for key, state in states.items()
            ),
            limits=replace(QUICK, delay=timedelta(milliseconds=1), pages_per_source=1),
            allow_loopback=True,
        )


@pytest.fixture
def watched(store: Store) -> Iterator[Watched]:
    papers: dict[str, Paper] = {}
    with ExitStack() as stack:
        yield Watched(store, papers)
        for paper in papers.values():
            stack.enter_context(closing(paper.site))


WAYS = {
    "listing": (FEED, LISTING),
    "sitemap": (FEED, SITEMAP, LISTING),
    "json": (JSON,),
    "alone": (FEED,),
    "repeats": (FEED, LISTING),
    "calendar": (FEED, LISTING),
}


def test_lists_that_are_whole_are_asked_cheaply_and_short_ones_are_walked(watched: Watched) -> None:
    papers = {key: watched.add(key, *entries) for key, entries in WAYS.items()}
    papers["repeats"].pager, papers["calendar"].pager = "repeats", "calendar"
    watched.visit()
    assert_each_way_is_asked_once(watched)
    watched.visit()
    assert_one_unchanged_list_is_enough(watched)
    for paper in papers.values():
        paper.publish(2 * PAGE_LENGTH + 1, at=datetime.now(UTC))
    watched.visit()
    assert_gaps_are_closed_by_the_next_way(watched)
    assert_what_no_way_shows_is_told_as_missing(watched)
    watched.visit()
    assert watched.gap("listing") is None
    assert papers["calendar"].asked()[:3] == [
        "/tin.rss",
        "/tin",
        f"/tin?page={2 + QUICK.list_pages}",
    ]


def assert_each_way_is_asked_once(watched: Watched) -> None:
    """The first visit walks nowhere: the past is for a backfill."""
    assert watched.why("listing") == {"/tin.rss": "main", "/tin": "turn"}
    assert watched.papers["listing"].asked() == ["/tin.rss", "/tin"]
    assert watched.papers["sitemap"].asked()[1] == "/sitemap.xml"
    assert all(report.gap is None for report in watched.reports.values())


def assert_one_unchanged_list_is_enough(watched: Watched) -> None:
    for key, paper in watched.papers.items():
        visits = watched.reports[key].entries
        assert [visit.outcome for visit in visits] == ["unchanged"], key
        assert len(paper.asked()) == 1


def assert_gaps_are_closed_by_the_next_way(watched: Watched) -> None:
    paper = watched.papers["listing"]
    assert watched.why("listing") == {"/tin.rss": "main", "/tin": "gap"}
    assert paper.asked() == ["/tin.rss", "/tin", "/tin?page=2", "/tin?page=3"]
    assert watched.asked("listing")["/tin.rss"].reaches_back is False
    assert watched.asked("listing")["/tin"].reaches_back is True
    gap = watched.reports["listing"].gap
    assert gap is not None
    assert gap.closed_by == f"{paper.site.home}/tin"
    assert watched.why("sitemap") == {"/tin.rss": "main", "/sitemap.xml": "gap"}
    assert watched.why("json") == {"/tin.json?page=1": "main"}
    assert len(watched.papers["json"].asked()) == 3
    for key in ("listing", "sitemap", "json"):
        assert watched.missed(key) == set(), key


def assert_what_no_way_shows_is_told_as_missing(watched: Watched) -> None:
    """And no pager is walked without end."""
    papers = watched.papers
    assert len(watched.missed("alone")) == 2 * PAGE_LENGTH + 1 - FEED_LENGTH
    assert papers["repeats"].asked() == ["/tin.rss", "/tin", "/tin?page=2"]
    assert len(papers["calendar"].asked()) == 2 + QUICK.list_pages
    for key in ("alone", "repeats", "calendar"):
        left = watched.gap(key)
        assert left is not None
        assert left.is_open
    state = {state.key: state for state in watched.store.source_states()}["alone"]
    assert state.gap is not None
    checked = watched.store.checked(watched.now - DAY, watched.now + DAY)
    assert set(checked.gaps) == {"Báo alone", "Báo repeats", "Báo calendar"}


def test_ways_that_fail_stand_still_or_lie_hand_over_to_the_next(watched: Watched) -> None:
    for key in ("html", "failing", "empty", "still"):
        watched.add(key, FEED, LISTING)
    watched.visit()
    broken = {
        "html": HTML,
        "failing": Answer("", status=500),
        "empty": Answer("<rss><channel></channel></rss>", type="text/xml"),
        "still": watched.papers["still"].answer(watched.papers["still"].site.asked[1]),
    }
    for key, answer in broken.items():
        watched.papers[key].feed = answer
        watched.papers[key].publish(5, at=datetime.now(UTC))
    watched.now += HOUR
    watched.visit()
    for key, kind in (("html", "not-html"), ("failing", "status"), ("empty", "empty")):
        assert watched.asked(key)["/tin.rss"].failure == kind
        assert watched.why(key)["/tin"] == "failed"
        assert watched.missed(key) == set(), key
    # An error resets no validator: the feed is asked for conditionally when it is back.
    feed = f"{watched.papers['failing'].site.home}/tin.rss"
    assert feed in watched.store.crawl_state("failing", now=watched.now).validators
    # A day later the feed that stands still is older than the paper is ever silent.
    assert watched.why("still") == {"/tin.rss": "main"}
    watched.now += DAY
    watched.visit()
    assert watched.asked("still")["/tin.rss"].outcome == "unchanged"
    assert watched.why("still")["/tin"] == "stale"
    assert watched.missed("still") == set()


def test_a_listing_in_its_turn_is_read_back_to_its_own_last_visit(watched: Watched) -> None:
    """What only the listing shows is found below a page that the feed has made known."""
    paper = watched.add("sections", FEED, LISTING)
    watched.visit()
    paper.publish(3, at=datetime.now(UTC), in_feed=False)
    for _ in range(2):
        paper.publish(FEED_LENGTH - 2, at=datetime.now(UTC))
        watched.visit()
        assert watched.why("sections") == {"/tin.rss": "main"}
        assert len(watched.missed("sections")) == 3
    watched.now += 7 * HOUR
    watched.visit()
    assert watched.why("sections") == {"/tin.rss": "main", "/tin": "turn"}
    assert paper.asked() == ["/tin.rss", "/tin", "/tin?page=2"]
    assert watched.missed("sections") == set()
    # It has proved worth more turns.
    state = watched.store.crawl_state("sections", now=watched.now)
    assert state.past[f"{paper.site.home}/tin"].turn == timedelta(hours=1.5)
