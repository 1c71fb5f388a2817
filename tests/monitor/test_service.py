"""The service as a whole, killed and started again: nothing lost, nothing doubled."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.press.press import Press
from monitor.press.watch import write_watch
from tests.fakes.mailserver import Mailbox, mail_server
from tests.fakes.telegram_api import TOKEN, bot_server
from tests.service import diembao, diembao_json, running

CRAWLED = r"\d+/\d+ nguồn"
"""The status line of a crawl."""


@pytest.fixture
def press() -> Iterator[Press]:
    with Press(now=datetime.now(UTC)) as press:
        yield press


def watch_of(press: Press, folder: Path, more: str = "") -> Path:
    """A watch whose sources are due again as soon as they were crawled."""
    config = write_watch(folder, press)
    settings = config.read_text("utf-8").replace("crawl:\n", "crawl:\n  interval: 1s\n")
    config.write_text(settings + more, encoding="utf-8")
    return config


def by_mail(mailbox: Mailbox) -> str:
    return f"""
digest: {{channels: [email]}}
email:
  host: 127.0.0.1
  port: {mailbox.port}
  security: none
  sender: "Điểm báo <diembao@example.org>"
  recipients: [an@example.org]
"""


def began_days_ago(config: Path, days: int) -> None:
    """Let the watch have begun earlier, so that a digest's hour has passed."""
    diembao("status", "--config", config)
    then = datetime.now(UTC) - timedelta(days=days)
    with sqlite3.connect(config.parent / "data/diembao.db") as db:
        db.execute("UPDATE watch SET began_at = ?", (then.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),))
    db.close()


def stored_urls(config: Path) -> list[str]:
    database = sqlite3.connect(config.parent / "data/diembao.db")
    urls = [row[0] for row in database.execute("SELECT url FROM articles ORDER BY url")]
    database.close()
    return urls


def test_it_crawls_at_once_says_so_in_one_line_and_stops_in_order(
    press: Press, tmp_path: Path
) -> None:
    config = watch_of(press, tmp_path)
    with running(config) as service:
        service.wait_for(CRAWLED)
        assert service.terminate() == 0
    status = diembao_json("status", "--config", config)
    assert status["counts"]["articles"] > 0


def test_ctrl_c_in_the_middle_of_a_crawl_stops_it_and_keeps_what_came(
    press: Press, tmp_path: Path
) -> None:
    config = watch_of(press, tmp_path)
    site = next(iter(press.sites))
    press.hold(site)
    with running(config) as service:
        assert press.wait_until_held(site)
        assert service.interrupt() == 0
    press.release(site)
    status = diembao_json("status", "--config", config)
    assert [one["key"] for one in status["failing"]] == []


def test_killed_during_a_crawl_it_loses_and_doubles_nothing(press: Press, tmp_path: Path) -> None:
    config = watch_of(press, tmp_path / "killed")
    site = next(iter(press.sites))
    press.hold(site, matching=r"post\d+")
    with running(config) as service:
        assert press.wait_until_held(site)
        service.kill()
    press.release(site)
    with running(config) as service:
        service.wait_for(CRAWLED)
        service.wait_for(CRAWLED)
        service.terminate()

    undisturbed = watch_of(press, tmp_path / "undisturbed")
    diembao("crawl", "--config", undisturbed)
    assert stored_urls(config) == stored_urls(undisturbed)


def test_a_second_instance_is_told_to_wait(press: Press, tmp_path: Path) -> None:
    config = watch_of(press, tmp_path)
    with running(config) as service:
        service.wait_for("watching")
        second = diembao("run", "--config", config)
    assert second.returncode == 2
    assert "another `diembao run`" in second.stderr


def test_missed_days_are_caught_up_with_one_digest(press: Press, tmp_path: Path) -> None:
    config = watch_of(press, tmp_path)
    began_days_ago(config, 3)
    with running(config) as service:
        service.wait_for("delivered by file")
        service.terminate()
    with running(config) as service:
        service.wait_for(CRAWLED)
        service.terminate()
    assert len(list((tmp_path / "outbox").glob("*.html"))) == 1


