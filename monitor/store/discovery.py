"""What the store remembers of the ways to new pages: reach, turns, documents below, gaps."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.discovery import usual_silence
from crawler.items import EntryPast, Gap, Validator
from monitor.store import times

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import datetime

    from crawler.items import EntryVisit, SourceReport

_DOCUMENTS_KEPT = timedelta(days=14)
"""A further page of a listing that nobody asked for so long is another page now."""

_RHYTHM_PAGES = 100
_MOST_RECENT = 5_000

_PAST = "SELECT * FROM entries WHERE source = ?"
_BELOW = """
SELECT entry, url, etag, last_modified, read_at FROM entry_documents
WHERE source = ? ORDER BY entry, place
"""
_RECENT = """
SELECT key, found_at FROM pages WHERE source = ? AND found_at > ? ORDER BY found_at DESC LIMIT ?
"""
_RHYTHM = """
SELECT dated_at AS at FROM pages
WHERE source = ? AND dated_at IS NOT NULL AND dated_by != 'lastmod'
    AND NOT is_backfilled
ORDER BY found_at DESC LIMIT ?
"""
_GAP = "SELECT * FROM gaps WHERE source = ?"

_TOLD = """
UPDATE entries SET
    asked_because = :because, reaches_back = :reaches_back, turn_seconds = :turn,
    newest_at = coalesce(:newest_at, newest_at)
WHERE source = :source AND url = :url
"""
# The finds of this very crawl are stored before its report.
_REACHED = """
UPDATE entries SET reach_at = (SELECT max(found_at) FROM pages WHERE pages.source = :source)
WHERE source = :source AND url = :url
"""
_KEEP_DOCUMENT = """
INSERT INTO entry_documents (source, entry, url, place, etag, last_modified, read_at)
VALUES (:source, :entry, :url, :place, :etag, :last_modified, :at)
ON CONFLICT (source, entry, url) DO UPDATE SET
    place = excluded.place, etag = excluded.etag, last_modified = excluded.last_modified,
    read_at = excluded.read_at
"""
_FORGET_DOCUMENTS = "DELETE FROM entry_documents WHERE source = ? AND entry = ? AND read_at < ?"
_KEEP_GAP = """
INSERT OR REPLACE INTO gaps (source, since_at, found_at, tried_at, closed_by, resume)
VALUES (?, ?, ?, ?, ?, ?)
"""
_FORGET_GAP = "DELETE FROM gaps WHERE source = ?"


def store_discovery(db: sqlite3.Connection, report: SourceReport) -> None:
    """Keep what a report tells of its entries' reach, and its gap.

    Args:
        db: In the transaction that stores the source's other records, after all of them.
        report: Of a visit; one without entries changes nothing.
    """
    for visit in report.entries:
        _store_visit(db, report, visit)
    if report.entries:
        store_gap(db, report.source, report.gap)


def store_gap(db: sqlite3.Connection, source: str, gap: Gap | None) -> None:
    """Keep a source's gap in place of the one before; None forgets it."""
    if gap is None:
        db.execute(_FORGET_GAP, (source,))
        return
    moments = (times.written(at) for at in (gap.since_at, gap.found_at, gap.tried_at))
    db.execute(_KEEP_GAP, (source, *moments, gap.closed_by, json.dumps(gap.resume)))


def forget_entry(db: sqlite3.Connection, source: str, url: str) -> None:
    """Forget what is known of the documents below an entry that the seeds no longer name."""
    db.execute("DELETE FROM entry_documents WHERE source = ? AND entry = ?", (source, url))


def document_validators(db: sqlite3.Connection, source: str) -> dict[str, Validator]:
    """Validators of the documents below a source's entries, by URL."""
    return {
        row["url"]: Validator(etag=row["etag"], last_modified=row["last_modified"])
        for row in db.execute(_BELOW, (source,))
        if row["etag"] is not None or row["last_modified"] is not None
    }


def entry_pasts(db: sqlite3.Connection, source: str) -> dict[str, EntryPast]:
    """What is remembered of a source's entries, by URL."""
    below: dict[str, list[tuple[str, str]]] = {}
    for row in db.execute(_BELOW, (source,)):
        below.setdefault(row["entry"], []).append((row["url"], row["read_at"]))
    return {
        row["url"]: EntryPast(
            asked_at=times.read_or_none(row["last_visit_at"]),
            answered_at=times.read_or_none(row["last_success_at"]),
            failing_since_at=_failing_since(row),
            reach_at=times.read_or_none(row["reach_at"]),
            newest_at=times.read_or_none(row["newest_at"]),
            turn=_seconds(row["turn_seconds"]),
            documents=tuple(
                url
                for url, read_at in below.get(row["url"], ())
                if read_at == row["last_success_at"]
            ),
        )
        for row in db.execute(_PAST, (source,))
    }


def recent_finds(
    db: sqlite3.Connection, source: str, past: Mapping[str, EntryPast], gap: Gap | None
) -> dict[str, datetime]:
    """When the pages were found that not every entry had met when it last answered."""
    moments = [one.reach_at for one in past.values() if one.reach_at is not None]
    moments += [gap.since_at] if gap is not None else []
    if not moments:
        return {}
    rows = db.execute(_RECENT, (source, times.written(min(moments)), _MOST_RECENT))
    return {row["key"]: times.read(row["found_at"]) for row in rows}


def silence_of(db: sqlite3.Connection, source: str) -> timedelta | None:
    """How long a source may publish nothing, by its latest pages."""
    rows = db.execute(_RHYTHM, (source, _RHYTHM_PAGES))
    return usual_silence(times.read(row["at"]) for row in rows)


def gap_of(db: sqlite3.Connection, source: str) -> Gap | None:
    """A source's gap as its last visit left it."""
    row = db.execute(_GAP, (source,)).fetchone()
    return gap_in(row) if row is not None else None


def gap_in(row: sqlite3.Row) -> Gap:
    """The gap in a row of ``gaps``."""
    return Gap(
        since_at=times.read(row["since_at"]),
        found_at=times.read(row["found_at"]),
        tried_at=times.read(row["tried_at"]),
        closed_by=row["closed_by"],
        resume=tuple((entry, url) for entry, url in json.loads(row["resume"])),
    )


def _store_visit(db: sqlite3.Connection, report: SourceReport, visit: EntryVisit) -> None:
    entry = {"source": report.source, "url": visit.url}
    reaches = None if visit.reaches_back is None else int(visit.reaches_back)
    told = {
        "because": visit.asked_because,
        "reaches_back": reaches,
        "turn": times.seconds_or_none(visit.turn),
        "newest_at": times.written(visit.newest_at) if visit.newest_at else None,
    }
    db.execute(_TOLD, entry | told)
    if visit.outcome == "failed":
        return
    db.execute(_REACHED, entry)
    at = times.written(report.finished_at)
    for place, document in enumerate(visit.documents):
        validator = document.validator or Validator()
        row = {
            "source": report.source,
            "entry": visit.url,
            "url": document.url,
            "place": place,
            "etag": validator.etag,
            "last_modified": validator.last_modified,
            "at": at,
        }
        db.execute(_KEEP_DOCUMENT, row)
    oldest = times.written(report.finished_at - _DOCUMENTS_KEPT)
    db.execute(_FORGET_DOCUMENTS, (report.source, visit.url, oldest))


def _failing_since(row: sqlite3.Row) -> datetime | None:
    """Since when it fails by itself: what was not asked for want of time has not failed."""
    is_own = row["failure_kind"] != "stopped"
    return times.read_or_none(row["failing_since_at"]) if is_own else None


def _seconds(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
