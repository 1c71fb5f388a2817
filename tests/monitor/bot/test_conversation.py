"""Readers press and ask, over the real protocol; the bot marks and answers."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.bot.ear import TELEGRAM, Ear
from monitor.bot.speaking import MOST_A_MINUTE
from monitor.watch import Watch
from tests.fakes.telegram_api import (
    BotServer,
    bot_server,
    buttons_of,
    conflict,
    flood,
    group,
    private,
)
from tests.monitor.bot.chatroom import listening, opened, write_config

GROUP, READER = group(-100), private(7)


@pytest.fixture
def bot() -> Iterator[BotServer]:
    with bot_server() as bot:
        yield bot


@pytest.fixture
def watch(tmp_path: Path, bot: BotServer) -> Iterator[Watch]:
    with opened(write_config(tmp_path, bot)) as watch, listening(watch):
        yield watch


def ask(bot: BotServer, chat: dict[str, object], text: str) -> dict[str, str]:
    """The one message that answers."""
    before = len(bot.messages)
    bot.write(chat, text)
    answer = bot.wait_for("sendMessage", before + 1)[before]
    bot.wait_until_confirmed()
    return answer


def press(bot: BotServer, chat: dict[str, object], message: int, data: str) -> str | None:
    """What the press is answered."""
    before = sum(method == "answerCallbackQuery" for method, _ in bot.calls)
    bot.press(chat, message, data)
    answer = bot.wait_for("answerCallbackQuery", before + 1)[before].get("text")
    bot.wait_until_confirmed()
    return answer


def test_a_press_is_a_mark_and_shows_on_its_button(bot: BotServer, watch: Watch) -> None:
    ask(bot, GROUP, "/homnay")
    (right, wrong, *_) = (data for _, data in buttons_of(bot.keyboards[1]))

    assert press(bot, GROUP, 1, wrong) == "Đã ghi tin 1: sai. Cảm ơn."
    (mark,) = watch.store.marks()
    assert (mark.verdict, mark.gold, mark.topic) == ("wrong", "none", "dang-vien")
    assert [text for text, _ in buttons_of(bot.keyboards[1])][:2] == ["1 ✓ đúng", "1 ❌ sai"]

    assert press(bot, GROUP, 1, right) == "Đã đổi tin 1: sai → đúng."
    assert press(bot, GROUP, 1, right) == "Tin 1 đã được ghi là đúng từ trước."
    assert [text for text, _ in buttons_of(bot.keyboards[1])][:2] == ["1 ✅ đúng", "1 ✗ sai"]
    assert [one.verdict for one in watch.store.marks()] == ["right"]


def test_a_press_in_one_chat_is_seen_in_another_when_something_is_pressed_there(
    bot: BotServer, watch: Watch
) -> None:
    ask(bot, GROUP, "/homnay")
    ask(bot, READER, "/homnay")
    data = [data for _, data in buttons_of(bot.keyboards[1])]
    press(bot, GROUP, 1, data[0])
    press(bot, READER, 2, data[3])
    assert [text for text, _ in buttons_of(bot.keyboards[2])] == [
        "1 ✅ đúng", "1 ✗ sai", "2 ✓ đúng", "2 ❌ sai",
    ]  # fmt: skip


def test_a_button_of_a_story_that_is_gone_is_answered_kindly(bot: BotServer, watch: Watch) -> None:
    assert "không còn trong kho" in str(press(bot, GROUP, 1, "vr.1.987.m.b73c5b9e"))
    assert "đã cũ" in str(press(bot, GROUP, 1, "from another version"))
    assert watch.store.marks() == []


def test_strangers_get_no_answer_and_leave_no_trace(bot: BotServer, watch: Watch) -> None:
    stranger = group(-999)
    bot.write(stranger, "/homnay")
    bot.write(private(8), "/start")
    bot.press(stranger, 1, "vr.1.1.m.b73c5b9e")
    bot.write(stranger, "/tim@diembao_bot kết nạp")
    bot.wait_until_confirmed()
    assert {method for method, _ in bot.calls} == {"getMe", "setMyCommands"}
    assert watch.store.marks() == []
    assert watch.store.last_heard("12345", now=watch.now()) is None


def test_today_tells_what_came_since_the_last_digest_with_buttons(
    bot: BotServer, watch: Watch
) -> None:
    answer = ask(bot, GROUP, "/homnay@diembao_bot")
    assert answer["text"].startswith("<i>Tính đến ")
    assert "Kết nạp đảng viên: 12" in answer["text"]
    assert answer["chat_id"] == "-100"
    assert '"is_disabled": true' in answer["link_preview_options"]
    assert len(buttons_of(bot.keyboards[1])) == 4


def test_search_finds_without_tone_marks_and_turns_to_all_articles(
    bot: BotServer, watch: Watch
) -> None:
    answer = ask(bot, READER, "/tim  xa <mo> duong")
    assert "<code>xa &lt;mo&gt; duong</code>" in answer["text"]
    assert "Chưa có tin nào" in answer["text"]
    assert press(bot, READER, 1, "pa.0") is None
    assert bot.texts[1].count("<a href=") == 1
    assert "bai-1" in bot.texts[1]
    assert "Viết từ cần tìm" in ask(bot, READER, "/tim  …")["text"]


def test_state_and_help_are_told(bot: BotServer, watch: Watch) -> None:
    state = ask(bot, READER, "/tinhtrang")["text"]
    assert "1/1 nguồn" in state
    assert "Bản kế tiếp: 07:00" in state
    for text in ("/start", "/help", "/trogiup", "Chào bot"):
        assert "/homnay – " in ask(bot, READER, text)["text"]


def test_a_subscription_is_answered_in_its_language_and_a_public_chat_without_buttons(
    tmp_path: Path, bot: BotServer
) -> None:
    one = {"name": "x", "language": "en", "channels": {"telegram": ["@Tin_Dang"]}}
    config = write_config(tmp_path, bot, digest={}, subscriptions=[one], telegram={"chats": []})
    public = group(-100, username="tin_dang")
    with opened(config) as watch, listening(watch):
        answer = ask(bot, public, "/homnay")
        assert "Members admitted: 12" in answer["text"]
        assert "reply_markup" not in answer
        assert "Press" not in ask(bot, public, "/help")["text"]
        assert "too old" in str(press(bot, public, 1, "vr.1.1.m.b73c5b9e"))
        assert watch.store.marks() == []


def test_a_group_that_moves_is_answered_under_its_new_id(bot: BotServer, watch: Watch) -> None:
    old, new = {"id": -100, "type": "group"}, group(-100200)
    bot.write(old, "", migrate_to_chat_id=-100200)
    assert ask(bot, new, "/homnay")["chat_id"] == "-100200"
    assert watch.store.chat_now("-100") == "-100200"


def test_a_command_that_waited_for_hours_is_not_answered(bot: BotServer, watch: Watch) -> None:
    bot.write(READER, "/tinhtrang", date=int(time.time()) - 7_200)
    assert "/homnay – " in ask(bot, READER, "/help")["text"]
    assert len(bot.messages) == 1


def test_one_chat_cannot_use_up_what_a_bot_may_say(bot: BotServer, watch: Watch) -> None:
    for _ in range(MOST_A_MINUTE + 5):
        bot.write(GROUP, "/help")
    bot.write(READER, "/help")
    bot.wait_until_confirmed()
    chats = [message["chat_id"] for message in bot.messages]
    assert chats == ["-100"] * MOST_A_MINUTE + ["7"]


def test_flood_control_is_waited_for_and_the_answer_comes(bot: BotServer, watch: Watch) -> None:
    bot.refusals["sendMessage"] = [flood(1)]
    bot.write(READER, "/help")
    assert len(bot.wait_for("sendMessage", 2)) == 2
    assert len(bot.messages) == 1


def test_the_menu_is_set_once(tmp_path: Path, bot: BotServer) -> None:
    with opened(write_config(tmp_path, bot)) as watch:
        for _ in range(2):
            with listening(watch):
                bot.wait_for_poll()
    menus = [fields for method, fields in bot.calls if method == "setMyCommands"]
    assert [one.get("language_code") for one in menus] == [None, "en"]


def test_stopping_does_not_wait_for_the_poll(tmp_path: Path, bot: BotServer) -> None:
    with opened(write_config(tmp_path, bot)) as watch, listening(watch):
        bot.wait_for_poll()
        bot.wait_for_poll()  # the long one
        began = time.monotonic()
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (conflict(), "another program listens"),
        ((401, {"ok": False, "error_code": 401, "description": "Unauthorized"}), "refuses"),
    ],
)
def test_what_the_operator_can_mend_is_told_at_once_and_ends_when_it_is(
    tmp_path: Path, bot: BotServer, refusal: tuple[int, dict[str, object]], said: str
) -> None:
    told, mended = threading.Event(), threading.Event()
    bot.refusals["getUpdates"] = [refusal] * 2
    with opened(write_config(tmp_path, bot)) as watch:
        from monitor.vitals import Vitals

        def changed() -> None:
            (mended if told.is_set() else told).set()

        vitals = Vitals(on_change=changed)
        ear = Ear(watch.config.telegram, watch=lambda: watch, vitals=vitals)
        ear.start()
        assert told.wait(30)
        (trouble,) = vitals.troubles
        assert (trouble.job, trouble.is_grave) == (TELEGRAM, False)
        assert said in trouble.message
        assert mended.wait(30)
        assert vitals.troubles == ()
        ear.stop()


def test_a_database_that_is_locked_loses_no_press(
    tmp_path: Path, bot: BotServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from monitor.errors import StoreError

    with opened(write_config(tmp_path, bot)) as watch:
        real, failures = watch.store.hear_word, [StoreError("locked")]

        def hear_word(*arguments: object, **named: object) -> object:
            if failures:
                raise failures.pop()
            return real(*arguments, **named)  # type: ignore[arg-type]  # passed on as they came

        monkeypatch.setattr(watch.store, "hear_word", hear_word)
        with listening(watch):
            assert press(bot, GROUP, 1, "vr.1.1.m.b73c5b9e") == "Đã ghi tin 1: đúng. Cảm ơn."
        assert len(watch.store.marks()) == 1
