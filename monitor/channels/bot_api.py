"""Telegram's Bot API over HTTP: one method after the other, and a poll that can be cut.

A library for bots brings 15 MB of types into a service that calls eight methods, and cannot be
interrupted while it waits for updates; httpx does both, through any proxy.
"""

from __future__ import annotations

import json
import socket
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

import httpx

from monitor.errors import MonitorError

if TYPE_CHECKING:
    from monitor.config import TelegramSettings

_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_NO_SUCH_BOT = frozenset({401, 404})
"""What the server answers to a token that it does not know; one of the wrong form is a path that
it does not know."""


class BotApiError(MonitorError):
    """A method was not carried out, or nobody knows."""


class Refused(BotApiError):
    """The server said no.

    Args:
        code: Like a status of HTTP.
        reason: What it said.
        retry_after: The pause it asked for, if any.
        migrated_to: What the chat, a group, has become.
    """

    def __init__(
        self,
        code: int,
        reason: str,
        *,
        retry_after: timedelta | None = None,
        migrated_to: int | None = None,
    ) -> None:
        self.code = code
        self.retry_after = retry_after
        self.migrated_to = migrated_to
        super().__init__(reason)

    @property
    def is_token_wrong(self) -> bool:
        """Whether no bot has such a token."""
        return self.code in _NO_SUCH_BOT


class NoAnswer(BotApiError):
    """The connection could not be made, or ended before the answer.

    Args:
        reason: What was met.
        may_have_arrived: Whether the server may have done what it was asked for.
    """

    def __init__(self, reason: str, *, may_have_arrived: bool) -> None:
        self.may_have_arrived = may_have_arrived
        super().__init__(reason)


class BotApi:
    """Calls as one bot; its token is set. Close it, or use it as a context manager.

    Args:
        settings: Server, token, proxy and patience.
    """

    def __init__(self, settings: TelegramSettings) -> None:
        assert settings.token is not None
        self._token = settings.token.get_secret_value()
        self._timeout = settings.timeout.total_seconds()
        self._address = f"{settings.base_url.rstrip('/')}/bot{self._token}"
        self._client = httpx.Client(proxy=settings.proxy)
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._is_cut = False
        self._is_held = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def cut(self) -> None:
        """End a call whose answer the server holds back, and any such later; returns at once.

        Others are let be: what is being said is said.
        """
        with self._lock:
            self._is_cut = True
            self._shut_if_cut()

    def call(self, method: str, *, held: timedelta = timedelta(), **fields: object) -> Any:
        """Call a method.

        Args:
            method: Such as ``sendMessage``.
            held: How long the server may hold its answer back on purpose.
            **fields: Its parameters; what is no text is sent as JSON, None not at all.

        Returns:
            The ``result`` of the answer.

        Raises:
            Refused: The server answered that it will not.
            NoAnswer: It did not answer.
        """
        self._set_held(bool(held))
        written = {name: _written(one) for name, one in fields.items() if one is not None}
        patience = httpx.Timeout(self._timeout, read=self._timeout + held.total_seconds())
        try:
            answer = self._client.post(
                f"{self._address}/{method}",
                data=written,
                timeout=patience,
                extensions={"trace": self._trace},
            )
        except httpx.HTTPError as error:
            reason = self._masked(str(error) or type(error).__name__)
            never = isinstance(error, _NEVER_SENT)
            raise NoAnswer(reason, may_have_arrived=not never) from error
        finally:
            self._set_held(False)
        return self._result(answer)

    def _set_held(self, is_held: bool, /) -> None:
        with self._lock:
            self._is_held = is_held
            if is_held and self._is_cut:
                raise NoAnswer("cut", may_have_arrived=False)

    def _result(self, answer: httpx.Response) -> Any:
        try:
            document = answer.json()
        except ValueError:
            document = None
        if not isinstance(document, dict):
            raise Refused(answer.status_code, f"HTTP {answer.status_code} without a Bot API answer")
        if document.get("ok"):
            return document.get("result")
        parameters = document.get("parameters") or {}
        pause = parameters.get("retry_after")
        raise Refused(
            int(document.get("error_code", answer.status_code)),
            self._masked(str(document.get("description", "no reason given"))),
            retry_after=None if pause is None else timedelta(seconds=pause),
            migrated_to=parameters.get("migrate_to_chat_id"),
        )

    def _masked(self, said: str) -> str:
        return " ".join(said.split()).replace(self._token, "***")

    def _trace(self, event: str, info: dict[str, Any]) -> None:
        """Remember the socket of the connection in use: httpx hands it out nowhere else."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            with self._lock:
                self._socket = info["return_value"].get_extra_info("socket")
                self._shut_if_cut()

    def _shut_if_cut(self) -> None:
        if self._is_cut and self._is_held and self._socket is not None:
            _shut(self._socket)


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _shut(connected: socket.socket) -> None:
    try:
        # Not the TLS socket's own method, which is not made for use from another thread.
        socket.socket.shutdown(connected, socket.SHUT_RDWR)
    except OSError:
        return  # the other side was quicker
