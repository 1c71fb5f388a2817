"""What can go wrong on the way from the web to an article.

    CrawlerError
    ├── SeedError      a seed file does not say what a source is
    ├── JobError       standard input is not a crawl job
    ├── FetchError     a request got no usable answer; its kind says why
    └── ReadingError   a response is not an article; its kind says why

Each carries its subject, so that one line names the file, key or URL and the way out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path

    from crawler.items import FailureKind


class CrawlerError(Exception):
    """Base of everything the crawler raises on purpose."""


class SeedError(CrawlerError):
    """A seed file is broken.

    Args:
        path: The file.
        line: 1-based line of the mistake, or None where the file as a whole is wrong.
        key: Dotted path of the key, such as ``sources[0].feeds[1].url``; may be empty.
        reason: What is wrong and the way out, without a full stop.
    """

    def __init__(self, path: Path, *, line: int | None, key: str, reason: str) -> None:
        self.path = path
        self.line = line
        self.key = key
        self.reason = reason
        where = f"{path}:{line}" if line is not None else str(path)
        super().__init__(f"{where}: {key}: {reason}" if key else f"{where}: {reason}")


class JobError(CrawlerError):
    """Standard input does not hold a crawl job."""


class FetchError(CrawlerError):
    """A request got no usable answer.

    Args:
        kind: Which of the failure taxonomy it is.
        detail: What was seen, in a few words.
        status: The HTTP status, where there was an answer.
        retry_after: The pause the site asked for, if any.
        closes_site: Whether nothing more may be asked of that site in this crawl.
    """

    def __init__(
        self,
        kind: FailureKind,
        detail: str,
        *,
        status: int | None = None,
        retry_after: timedelta | None = None,
        closes_site: bool = False,
    ) -> None:
        self.kind = kind
        self.detail = detail
        self.status = status
        self.retry_after = retry_after
        self.closes_site = closes_site
        super().__init__(f"{kind}: {detail}")


class ReadingError(CrawlerError):
    """A response gives no article.

    Args:
        kind: Which of the failure taxonomy it is.
        detail: What was seen, in a few words.
    """

    def __init__(self, kind: FailureKind, detail: str) -> None:
        self.kind = kind
        self.detail = detail
        super().__init__(f"{kind}: {detail}")
