from __future__ import annotations

import socket
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.channels.email import EmailChannel
from monitor.config import EmailSettings
from monitor.errors import PermanentRefusal, TemporaryRefusal, UnclearOutcome
from tests.fakes.certificates import server_certificate
from tests.fakes.mailserver import mail_server
from tests.monitor.channels.letters import LETTER, Steps


def channel(port: int, **changes: object) -> EmailChannel:
    settings = {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "sender": "Điểm báo <diembao@example.org>",
        "recipients": ["an@example.org"],
        "timeout": "10s",
        **changes,
    }
    return EmailChannel(EmailSettings.model_validate(settings))


def test_a_letter_arrives_with_its_vietnamese_intact() -> None:
    with mail_server() as mailbox:
        steps = Steps()
        channel(mailbox.port).send(LETTER, "an@example.org", steps)
    [message] = mailbox.messages
    assert message["Subject"] == LETTER.subject
    assert message["From"] == "Điểm báo <diembao@example.org>"
    assert message["Date"] == "Sat, 21 Nov 2026 07:00:00 +0700"
    assert message["Content-Language"] == "vi"
    assert message.get_content_type() == "multipart/alternative"
    text, page = message.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == LETTER.text
    assert page.get_content().strip() == LETTER.html
    assert mailbox.envelopes == [("diembao@example.org", ("an@example.org",))]
    assert steps.taken == ["begin", "confirm"]


def test_the_same_letter_has_the_same_message_id_and_another_reader_another() -> None:
    mail = channel(1)
    first, again = (mail.message(LETTER, "an@example.org") for _ in range(2))
    other = mail.message(LETTER, "binh@example.org")
    assert first.as_bytes() == again.as_bytes()
    assert first["Message-ID"] != other["Message-ID"]
    assert first["Message-ID"].endswith("@example.org>")


def test_starttls_with_a_login_is_used_and_the_certificate_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = server_certificate(tmp_path)
    login = {"security": "starttls", "username": "bao", "password": "xoai-cat"}
    with mail_server(certificate=context, accounts={"bao": "xoai-cat"}) as mailbox:
        with pytest.raises(TemporaryRefusal, match="CERTIFICATE_VERIFY_FAILED"):
            channel(mailbox.port, **login).send(LETTER, "an@example.org", Steps())
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        channel(mailbox.port, **login).send(LETTER, "an@example.org", Steps())
    assert len(mailbox.messages) == 1


# aiosmtpd counts only STARTTLS as encryption.
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_tls_from_the_first_byte_carries_a_login(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = server_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    accounts = {"bao": "xoai-cat"}
    with mail_server(certificate=context, is_implicit=True, accounts=accounts) as mailbox:
        mail = channel(mailbox.port, security="tls", username="bao", password="xoai-cat")
        mail.send(LETTER, "an@example.org", Steps())
    assert len(mailbox.messages) == 1


def test_a_wrong_password_is_told_without_being_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = server_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with mail_server(certificate=context, accounts={"bao": "right"}) as mailbox:
        mail = channel(mailbox.port, security="starttls", username="bao", password="wr0ng")
        with pytest.raises(TemporaryRefusal, match=r"535.*email\.password") as caught:
            mail.send(LETTER, "an@example.org", Steps())
    assert "wr0ng" not in str(caught.value)


def test_an_unknown_mailbox_is_refused_for_good_before_anything_is_handed_over() -> None:
    steps = Steps()
    with mail_server() as mailbox:
        mailbox.recipient_answers["an@example.org"] = "550 5.1.1 no such user"
        with pytest.raises(PermanentRefusal, match="no such user"):
            channel(mailbox.port).send(LETTER, "an@example.org", steps)
    assert steps.taken == []


def test_a_greylisting_server_is_asked_again_later() -> None:
    with mail_server() as mailbox:
        mailbox.recipient_answers["an@example.org"] = "451 4.7.1 try again later"
        with pytest.raises(TemporaryRefusal, match="try again later"):
            channel(mailbox.port).send(LETTER, "an@example.org", Steps())


def test_an_answer_after_the_message_is_no_doubt() -> None:
    steps = Steps()
    with mail_server() as mailbox:
        mailbox.data_answer = "554 5.7.1 looks like spam"
        with pytest.raises(PermanentRefusal, match="spam"):
            channel(mailbox.port).send(LETTER, "an@example.org", steps)
    assert steps.taken == ["begin"]


def test_no_server_is_a_temporary_refusal() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with pytest.raises(TemporaryRefusal, match=f"127.0.0.1:{port}"):
            channel(port).send(LETTER, "an@example.org", Steps())


def test_silence_after_the_last_byte_is_unclear() -> None:
    with mail_server() as mailbox:
        # The answer comes only after the client has lost its patience.
        waited = timedelta(seconds=0.3)
        mail = channel(mailbox.port, timeout=f"{waited.total_seconds()}s")
        mailbox.before_answer = lambda: _outlast(waited)
        with pytest.raises(UnclearOutcome):
            mail.send(LETTER, "an@example.org", Steps())
    assert len(mailbox.messages) == 1


def _outlast(patience: timedelta) -> None:
    """Block the server until the client is gone: an unused event never comes."""
    threading.Event().wait(patience.total_seconds() * 2)


def test_a_letter_that_is_done_is_not_sent_again() -> None:
    with mail_server() as mailbox:
        channel(mailbox.port).send(LETTER, "an@example.org", Steps(parts_done=1))
    assert mailbox.messages == []
