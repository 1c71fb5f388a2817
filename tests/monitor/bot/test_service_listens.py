"""The real service between its readers and the Bot API: killed, reloaded, stopped."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.telegram_api import (
    BotServer,
    bot_server,
    buttons_of,
    conflict,
    group,
    migrated,
    private,
)
from tests.monitor.bot.chatroom import opened, write_config
from tests.monitor.cli.desk import command, command_json
from tests.service import Service, running

GROUP, READER = group(-100), private(7)


@pytest.fixture
def bot() -> Iterator[BotServer]:
    with bot_server() as bot:
        yield bot


@pytest.fixture
def config(tmp_path: Path, bot: BotServer) -> Path:
    """Of a watch that has stories, and sources that are not due."""
    path = write_config(tmp_path, bot)
    with opened(path):
        return path


def kill_within(bot: BotServer, service: Service, method: str) -> None:
    """Kill the service when it has called a method, before the answer; it stays unanswered."""
    reached, killed = threading.Event(), threading.Event()

    def hold(called: str) -> None:
        if called == method and not killed.is_set():
            reached.set()
            killed.wait(30)

    bot.on_call = hold
    assert reached.wait(60)
    service.kill()
    killed.set()
    bot.on_call = None


def test_a_press_under_a_digest_is_kept_though_the_service_dies_before_it_answers(
    bot: BotServer, config: Path
) -> None:
    sent = command("digest", "--send", "--config", config)
    assert sent.returncode == 0, sent.stderr
    message = min(bot.keyboards)
    with running(config) as service:
        bot.press(GROUP, message, buttons_of(bot.keyboards[message])[1][1])
        kill_within(bot, service, "answerCallbackQuery")
    with running(config) as service:
        bot.wait_until_confirmed()
        bot.press(GROUP, message, buttons_of(bot.keyboards[message])[2][1])
        answers = bot.wait_for("answerCallbackQuery", 2)
        bot.wait_for("editMessageReplyMarkup")
        bot.wait_until_confirmed()
        assert service.terminate() == 0

    marks = {
        (one["article_id"], one["verdict"])
        for one in command_json("mark", "--list", "--config", config)
    }
    assert [verdict for _, verdict in sorted(marks)] in (["wrong", "right"], ["right", "wrong"])
    assert [one["callback_query_id"] for one in answers] == ["q501", "q502"]
    # The first press shows as well, now that the message is drawn again.
    assert [text for text, _ in buttons_of(bot.keyboards[message])] == [
        "1 ✓ đúng", "1 ❌ sai", "2 ✅ đúng", "2 ✗ sai",
    ]  # fmt: skip
    measured = command("eval", "--marked", "--config", config)
    assert measured.returncode == 0, measured.stderr


def test_a_command_is_not_answered_twice_though_the_service_dies_within(
    bot: BotServer, config: Path
) -> None:
    with running(config) as service:
        bot.write(READER, "/trogiup")
        kill_within(bot, service, "sendMessage")
    with running(config) as service:
        bot.wait_until_confirmed()
        bot.write(READER, "/tinhtrang")
        assert "Tình trạng" in bot.wait_for("sendMessage", 2)[1]["text"]
        bot.wait_until_confirmed()
        assert service.terminate() == 0
    assert len(bot.wait_for("sendMessage")) == 2


def test_a_wrong_token_is_told_in_status_and_reloading_brings_the_bot_back(
    bot: BotServer, config: Path, tmp_path: Path
) -> None:
    write_config(tmp_path, bot, telegram={"token": "12345:wrong"})
    with running(config) as service:
        assert "refuses telegram.token" in service.wait_for("ERROR telegram")
        (trouble,) = command_json("status", "--config", config)["service"]["troubles"]
        assert trouble["job"] == "telegram"
        assert "trả lời trên Telegram: " in command("status", "--config", config).stdout
        write_config(tmp_path, bot)
        service.reload()
        bot.write(GROUP, "/homnay")
        bot.wait_for("sendMessage")
        write_config(tmp_path, bot, telegram={"answers": False})
        service.reload()
        service.wait_for("telegram.answers")
        polls = bot.polls
        service.reload()
        service.wait_for("read again")
        assert bot.polls == polls
        assert command_json("status", "--config", config)["service"]["troubles"] == []
        assert service.terminate() == 0


def test_another_listener_is_told_and_digests_go_out_all_the_same(
    bot: BotServer, config: Path
) -> None:
    bot.refusals["getUpdates"] = [conflict()] * 50
    with running(config, "--listen", "127.0.0.1:0") as service:
        assert "telegram.answers: false" in service.wait_for("ERROR telegram")
        assert command("digest", "--test", "telegram", "--config", config).returncode == 0
        assert service.terminate() == 0


def test_a_group_that_moved_is_written_to_at_once_next_time_and_status_says_so(
    bot: BotServer, config: Path
) -> None:
    bot.answers = [migrated(-100200)]
    for _ in range(2):
        assert command("digest", "--test", "telegram", "--config", config).returncode == 0
    chats = [message["chat_id"] for message in bot.messages]
    assert sorted(chats) == ["-100200", "-100200", "7", "7"]
    assert bot.answers == []
    assert command_json("status", "--config", config)["moved_chats"] == {"-100": "-100200"}
    assert "nay là -100200" in command("status", "--config", config).stdout
