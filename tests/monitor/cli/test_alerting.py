"""``alerts``: what is open, and a test of the ways alerts go."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.items import Alert
from monitor.press.press import Press
from monitor.press.watch import write_watch
from monitor.watch import Watch
from tests.fakes.mailserver import mail_server
from tests.fakes.telegram_api import TOKEN, bot_server
from tests.monitor.cli.desk import command, command_json
from tests.monitor.store.builders import HOUR, NOON

BROKEN = Alert(
    kind="source",
    subject="bao-gia-lai",
    since_at=NOON - HOUR,
    opened_at=NOON,
    fields={
        "source_key": "bao-gia-lai",
        "name": "Báo Gia Lai",
        "count": 5,
        "failure_kind": "status",
        "failure_detail": "HTTP 503",
    },
    told_at=NOON,
)
OVER = Alert(
    kind="disk",
    subject="",
    since_at=NOON,
    opened_at=NOON,
    closed_at=NOON,
    fields={"free": 3, "least": 500},
)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    with Press(now=NOON) as press:
        return write_watch(tmp_path, press)


def name_somebody(config: Path, alerts: str) -> None:
    config.write_text(config.read_text("utf-8") + alerts, "utf-8")


def keep(config: Path, *alerts: Alert) -> None:
    with Watch.open(config) as watch:
        watch.store.keep_alerts(alerts)


def test_without_somebody_to_tell_it_says_so(config: Path) -> None:
    said = command("alerts", "--config", config).stdout
    assert "Cảnh báo đang tắt" in said
    assert "Không có cảnh báo nào đang mở" in said
    assert command_json("alerts", "--config", config) == {"is_on": False, "alerts": []}


def test_open_alerts_are_listed_with_when_they_were_told(config: Path) -> None:
    name_somebody(config, "alerts: {channels: {file: outbox/alerts}}\n")
    keep(config, BROKEN, OVER)
    said = " ".join(command("alerts", "--config", config).stdout.split())
    assert "Báo Gia Lai: 5 lần thăm" in said
    assert "12:00, 20/11/2026" in said
    assert "500 MB" not in said
    assert "500 MB" in " ".join(command("alerts", "--all", "--config", config).stdout.split())
    [one] = command_json("alerts", "--config", config)["alerts"]
    assert (one["kind"], one["told_at"]) == ("source", "2026-11-20T05:00:00+00:00")


def test_a_test_goes_to_everybody_of_a_channel(config: Path) -> None:
    with mail_server() as mailbox, bot_server() as bot:
        name_somebody(
            config,
            f"""
language: en
email: {{host: 127.0.0.1, port: {mailbox.port}, security: none, sender: d@example.org}}
telegram: {{token: "{TOKEN}", base_url: "{bot.base_url}"}}
alerts: {{channels: {{email: [a@example.org, b@example.org], telegram: 7}}}}
""",
        )
        done = command("alerts", "--test", "email", "--config", config)
        assert (done.returncode, done.stdout.count("sent")) == (0, 2)
        assert [one["Subject"] for one in mailbox.messages] == ["diembao: a test of alerts"] * 2
        assert bot.messages == []
        mailbox.recipient_answers["b@example.org"] = "550 no such mailbox"
        done = command("alerts", "--test", "email", "--config", config)
        assert done.returncode == 1
        assert "b@example.org · email to b@example.org: 550 no such mailbox" in done.stdout
        [sent] = command_json("alerts", "--test", "telegram", "--config", config)
    assert sent == {"channel": "telegram", "recipient": "7", "error": None}
    assert "alerts will come this way" in bot.messages[0]["text"]


def test_a_test_of_what_is_not_named_is_bad_input(config: Path) -> None:
    assert "names no channel" in command("alerts", "--test", "email", "--config", config).stderr
    name_somebody(config, "alerts: {channels: {file: outbox/alerts}}\n")
    done = command("alerts", "--test", "email", "--config", config)
    assert (done.returncode, "alerts.channels names file" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("alerts: {channels: {}}", "alerts.channels: names nobody"),
        (
            "alerts: {channels: {email: it@example.org}}",
            "email.host: is missing, and alerts.channels",
        ),
        ("alerts: {repeat: 0s}", "alerts.repeat: must be longer than 0"),
    ],
)
def test_settings_that_could_tell_nobody_are_refused(
    config: Path, settings: str, told: str
) -> None:
    name_somebody(config, settings)
    assert told in command("config", "check", "--config", config).stderr
