"""Readers under examination: diembao's own, and trafilatura as anybody would call it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

import trafilatura

from crawler.errors import ReadingError
from crawler.reading import read_page
from tests.crawler.frozen.items import HANOI
from tests.crawler.frozen.scores import Told

if TYPE_CHECKING:
    from crawler.reading import PageReading


class Reader(Protocol):
    """Reads a page as it came off the wire."""

    def __call__(
        self, body: bytes, *, url: str, fetched_at: datetime, encoding: str | None
    ) -> Told: ...


def diembao(body: bytes, *, url: str, fetched_at: datetime, encoding: str | None) -> Told:
    """What diembao tells; no hint of the family is given."""
    try:
        reading = read_page(body, url=url, fetched_at=fetched_at, encoding=encoding)
    except ReadingError as error:
        return Told(refusal=error.kind)
    return Told(
        title=reading.title,
        sapo=reading.sapo,
        body=reading.body,
        author=reading.author,
        published=_local(reading),
        original_source=reading.original_source,
    )


def plain_trafilatura(body: bytes, *, url: str, fetched_at: datetime, encoding: str | None) -> Told:
    """``trafilatura.bare_extraction`` with its defaults, and metadata."""
    return _trafilatura(body, url, is_fast=False)


def fast_trafilatura(body: bytes, *, url: str, fetched_at: datetime, encoding: str | None) -> Told:
    """``trafilatura.bare_extraction(fast=True)`` with metadata."""
    return _trafilatura(body, url, is_fast=True)


def _trafilatura(body: bytes, url: str, *, is_fast: bool) -> Told:
    document = trafilatura.bare_extraction(body, url=url, fast=is_fast, with_metadata=True)
    if document is None:
        return Told(refusal="nothing found")
    told = document if isinstance(document, dict) else document.as_dict()
    return Told(
        title=told["title"] or "",
        body=told["text"] or "",
        author=told["author"],
        published=told["date"],
        original_source=None,
    )


def _local(reading: PageReading) -> str | None:
    if reading.published_at is None:
        return None
    local = reading.published_at.astimezone(HANOI)
    return local.strftime("%Y-%m-%dT%H:%M" if reading.has_time else "%Y-%m-%d")
