from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from zoneinfo import ZoneInfo

import pytest

from monitor.channels.apprise import AppriseChannel
from monitor.config import AppriseSettings
from monitor.errors import TemporaryRefusal
from monitor.items import Period
from monitor.render import render
from monitor.wording import load_wording
from tests.monitor import sample_digests as samples
from tests.monitor.channels.letters import LETTER, Steps

# One of its hundred plugins imports a module that later Pythons drop.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")


@contextmanager
def service(status: int = 200) -> Iterator[tuple[int, list[dict[str, str]]]]:
    """A web hook on loopback: its port and what it was sent."""
    taken: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            taken.append(json.loads(self.rfile.read(length)))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port, taken
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def channel(url: str) -> AppriseChannel:
    return AppriseChannel(AppriseSettings.model_validate({"urls": [url]}))


def test_a_letter_arrives_as_text_with_its_vietnamese_intact() -> None:
    steps = Steps()
    with service() as (port, taken):
        hook = channel(f"json://127.0.0.1:{port}/")
        hook.send(LETTER, hook.recipients[0], steps)
    [message] = taken
    assert message["title"] == LETTER.subject
    assert "Kết nạp 7 đảng viên" in message["message"]
    assert steps.taken == ["begin", "confirm"]


def test_a_service_that_refuses_is_tried_again() -> None:
    with service(status=503) as (port, _):
        hook = channel(f"json://127.0.0.1:{port}/")
        with pytest.raises(TemporaryRefusal, match="did not take"):
            hook.send(LETTER, hook.recipients[0], Steps())


def test_secrets_of_a_url_are_never_shown() -> None:
    [recipient] = channel("json://bao:s3cret@127.0.0.1:9/").recipients
    assert "s3cret" not in recipient
    [unknown] = channel("nonsense://s3cret").recipients
    assert "s3cret" not in unknown


def test_a_weekly_edition_arrives_whole() -> None:
    period = Period(first=date(2026, 11, 16), last=date(2026, 11, 22))
    week = replace(
        samples.full_day(), edition="weekly", day=date(2026, 11, 23), period=period, id=3
    )
    letter = render(week, wording=load_wording("vi"), zone=ZoneInfo("Asia/Ho_Chi_Minh"))
    with service() as (port, taken):
        hook = channel(f"json://127.0.0.1:{port}/")
        hook.send(letter, hook.recipients[0], Steps())
    sent = "\n".join(message["message"] for message in taken)
    assert "16/11/2026 – 22/11/2026" in taken[0]["title"]
    for story in week.stories:
        assert story.url in sent
