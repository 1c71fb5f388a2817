"""What a survey of a source means: what is wrong with it, and what its seed should say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from crawler.items import (
    Article,
    Entry,
    EntryKind,
    Failure,
    FailureKind,
    Gone,
    Link,
    Source,
    SourceReport,
    Survey,
)
from crawler.seedtext import SeedEdit
from crawler.urls import is_article_url, page_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from crawler.items import EntryVisit, Record

STALE_AFTER = timedelta(days=30)
"""An entry whose newest story is older is dead or forgotten: the quietest portals of the seeds
publish every week or two."""

_SHARE_MATCHING = 0.5
"""Of an entry's links; fewer that match ``article_url`` mean the pattern is out of date."""

_LASTING: frozenset[FailureKind] = frozenset({"not-html", "empty", "parse", "guard"})
_LASTING_STATUSES = ("404", "410")
"""Failures that tomorrow does not mend; of the others nobody knows."""

ProblemKind = Literal[
    "home-failed",
    "entry-failed",
    "entry-stale",
    "entry-mismatch",
    "pages-unread",
    "family-differs",
    "no-entry",
    "unfinished",
]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong; which fields are filled depends on the kind."""

    kind: ProblemKind
    url: str | None = None
    failure: FailureKind | None = None
    detail: str = ""
    newest_at: datetime | None = None
    count: int = 0
    of: int = 0


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


def problems_of(findings: SourceFindings) -> list[Problem]:
    """What is wrong with a source as its seed describes it; empty where all is well."""
    survey = findings.survey
    if survey is None:
        return [Problem(kind="unfinished")]
    found = [*_home_problems(findings, survey)]
    own = (entry for entry in findings.entries if entry.is_own)
    found += filter(None, (_entry_problem(findings, entry) for entry in own))
    if not any(entry.is_own and entry.matching for entry in findings.works):
        found.append(Problem(kind="no-entry"))
    found += [
        Problem(kind="pages-unread", url=page.url, failure=page.failure, detail=page.detail or "")
        for page in findings.pages
        if page.failure
    ]
    hint, seen = findings.source.family, findings.family
    if hint and seen and hint != seen:
        found.append(Problem(kind="family-differs", detail=seen))
    return found


def proposed_edit(findings: SourceFindings) -> SeedEdit:
    """What the seed of a source should say after its survey; empty where nothing changes.

    Only what the survey has seen is proposed: an entry goes where its failure lasts and
    another way works, and comes where its kind has no other that works.
    """
    own = [entry for entry in findings.entries if entry.is_own]
    works = findings.works
    certainties = {entry.url: entry.certainty for entry in findings.source.entries}
    removed = {entry.url for entry in own if works and _is_lost(findings, entry)}
    return SeedEdit(
        settings=_settings(findings),
        checked=frozenset(
            entry.url
            for entry in works
            if entry.is_own and certainties.get(entry.url) not in ("checked", None)
        ),
        removed=frozenset(removed),
        added=tuple(_offered(findings)),
    )


def proposed_source(findings: SourceFindings) -> Source:
    """A new source as its survey found it, with the entries that work, all ``checked``."""
    survey = findings.survey
    assert survey is not None
    return replace(
        findings.source,
        home=survey.home or findings.source.home,
        certainty="checked",
        family=findings.family,
        article_url=survey.article_url,
        entries=tuple(_as_entry(one) for one in findings.works),
    )


def _entry(
    visit: EntryVisit, links: Sequence[Link], *, source: Source, survey: Survey, now: datetime
) -> EntryFinding:
    own = {page_key(entry.url) for entry in source.entries}
    told = [link for link in links if link.found_in == visit.url]
    pattern = source.article_url or survey.article_url
    # A date ahead of the clock is a mistake, and says nothing of how fresh the entry is.
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


_SLACK = timedelta(days=1)


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


def _home_problems(findings: SourceFindings, survey: Survey) -> Iterable[Problem]:
    if survey.failure is not None:
        yield Problem(
            kind="home-failed",
            url=findings.source.home,
            failure=survey.failure,
            detail=survey.detail or "",
        )


def _entry_problem(findings: SourceFindings, entry: EntryFinding) -> Problem | None:
    if not entry.is_read:
        detail = entry.detail or ""
        return Problem(kind="entry-failed", url=entry.url, failure=entry.failure, detail=detail)
    if findings.is_stale(entry):
        return Problem(kind="entry-stale", url=entry.url, newest_at=entry.newest_at)
    if entry.matching < _SHARE_MATCHING * entry.told:
        return Problem(kind="entry-mismatch", url=entry.url, count=entry.matching, of=entry.told)
    return None


def _is_lost(findings: SourceFindings, entry: EntryFinding) -> bool:
    if entry.is_read:
        return findings.is_stale(entry) and entry.kind != "sitemap"
    if entry.failure == "status":
        return (entry.detail or "").endswith(_LASTING_STATUSES)
    return entry.failure in _LASTING


def _settings(findings: SourceFindings) -> Mapping[str, str]:
    source = findings.source
    settings: dict[str, str] = {}
    if findings.works and any(page.title for page in findings.pages):
        settings["certainty"] = "checked"
    read = [entry for entry in findings.entries if entry.is_read and entry.told]
    is_outdated = bool(source.article_url and read) and not any(one.matching for one in read)
    if is_outdated and findings.article_url:
        settings["article_url"] = findings.article_url
    if source.family and findings.family and source.family != findings.family:
        settings["family"] = findings.family
    return {key: value for key, value in settings.items() if getattr(source, key) != value}


def _offered(findings: SourceFindings) -> Iterable[Entry]:
    served = {entry.kind for entry in findings.works if entry.is_own}
    for entry in findings.works:
        if not entry.is_own and entry.kind not in served:
            yield _as_entry(entry)


def _as_entry(entry: EntryFinding) -> Entry:
    return Entry(url=entry.url, kind=entry.kind, certainty="checked")
