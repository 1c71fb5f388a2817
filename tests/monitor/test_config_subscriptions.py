"""``subscriptions`` and ``topic`` of config.yaml: what they mean, and mistakes in one line."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import pytest

from monitor.channels.configured import configured_channels, deliveries_of
from monitor.config import Config, load_config
from monitor.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

MAIL = "email: {host: h, sender: a@b}\n"


def load(tmp_path: Path, text: str) -> Config:
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def pairs(config: Config) -> dict[str, list[tuple[str, str]]]:
    channels = configured_channels(config)
    return {one.name: deliveries_of(config, one, channels) for one in config.subscribers}


def test_without_subscriptions_there_is_one_with_the_recipients_of_the_channels(
    tmp_path: Path,
) -> None:
    config = load(
        tmp_path,
        "outbox: ra\ndigest: {channels: [file, email], time: '06:15'}\n"
        "email: {host: h, sender: a@b, recipients: [an@x.vn, binh@x.vn]}",
    )
    assert pairs(config) == {
        "default": [
            ("file", str(tmp_path / "ra")),
            ("email", "an@x.vn"),
            ("email", "binh@x.vn"),
        ]
    }
    assert config.subscribers[0].editions == ("daily",)


def test_each_subscription_reaches_its_own_and_one_channel_serves_all(tmp_path: Path) -> None:
    config = load(
        tmp_path,
        MAIL + "topic: [dang-vien, cua-toi/huy-hieu.yaml]\n"
        "telegram: {token: '1:x'}\n"
        "subscriptions:\n"
        "  - {name: an, channels: {email: [an@x.vn, chung@x.vn], file: ra/an}}\n"
        "  - name: binh\n"
        "    provinces: [Gia Lai, TP. Hồ Chí Minh]\n"
        "    topics: [huy-hieu]\n"
        "    language: en\n"
        "    time: 18:30\n"
        "    editions: [weekly, monthly]\n"
        "    channels: {email: chung@x.vn, telegram: -100}\n",
    )
    assert pairs(config) == {
        "an": [("file", str(tmp_path / "ra/an")), ("email", "an@x.vn"), ("email", "chung@x.vn")],
        "binh": [("email", "chung@x.vn"), ("telegram", "-100")],
    }
    assert configured_channels(config)["email"].recipients == ("an@x.vn", "chung@x.vn")
    assert config.topic_keys == ("dang-vien", "huy-hieu")
    assert config.subscribers[1].time == time(18, 30)


# One of apprise's hundred plugins imports a module that later Pythons drop.
@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")
def test_two_services_that_look_alike_get_their_own_letters(tmp_path: Path) -> None:
    config = load(
        tmp_path,
        "subscriptions:\n"
        "  - {name: an, channels: {apprise: 'json://an:mot-hai@x.vn'}}\n"
        "  - {name: binh, channels: {apprise: 'json://an:mat-hao@x.vn'}}\n",
    )
    told = pairs(config)
    assert told["an"] != told["binh"]
    assert "mot-hai" not in str(told)


NAMED = "subscriptions:\n  - {name: an, channels: {file: a}}\n  - "


@pytest.mark.parametrize(
    ("text", "line", "key", "said"),
    [
        (f"{NAMED}{{name: an, channels: {{file: b}}}}", 3, "subscriptions[1].name", "twice"),
        (f"{NAMED}{{name: b, channels: {{file: ./a}}}}", 3, "subscriptions[1].channels", "same"),
        (f"{NAMED}{{name: b, channels: {{}}}}", 3, "subscriptions[1].channels", "names nobody"),
        (f"{NAMED}{{name: b}}", 3, "subscriptions[1].channels", "is missing"),
        (f"{NAMED}{{name: b, chanels: {{}}}}", 3, "subscriptions[1].chanels", "'channels'"),
        (
            f"{NAMED}{{name: b, channels: {{file: b}}, topics: [dang-vein]}}",
            3,
            "subscriptions[1].topics",
            "did you mean 'dang-vien'",
        ),
        (
            f"{NAMED}{{name: b, channels: {{file: b}}, provinces: [Gia Lay]}}",
            3,
            "subscriptions[1].provinces[0]",
            "did you mean 'Gia Lai'",
        ),
        (
            f"{NAMED}{{name: b, channels: {{file: b}}, provinces: [Bình Định]}}",
            3,
            "subscriptions[1].provinces[0]",
            "part of Gia Lai since July 2025; write 'Gia Lai'",
        ),
        (
            f"{NAMED}{{name: b, channels: {{file: b}}, provinces: [tỉnh gia lai]}}",
            3,
            "subscriptions[1].provinces[0]",
            "did you mean 'Gia Lai'",
        ),
        (
            f"{NAMED}{{name: b, channels: {{file: b}}, editions: [yearly]}}",
            3,
            "subscriptions[1].editions[0]",
            "'monthly'",
        ),
        (f"{NAMED}{{name: b, channels: {{email: b}}}}", 3, "subscriptions[1].channels.email", "b"),
        (f"{NAMED}{{name: b, channels: {{email: b@x.vn}}}}", None, "email.host", "a subscription"),
        (
            f"digest: {{channels: [email]}}\n{NAMED}{{name: b, channels: {{file: b}}}}",
            1,
            "digest.channels",
            "write it into them",
        ),
        ("subscriptions: []", 1, "subscriptions", "at least 1"),
        ("topic: [a.yaml, b/a.yaml]", 1, "topic", "two topics are called 'a'"),
        ("topic: []", 1, "topic", "at least 1"),
    ],
)
def test_a_mistake_is_one_line_with_line_key_and_way_out(
    tmp_path: Path, text: str, line: int | None, key: str, said: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    error = caught.value
    assert "\n" not in str(error)
    assert said in error.reason
    assert error.key.startswith(key)
    if line is not None:
        assert error.line == line
