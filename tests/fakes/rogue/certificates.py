"""An authority that the crawl trusts, and servers' certificates that are right or wrong."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from functools import cached_property
from ipaddress import IPv4Address
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.rogue.rows import Tls

_YEAR = timedelta(days=365)


class Certificates:
    """Made anew for each run.

    Args:
        folder: Takes their files.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._now = datetime.now(UTC)
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.authority = folder / "authority.pem"
        """What a client must trust."""
        self.authority.write_bytes(_pem(self._authority))

    @cached_property
    def _authority(self) -> x509.Certificate:
        name = _name("Thu nghiem")
        return self._certificate(name, issuer=name, is_authority=True)

    def context(self, kind: Tls) -> ssl.SSLContext:
        """A server's side, as wrong as its kind says."""
        host = "127.0.0.9" if kind == "wrong-host" else "127.0.0.1"
        own = ec.generate_private_key(ec.SECP256R1())
        signer = own if kind == "self-signed" else self._key
        certificate = self._certificate(
            _name(host),
            issuer=_name(host) if kind == "self-signed" else self._authority.subject,
            host=host,
            key=own,
            signer=signer,
            until=self._now - timedelta(days=1) if kind == "expired" else None,
        )
        path = self._folder / f"{kind}.pem"
        path.write_bytes(_pem(own) + _pem(certificate))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    def _certificate(
        self,
        subject: x509.Name,
        *,
        issuer: x509.Name,
        host: str | None = None,
        key: ec.EllipticCurvePrivateKey | None = None,
        signer: ec.EllipticCurvePrivateKey | None = None,
        until: datetime | None = None,
        is_authority: bool = False,
    ) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key((key or self._key).public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self._now - _YEAR)
            .not_valid_after(until or self._now + _YEAR)
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        )
        if host is not None:
            names = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(host))])
            builder = builder.add_extension(names, critical=False)
        return builder.sign(signer or self._key, hashes.SHA256())


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _pem(thing: x509.Certificate | ec.EllipticCurvePrivateKey) -> bytes:
    if isinstance(thing, x509.Certificate):
        return thing.public_bytes(serialization.Encoding.PEM)
    return thing.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
