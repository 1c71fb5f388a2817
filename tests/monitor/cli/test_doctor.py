"""``doctor`` on watches that are well and on such that are not."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.config import load_config
from monitor.doctor import Doctor
from monitor.wording import load_wording
from tests.fakes.mailserver import mail_server
from tests.fakes.telegram_api import TOKEN, bot_server
from tests.monitor.cli.desk import Desk, command, command_json


@pytest.fixture
def sick(crawled: Desk, tmp_path: Path) -> Path:
    """A copy of a crawled watch, to be harmed; its configuration."""
    shutil.copytree(crawled.folder, tmp_path / "watch")
    return tmp_path / "watch" / "config.yaml"


def examined(config: Path) -> dict[str, list[dict[str, Any]]]:
    by_subject: dict[str, list[dict[str, Any]]] = {}
    done = command("doctor", "--json", "--config", config)
    for finding in json.loads(done.stdout):
        by_subject.setdefault(finding["subject"], []).append(finding)
    levels = {finding["level"] for findings in by_subject.values() for finding in findings}
    assert done.returncode == ("fault" in levels)
    return by_subject


def level(findings: list[dict[str, Any]]) -> str:
    (finding,) = findings
    assert (finding["fix"] is None) == (finding["level"] == "good")
    return str(finding["level"])


def database_of(config: Path) -> Path:
    return load_config(config).database


def add(config: Path, text: str) -> None:
    config.write_text(config.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_watch_that_is_well_has_nothing_to_mend(sick: Path) -> None:
    found = examined(sick)
    levels = {finding["level"] for findings in found.values() for finding in findings}
    assert levels <= {"good", "warning"}
    assert all(level(found[one]) == "good" for one in ("database", "channel", "clock", "topic"))
    assert "✓ Cơ sở dữ liệu" in command("doctor", "--config", sick).stdout


def test_a_search_index_that_disagrees_is_found_and_mended(sick: Path) -> None:
    with closing(sqlite3.connect(database_of(sick), isolation_level=None)) as db:
        db.execute("DELETE FROM search_index_data WHERE id > 10")
    assert level(examined(sick)["search"]) == "fault"
    done = command("doctor", "--repair", "--config", sick)
    assert done.returncode == 0
    assert "Đã dựng lại chỉ mục" in done.stdout
    assert command_json("search", "ket nap dang", "--config", sick)


def test_a_damaged_database_is_told_with_its_way_out(sick: Path) -> None:
    database = database_of(sick)
    content = bytearray(database.read_bytes())
    content[4096 * 4 : 4096 * 40] = b"\xaa" * 4096 * 36
    database.write_bytes(content)
    found = examined(sick)
    assert "fault" in {finding["level"] for finding in found["database"]}
    assert "diembao restore" in found["database"][0]["fix"]


def test_a_watch_that_never_ran_has_no_database(sick: Path) -> None:
    database_of(sick).unlink()
    assert level(examined(sick)["database"]) == "warning"
    assert not database_of(sick).exists()


def test_broken_seeds_and_topics_are_named(sick: Path) -> None:
    seed = next((sick.parent / "seeds").glob("*.yaml"))
    seed.write_text("province: [", encoding="utf-8")
    assert seed.name in examined(sick)["seeds"][0]["message"]


MAIL = """
digest: {{channels: [email]}}
email: {{host: 127.0.0.1, port: {port}, security: none, sender: a@b.vn, recipients: [c@d.vn]}}
"""
CHAT = """
digest: {{channels: [telegram]}}
telegram: {{token: "{token}", chats: [-5], base_url: "{base_url}"}}
"""


def test_a_mail_server_that_is_there_is_ready_and_one_that_is_not_is_told(sick: Path) -> None:
    with mail_server() as server:
        add(sick, MAIL.format(port=server.port))
        assert level(examined(sick)["channel"]) == "good"
    assert level(examined(sick)["channel"]) == "fault"


def test_alerts_that_go_the_way_of_digests_alone_are_told(sick: Path) -> None:
    with mail_server() as mailbox, bot_server() as bot:
        settings = f"""
digest: {{channels: [email]}}
email: {{host: 127.0.0.1, port: {mailbox.port}, security: none, sender: d@example.org,
  recipients: [an@example.org]}}
telegram: {{token: "{TOKEN}", base_url: "{bot.base_url}"}}
alerts: {{channels: {{email: it@example.org}}}}
"""
        add(sick, settings)
        assert [one["level"] for one in examined(sick)["channel"]] == ["good", "good", "warning"]
        bot.unknown_chats.add("7")
        text = sick.read_text("utf-8").replace("it@example.org}", "it@example.org, telegram: 7}")
        sick.write_text(text, "utf-8")
        last = examined(sick)["channel"][-1]
    assert (last["level"], "alerts --test telegram" in last["fix"]) == ("fault", True)


def test_a_chat_that_does_not_know_the_bot_is_named(sick: Path) -> None:
    with bot_server() as bot:
        add(sick, CHAT.format(token=TOKEN, base_url=bot.base_url))
        assert level(examined(sick)["channel"]) == "good"
        bot.unknown_chats.add("-5")
        assert "chat not found" in examined(sick)["channel"][0]["message"]


def test_a_clock_behind_the_data_and_a_watch_at_rest_are_told(sick: Path) -> None:
    config = load_config(sick)
    wording = load_wording("en")

    def at(now: datetime) -> dict[str, str]:
        examiner = Doctor(config, beside=sick.parent, wording=wording, now=now)
        return {finding.subject: finding.level for finding in examiner.examine()}

    present = datetime.now(UTC)
    assert at(present - timedelta(days=30))["clock"] == "fault"
    assert at(present + timedelta(days=3))["service"] == "warning"
    assert at(present)["service"] == "good"


def test_a_digest_of_another_version_is_named_and_stops_nothing(sick: Path) -> None:
    command("digest", "--send", "--date", "2026-01-01", "--config", sick)
    with closing(sqlite3.connect(database_of(sick))) as db:
        [stories] = db.execute(
            "SELECT json_array_length(content, '$.stories') FROM digests"
        ).fetchone()
        db.execute("UPDATE digests SET content = json_set(content, '$.stories', 'none')")
        db.execute("UPDATE deliveries SET state = 'waiting'")
        db.commit()
    assert stories > 0
    [finding] = examined(sick)["digests"]
    assert (finding["level"], "diembao deliveries --retry" in finding["fix"]) == ("warning", True)
    assert command("status", "--config", sick).returncode == 0
    shown = command("digest", "--date", "2026-01-01", "--config", sick)
    assert (shown.returncode, "cannot be read" in shown.stderr) == (2, True)
    done = command("digest", "--send", "--config", sick)
    assert done.returncode == 0, done.stderr
    states = [one["state"] for one in command_json("deliveries", "--config", sick)]
    assert states == ["sent", "refused"]
    # What the set-aside one told is not told again by those after it.
    later = command_json("digest", "--config", sick)
    assert later["stories"] == []
