"""What a survey of a source found out: its addresses, its newest pages, its CMS."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler.items import (
    Article,
    EntryKind,
    Failure,
    FailureKind,
    Gone,
    Link,
    Source,
    SourceReport,
    Survey,
)
from crawler.urls import is_article_url, page_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crawler.items import EntryVisit, Record

STALE_AFTER = timedelta(days=30)
"""An entry whose newest story is older is dead or forgotten: the quietest portals of the seeds
publish every week or two."""

_SLACK = timedelta(days=1)
"""A date further ahead of the clock is a mistake, and says nothing of how fresh an entry is."""


@dataclass(frozen=True, kw_only=True)
class EntryFinding:
    """How one address answered."""

    url: str
    kind: EntryKind
    is_own: bool
    """Whether the seed names it; the others are what the site offers."""
    is_read: bool
    links: int
    matching: int
    """Of the links that were looked at, those that the seed's ``article_url`` accepts."""
    fitting: int
    """Those that it accepts, or the pattern that was learned from the site."""
    told: int
    """Links that were looked at."""
    newest_at: datetime | None
    """Of the dates it gives; None where it gives none."""
    failure: FailureKind | None
    detail: str | None


@dataclass(frozen=True, kw_only=True)
class PageFinding:
    """How one of the newest pages reads."""

    url: str
    title: str | None
    published_at: datetime | None = None
    published_rule: str | None = None
    has_time: bool = False
    family: str | None = None
    failure: FailureKind | None = None
    detail: str | None = None


@dataclass(frozen=True, kw_only=True)
class SourceFindings:
    """Everything a survey found out."""

    source: Source
    surveyed_at: datetime
    survey: Survey | None
    """None where the crawl ended before its turn."""
    entries: tuple[EntryFinding, ...] = ()
    pages: tuple[PageFinding, ...] = ()

    @property
    def family(self) -> str | None:
        """As most pages show it; the home page decides where none was read."""
        seen = Counter(page.family for page in self.pages if page.title and page.family)
        if seen:
            return seen.most_common(1)[0][0]
        return self.survey.family if self.survey else None

    @property
    def article_url(self) -> str | None:
        """The pattern of the addresses that were seen."""
        return self.survey.article_url if self.survey else None

    @property
    def works(self) -> tuple[EntryFinding, ...]:
        """Entries, own and offered, that lead to articles of these weeks."""
        return tuple(one for one in self.entries if self._works(one))

    def _works(self, entry: EntryFinding) -> bool:
        return entry.is_read and entry.fitting > 0 and not self.is_stale(entry)

    def is_stale(self, entry: EntryFinding) -> bool:
        """Whether the newest date an entry gives lies more than a month back."""
        newest_at = entry.newest_at
        return newest_at is not None and newest_at < self.surveyed_at - STALE_AFTER


def gather(source: Source, records: Iterable[Record], *, now: datetime) -> SourceFindings:
    """Put the records of a survey together.

    Args:
        source: As it was surveyed.
        records: Those of that source.
        now: When it was surveyed; staleness is counted back from it.
    """
    told = list(records)
    survey = next((one for one in told if isinstance(one, Survey)), None)
    if survey is None:
        return SourceFindings(source=source, surveyed_at=now, survey=None)
    links = [one for one in told if isinstance(one, Link)]
    report = next((one for one in told if isinstance(one, SourceReport)), None)
    return SourceFindings(
        source=source,
        surveyed_at=now,
        survey=survey,
        entries=tuple(
            _entry(visit, links, source=source, survey=survey, now=now)
            for visit in (report.entries if report else ())
        ),
        pages=tuple(page for one in told if (page := _page(one))),
    )


def _entry(
    visit: EntryVisit, links: Sequence[Link], *, source: Source, survey: Survey, now: datetime
) -> EntryFinding:
    own = {page_key(entry.url) for entry in source.entries}
    told = [link for link in links if link.found_in == visit.url]
    pattern = source.article_url or survey.article_url
    dates = [link.dated_at for link in told if link.dated_at and link.dated_at <= now + _SLACK]
    return EntryFinding(
        url=visit.url,
        kind=visit.kind,
        is_own=page_key(visit.url) in own,
        is_read=visit.outcome == "read",
        links=visit.links,
        matching=sum(is_article_url(link.url, pattern=pattern) for link in told),
        fitting=sum(
            is_article_url(link.url, pattern=pattern)
            or is_article_url(link.url, pattern=survey.article_url)
            for link in told
        ),
        told=len(told),
        newest_at=max(dates, default=None),
        failure=visit.failure,
        detail=visit.detail,
    )


def _page(record: Record) -> PageFinding | None:
    if isinstance(record, Article):
        return PageFinding(
            url=record.url,
            title=record.title,
            published_at=record.published_at,
            published_rule=record.published_rule,
            has_time=record.has_time,
            family=record.family,
        )
    if isinstance(record, Gone):
        return PageFinding(url=record.url, title=None, failure="status", detail=str(record.status))
    if isinstance(record, Failure):
        return PageFinding(url=record.url, title=None, failure=record.kind, detail=record.detail)
    return None
