"""Lets a source whose certificate is known to be bad be read, and that source only."""

from __future__ import annotations

from contextlib import suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from OpenSSL import SSL
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.internet.ssl import CertificateOptions
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped] # has no type hints

from crawler.download import BoundedDownloadHandler

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

TRUSTS_ANY = "trusts_any_certificate"
"""Request meta: whether the source says that its certificate need not be right. Redirects keep
it, and the guard keeps them on the source's sites."""


class CertificateHandler:
    """Our https handler, twice: one that checks certificates and one that does not.

    Each has its own connections, so that a source that checks never speaks over one that
    another source has opened unchecked to a host they share.
    """

    lazy = True
    """A crawl without https needs neither."""

    def __init__(self, crawler: Crawler) -> None:
        self._strict = BoundedDownloadHandler(crawler)
        self._lax = _LaxHandler(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CertificateHandler:
        """Build it for a crawl."""
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        """Hand a request to the one its source asks for."""
        handler = self._lax if request.meta.get(TRUSTS_ANY) is True else self._strict
        return await handler.download_request(request)

    async def close(self) -> None:
        """End the connections of both."""
        await self._strict.close()
        await self._lax.close()


class _LaxHandler(BoundedDownloadHandler):
    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # Scrapy knows one policy a crawl, from a setting; there is no public way to another.
        self._contextFactory: Any = _AnyCertificate()


@implementer(IPolicyForHTTPS)
class _AnyCertificate:
    """Encrypts, and does not ask with whom: expired, self-signed and misnamed all pass."""

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802 - Twisted's
        del port
        return _Connection(hostname)


@implementer(IOpenSSLClientConnectionCreator)
class _Connection:
    def __init__(self, hostname: bytes) -> None:
        self._hostname = hostname

    def clientConnectionForTLS(self, protocol: Any) -> SSL.Connection:  # noqa: N802 - Twisted's
        del protocol
        context = CertificateOptions(verify=False).getContext()
        connection = SSL.Connection(context, None)
        if not _is_address(self._hostname):  # a server name is never an address (RFC 6066)
            connection.set_tlsext_host_name(self._hostname)
        return connection


def _is_address(hostname: bytes) -> bool:
    with suppress(ValueError):
        ip_address(hostname.decode("ascii", "replace"))
        return True
    return False
