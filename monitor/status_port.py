"""``/healthz``, ``/readyz`` and ``/metrics``, for whoever looks after the service."""

from __future__ import annotations

import json
import logging
import socket
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

from monitor.config_service import split_address
from monitor.errors import InputError, StoreError
from monitor.metrics import CONTENT_TYPE, exposition
from monitor.readiness import checks

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.metrics import CrawlMeasures
    from monitor.vitals import Vitals
    from monitor.watch import Watch

log = logging.getLogger(__name__)

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
        log.info("answering at port %d: /healthz, /readyz, /metrics", self.port)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=0.2)

    def _answer(self, path: str) -> _Answer:
        if path == "/healthz":
            return HTTPStatus.OK, "text/plain; charset=utf-8", b"alive\n"
        if path == "/readyz":
            return self._readiness()
        if path == "/metrics":
            return self._metrics()
        return HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"/healthz /readyz /metrics\n"

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
        return status, "application/json", body

    def _metrics(self) -> _Answer:
        try:
            body = exposition(self._watch(), vitals=self._vitals, measures=self._measures)
        except StoreError as error:
            text = f"{error}\n".encode()
            return HTTPStatus.SERVICE_UNAVAILABLE, "text/plain; charset=utf-8", text
        return HTTPStatus.OK, CONTENT_TYPE, body


_Answer = tuple[HTTPStatus, str, bytes]
"""Status, content type, body."""


def _server(listen: str, answer: Callable[[str], _Answer]) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        timeout = _TIMEOUT_SECONDS
        server_version = "diembao"
        sys_version = ""

        def do_GET(self) -> None:
            status, content_type, body = answer(self.path.partition("?")[0])
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
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
