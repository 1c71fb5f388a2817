"""Translates what Scrapy, Twisted and servers say into the crawler's failure taxonomy, once."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from OpenSSL.SSL import Error as TLSError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from service_identity import VerificationError
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.web.client import ResponseFailed
from w3lib.encoding import http_content_type_encoding

from crawler.download import HeadTooLargeError
from crawler.errors import FetchError
from crawler.items import Validator

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawler.items import FailureKind

PAUSE_STATUSES = frozenset({428, 429, 503})
"""Answers that ask for a pause. 428 is among them because a large paper's cache sends it, once
it has had enough of a client, where 429 is meant."""

UNTOLD_PAUSE = timedelta(minutes=30)
"""For a site that asks for a pause and does not say how long."""

TRANSPORT_ERRORS: tuple[type[Exception], ...] = (
    CannotResolveHostError,
    ConnectError,
    ConnectionClosed,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    OSError,  # a broken gzip body, besides the network's own
    ResponseDataLossError,
    TLSError,
    UnsupportedURLSchemeError,
    ValueError,  # an address that cannot be requested
    VerificationError,
    zlib.error,
)
"""Everything a request is known to end with instead of an answer."""

_KINDS: tuple[tuple[tuple[type[Exception], ...], FailureKind], ...] = (
    ((CannotResolveHostError,), "dns"),
    ((TLSError, VerificationError), "tls"),
    ((DownloadTimeoutError,), "timeout"),
    # Scrapy cancels a download for one reason: its size.
    ((DownloadCancelledError,), "size"),
    ((NotSupported, UnsupportedURLSchemeError), "guard"),
    ((DownloadConnectionRefusedError, DownloadFailedError, ResponseDataLossError), "refused"),
    ((ConnectError, ConnectionClosed), "refused"),
    ((zlib.error, OSError), "parse"),
    ((ValueError,), "guard"),
)

_PARTIAL = 206

_LONGEST_PAUSE = timedelta(days=7)
"""Retry-After beyond this is cut: a mistake, or for people to see to."""

_DETAIL_LENGTH = 200


def failure_of(error: Exception) -> FetchError:
    """Translate an error of ``TRANSPORT_ERRORS``.

    Args:
        error: What a request ended with.

    Returns:
        The same in the crawler's words; not raised.
    """
    if isinstance(error, IgnoreRequest):
        return _ignored(error)
    if isinstance(error, DownloadFailedError):
        if _has_reason(error, TLSError, VerificationError):
            return FetchError("tls", _detail(error))
        if _has_reason(error, HeadTooLargeError):
            return FetchError("size", "the headers do not end")
    kinds = (kind for types, kind in _KINDS if isinstance(error, types))
    return FetchError(next(kinds, "refused"), _detail(error))


def check_answer(response: Response, *, now: datetime | None = None) -> None:
    """Refuse an answer that is not the thing asked for.

    Args:
        response: After redirects.
        now: For a Retry-After that names a date; None takes the Date header's.

    Raises:
        FetchError: ``challenge`` where a cache says so, ``guard`` for a redirect that cannot
            be followed, ``status`` for every other status but 200 to 299, and for a part of
            the document, which nobody asked for.
    """
    if b"challenge" in (response.headers.get("cf-mitigated") or b"").lower():
        raise FetchError("challenge", "cf-mitigated: challenge", status=response.status)
    if 200 <= response.status < 300 and response.status != _PARTIAL:
        return
    if 300 <= response.status < 400 and "Location" in response.headers:
        # Scrapy follows http and https only and hands everything else back.
        raise FetchError("guard", "redirected to an address that is not http or https")
    is_pause = response.status in PAUSE_STATUSES
    raise FetchError(
        "status",
        str(response.status),
        status=response.status,
        retry_after=retry_after_of(response, now=now) if is_pause else None,
        closes_site=is_pause,
    )


def retry_after_of(response: Response, *, now: datetime | None = None) -> timedelta | None:
    """The pause a response asks for (RFC 9110, section 10.2.3).

    Args:
        response: Any.
        now: What a date is counted from; None takes the response's Date header.

    Returns:
        Zero to seven days; None where there is no such header or it cannot be read.
    """
    text = _header(response, "Retry-After")
    if text is None:
        return None
    if text.isascii() and text.isdigit():
        # Twelve digits are past every date; more would overflow a timedelta.
        return timedelta(seconds=min(int(text[:12]), _LONGEST_PAUSE.total_seconds()))
    until = _http_date(text)
    since = now or _http_date(_header(response, "Date") or "")
    if until is None or since is None:
        return None
    return min(max(until - since, timedelta()), _LONGEST_PAUSE)


def validator_of(response: Response) -> Validator | None:
    """What the response gives to ask "changed since?" next time; None where nothing."""
    etag = _header(response, "ETag")
    last_modified = _header(response, "Last-Modified")
    if etag is None and last_modified is None:
        return None
    return Validator(etag=etag, last_modified=last_modified)


def encoding_of(response: Response) -> str | None:
    """The charset the Content-Type header names, if any; the body may know better."""
    return http_content_type_encoding(_header(response, "Content-Type"))


def media_type_of(response: Response) -> str | None:
    """The Content-Type without its parameters, in lower case; None where not told."""
    text = _header(response, "Content-Type")
    return text.partition(";")[0].strip().lower() or None if text else None


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1").strip() or None if value else None


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _ignored(error: IgnoreRequest) -> FetchError:
    # Two of Scrapy's components raise it: redirects past the limit, and a body that is
    # too large once unpacked.
    if "redirect" in str(error):
        return FetchError("status", "too many redirects")
    return FetchError("size", "larger than the limit once unpacked")


def _has_reason(error: DownloadFailedError, *types: type[Exception]) -> bool:
    cause = error.__cause__
    if not isinstance(cause, ResponseFailed):
        return False
    return any(reason.check(*types) for reason in cause.reasons)


def _detail(error: Exception) -> str:
    return " ".join(str(error).split())[:_DETAIL_LENGTH] or type(error).__name__
