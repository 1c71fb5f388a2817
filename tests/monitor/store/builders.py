"""Sources, records and readings in short, for the tests of the store and of ingest."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from crawler.items import (
    Article,
    Entry,
    EntryVisit,
    Failure,
    Gone,
    Link,
    Source,
    SourceReport,
    Validator,
)
from crawler.urls import page_key
from monitor.ingest import Ingest
from monitor.items import Figure, Place, Reading, Reason, Score

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.items import FailureKind, Record
    from monitor.planning import Schedule
    from monitor.store import Store

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
"""Twelve o'clock in Vietnam."""

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

GIA_LAI = "bao-gia-lai"
TOPIC = "dang-vien"


def source(key: str = GIA_LAI, **changes: Any) -> Source:
    """A watched paper with one feed at ``https://<key>.example/rss``."""
    home = f"https://{key}.example"
    fields: dict[str, Any] = {
        "key": key,
        "name": key.replace("-", " ").title(),
        "kind": "paper",
        "home": f"{home}/",
        "province": "Gia Lai",
        "certainty": "checked",
        "entries": (Entry(url=f"{home}/rss", kind="feed", certainty="checked"),),
    }
    return Source(**{**fields, **changes})


def url_of(page: str, key: str = GIA_LAI) -> str:
    return f"https://{key}.example/{page}.html"


def article(page: str = "mot", *, body: str = "Tin trong tỉnh.", **changes: Any) -> Article:
    """An article of Báo Gia Lai; ``digest`` follows from title, sapo and body."""
    key = changes.pop("source", GIA_LAI)
    title, sapo = changes.get("title", f"Bài {page}"), changes.get("sapo")
    fields: dict[str, Any] = {
        "source": key,
        "url": url_of(page, key),
        "key": page_key(url_of(page, key)),
        "title": title,
        "sapo": sapo,
        "body": body,
        "published_at": NOON - HOUR,
        "published_rule": "meta",
        "has_time": True,
        "fetched_at": NOON,
        "digest": hashlib.sha256("\n".join((title, sapo or "", body)).encode()).hexdigest(),
    }
    return Article(**{**fields, **changes})


def link(page: str = "mot", *, key: str = GIA_LAI, **changes: Any) -> Link:
    address = url_of(page, key)
    found_in = f"https://{key}.example/rss"
    return Link(source=key, url=address, key=page_key(address), found_in=found_in, **changes)


def gone(page: str = "mot", *, key: str = GIA_LAI, seen_at: datetime = NOON) -> Gone:
    address = url_of(page, key)
    return Gone(source=key, url=address, key=page_key(address), status=404, seen_at=seen_at)


def failure(
    page: str = "mot",
    *,
    kind: FailureKind = "timeout",
    seen_at: datetime = NOON,
    retry_after: timedelta | None = None,
) -> Failure:
    return Failure(
        source=GIA_LAI,
        url=url_of(page),
        key=page_key(url_of(page)),
        kind=kind,
        detail="no answer in 30 s",
        seen_at=seen_at,
        retry_after=retry_after,
    )


def visit(key: str = GIA_LAI, **changes: Any) -> EntryVisit:
    """The feed answered, with the ETag ``"1"``."""
    fields: dict[str, Any] = {
        "url": f"https://{key}.example/rss",
        "kind": "feed",
        "outcome": "read",
        "validator": Validator(etag='"1"'),
    }
    return EntryVisit(**{**fields, **changes})


def failed_visit(key: str = GIA_LAI, **changes: Any) -> EntryVisit:
    fields = {"outcome": "failed", "failure": "dns", "detail": "no such host", "validator": None}
    return visit(key, **{**fields, **changes})


def report(
    key: str = GIA_LAI,
    *,
    entries: tuple[EntryVisit, ...] | None = None,
    finished_at: datetime = NOON,
    **changes: Any,
) -> SourceReport:
    return SourceReport(
        source=key,
        started_at=finished_at - MINUTE,
        finished_at=finished_at,
        entries=(visit(key),) if entries is None else entries,
        **changes,
    )


SENTENCE = "Năm nay, Đảng bộ xã kết nạp 12 đảng viên."

FLAGGED = Reading(
    scores={
        TOPIC: Score(
            label="main",
            value=0.9,
            reasons=(
                Reason(term="tin vắn", weight=-3.0, where="title", sentence="Tin vắn"),
                Reason(term="kết nạp đảng viên", weight=2.0, where="body", sentence=SENTENCE),
            ),
        )
    },
    place=Place(province="Gia Lai", province_then="Bình Định", unit="xã An Nhơn"),
    figures=(
        Figure(
            metric="admitted",
            value=12,
            unit="đảng viên",
            period="Năm nay",
            period_from=date(2026, 1, 1),
            period_to=date(2026, 12, 31),
            org="Đảng bộ xã",
            evidence=SENTENCE,
            start=0,
            end=len(SENTENCE),
        ),
        Figure(
            metric="share",
            value=3,
            value_max=4,
            unit="%",
            qualifier="about",
            basis="per_year",
            evidence="mỗi năm khoảng 3-4%",
            start=50,
            end=69,
            note="of all members",
        ),
    ),
)

IRRELEVANT = Reading(
    scores={TOPIC: Score(label="none", value=0.0)},
    place=Place(province=None, province_then=None),
)


def extract(read: Article) -> Reading:
    """Flags what says "kết nạp"."""
    return FLAGGED if "kết nạp" in read.body else IRRELEVANT


def ingest(
    store: Store,
    *records: Record,
    now: datetime = NOON,
    schedule: Schedule | None = None,
    extract: Callable[[Article], Reading] = extract,
) -> None:
    """Store the records of one crawl as the service does."""
    batch = Ingest(store, extract=extract, schedule=schedule, clock=lambda: now)
    for record in records:
        batch.add(record)
    batch.finish(now=now)
