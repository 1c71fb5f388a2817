"""Everything that is kept: one SQLite file, its tables, and the questions asked of it."""

from __future__ import annotations

from monitor.store.article_rows import (
    Hit,
    Mark,
    PageState,
    Revision,
    StoredArticle,
    StoredScore,
)
from monitor.store.rows import (
    Counts,
    CrawlRun,
    CrawlState,
    EntryState,
    IngestSummary,
    Issue,
    SourceState,
)
from monitor.store.store import Store

__all__ = [
    "Counts",
    "CrawlRun",
    "CrawlState",
    "EntryState",
    "Hit",
    "IngestSummary",
    "Issue",
    "Mark",
    "PageState",
    "Revision",
    "SourceState",
    "Store",
    "StoredArticle",
    "StoredScore",
]
