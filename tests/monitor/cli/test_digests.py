"""``digest``: seen without a trace, sent once, the same by every channel."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from monitor.press import write_watch
from monitor.press.watch import CONFIG
from tests.fakes.mailserver import Mailbox, mail_server
from tests.fakes.telegram_api import TOKEN, BotServer, bot_server
from tests.monitor.cli.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

THREE_CHANNELS = """
digest: {{channels: [file, email, telegram]}}
email:
  host: 127.0.0.1
  port: {port}
  security: none
  sender: "Điểm báo <diembao@example.org>"
  recipients: [an@example.org, binh@example.org]
telegram: {{token: "{token}", chats: [7], base_url: "{base_url}"}}
"""


class Sent:
    """A digest that was sent twice by hand, and all that arrived."""

    def __init__(self, desk: Desk, mailbox: Mailbox, bot: BotServer) -> None:
        self.desk, self.mailbox, self.bot = desk, mailbox, bot
        settings = THREE_CHANNELS.format(port=mailbox.port, token=TOKEN, base_url=bot.base_url)
        write_watch(desk.folder, desk.press, config=CONFIG + settings)
        desk.run("crawl", "--source", "bao-gia-lai", "--source", "phuong-thuy-xuan")
        self.first: Any = desk.json("digest", "--send")
        self.pages = {page.name: page.read_text("utf-8") for page in self._outbox()}
        self.second: Any = desk.json("digest", "--send")

    def _outbox(self) -> list[Any]:
        return sorted((self.desk.folder / "outbox").iterdir())


@pytest.fixture(scope="module")
def sent(own: Desk) -> Iterator[Sent]:
    with mail_server() as mailbox, bot_server() as bot:
        yield Sent(own, mailbox, bot)


def test_a_preview_leaves_no_trace(crawled: Desk) -> None:
    first, second = crawled.json("digest", "--preview"), crawled.json("digest")
    assert [one["title"] for one in first["stories"]] == [one["title"] for one in second["stories"]]
    assert first["id"] is None
    assert first["checked"]["reached"] == 10
    assert crawled.json("status")["last_digest"] is None
    assert not (crawled.folder / "outbox").exists()


def test_a_preview_for_people_names_every_story(crawled: Desk) -> None:
    stories = crawled.json("digest", "--preview")["stories"]
    text = flat(crawled.says("digest", "--preview"))
    assert "ĐÃ KIỂM TRA 9/9 tỉnh đã kiểm tra · 10/10 nguồn trả lời" in text
    assert len(stories) > 10
    assert [one["title"] for one in stories if flat(one["title"]) not in text] == []


def test_a_digest_is_sent_once_however_often_it_is_asked_for(sent: Sent) -> None:
    for told in (sent.first, sent.second):
        assert set(told) == {"digest", "deliveries"}
        states = [(one["channel"], one["recipient"], one["state"]) for one in told["deliveries"]]
        assert states == [
            ("file", str(sent.desk.folder / "outbox"), "sent"),
            ("email", "an@example.org", "sent"),
            ("email", "binh@example.org", "sent"),
            ("telegram", "7", "sent"),
        ]
    assert sent.first == sent.second
    assert [to for _, to in sent.mailbox.envelopes] == [("an@example.org",), ("binh@example.org",)]
    texts = [message["text"] for message in sent.bot.messages]
    assert len(texts) == len(set(texts)) == sent.first["deliveries"][-1]["parts_done"]


def test_sending_again_says_what_became_of_each_delivery(sent: Sent) -> None:
    lines = sent.desk.says("digest", "--send").splitlines()
    day = sent.first["digest"]["day"]
    assert lines[1] == f"{day} · email · an@example.org · đã gửi"
    assert len(lines) == 4


def test_the_same_stories_arrive_whole_by_every_way(sent: Sent) -> None:
    stories = sent.first["digest"]["stories"]
    assert len(stories) >= 3
    for way, text in ways(sent).items():
        for story in stories:
            for told in (story["title"], story["paper"]):
                assert flat(told) in text, f"{told} is missing in {way}"
            for figure in story["figures"][:1]:
                assert flat(figure["org"] or "") in text, f"{figure['org']} is missing in {way}"


def test_every_way_is_vietnamese_in_one_form_of_letters(sent: Sent) -> None:
    for way, text in ways(sent).items():
        assert "phát triển đảng viên" in text.lower(), way
        assert "\N{REPLACEMENT CHARACTER}" not in text, way
        assert unicodedata.is_normalized("NFC", text), way


def test_a_story_stands_in_one_digest_only(sent: Sent) -> None:
    assert sent.desk.json("digest", "--date", "2026-01-01")["stories"] == []


def ways(sent: Sent) -> dict[str, str]:
    """What a reader sees, by the way it came."""
    day = sent.first["digest"]["day"]
    mail = sent.mailbox.messages[0]
    chat = "\n".join(message["text"] for message in sent.bot.messages)
    return {
        "html file": seen(sent.pages[f"{day}.html"]),
        "text file": flat(sent.pages[f"{day}.txt"]),
        "html mail": seen(part(mail, "html")),
        "text mail": flat(part(mail, "plain")),
        "telegram": seen(chat),
    }


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    content: str = body.get_content()
    return content


def seen(page: str) -> str:
    """The text of a page."""
    page = re.sub(r"<(style|head)\b.*?</\1>", "", page, flags=re.DOTALL)
    return flat(html.unescape(re.sub(r"<[^>]*>", " ", page)))


def flat(text: str) -> str:
    """Without the line breaks of a page's width."""
    return " ".join(text.split())
