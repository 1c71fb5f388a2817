"""Which network addresses a crawl may connect to."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_NAT64 = IPv6Network("64:ff9b::/96")
"""Carries an IPv4 address in its last 32 bits (RFC 6052)."""

_AZURE_HOST = IPv4Address("168.63.129.16")
"""Azure's host agent: a public number that only the virtual machine's host answers. The
metadata services of the other clouds live on link-local, shared or unique-local addresses."""


def refusal_of(address: str, *, allow_loopback: bool) -> str | None:
    """Say why an address must not be connected to.

    Everything the IANA special-purpose registries call not globally reachable is refused:
    private, shared (RFC 6598), link-local, documentation and the like, also when it is
    wrapped into IPv6 (mapped, 6to4, NAT64); multicast as well.

    Args:
        address: An IPv4 or IPv6 address in text form, with or without a zone.
        allow_loopback: Lets 127.0.0.0/8 and ::1 through.

    Returns:
        The reason in a few words, or None where the address may be used.

    Raises:
        ValueError: Not an IP address.
    """
    ip = _unwrapped(ip_address(address.partition("%")[0]))
    if ip.is_loopback:
        return None if allow_loopback else f"{address} is a loopback address"
    if ip.is_multicast:
        return f"{address} is a multicast address"
    if not ip.is_global or ip == _AZURE_HOST:
        return f"{address} is not a public address"
    return None


def _unwrapped(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip
