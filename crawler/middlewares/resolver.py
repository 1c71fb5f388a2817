"""Resolves names for the crawl and drops every answer that is not a public address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from scrapy.resolver import CachingHostnameResolver
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped] # has no type hints

from crawler.addresses import refusal_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase
    from twisted.internet.interfaces import IAddress

ALLOW_LOOPBACK = "DIEMBAO_ALLOW_LOOPBACK"
"""Setting: whether 127.0.0.0/8 and ::1 may be connected to."""


@implementer(IHostnameResolver)
class GuardedResolver(CachingHostnameResolver):
    """The last look before a connection, so that a name cannot be rebound to a private host.

    Installed through TWISTED_DNS_RESOLVER, which only Scrapy's process runners honour.

    Attributes:
        refusals: By host name, why its last refused address was refused.
    """

    def __init__(self, reactor: ReactorBase, cache_size: int, *, allow_loopback: bool) -> None:
        super().__init__(reactor, cache_size)
        self.refusals: dict[str, str] = {}
        self._allow_loopback = allow_loopback

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Build it; Scrapy hands in its process runner, of which only the settings are read."""
        settings = crawler.settings
        return cls(
            reactor,
            settings.getint("DNSCACHE_SIZE"),
            allow_loopback=settings.getbool(ALLOW_LOOPBACK),
        )

    def resolveHostName(  # noqa: N802 - Twisted's interface
        self,
        resolutionReceiver: Any,  # noqa: N803 - Twisted's interface
        hostName: str,  # noqa: N803 - Twisted's interface
        portNumber: int = 0,  # noqa: N803 - Twisted's interface
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803 - Twisted's interface
        transportSemantics: str = "TCP",  # noqa: N803 - Twisted's interface
    ) -> Any:
        """Resolve a name as the base class does, through the sieve; cached answers as well."""
        sieve: Any = _Sieve(resolutionReceiver, hostName, resolver=self)
        return super().resolveHostName(
            sieve, hostName, portNumber, addressTypes, transportSemantics
        )

    def admits(self, host: str, address: str) -> bool:
        """Whether an address may be connected to; where not, ``refusals`` keeps the reason."""
        reason = refusal_of(address, allow_loopback=self._allow_loopback)
        if reason is not None:
            self.refusals[host] = reason
        return reason is None


@implementer(IResolutionReceiver)
class _Sieve:
    """Stands before a receiver. Its type is Any: type checkers do not read zope's interfaces."""

    def __init__(self, receiver: Any, host: str, *, resolver: GuardedResolver) -> None:
        self._receiver = receiver
        self._host = host
        self._resolver = resolver

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802 - Twisted's
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802 - Twisted's
        if self._resolver.admits(self._host, address.host):
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's
        self._receiver.resolutionComplete()
