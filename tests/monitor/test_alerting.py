"""Alerts of a watch with a real database, by real mail and the Bot API's protocol."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor import publishing
from monitor.alerting import REST, Lookout
from monitor.errors import NoticeError, StoreError
from monitor.press.press import Press
from monitor.press.watch import write_watch
from monitor.vitals import Vitals
from monitor.watch import Watch
from tests.fakes.mailserver import Mailbox, mail_server
from tests.fakes.telegram_api import TOKEN, BotServer, bot_server
from tests.service import running

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
YESTERDAY = datetime.now(UTC) - DAY
OPERATOR = "it@example.org"


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press(now=datetime.now(UTC)) as press:
        yield press


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as mailbox:
        yield mailbox


@pytest.fixture
def bot() -> Iterator[BotServer]:
    with bot_server() as bot:
        yield bot


def settings(mailbox: Mailbox, bot: BotServer, *, late: str = "60d", digests: str = "file") -> str:
    return f"""
digest: {{channels: [{digests}]}}
email:
  {{host: 127.0.0.1, port: {mailbox.port}, security: none, sender: d@example.org,
  recipients: [an@example.org]}}
telegram: {{token: "{TOKEN}", base_url: "{bot.base_url}"}}
alerts:
  channels: {{email: {OPERATOR}, telegram: 7}}
  free_mb: 0
  late: {late}
