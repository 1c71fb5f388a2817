"""What a survey of a source means: what is wrong with it, and what its seed should say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from crawler.items import Entry, FailureKind
from crawler.seedtext import SeedEdit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crawler.items import Source, Survey
    from monitor.source_findings import EntryFinding, PageFinding, SourceFindings

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
        for page in _unread(findings)
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


def _unread(findings: SourceFindings) -> Iterable[PageFinding]:
    """Pages that should have been read: among articles a video page or a listing is no fault."""
    some_read = any(page.title for page in findings.pages)
    for page in findings.pages:
        if page.failure and not (some_read and page.failure == "not-article"):
            yield page


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
