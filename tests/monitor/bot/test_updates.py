from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.bot.readers import Readers
from monitor.bot.updates import Chat, Command, Moved, Pressed, heard_in
from monitor.config import Config
from tests.fakes.telegram_api import group, private

AT = 1_795_000_000


def message(text: str, chat: dict[str, Any], **more: Any) -> dict[str, Any]:
    fields = {"message_id": 5, "date": AT, "chat": chat, "text": text, **more}
    return {"update_id": 1, "message": fields}


def command_in(text: str, chat: dict[str, Any]) -> Command | None:
    heard = heard_in(message(text, chat), bot_name="diembao_bot")
    assert heard is None or isinstance(heard, Command)
    return heard


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("/homnay", "homnay", ""),
        ("/HomNay@DiemBao_bot", "homnay", ""),
        ("/tim  kết nạp\nđảng viên ", "tim", "kết nạp đảng viên"),
        ("/tim@diembao_bot “chi bộ”", "tim", "“chi bộ”"),
    ],
)
def test_a_command_is_heard_in_groups_and_alone(text: str, name: str, words: str) -> None:
    for chat in (group(), private()):
        heard = command_in(text, chat)
        assert heard is not None
        assert (heard.name, heard.words) == (name, words)
        assert heard.at == datetime.fromtimestamp(AT, tz=UTC)


@pytest.mark.parametrize(
    "text", ["Chào các đồng chí", "/homnay@khac_bot", "/dangky", "/", "a /homnay", "/homnày"]
)
def test_what_people_say_to_each_other_in_groups_is_not_heard(text: str) -> None:
    assert command_in(text, group()) is None


def test_alone_with_the_bot_everything_is_said_to_it() -> None:
    heard = command_in("Chào bot", private())
    assert heard is not None
    assert heard.name == ""
    assert command_in("/tim@khac_bot a", private()) is None


def test_the_topic_of_a_forum_is_kept() -> None:
    update = message("/homnay", group(), message_thread_id=12, is_topic_message=True)
    heard = heard_in(update, bot_name="x")
    assert isinstance(heard, Command)
    assert heard.thread == 12


def test_a_press_brings_the_buttons_and_the_code_of_its_message() -> None:
    shown = {
        "message_id": 3,
        "date": AT,
        "chat": group(),
        "text": "𝟙 Tin có: chi bộ 𝟚",
        "entities": [
            {"type": "bold", "offset": 0, "length": 2},
            {"type": "code", "offset": 11, "length": 9},
        ],
        "reply_markup": {
            "inline_keyboard": [[{"text": "a", "callback_data": "x"}], [{"text": "u", "url": "y"}]]
        },
    }
    query = {"id": "77", "from": {"id": 4}, "data": "ps.1", "message": shown}
    heard = heard_in({"update_id": 1, "callback_query": query}, bot_name="x")
    assert isinstance(heard, Pressed)
    assert (heard.query, heard.data, heard.message) == ("77", "ps.1", 3)
    assert heard.buttons == ("x",)
    assert heard.code == "chi bộ 𝟚"


def test_a_group_that_becomes_a_supergroup_says_so() -> None:
    update = {"update_id": 1, "message": {"chat": group(-5), "migrate_to_chat_id": -1005}}
    heard = heard_in(update, bot_name="x")
    assert isinstance(heard, Moved)
    assert (heard.chat.id, heard.to) == ("-5", "-1005")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
KEYS = ("message", "chat", "id", "text", "date", "message_id", "data", "reply_markup", "entities")


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), JSON), st.dictionaries(st.sampled_from(KEYS), JSON))
def test_no_form_of_update_is_too_strange(inner: dict[str, Any], chat: dict[str, Any]) -> None:
    base = {**inner, "chat": chat}
    for update in (
        {"update_id": 1, "message": base},
        {"update_id": 1, "callback_query": {**inner, "message": base}},
        {"update_id": 1, **inner},
    ):
        heard_in(update, bot_name="x")


def readers(moved: dict[str, str] | None = None) -> Readers:
    subscriptions = [
        {"name": "gia-lai", "channels": {"telegram": [-5, 7]}},
        {"name": "hue", "channels": {"telegram": [7, "@Bao_Hue"]}},
    ]
    config = Config.model_validate(
        {"subscriptions": subscriptions, "telegram": {"token": "1:x"}}, context={"folder": "."}
    )
    return Readers.of(config, moved=moved or {})


def chat(number: str, name: str | None = None) -> Chat:
    return Chat(id=number, public_name=name, is_private=False)


def test_chats_get_the_subscriptions_that_name_them() -> None:
    known = readers()
    assert known.subscriptions_of(chat("-5")) == ("gia-lai",)
    assert known.subscriptions_of(chat("7")) == ("gia-lai", "hue")
    assert known.subscriptions_of(chat("-9", "@bao_hue")) == ("hue",)
    assert known.subscriptions_of(chat("-9")) == ()


def test_a_group_that_moved_keeps_its_subscription() -> None:
    known = readers(moved={"-5": "-1005"})
    assert known.subscriptions_of(chat("-1005")) == ("gia-lai",)
    assert known.subscriptions_of(chat("-5")) == ("gia-lai",)


def test_where_anybody_can_come_in_no_press_counts() -> None:
    known = readers()
    assert known.may_mark(chat("7"))
    assert not known.may_mark(chat("-9", "@bao_hue"))
    assert not known.may_mark(chat("7", "@cong_khai"))
