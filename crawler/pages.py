"""Fetches and reads one page, and says in one record what came of it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.errors import FetchError, ReadingError
from crawler.items import Failure, Gone, Unchanged, Validator
from crawler.opening import open_page
from crawler.outcomes import encoding_of, media_type_of, validator_of
from crawler.page.markup import parse_page
from crawler.raw import RawResponse
from crawler.reading import find_text, read_open_page, to_article
from crawler.skimming import read_if_concerned, skim

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from scrapy.http import Response

    from crawler.client import SourceClient
    from crawler.items import Article, FailureKind, Skimmed, Source
    from crawler.opening import OpenPage
    from crawler.reading import PageReading
    from crawler.triage import Triage

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
    validator: Validator | None = None
    """Makes it a conditional request."""


class PageReader:
    """Reads the pages of one source.

    Args:
        client: Asks for them.
        source: Whose they are.
        clock: The present moment.
        triage: Says which pages are only skimmed; None reads them all.
        keeps_raw: Whether articles bring the response they were read from.
    """

    def __init__(
        self,
        client: SourceClient,
        *,
        source: Source,
        clock: Callable[[], datetime],
        triage: Triage | None = None,
        keeps_raw: bool = False,
    ) -> None:
        self._client = client
        self._source = source
        self._clock = clock
        self._triage = triage
        self._keeps_raw = keeps_raw

    async def read(self, page: PageAddress) -> Article | Skimmed | Unchanged | Gone | Failure:
        """Fetch a page and read it; whatever happens becomes a record."""
        try:
            response = await self._client.get(page.url, validator=page.validator)
            if response.status == 304:
                return self._unchanged(page)
            return self._reading(page, response)
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

    def _reading(self, page: PageAddress, response: Response) -> Article | Skimmed:
        media_type = media_type_of(response)
        if media_type not in _HTML_TYPES:
            raise ReadingError("not-html", f"Content-Type {media_type}")
        if _is_home(response.url) and not _is_home(page.url):
            # How several papers say that an article is no longer there.
            raise FetchError("status", "redirected to the home page")
        fetched_at = self._clock()
        tree = parse_page(response.body, encoding=encoding_of(response))
        opened = open_page(
            tree,
            url=response.url,
            fetched_at=fetched_at,
            family_hint=self._source.family,
            selectors=self._source.selectors,
        )
        reading = self._read(opened)
        if reading is None:
            return skim(opened, source=self._source.key, key=page.key)
        article = to_article(
            reading,
            source=self._source.key,
            url=response.url,
            key=page.key,
            fetched_at=fetched_at,
        )
        article = replace(article, validator=validator_of(response))
        return replace(article, raw=_raw(response)) if self._keeps_raw else article

    def _read(self, page: OpenPage) -> PageReading | None:
        if self._triage is None:
            return read_open_page(page, find_text(page))
        return read_if_concerned(page, self._triage)

    def _unchanged(self, page: PageAddress) -> Unchanged:
        return Unchanged(source=self._source.key, url=page.url, key=page.key, seen_at=self._clock())

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


def _raw(response: Response) -> RawResponse:
    """The response as it is kept; Scrapy has unpacked the body."""
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
    try:
        phrase = HTTPStatus(response.status).phrase
    except ValueError:
        phrase = ""
    status_line = f"{response.protocol or 'HTTP/1.1'} {response.status} {phrase}".rstrip()
    return RawResponse(status_line=status_line, headers=headers, body=response.body)


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query
