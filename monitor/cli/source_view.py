"""How the findings of a survey are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.cli.output import out, print_table
from monitor.render.proof import failure_in_words

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.source_findings import EntryFinding, PageFinding, SourceFindings
    from monitor.source_verdicts import Problem
    from monitor.watch import Watch


def print_findings(watch: Watch, findings: SourceFindings) -> None:
    """What a site is, the addresses that answered, and its newest stories."""
    say = watch.wording.say
    title = (findings.survey.title if findings.survey else None) or findings.source.name
    out.print(
        say(
            "survey.site",
            name=title,
            family=findings.family or say("survey.unknown"),
            pattern=findings.article_url or say("survey.unknown"),
        )
    )
    columns = ("way", "address", "links", "newest", "answer")
    print_table(
        [say(f"survey.column.{column}") for column in columns],
        [
            _entry_row(watch, findings, entry)
            for entry in findings.entries
            if entry.is_own or entry.is_read
        ],
    )
    if findings.pages:
        out.print(say("survey.newest"))
    for page in findings.pages:
        out.print(f"  {_page_line(watch, page)}")


def problem_line(watch: Watch, problem: Problem, findings: SourceFindings) -> str:
    """One problem in the reader's language."""
    return watch.wording.say(
        f"survey.problem.{problem.kind}",
        url=problem.url or "",
        why=_why(watch, problem.failure, problem.detail),
        day=_day(watch, problem.newest_at),
        count=problem.count,
        of=problem.of,
        seen=problem.detail,
        hint=findings.source.family or "",
    )


def findings_object(findings: SourceFindings, problems: list[Problem]) -> dict[str, Any]:
    """What ``sources check --json`` prints of a source; other programs build on its keys."""
    survey = findings.survey
    return {
        "source": findings.source.key,
        "name": findings.source.name,
        "home": findings.source.home,
        "is_reached": survey is not None and survey.failure is None,
        "title": survey.title if survey else None,
        "family": findings.family,
        "family_hint": findings.source.family,
        "article_url": findings.article_url,
        "article_url_hint": findings.source.article_url,
        "entries": findings.entries,
        "pages": findings.pages,
        "problems": problems,
    }


def _entry_row(
    watch: Watch, findings: SourceFindings, entry: EntryFinding
) -> tuple[str, str, str, str, str]:
    say = watch.wording.say
    newest = _day(watch, entry.newest_at) if entry.newest_at else say("survey.no_date")
    if not entry.is_read:
        answer, newest = _why(watch, entry.failure, entry.detail), ""
    elif findings.is_stale(entry):
        answer = say("failure.silent")
    else:
        is_offer = not entry.is_own and bool(findings.source.entries)
        answer = say("survey.offered" if is_offer else "survey.works")
    return str(entry.kind), entry.url, f"{entry.matching}/{entry.told}", newest, answer


def _page_line(watch: Watch, page: PageFinding) -> str:
    if page.failure:
        return f"{page.url}: {_why(watch, page.failure, page.detail)}"
    return watch.wording.say(
        "survey.page",
        moment=_moment(watch, page),
        rule=page.published_rule or watch.wording.say("survey.unknown"),
        title=page.title or "",
    )


def _moment(watch: Watch, page: PageFinding) -> str:
    if page.published_at is None:
        return watch.wording.say("read.unknown")
    if page.has_time:
        return watch.wording.moment(page.published_at, watch.config.zone)
    return _day(watch, page.published_at)


def _day(watch: Watch, at: datetime | None) -> str:
    return watch.wording.day(at.astimezone(watch.config.zone).date()) if at else ""


def _why(watch: Watch, failure: str | None, detail: str | None) -> str:
    return failure_in_words(failure or "stopped", detail or "", wording=watch.wording)
