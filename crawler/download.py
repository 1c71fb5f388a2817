"""Scrapy's HTTP download handler with an end to the head of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

# Scrapy and Twisted bound the body and a single line, and take header lines for as long as
# they come, at the network's pace. Neither offers a public place to count them.
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from twisted.python.failure import Failure
from twisted.web._newclient import BODY, DONE

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.interfaces import IAddress

HEAD_BYTES = 256 * 1024
"""Status lines and headers of one answer, interim answers included; browsers stop there too."""


class HeadTooLargeError(Exception):
    """The head of an answer does not end."""


class BoundedDownloadHandler(HTTP11DownloadHandler):
    """Gives up on an answer whose head is larger than any honest one."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory


class _Protocol(_LenientHTTP11ClientProtocol):
    def request(self, request: Any) -> Any:
        self._head_bytes = 0
        return super().request(request)

    def dataReceived(self, bytes: bytes) -> None:  # noqa: A002, N802 - Twisted's names
        parser = self._parser
        if parser is not None and parser.state not in (BODY, DONE):
            self._head_bytes += len(bytes)
            if self._head_bytes > HEAD_BYTES:
                too_large = HeadTooLargeError(f"a head of more than {HEAD_BYTES} bytes")
                self._giveUp(Failure(too_large))
                return
        super().dataReceived(bytes)


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _Protocol:  # noqa: ARG002, N802 - Twisted's
        return _Protocol(self._quiescentCallback)