SUBSCRIPTIONS = """
subscriptions:
  - {name: an, channels: {file: outbox/an}, editions: [daily, weekly]}
  - {name: hong, channels: {file: outbox/hong}}
  - {name: binh, channels: {file: outbox/binh}, provinces: [Gia Lai]}
"""


def test_each_subscription_catches_up_once_and_one_that_fails_harms_no_other(
    press: Press, tmp_path: Path
) -> None:
    config = watch_of(press, tmp_path, SUBSCRIPTIONS)
    began_days_ago(config, 10)
    diembao(
        "digest", "--send", "--date", "2026-01-01", "--subscription", "hong", "--config", config
    )
    with sqlite3.connect(tmp_path / "data/diembao.db") as db:
        db.execute("UPDATE digests SET content = '{}'")  # as a newer version might write it
        db.execute("UPDATE deliveries SET state = 'waiting'")
    db.close()
    for _ in range(2):
        with running(config) as service:
            service.wait_for(CRAWLED)
            service.terminate()
    told = deliveries(config)
    assert sorted((one["subscription"], one["edition"], one["state"]) for one in told) == [
        ("an", "daily", "sent"),
        ("an", "weekly", "sent"),
        ("binh", "daily", "sent"),
        ("hong", "daily", "refused"),
        ("hong", "daily", "sent"),
    ]
    [refused] = [one for one in told if one["state"] == "refused"]
    assert "cannot be read" in refused["error"]


def deliveries(config: Path) -> list[dict[str, str]]:
    return [dict(one) for one in diembao_json("deliveries", "--config", config)]


def test_killed_while_the_mail_waits_for_its_answer_it_is_not_sent_twice(
    press: Press, tmp_path: Path
) -> None:
    with mail_server() as mailbox:
        config = watch_of(press, tmp_path, by_mail(mailbox))
        diembao("crawl", "--config", config)
        began_days_ago(config, 2)
        answered = threading.Event()
        with running(config) as service:
            mailbox.before_answer = lambda: answered.wait(10) and None
            assert mailbox.arrived.wait(60)
            service.kill()
        answered.set()
        mailbox.before_answer = None
        with running(config) as service:
            service.wait_for("may not have arrived")
            service.terminate()
    [delivery] = diembao_json("status", "--config", config)["undelivered"]
    assert len(mailbox.messages) == 1
    assert delivery["state"] == "unclear"


def test_killed_before_the_mails_last_byte_it_is_sent_again_once(
    press: Press, tmp_path: Path
) -> None:
    with mail_server() as mailbox:
        config = watch_of(press, tmp_path, by_mail(mailbox))
        began_days_ago(config, 2)
        reached, answered = threading.Event(), threading.Event()

        def hold() -> None:
            reached.set()
            answered.wait(10)

        mailbox.before_recipient = hold
        with running(config) as service:
            assert reached.wait(60)
            service.kill()
        mailbox.before_recipient = None
        answered.set()
        with running(config) as service:
            service.wait_for("delivered by email")
            service.terminate()
    assert len(mailbox.messages) == 1
    assert diembao_json("status", "--config", config)["undelivered"] == []


def test_killed_between_two_telegram_messages_it_goes_on_after_the_first(
    press: Press, tmp_path: Path
) -> None:
    with bot_server() as bot:
        telegram = f"""
digest: {{channels: [telegram]}}
telegram: {{token: "{TOKEN}", chats: [7], base_url: "{bot.base_url}"}}
"""
        config = watch_of(press, tmp_path, telegram)
        diembao("crawl", "--config", config)
        began_days_ago(config, 2)
        arrived, answered = threading.Event(), threading.Event()

        def hold() -> None:
            arrived.set()
            answered.wait(10)

        bot.before_answer = hold
        with running(config) as service:
            assert arrived.wait(60)
            service.kill()
        bot.before_answer = None
        answered.set()
        with running(config) as service:
            service.wait_for("delivered by telegram")
            service.terminate()
    texts = [message["text"] for message in bot.messages]
    assert len(texts) == len(set(texts)) > 1
    assert "Đã kiểm tra" in texts[-1]