"""


class Ward:
    """A watch whose operator is told, and what can befall it."""

    def __init__(self, config: Path) -> None:
        self.config = config
        self.watch = Watch.open(config)
        self.vitals = Vitals()
        self.seconds = 0.0
        self.lookout = Lookout(self.vitals, monotonic=lambda: self.seconds)

    def look(self, after: timedelta = timedelta()) -> None:
        self.watch.clock_ahead += after
        self.seconds += after.total_seconds()
        self.lookout.look(self.watch, awake_since_at=YESTERDAY - 2 * DAY)

    def let(self, sql: str, *parameters: str) -> None:
        with self.watch.store.write() as db:
            db.execute(sql, parameters)

    def fails(self, source: str, *, times: int = 5) -> None:
        now = self.watch.now().isoformat().replace("+00:00", "Z")
        self.let(
            "UPDATE sources SET failures = ?, failing_since_at = ?, last_crawled_at = ?, "
            "failure_kind = 'status', failure_detail = 'HTTP 503', "
            "next_due_at = '2099-01-01T00:00:00.000000Z' WHERE key = ?",
            *(str(times), YESTERDAY.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), now, source),
        )

    def works(self) -> None:
        now = self.watch.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        self.let(
            "UPDATE sources SET failures = 0, failing_since_at = NULL, last_crawled_at = ?, "
            "last_success_at = ?, next_due_at = '2099-01-01T00:00:00.000000Z'",
            *(now, now),
        )


@contextmanager
def ward_of(press: Press, folder: Path, more: str) -> Iterator[Ward]:
    config = write_watch(folder, press)
    config.write_text(config.read_text("utf-8") + more, "utf-8")
    ward = Ward(config)
    try:
        ward.works()
        yield ward
    finally:
        ward.watch.close()


def test_a_source_that_fails_again_and_again_is_told_by_every_channel_and_so_is_its_return(
    press: Press, tmp_path: Path, mailbox: Mailbox, bot: BotServer
) -> None:
    with ward_of(press, tmp_path, settings(mailbox, bot)) as ward:
        key, name = next((one.key, one.name) for one in ward.watch.seeds.sources)
        ward.look()
        ward.fails(key, times=4)
        ward.look(HOUR)
        assert mailbox.messages == []
        ward.fails(key, times=5)
        ward.look(HOUR)
        ward.look(HOUR)
        ward.works()
        ward.look(HOUR)
        ward.look(HOUR)
        ward.look(DAY)
    subjects = [message["Subject"] for message in mailbox.messages]
    assert subjects == ["Điểm báo: 1 việc cần để ý", "Điểm báo: 1 việc đã qua"]
    body = mailbox.messages[0].get_body(("plain",))
    assert body is not None
    assert f"{name}: 5 lần thăm liền đều lỗi" in body.get_content()
    assert [to for _, to in mailbox.envelopes] == [(OPERATOR,)] * 2
    assert len({message["Message-ID"] for message in mailbox.messages}) == 2
    assert {message["List-Id"] for message in mailbox.messages} == {"<alerts.diembao.example.org>"}
    assert [name in message["text"] for message in bot.messages] == [True, True]


def test_nobody_is_told_unless_the_settings_name_somebody(
    press: Press, tmp_path: Path, mailbox: Mailbox, bot: BotServer
) -> None:
    silent = settings(mailbox, bot).replace("  channels: {", "  # channels: {")
    with ward_of(press, tmp_path, silent) as ward:
        ward.fails(ward.watch.seeds.sources[0].key)
        ward.look()
        assert ward.watch.store.alerts() == []
    assert mailbox.messages == bot.messages == []


def test_one_channel_that_fails_leaves_it_to_the_other_and_both_are_told_as_a_trouble(
    press: Press, tmp_path: Path, mailbox: Mailbox, bot: BotServer
) -> None:
    with ward_of(press, tmp_path, settings(mailbox, bot)) as ward:
        mailbox.data_answer = "451 not now"
        ward.fails(ward.watch.seeds.sources[0].key)
        ward.look()
        ward.look(HOUR)
        assert (len(mailbox.messages), len(bot.messages)) == (0, 1)
        bot.answers += [(502, {"ok": False, "error_code": 502, "description": "Bad Gateway"})] * 2
        with pytest.raises(NoticeError, match=r"451 not now.*Bad Gateway"):
            ward.look(DAY)
        mailbox.data_answer = None
        with pytest.raises(NoticeError, match="451 not now"):
            ward.look(REST / 2)
        ward.look(REST / 2)
        assert (len(mailbox.messages), len(bot.messages)) == (1, 1)


def test_a_digest_that_does_not_arrive_is_told_once_for_all_its_readers(
    press: Press, tmp_path: Path, mailbox: Mailbox, bot: BotServer
) -> None:
    readers = "[an@example.org, binh@example.org]"
    by_mail = settings(mailbox, bot, digests="email").replace("[an@example.org]", readers)
    with ward_of(press, tmp_path, by_mail) as ward:
        mailbox.recipient_answers["binh@example.org"] = "550 no such mailbox"
        [sole] = ward.watch.subscriptions
        for _ in range(2):
            ward.watch.clock_ahead += DAY
            at = ward.watch.now()
            publishing.record_digest(ward.watch, sole, day=at.date(), at=at)
            publishing.deliver_due(ward.watch)
        ward.look()
        mailbox.recipient_answers.clear()
        ward.watch.store.retry_deliveries()
        publishing.deliver_due(ward.watch)
        ward.look()
        ward.look(HOUR)
    to_operator = [one for one in mailbox.messages if one["To"] == OPERATOR]
    assert len(to_operator) == 2
    text = to_operator[0].get_body(("plain",))
    assert text is not None
    assert "1 nơi nhận qua email, trước hết là binh@example.org: 550" in text.get_content()


def test_a_digest_that_is_not_made_is_told(
    press: Press, tmp_path: Path, mailbox: Mailbox, bot: BotServer
) -> None:
    with ward_of(press, tmp_path, settings(mailbox, bot, late="2h")) as ward:
        ward.look()
        ward.look(DAY + 3 * HOUR)
        assert [one.kind for one in ward.watch.store.alerts()] == ["digest"]
        assert "đã đến giờ mà chưa lập được" in bot.messages[0]["text"]


def test_what_cannot_be_noted_is_not_sent_again_and_again(
    press: Press, tmp_path: Path, mailbox: Mailbox, bot: BotServer
) -> None:
    with ward_of(press, tmp_path, settings(mailbox, bot)) as ward:
        ward.fails(ward.watch.seeds.sources[0].key)
        ward.let(
            "CREATE TRIGGER no_room BEFORE INSERT ON alerts BEGIN SELECT RAISE(ABORT, ''); END"
        )
        for _ in range(3):
            with pytest.raises((StoreError, sqlite3.IntegrityError)):
                ward.look(HOUR)
    assert mailbox.messages == bot.messages == []


def with_little_room(press: Press, folder: Path, mailbox: Mailbox, bot: BotServer) -> Path:
    """A watch that crawls all the time, on a disk that is always too small."""
    config = write_watch(folder, press)
    text = config.read_text("utf-8").replace("crawl:\n", "crawl:\n  interval: 1s\n")
    little = settings(mailbox, bot).replace("free_mb: 0", "free_mb: 999999999")
    config.write_text(text + little, "utf-8")
    return config


def test_the_service_tells_of_little_room_and_once_more_only_after_a_day(
    press: Press, tmp_path: Path, mailbox: Mailbox, bot: BotServer
) -> None:
    config = with_little_room(press, tmp_path, mailbox, bot)
    for _ in range(2):
        with running(config) as service:
            if not mailbox.messages:
                service.wait_for("alerts told: 1 new")
            service.wait_for(r"\d+/\d+ nguồn")
            service.terminate()
    assert [message["Subject"] for message in mailbox.messages] == ["Điểm báo: 1 việc cần để ý"]
    assert "ngưỡng 999.999.999 MB" in bot.messages[0]["text"]


def test_the_service_killed_before_the_alert_is_noted_tells_it_once_more_at_most(
    press: Press, tmp_path: Path, mailbox: Mailbox, bot: BotServer
) -> None:
    config = with_little_room(press, tmp_path, mailbox, bot)
    with running(config) as service:
        mailbox.before_answer = service.kill
        assert mailbox.arrived.wait(60)
        service.wait()
    mailbox.before_answer = None
    with running(config) as service:
        service.wait_for("alerts told: 1 new")
        service.kill()
    with running(config) as service:
        service.wait_for(r"\d+/\d+ nguồn")
        service.terminate()
    assert len(mailbox.messages) == 2
    assert len(bot.messages) == 1
