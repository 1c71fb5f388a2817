"""``/healthz``, ``/readyz``, ``/metrics`` for who looks after the service; ``/feed.atom``."""

from __future__ import annotations

import json
import logging
import socket
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Self

from monitor.config_service import split_address
from monitor.errors import InputError, StoreError
from monitor.following import feed_of
from monitor.metrics import CONTENT_TYPE, exposition
from monitor.readiness import checks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from email.message import Message

    from monitor.metrics import CrawlMeasures
    from monitor.vitals import Vitals
    from monitor.watch import Watch

log = logging.getLogger(__name__)

_PATHS = "/healthz /readyz /metrics /feed.atom"

_TIMEOUT_SECONDS = 10
"""For a client to ask."""


class StatusPort:
    """Answers from threads of its own while the ``with`` block runs.

    Args:
        listen: Address and port.
        watch: Gives the watch as it is now.
        vitals: Of the service.
        measures: Of its crawls.

    Raises:
        InputError: Nobody can listen there.
    """

    def __init__(
        self,
        listen: str,
        *,
        watch: Callable[[], Watch],
        vitals: Vitals,
        measures: CrawlMeasures,
    ) -> None:
        self._watch = watch
        self._vitals = vitals
        self._measures = measures
        try:
            self._server = _server(listen, self._answer)
        except OSError as error:
            reason = error.strerror or str(error)
            raise InputError(f"service.listen: nobody can listen at {listen}: {reason}") from error
        self._thread = threading.Thread(target=self._serve, name="status-port", daemon=True)

    @property
    def port(self) -> int:
        """Where it listens; of interest where the settings left it open with 0."""
        return int(self._server.server_address[1])

    def __enter__(self) -> Self:
        self._thread.start()
        log.info("answering at port %d: %s", self.port, _PATHS)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=0.2)

    def _answer(self, path: str, asked: Message) -> _Answer:
        if path == "/healthz":
            return _text(HTTPStatus.OK, "alive")
        if path == "/readyz":
            return self._readiness()
        try:
            if path == "/metrics":
                return self._metrics()
            if path == "/feed.atom":
                return self._feed(asked)
        except StoreError as error:
            return _text(HTTPStatus.SERVICE_UNAVAILABLE, str(error))
        return _text(HTTPStatus.NOT_FOUND, _PATHS)

    def _readiness(self) -> _Answer:
        found = checks(self._watch(), self._vitals)
        is_ready = all(check.is_good for check in found)
        document = {
            "ready": is_ready,
            "checks": [
                {"name": check.name, "good": check.is_good, "detail": check.detail}
                for check in found
            ],
        }
        status = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
        body = json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"
        return _Answer(status, "application/json", body)

    def _metrics(self) -> _Answer:
        body = exposition(self._watch(), vitals=self._vitals, measures=self._measures)
        return _Answer(HTTPStatus.OK, CONTENT_TYPE, body)

    def _feed(self, asked: Message) -> _Answer:
        feed = feed_of(self._watch())
        if feed.is_held_by(asked):
            return _Answer(HTTPStatus.NOT_MODIFIED, None, b"", feed.headers)
        return _Answer(HTTPStatus.OK, "application/atom+xml", feed.document, feed.headers)


class _Answer(NamedTuple):
    """What is sent back."""

    status: HTTPStatus
    content_type: str | None
    body: bytes
    headers: Mapping[str, str] = MappingProxyType({"Cache-Control": "no-store"})


def _text(status: HTTPStatus, line: str) -> _Answer:
    return _Answer(status, "text/plain; charset=utf-8", f"{line}\n".encode())


def _server(listen: str, answer: Callable[[str, Message], _Answer]) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        timeout = _TIMEOUT_SECONDS
        server_version = "diembao"
        sys_version = ""

        def do_GET(self) -> None:
            status, content_type, body, headers = answer(self.path.partition("?")[0], self.headers)
            self.send_response(status)
            if content_type is not None:
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815 - as http.server calls it

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as above
            log.debug("%s %s", self.client_address[0], format % args)

    class Server(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in split_address(listen)[0] else socket.AF_INET
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002
            log.debug("a client at %s left", client_address, exc_info=True)

    return Server(split_address(listen), Handler)
