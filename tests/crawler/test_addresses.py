"""Which addresses are connected to, by number and through the resolver."""

from __future__ import annotations

from typing import Any

import pytest
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.addresses import refusal_of
from crawler.middlewares.resolver import GuardedResolver

PRIVATE = [
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",  # metadata of most clouds
    "100.64.0.1",  # shared by carriers
    "100.100.100.200",  # metadata of one more
    "168.63.129.16",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "fe80::1%eth0",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:10.0.0.1",
    "2002:0a00:0001::",
    "64:ff9b::a00:1",
]
LOOPBACK = ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_refused_with_and_without_loopback(address: str) -> None:
    assert refusal_of(address, allow_loopback=False) is not None
    assert refusal_of(address, allow_loopback=True) is not None


@pytest.mark.parametrize("address", LOOPBACK)
def test_loopback_is_refused_unless_it_is_allowed(address: str) -> None:
    assert "loopback" in (refusal_of(address, allow_loopback=False) or "")
    assert refusal_of(address, allow_loopback=True) is None


@pytest.mark.parametrize("address", ["203.162.4.190", "2405:4800::1", "::ffff:1.1.1.1"])
def test_public_addresses_are_let_through(address: str) -> None:
    assert refusal_of(address, allow_loopback=False) is None


class FakeNames:
    """Stands for the reactor and its own resolver: answers a name with given addresses."""

    def __init__(self, *addresses: IPv4Address | IPv6Address) -> None:
        self.addresses = addresses
        self.nameResolver = self

    def resolveHostName(self, receiver: Any, host: str, *rest: Any) -> Any:  # noqa: N802 - Twisted's
        receiver.resolutionBegan(host)
        for address in self.addresses:
            receiver.addressResolved(address)
        receiver.resolutionComplete()
        return receiver


class Receiver:
    def __init__(self) -> None:
        self.hosts: list[str] = []
        self.is_complete = False

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802 - Twisted's
        pass

    def addressResolved(self, address: Any) -> None:  # noqa: N802 - Twisted's
        self.hosts.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's
        self.is_complete = True


def _resolve(resolver: GuardedResolver, host: str) -> list[str]:
    receiver = Receiver()
    resolver.resolveHostName(receiver, host, 443)
    assert receiver.is_complete
    return receiver.hosts


def test_private_answers_are_dropped_also_when_they_come_from_the_cache() -> None:
    names: Any = FakeNames(
        IPv4Address("TCP", "203.162.4.190", 443),
        IPv4Address("TCP", "10.1.2.3", 443),
        IPv6Address("TCP", "fd00::5", 443),
    )
    resolver = GuardedResolver(names, 100, allow_loopback=False)
    for _ in range(2):
        assert _resolve(resolver, "mixed.bao.example") == ["203.162.4.190"]
    assert "mixed.bao.example" in resolver.refusals


def test_a_name_that_was_rebound_to_a_private_host_is_told_as_refused() -> None:
    names: Any = FakeNames(IPv4Address("TCP", "192.168.0.7", 80))
    resolver = GuardedResolver(names, 100, allow_loopback=True)
    assert _resolve(resolver, "rebound.bao.example") == []
    assert "192.168.0.7" in resolver.refusals["rebound.bao.example"]
