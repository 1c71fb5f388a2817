"""The world's end of deliveries: SMTP and Telegram servers that fail as they are told, and kill."""

from __future__ import annotations

import asyncio
import random
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, Any, Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from tests.fakes.telegram_api import BotServer, bot_server, flood

if TYPE_CHECKING:
    from aiosmtpd.smtp import Envelope, Session

Way = Literal["email", "telegram"]

MailFault = Literal["refused", "421", "451", "452", "silent"]
BotFault = Literal["outage", "flood", "500"]
Cut = Literal["kept", "dropped"]
"""What a server does with a message when the connection ends before its answer."""

MAIL_POINTS = ("named", "354", "dot", "250")
"""Of a mail: its recipient was named; its data may come; it has come whole; it was accepted."""
BOT_POINTS = ("asked", "arrived", "answered")
"""Of a chat message: the bot asked who it is; the message has come; it was accepted."""

LONGEST_SILENCE = 20.0
"""In seconds; clients have given up long before."""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A message that a server has taken on."""

    at: datetime
    """Simulated."""
    way: Way
    recipient: str
    key: str
    """Message-ID of a mail, text of a chat message."""
    text: str


@dataclass
class PostOffice:
    """Both servers, and what they shall do next.

    Args:
        clock: Tells the simulated moment.
        strike: Kills the service, and is told where.
        draw: For what is left to chance.
    """

    clock: Callable[[], datetime]
    strike: Callable[[str], None]
    draw: random.Random
    arrivals: list[Arrival] = field(default_factory=list)
    mail_fault: MailFault | None = None
    bot_fault: BotFault | None = None
    cuts: dict[Way, Cut] = field(default_factory=dict)
    """For the next message."""
    points: dict[Way, str] = field(default_factory=dict)
    """Where the service is to die next."""
    mail_port: int = 0
    bot_url: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _controller: Controller | None = None

    def reached(self, way: Way, point: str) -> None:
        """A message has come so far."""
        with self._lock:
            is_meant = self.points.get(way) == point
            if is_meant:
                del self.points[way]
        if is_meant:
            self.strike(f"{way} {point}")

    def take(self, way: Way, recipient: str, key: str, text: str) -> None:
        """Keep a message."""
        arrival = Arrival(at=self.clock(), way=way, recipient=recipient, key=key, text=text)
        with self._lock:
            self.arrivals.append(arrival)

    def cut(self, way: Way) -> Cut | None:
        """Whether this message's connection ends before its answer."""
        with self._lock:
            return self.cuts.pop(way, None)

    def set_mail_fault(self, fault: MailFault | None) -> None:
        """From now on."""
        self.mail_fault = fault
        if fault == "refused":
            self.close_mail()
        elif self._controller is None:
            self.open_mail()

    def open_mail(self) -> None:
        """Listen for mail."""
        self._controller = _Controller(self)
        self._controller.start()

    def close_mail(self) -> None:
        """Refuse connections."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None


@contextmanager
def post_office(office: PostOffice) -> Iterator[PostOffice]:
    """Serve until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        office.mail_port = probe.getsockname()[1]
    bot = _Bot(office)
    with bot_server(bot):
        office.bot_url = bot.base_url
        office.open_mail()
        try:
            yield office
        finally:
            office.close_mail()


class _Controller(Controller):
    def __init__(self, office: PostOffice) -> None:
        self._office = office
        super().__init__(_MailHandler(office), hostname="127.0.0.1", port=office.mail_port)

    def factory(self) -> SMTP:
        return _MailServer(self.handler, self._office)


class _MailServer(SMTP):
    def __init__(self, handler: _MailHandler, office: PostOffice) -> None:
        self._office = office
        super().__init__(handler)

    async def push(self, status: Any) -> None:
        """Send an answer."""
        await super().push(status)
        said = status.decode() if isinstance(status, bytes) else status
        if said.startswith("354"):
            self._office.reached("email", "354")
        if said.startswith("250 accepted"):
            self._office.reached("email", "250")


class _MailHandler:
    def __init__(self, office: PostOffice) -> None:
        self._office = office

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if self._office.mail_fault == "421":
            return "421 closing for maintenance"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        self._office.reached("email", "named")
        if self._office.mail_fault == "451":
            return "451 greylisted, come again"
        if self._office.mail_fault == "silent":
            await asyncio.sleep(LONGEST_SILENCE)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        office = self._office
        if office.mail_fault == "452":
            return "452 insufficient storage"
        cut = office.cut("email")
        if cut != "dropped":
            content = envelope.content
            assert isinstance(content, bytes)
            message = message_from_bytes(content, policy=default)
            for recipient in envelope.rcpt_tos:
                office.take("email", recipient, str(message["Message-ID"]), _text_of(message))
        office.reached("email", "dot")
        if cut is not None:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return "250 accepted"


def _text_of(message: Any) -> str:
    bodies = (message.get_body((kind,)) for kind in ("plain", "html"))
    return "\n".join(body.get_content() for body in bodies if body is not None)


class _Bot(BotServer):
    def __init__(self, office: PostOffice) -> None:
        super().__init__()
        self._office = office
        self.after_answer = self._answered

    def answer(self, method: str, token: str, fields: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """As the real one, or as it fails."""
        office = self._office
        if office.bot_fault == "outage":
            return 0, {}
        if method != "sendMessage":
            if method == "getMe":
                office.reached("telegram", "asked")
            return super().answer(method, token, fields)
        if office.bot_fault == "flood":
            return flood(office.draw.randrange(30, 900))
        if office.bot_fault == "500":
            return 500, {"ok": False, "error_code": 500, "description": "Internal Server Error"}
        return self._message(method, token, fields)

    def _message(
        self, method: str, token: str, fields: dict[str, str]
    ) -> tuple[int, dict[str, Any]]:
        office = self._office
        cut = office.cut("telegram")
        if cut == "dropped":
            return 0, {}
        status, answer = super().answer(method, token, fields)
        if status == 200:
            office.take("telegram", fields["chat_id"], fields["text"], fields["text"])
            office.reached("telegram", "arrived")
        return (0, {}) if cut is not None else (status, answer)

    def _answered(self, method: str) -> None:
        if method == "sendMessage":
            self._office.reached("telegram", "answered")
