"""Letters of alerts in the operator's words, for every channel."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from monitor.items import Alert, AlertKind, Language, Notice
from monitor.render.notices import render_notice
from monitor.wording import load_wording

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
LONG = "<b>Nói dài & nói dai</b> " * 40
FIELDS: dict[AlertKind, dict[str, str | int]] = {
    "network": {"count": 61},
    "source": {
        "source_key": "bao-gia-lai",
        "name": LONG,
        "count": 5,
        "failure_kind": "status",
        "failure_detail": LONG,
    },
    "crawl": {},
    "disk": {"free": 123, "least": 500},
    "digest": {"name": LONG},
    "delivery": {"channel": "email", "count": 2, "recipient": LONG, "reason": LONG},
    "job": {"job": "digest of gia-lai", "reason": LONG},
}


def alert(kind: AlertKind) -> Alert:
    fields = FIELDS[kind]
    return Alert(
        kind=kind, subject="", since_at=NOON - timedelta(hours=3), opened_at=NOON, fields=fields
    )


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("kind", get_args(AlertKind))
def test_every_kind_has_words_and_says_since_when(kind: AlertKind, language: Language) -> None:
    notice = Notice(at=NOON, new=(alert(kind),))
    letter = render_notice(notice, wording=load_wording(language), zone=ZONE)
    for text in (letter.text, letter.html, *letter.messages):
        assert "09:00" in text
        assert "{" not in text.replace("{{", "")
    assert "<b>Nói" not in letter.html
    assert "<b>Nói" not in letter.messages[0]


@pytest.mark.parametrize("language", get_args(Language))
def test_however_much_there_is_a_chat_message_is_short_enough(language: Language) -> None:
    many = tuple(alert(kind) for kind in get_args(AlertKind)) * 30
    notice = Notice(at=NOON, new=many, still=many, over=many)
    letter = render_notice(notice, wording=load_wording(language), zone=ZONE)
    [message] = letter.messages
    assert len(message.encode("utf-16-le")) // 2 <= 4096
    assert "diembao alerts" in message
    assert len(letter.html) < 20_000


def test_two_letters_of_one_second_have_names_of_their_own() -> None:
    wording = load_wording("vi")
    letters = [
        render_notice(Notice(at=NOON, new=(alert(kind),)), wording=wording, zone=ZONE)
        for kind in ("disk", "crawl")
    ]
    assert len({letter.issue for letter in letters}) == 2
    assert letters[0].issue.startswith("alert-2026-11-22T120000-")
