"""A stop that a mail server holds up: it is cut short, and what was being sent is settled by it.

The command as it is, but for a deadline of two seconds.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.press.press import Press
from monitor.press.watch import CONFIG, write_watch
from monitor.watch import Watch
from tests.fakes.mailserver import Mailbox, mail_server
from tests.service import Service, running

RUN = """
import sys
from datetime import timedelta
import monitor.daemon
from monitor.cli import main

monitor.daemon.STOP_DEADLINE = timedelta(seconds=2)
sys.argv = ["diembao", "run", "--config", sys.argv[1]]
main()
"""


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as mailbox:
        yield mailbox


@pytest.fixture
def config(tmp_path: Path, mailbox: Mailbox) -> Path:
    """A watch whose digest is due, and whose sources are gone."""
    with Press(now=datetime.now(UTC)) as press:
        config = write_watch(tmp_path, press)
    mail = f"""
digest: {{channels: [email]}}
email: {{host: 127.0.0.1, port: {mailbox.port}, security: none, sender: d@example.org,
  recipients: [an@example.org]}}
"""
    config.write_text(CONFIG + mail, "utf-8")
    two_days_ago = datetime.now(UTC) - timedelta(days=2)
    with Watch.open(config) as watch, watch.store.write() as db:
        then = two_days_ago.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        db.execute("UPDATE watch SET began_at = ?", (then,))
    return config


@contextmanager
def soon_cut(config: Path) -> Iterator[Service]:
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(config)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    service = Service(process)
    try:
        yield service
    finally:
        service.close()


def state_of_delivery(config: Path) -> tuple[str, str]:
    with Watch.open(config) as watch:
        [delivery] = watch.store.deliveries()
        return delivery.state, delivery.doubt or ""


class Silence:
    """A server that takes something in and does not answer until it is let go."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.over = threading.Event()

    def __call__(self) -> None:
        self.reached.set()
        self.over.wait(60)


def test_without_an_answer_to_the_letter_it_is_cut_and_counts_as_unclear(
    config: Path, mailbox: Mailbox
) -> None:
    mailbox.before_answer = silence = Silence()
    with soon_cut(config) as service:
        assert silence.reached.wait(60)
        assert service.terminate() == 1
        service.wait_for("work goes on after 2 s; it is cut short")
    assert state_of_delivery(config) == ("handing-over", "")
    silence.over.set()
    mailbox.before_answer = None
    with running(config) as service:
        service.wait_for("may not have arrived")
        assert service.terminate() == 0
    state, doubt = state_of_delivery(config)
    assert (state, "stopped between hand-over and answer" in doubt) == ("unclear", True)
    assert len(mailbox.messages) == 1


def test_without_an_answer_before_the_letter_it_is_cut_and_sent_next_time(
    config: Path, mailbox: Mailbox
) -> None:
    mailbox.before_recipient = silence = Silence()
    with soon_cut(config) as service:
        assert silence.reached.wait(60)
        assert service.terminate() == 1
    assert state_of_delivery(config) == ("waiting", "")
    silence.over.set()
    mailbox.before_recipient = None
    with running(config) as service:
        service.wait_for("delivered by email")
        assert service.terminate() == 0
    assert state_of_delivery(config) == ("sent", "")
    assert len(mailbox.messages) == 1
