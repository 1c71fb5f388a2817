"""A site on a loopback port: plain threads, stopped without leaving any behind."""

from __future__ import annotations

import gzip
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from monitor.press.items import Request

if TYPE_CHECKING:
    from monitor.press.faults import Gate
    from monitor.press.items import Answer
    from monitor.press.site import Site

HOST = "127.0.0.1"
_LEAST_ZIPPED_BYTES = 256


def reserve_port(port: int = 0) -> socket.socket:
    """Take a port without listening on it: connections to it are refused.

    Args:
        port: The one wanted, or 0 for any free one.

    Raises:
        OSError: The port is taken.
    """
    held = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((HOST, port))
    except OSError:
        held.close()
        raise
    return held


class Host:
    """The network side of a site: a port that listens or refuses.

    Args:
        site: What is served.
        gate: Where answers are held back.
        held: The reserved port; the host owns it from now on.
    """

    def __init__(self, site: Site, gate: Gate, held: socket.socket) -> None:
        self.site = site
        self.gate = gate
        self.port: int = held.getsockname()[1]
        self._held: socket.socket | None = held
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def listen(self) -> None:
        """Answer from now on; nothing changes where it already does."""
        if self._server is not None:
            return
        self._release_port()
        self._server = _Server(self.port, self.site, self.gate)
        # A short poll: shutdown waits for it, and tests stop many servers.
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name=f"press-{self.site.profile.key}"
        )
        self._thread.start()

    def refuse(self) -> None:
        """Close the port and cut every connection; the port stays ours."""
        self._stop()
        if self._held is None:
            self._held = reserve_port(self.port)

    def close(self) -> None:
        """Stop for good, all threads ended."""
        self._stop()
        self._release_port()

    def _stop(self) -> None:
        if self._server is None or self._thread is None:
            return
        self._server.shutdown()
        self._server.cut_connections()
        self._thread.join()
        self._server.server_close()
        self._server = self._thread = None

    def _release_port(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 64

    def __init__(self, port: int, site: Site, gate: Gate) -> None:
        self.site = site
        self.gate = gate
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__((HOST, port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def cut_connections(self) -> None:
        """End the connections that clients keep open, so that their threads end."""
        with self._lock:
            for connection in self._connections:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # The client was quicker.

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is everyday here; anything else is a fault of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "press"
    sys_version = ""
    disable_nagle_algorithm = True  # Head and body go out in two writes.
    server: _Server

    def do_GET(self) -> None:
        self._serve()

    def do_HEAD(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Requests are kept in the site's own log."""

    def _serve(self) -> None:
        self.server.gate.pass_through(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.site.answer(self.path, headers)
        self.server.site.record(
            Request(method=self.command, path=self.path, status=answer.status, headers=headers)
        )
        self._send(answer, "gzip" in headers.get("accept-encoding", ""))

    def _send(self, answer: Answer, may_zip: bool) -> None:
        body = answer.body
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Vary", "Accept-Encoding")
            if may_zip and len(body) >= _LEAST_ZIPPED_BYTES and not answer.is_cut:
                body = gzip.compress(body, compresslevel=1)
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(body[: len(body) // 2] if answer.is_cut else body)
        self.close_connection = self.close_connection or answer.is_cut
