"""Digests by mail: SMTP with STARTTLS or TLS, one message a recipient, a stable Message-ID."""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import contextmanager
from email.utils import parseaddr
from typing import TYPE_CHECKING

from monitor.channels.mail import mail_of
from monitor.errors import PermanentRefusal, TemporaryRefusal, UnclearOutcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from monitor.channels import Handover
    from monitor.config import EmailSettings
    from monitor.items import Letter

_END_OF_DATA = b".\r\n"
_LEADING_DOT = re.compile(rb"(?m)^\.")


class EmailChannel:
    """Sends through one SMTP server.

    Args:
        settings: Host, sender and recipients are set.
    """

    name = "email"
    can_repeat = False

    def __init__(self, settings: EmailSettings) -> None:
        self._settings = settings

    @property
    def recipients(self) -> tuple[str, ...]:
        """Mail addresses."""
        return self._settings.recipients

    def parts(self, letter: Letter) -> int:  # noqa: ARG002 - one whatever the letter
        """One: the letter as a whole."""
        return 1

    def probe(self) -> None:
        """Connect, encrypt and log in.

        Raises:
            TemporaryRefusal: The server does not answer or does not let us in.
        """
        with self._connection():
            return

    def send(self, letter: Letter, recipient: str, handover: Handover) -> None:
        """Send the letter to one mailbox.

        Raises:
            TemporaryRefusal: No connection, a 4xx answer, or what the operator can mend.
            PermanentRefusal: The mailbox or the message was refused with a 5xx answer.
            UnclearOutcome: The connection ended between the last byte and the answer.
        """
        if handover.parts_done:
            return
        content = self.message(letter, recipient).as_bytes().removesuffix(b"\r\n") + b"\r\n"
        with self._connection() as smtp:
            self._envelope(smtp, recipient)
            self._hand_over(smtp, content, handover)

    def message(self, letter: Letter, recipient: str) -> EmailMessage:
        """The mail, the same bytes each time it is built: ``monitor.channels.mail``."""
        return mail_of(
            letter,
            sender=self._settings.sender or "",
            recipient=recipient,
            unsubscribe=self._settings.unsubscribe,
        )

    @property
    def _address(self) -> str:
        return parseaddr(self._settings.sender or "")[1]

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        try:
            smtp = self._open()
        except (OSError, smtplib.SMTPException) as error:
            raise TemporaryRefusal(f"{self._server}: {_said(error)}") from error
        try:
            yield smtp
        finally:
            smtp.close()

    def _open(self) -> smtplib.SMTP:
        settings = self._settings
        assert settings.host is not None
        seconds = settings.timeout.total_seconds()
        if settings.security == "tls":
            context = ssl.create_default_context()
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.host, settings.port, timeout=seconds, context=context
            )
        else:
            smtp = smtplib.SMTP(settings.host, settings.port, timeout=seconds)
        try:
            self._introduce(smtp)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _introduce(self, smtp: smtplib.SMTP) -> None:
        settings = self._settings
        smtp.ehlo()
        if settings.security == "starttls":
            smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo()
        if settings.username is not None and settings.password is not None:
            smtp.login(settings.username, settings.password.get_secret_value())

    def _envelope(self, smtp: smtplib.SMTP, recipient: str) -> None:
        options = [] if f"{self._address}{recipient}".isascii() else ["SMTPUTF8"]
        try:
            _expect(smtp.mail(self._address, options), 250)
            _expect(smtp.rcpt(recipient), 250, 251)
            _expect(smtp.docmd("DATA"), 354)
        except (OSError, smtplib.SMTPException) as error:
            raise TemporaryRefusal(f"{self._server}: {_said(error)}") from error

    def _hand_over(self, smtp: smtplib.SMTP, content: bytes, handover: Handover) -> None:
        # The closing dot goes out by itself: until then the server holds an unfinished
        # message, which it must drop when the connection ends (RFC 5321, section 4.1.1.4).
        try:
            smtp.send(_LEADING_DOT.sub(b"..", content))
        except (OSError, smtplib.SMTPException) as error:
            raise TemporaryRefusal(f"{self._server}: {_said(error)}") from error
        handover.begin()
        try:
            smtp.send(_END_OF_DATA)
            answer = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise UnclearOutcome(f"{self._server}: {_said(error)}") from error
        _expect(answer, 250)
        handover.confirm()

    @property
    def _server(self) -> str:
        return f"{self._settings.host}:{self._settings.port}"


def _expect(answer: tuple[int, bytes], *codes: int) -> None:
    code, said = answer
    if code in codes:
        return
    reason = _answer(code, said)
    if 500 <= code < 600:
        raise PermanentRefusal(reason)
    raise TemporaryRefusal(reason)


def _answer(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}".strip()


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"{error.smtp_code}: the server refuses email.username and email.password"
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    return " ".join(str(error).split()) or type(error).__name__
