from __future__ import annotations

import socket
import threading
from datetime import timedelta

import pytest

from monitor.channels.telegram import TelegramChannel
from monitor.config import TelegramSettings
from monitor.errors import PermanentRefusal, TemporaryRefusal, UnclearOutcome
from tests.fakes.telegram_api import TOKEN, BotServer, blocked, bot_server, flood, migrated
from tests.monitor.channels.letters import LETTER, Steps


def channel(bot: BotServer, **changes: object) -> TelegramChannel:
    settings = {"token": TOKEN, "chats": [7], "base_url": bot.base_url, "timeout": "10s", **changes}
    return TelegramChannel(TelegramSettings.model_validate(settings))


def test_all_messages_arrive_in_order_as_html_without_previews() -> None:
    steps = Steps()
    with bot_server() as bot:
        channel(bot).send(LETTER, "7", steps)
    assert [message["text"] for message in bot.messages] == list(LETTER.messages)
    assert {message["parse_mode"] for message in bot.messages} == {"HTML"}
    assert all('"is_disabled": true' in m["link_preview_options"] for m in bot.messages)
    assert steps.taken == ["begin", "confirm"] * 3


def test_it_goes_on_after_the_parts_that_are_done() -> None:
    with bot_server() as bot:
        channel(bot).send(LETTER, "7", Steps(parts_done=2))
    assert [message["text"] for message in bot.messages] == [LETTER.messages[2]]


def test_flood_control_says_when_to_come_back() -> None:
    steps = Steps()
    with bot_server() as bot:
        bot.answers = [flood(42)]
        with pytest.raises(TemporaryRefusal) as caught:
            channel(bot).send(LETTER, "7", steps)
    assert caught.value.retry_after == timedelta(seconds=42)
    assert steps.parts_done == 0


def test_a_reader_who_blocked_the_bot_is_left_alone() -> None:
    with bot_server() as bot:
        bot.answers = [blocked()]
        with pytest.raises(PermanentRefusal, match="blocked"):
            channel(bot).send(LETTER, "7", Steps())


def test_a_group_that_moved_is_followed() -> None:
    with bot_server() as bot:
        bot.answers = [migrated(-100200)]
        channel(bot).send(LETTER, "7", Steps())
    assert [message["chat_id"] for message in bot.messages] == ["-100200"] * 3


def test_a_wrong_token_is_told_without_being_shown() -> None:
    with bot_server() as bot, pytest.raises(TemporaryRefusal, match=r"telegram\.token") as caught:
        channel(bot, token="999:s3cret").send(LETTER, "7", Steps())
    assert "s3cret" not in str(caught.value)


def test_no_server_is_a_temporary_refusal() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        bot = BotServer(base_url=f"http://127.0.0.1:{unused.getsockname()[1]}")
        with pytest.raises(TemporaryRefusal):
            channel(bot).send(LETTER, "7", Steps())


def test_silence_after_a_message_is_unclear_and_keeps_what_was_confirmed() -> None:
    steps, gone = Steps(parts_done=1), threading.Event()
    with bot_server() as bot:
        bot.before_answer = lambda: gone.wait(10) and None
        with pytest.raises(UnclearOutcome):
            channel(bot, timeout="0.3s").send(LETTER, "7", steps)
        gone.set()
    assert steps.parts_done == 1
    assert [message["text"] for message in bot.messages] == [LETTER.messages[1]]


def test_a_proxy_carries_the_messages() -> None:
    with bot_server() as proxy:
        through = channel(BotServer(base_url="http://api.invalid"), proxy=proxy.base_url)
        with pytest.raises(TemporaryRefusal):
            # The proxy is reached and does not know the absolute address: proof enough.
            through.send(LETTER, "7", Steps())
