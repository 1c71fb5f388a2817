"""A real SMTP server on loopback (aiosmtpd) that keeps what it accepts and can misbehave."""

from __future__ import annotations

import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage

    from aiosmtpd.smtp import Envelope, Session


@dataclass
class Mailbox:
    """What arrived, and how the server shall answer."""

    messages: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    data_answer: str | None = None
    """An answer instead of accepting a message."""
    recipient_answers: dict[str, str] = field(default_factory=dict)
    before_recipient: Callable[[], None] | None = None
    """Called when a recipient was named and is not answered yet."""
    before_answer: Callable[[], None] | None = None
    """Called when a message has arrived whole and is not answered yet."""
    arrived: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.before_recipient is not None:
            self.before_recipient()
        answer = self.recipient_answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.data_answer is not None:
            return self.data_answer
        content = envelope.content
        assert isinstance(content, bytes)
        self.messages.append(message_from_bytes(content, policy=default))
        self.envelopes.append((envelope.mail_from or "", tuple(envelope.rcpt_tos)))
        self.arrived.set()
        if self.before_answer is not None:
            self.before_answer()
        return "250 accepted"


class _Controller(Controller):
    def __init__(
        self, mailbox: Mailbox, port: int, *, tls: ssl.SSLContext | None, **options: object
    ) -> None:
        self._options = options
        super().__init__(mailbox, hostname="127.0.0.1", port=port, ssl_context=tls)

    def factory(self) -> SMTP:
        return SMTP(self.handler, enable_SMTPUTF8=True, **self._options)


@contextmanager
def mail_server(
    *,
    port: int = 0,
    certificate: ssl.SSLContext | None = None,
    is_implicit: bool = False,
    accounts: dict[str, str] | None = None,
) -> Iterator[Mailbox]:
    """Serve until the block ends.

    With a certificate STARTTLS is required, or TLS from the first byte where it is
    implicit; with accounts a login.
    """
    mailbox = Mailbox()

    def check(
        _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, login: object
    ) -> AuthResult:
        assert isinstance(login, LoginPassword)
        known = (accounts or {}).get(login.login.decode())
        fits = known is not None and known.encode() == login.password
        return AuthResult(success=fits, handled=False)

    options: dict[str, object] = {}
    if certificate is not None and not is_implicit:
        options |= {"tls_context": certificate, "require_starttls": True}
    if accounts is not None:
        options |= {
            "authenticator": check,
            "auth_required": True,
            "auth_require_tls": certificate is not None and not is_implicit,
        }
    tls = certificate if is_implicit else None
    controller = _Controller(mailbox, port or _free_port(), tls=tls, **options)
    controller.start()
    mailbox.port = controller.port
    try:
        yield mailbox
    finally:
        controller.stop()


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
