"""The crawler's words, in order of birth: Source, Link, Article, Failure, Survey, SourceReport.

All are frozen dataclasses of plain data, so that a job and its records can cross a pipe
(see ``crawler.wire``). Times end in ``_at`` and are aware UTC; durations are timedelta.
"""

from crawler.items.backfills import Backfill, DayRange, Walk, Walked, Waypoint
from crawler.items.jobs import CrawlJob, CrawlLimits, Revisit, SourceTask
from crawler.items.records import (
    Article,
    DatedBy,
    Document,
    EntryVisit,
    Failure,
    FailureKind,
    Gone,
    Link,
    Skimmed,
    SourceReport,
    Survey,
    Unchanged,
    Validator,
)
from crawler.items.sources import (
    Certainty,
    Entry,
    EntryKind,
    InsecureTls,
    JsonKeys,
    Predecessor,
    Province,
    Source,
    SourceKind,
)
from crawler.items.ways import AskedBecause, EntryPast, Gap

__all__ = [
    "Article",
    "AskedBecause",
    "Backfill",
    "Certainty",
    "CrawlJob",
    "CrawlLimits",
    "DatedBy",
    "DayRange",
    "Document",
    "Entry",
    "EntryKind",
    "EntryPast",
    "EntryVisit",
    "Failure",
    "FailureKind",
    "Gap",
    "Gone",
    "InsecureTls",
    "JsonKeys",
    "Link",
    "Predecessor",
    "Province",
    "Record",
    "Revisit",
    "Skimmed",
    "Source",
    "SourceKind",
    "SourceReport",
    "SourceTask",
    "Survey",
    "Unchanged",
    "Validator",
    "Walk",
    "Walked",
    "Waypoint",
]

Record = Link | Article | Skimmed | Unchanged | Gone | Failure | Survey | Walked | SourceReport
"""What a crawl tells, told apart by ``record``."""
