"""Articles with responses, for the tests of the archive."""

from __future__ import annotations

import random
from datetime import datetime
from typing import TYPE_CHECKING

from crawler.raw import RawResponse
from tests.monitor.store.builders import article

if TYPE_CHECKING:
    from crawler.items import Article


def response_of(name: str, *, size: int = 2_000, fetched_at: datetime) -> Article:
    """An article whose body follows from its name and cannot be compressed."""
    raw = RawResponse(
        status_line="HTTP/1.1 200 OK",
        headers=(
            ("Content-Type", "text/html; charset=windows-1258"),
            ("Content-Encoding", "gzip"),
            ("Set-Cookie", "a=1"),
            ("Set-Cookie", "b=2"),
        ),
        body=body_of(name, size=size),
    )
    return article(name, fetched_at=fetched_at, raw=raw)


def body_of(name: str, *, size: int = 2_000) -> bytes:
    return random.Random(name).randbytes(size)
