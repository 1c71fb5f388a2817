"""Fetches and reads one page, and says in one record what came of it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.errors import FetchError, ReadingError
from crawler.items import Failure, Gone
from crawler.outcomes import encoding_of, media_type_of
from crawler.reading import read_page, to_article

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from scrapy.http import Response

    from crawler.client import SourceClient
    from crawler.items import Article, FailureKind, Source

logger = logging.getLogger(__name__)

_GONE_STATUSES = frozenset({404, 410})

_HTML_TYPES = frozenset({None, "text/html", "application/xhtml+xml"})
"""None: a server that does not say; the reader looks for itself."""


@dataclass(frozen=True, kw_only=True)
class PageAddress:
    """A page to fetch."""

    url: str
    key: str
    """``crawler.urls.page_key(url)``."""


class PageReader:
    """Reads the pages of one source.

    Args:
        client: Asks for them.
        source: Whose they are.
        clock: The present moment.
    """

    def __init__(
        self, client: SourceClient, *, source: Source, clock: Callable[[], datetime]
    ) -> None:
        self._client = client
        self._source = source
        self._clock = clock

    async def read(self, page: PageAddress) -> Article | Gone | Failure:
        """Fetch a page and read it; whatever happens becomes a record."""
        try:
            response = await self._client.get(page.url)
            return self._article(page, response)
        except FetchError as error:
            if error.status in _GONE_STATUSES:
                return self._gone(page, error.status)
            return self._failure(page, error.kind, error.detail, error=error)
        except ReadingError as error:
            return self._failure(page, error.kind, error.detail)
        except Exception as error:
            # One page's job ends here: markup from the wild finds the parsers' own mistakes,
            # and the other pages shall go on.
            logger.warning("page not read", exc_info=True, extra={"url": page.url})
            return self._failure(page, "parse", type(error).__name__)

    def _article(self, page: PageAddress, response: Response) -> Article:
        media_type = media_type_of(response)
        if media_type not in _HTML_TYPES:
            raise ReadingError("not-html", f"Content-Type {media_type}")
        if _is_home(response.url) and not _is_home(page.url):
            # How several papers say that an article is no longer there.
            raise FetchError("status", "redirected to the home page")
        fetched_at = self._clock()
        reading = read_page(
            response.body,
            url=response.url,
            fetched_at=fetched_at,
            encoding=encoding_of(response),
            family_hint=self._source.family,
        )
        return to_article(
            reading,
            source=self._source.key,
            url=response.url,
            key=page.key,
            fetched_at=fetched_at,
        )

    def _gone(self, page: PageAddress, status: int) -> Gone:
        return Gone(
            source=self._source.key,
            url=page.url,
            key=page.key,
            status=status,
            seen_at=self._clock(),
        )

    def _failure(
        self,
        page: PageAddress,
        kind: FailureKind,
        detail: str,
        *,
        error: FetchError | None = None,
    ) -> Failure:
        return Failure(
            source=self._source.key,
            url=page.url,
            key=page.key,
            kind=kind,
            detail=detail,
            seen_at=self._clock(),
            retry_after=error.retry_after if error else None,
        )


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query
