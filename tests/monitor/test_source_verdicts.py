"""What a survey means for a source: stale feeds, dates ahead of the clock, moved hosts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crawler.items import Entry, EntryVisit, Link, Source, SourceReport, Survey
from monitor.source_findings import gather
from monitor.source_verdicts import problems_of, proposed_edit, proposed_source

if TYPE_CHECKING:
    from crawler.items import FailureKind, Record

NOW = datetime(2026, 11, 21, 5, tzinfo=UTC)
HOME = "https://baothu.vn/"
FEED, LISTING = f"{HOME}rss/home.rss", f"{HOME}thoi-su"
SOURCE = Source(
    key="bao-thu",
    name="Báo Thử",
    kind="paper",
    home=HOME,
    province=None,
    certainty="checked",
    article_url=r"-post\d+\.html$",
    entries=(
        Entry(url=FEED, kind="feed", certainty="checked"),
        Entry(url=LISTING, kind="listing", certainty="seen"),
    ),
)


def links(
    entry: str, *, age: timedelta | None, count: int = 4, path: str = "bai-post"
) -> list[Link]:
    return [
        Link(
            source="bao-thu",
            url=f"{HOME}{path}{number}.html",
            key=str(number),
            found_in=entry,
            dated_at=NOW - age if age is not None else None,
        )
        for number in range(count)
    ]


def read(entry: str, kind: str = "feed", count: int = 4) -> EntryVisit:
    return EntryVisit(url=entry, kind=kind, outcome="read", links=count)  # type: ignore[arg-type]  # a word of the kind


def failed(entry: str, failure: FailureKind, detail: str) -> EntryVisit:
    return EntryVisit(url=entry, kind="feed", outcome="failed", failure=failure, detail=detail)


def told(links: list[Link], *visits: EntryVisit) -> list[Record]:
    report = SourceReport(source="bao-thu", started_at=NOW, finished_at=NOW, entries=visits)
    survey = Survey(source="bao-thu", home=HOME, title="Báo Thử", article_url=r"-post\d+\.html$")
    return [*links, survey, report]


def test_a_feed_without_news_for_a_month_is_stale_and_goes() -> None:
    records = told(
        [*links(FEED, age=timedelta(days=31)), *links(LISTING, age=None)],
        read(FEED),
        read(LISTING, "listing"),
    )
    findings = gather(SOURCE, records, now=NOW)
    [problem] = problems_of(findings)
    assert (problem.kind, problem.url) == ("entry-stale", FEED)
    edit = proposed_edit(findings)
    assert edit.removed == {FEED}
    assert edit.checked == {LISTING}
    assert [entry.url for entry in proposed_source(findings).entries] == [LISTING]


def test_a_date_ahead_of_the_clock_makes_nothing_fresh() -> None:
    ahead = links(FEED, age=-timedelta(days=400), count=1)
    records = told([*ahead, *links(FEED, age=timedelta(days=90))], read(FEED))
    [problem, _] = problems_of(gather(SOURCE, records, now=NOW))
    assert problem.kind == "entry-stale"


def test_what_tomorrow_may_mend_stays_in_the_seed() -> None:
    cases: tuple[tuple[FailureKind, str, bool], ...] = (
        ("timeout", "", False),
        ("status", "503", False),
        ("robots", "", False),
        ("status", "404", True),
        ("not-html", "", True),
    )
    for failure, detail, is_lost in cases:
        visits = failed(FEED, failure, detail), read(LISTING, "listing")
        records = told(links(LISTING, age=None), *visits)
        assert (FEED in proposed_edit(gather(SOURCE, records, now=NOW)).removed) == is_lost


def test_nothing_is_taken_out_where_nothing_else_works() -> None:
    records = told([], failed(FEED, "not-html", ""))
    findings = gather(SOURCE, records, now=NOW)
    assert proposed_edit(findings).is_empty
    assert {problem.kind for problem in problems_of(findings)} == {"entry-failed", "no-entry"}


def test_a_source_that_was_not_reached_in_time_is_no_broken_one() -> None:
    findings = gather(SOURCE, links(FEED, age=None), now=NOW)
    assert [problem.kind for problem in problems_of(findings)] == ["unfinished"]
    assert proposed_edit(findings).is_empty
