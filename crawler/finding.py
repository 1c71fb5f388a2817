"""Finds a source's new links: asks its ways one after the other until none can be missing."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Literal

from crawler import discovery
from crawler.entries import EntryReader
from crawler.errors import FetchError, ReadingError
from crawler.items import EntryPast, EntryVisit, Gap, Link
from crawler.reach import Reach
from crawler.urls import is_article_url, moved_sites, page_key, site_of, sites_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.client import SourceClient
    from crawler.dating.witnesses import Witnesses
    from crawler.feeds import FoundLink
    from crawler.items import AskedBecause, CrawlJob, Entry, FailureKind, SourceTask
    from crawler.reach import EntryAnswer

_DAWN = datetime.min.replace(tzinfo=UTC)


class LinkFinder:
    """What one crawl does at the entries of one source.

    Args:
        task: The source, and what is known of it.
        job: Whose limits hold.
        client: Asks for the entries.
        witnesses: Are told what entries say of dates.
        emit: Takes each new link as it comes.
        clock: The present moment.
    """

    def __init__(
        self,
        task: SourceTask,
        *,
        job: CrawlJob,
        client: SourceClient,
        witnesses: Witnesses,
        emit: Callable[[Link], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._task = task
        self._source = task.source
        self._emit = emit
        self._clock = clock
        self._started_at = job.started_at
        self._witnesses = witnesses
        self._sites = sites_of(task.source)
        self._key = partial(page_key, moved=moved_sites(task.source))
        self._waiting = {link.key for link in task.pending}
        self._seen = set(self._waiting)
        self._entries = EntryReader(
            client,
            accept=self._is_ours,
            started_at=job.started_at,
            since=task.since,
            validators=task.validators,
            list_pages=job.limits.list_pages,
        )
        self._gaps = _GapWatch(task.gap, now=job.started_at)
        self.visits: list[EntryVisit] = []
        """How the entries answered, in the order they were asked."""
        self.new_links: list[Link] = []

    @property
    def gap(self) -> Gap | None:
        """For the report."""
        return self._gaps.result(now=self._started_at)

    async def run(self) -> None:
        """Ask the cheapest ways, then the others as far as there is a reason to."""
        because: AskedBecause | None = None
        for number, level in enumerate(discovery.levels(self._source.entries)):
            reason = because or (None if number else "main")
            due = discovery.due_in(
                level, because=reason, past=self._task.past, now=self._started_at
            )
            self._gaps.begin_level()
            visits = [await self._visit(entry, why) for entry, why in due]
            self._gaps.end_level()
            because = discovery.trouble_after(
                "gap" if self._gaps.is_open else because,
                visits,
                level=level,
                past=self._task.past,
                is_gap_closed=not self._gaps.is_open,
                silence=self._task.silence,
                now=self._started_at,
            )

    async def _visit(self, entry: Entry, because: AskedBecause) -> EntryVisit:
        past = self._task.past.get(entry.url, EntryPast())
        reach = Reach(
            past=past,
            was_known=self._was_known,
            far_at=self._gaps.far_at_for(entry, because),
            resume=self._gaps.resume_of(entry),
        )
        try:
            answer = await self._entries.read_in_any_case(entry, reach)
        except (FetchError, ReadingError) as error:
            visit = _failed(entry, error.kind, error.detail, because)
        else:
            visit = self._take(entry, answer, past=past, because=because)
            self._gaps.note(entry, answer, past)
        self.visits.append(visit)
        return visit

    def _take(
        self, entry: Entry, answer: EntryAnswer, *, past: EntryPast, because: AskedBecause
    ) -> EntryVisit:
        ours = [found for found in answer.links if self._is_ours(found.url)]
        new = [self._link(found, entry=entry) for found in ours if self._is_new(found)]
        self.new_links += new
        # A feed may date a page that another entry has led to already.
        told = (self._link(found, entry=entry) for found in ours if found.dated_at)
        met = (link for link in told if link.key in self._seen)
        self._witnesses.call(met, now=self._clock())
        outcome: Literal["unchanged", "read"] = "unchanged" if answer.is_unchanged else "read"
        for link in new:
            self._emit(link)
        is_turn = because == "turn" and past.answered_at is not None
        return EntryVisit(
            url=entry.url,
            kind=entry.kind,
            outcome=outcome,
            links=len({self._key(found.url) for found in ours}),
            new_links=len(new),
            validator=answer.validator,
            asked_because=because,
            reaches_back=answer.reaches_back,
            newest_at=discovery.newest_date(ours, now=self._started_at),
            turn=discovery.turn_after(past, brought_pages=bool(new)) if is_turn else past.turn,
            documents=tuple(answer.documents),
        )

    def _is_ours(self, url: str) -> bool:
        return site_of(url) in self._sites and is_article_url(url, pattern=self._source.article_url)

    def _was_known(self, found: FoundLink, at: datetime) -> bool:
        key = self._key(found.url)
        is_known = key in self._task.known or key in self._waiting
        return is_known and self._task.recent.get(key, _DAWN) <= at

    def _is_new(self, found: FoundLink) -> bool:
        """Whether a link was never met before; asked once, it counts as met."""
        since = self._task.since
        if since is not None and found.dated_at is not None and found.dated_at < since:
            return False
        key = self._key(found.url)
        if key in self._task.known or key in self._seen:
            return False
        self._seen.add(key)
        return True

    def _link(self, found: FoundLink, *, entry: Entry) -> Link:
        key = self._key(found.url)
        return found.link(source=self._source.key, key=key, found_in=entry.url)


class _GapWatch:
    """The gap of one visit: carried over, met, walked, closed."""

    def __init__(self, carried: Gap | None, *, now: datetime) -> None:
        self._carried = carried
        self._is_tried = discovery.is_gap_due(carried, now=now)
        self._resume = dict(carried.resume) if carried is not None and self._is_tried else {}
        self._since_at = carried.since_at if carried is not None and self._is_tried else None
        self._is_met = False
        self._closed_by: str | None = None
        self._left: dict[str, str] = {}
        self._noted: set[str] = set()
        self._wanted: dict[str, bool] = {}

    @property
    def is_open(self) -> bool:
        """Whether something may be missing that this visit tries to find."""
        return self._since_at is not None and self._closed_by is None

    def far_at_for(self, entry: Entry, because: AskedBecause) -> datetime | None:
        """How far back an entry must reach to close the gap."""
        if not self.is_open or (because != "gap" and entry.url not in self._resume):
            return None
        self._wanted[entry.url] = False
        return self._since_at

    def resume_of(self, entry: Entry) -> str | None:
        """Where the walk through a listing goes on."""
        return self._resume.get(entry.url) if self.is_open else None

    def begin_level(self) -> None:
        """Entries of another kind follow."""
        self._wanted = {}

    def note(self, entry: Entry, answer: EntryAnswer, past: EntryPast) -> None:
        """Take down how far back an entry reached."""
        self._noted.add(entry.url)
        if answer.resume is not None:
            self._left[entry.url] = answer.resume
        if answer.reaches_back is False and past.reach_at is not None:
            self._is_met = True
            self._since_at = min(self._since_at or past.reach_at, past.reach_at)
        if entry.url in self._wanted:
            self._wanted[entry.url] = answer.reaches_far

    def end_level(self) -> None:
        """A level closes the gap where all of it that was to do so reaches to the far side."""
        if self.is_open and self._wanted and all(self._wanted.values()):
            self._closed_by = next(iter(self._wanted))

    def result(self, *, now: datetime) -> Gap | None:
        """The gap as the next visit shall know it; None where there is none worth telling."""
        if self._since_at is None:
            is_told = self._carried is not None and discovery.is_told(self._carried, now=now)
            return self._carried if is_told else None
        left = {url: at for url, at in self._resume.items() if url not in self._noted} | self._left
        found_at = self._carried.found_at if self._carried and not self._is_met else now
        return Gap(
            since_at=self._since_at,
            found_at=found_at,
            tried_at=now,
            closed_by=self._closed_by,
            resume=() if self._closed_by else tuple(left.items()),
        )


def _failed(entry: Entry, kind: FailureKind, detail: str, because: AskedBecause) -> EntryVisit:
    return EntryVisit(
        url=entry.url,
        kind=entry.kind,
        outcome="failed",
        failure=kind,
        detail=detail,
        asked_because=because,
    )
