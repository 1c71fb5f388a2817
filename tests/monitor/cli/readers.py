"""Two topics, three subscriptions and a bad mailbox, and what arrived."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

from monitor.press import write_watch
from monitor.press.watch import CONFIG
from tests.fakes.mailserver import Mailbox
from tests.monitor.cli.desk import Desk

BADGES = """
name: Huy hiệu Đảng
called: {vi: huy hiệu Đảng, en: party badges}
figures: false
trigger_words: [huy hiệu, tuổi đảng]
weighing:
  {sapo: 0.7, lone_sapo: 0.97, body: 0.25, echo: 0.06, echoes_at_most: 2.5, part: 4, main: 5,
   head: 2.4, share: 0.03, sparse: 0.1, dense: 0.25, own: 0.5}
terms:
  - {name: huy hiệu Đảng, weight: 6, proof: strong, phrases: [huy hiệu ~4 đảng]}
  - {name: tuổi Đảng, weight: 2.5, proof: weak, phrases: [N năm tuổi đảng]}
"""
SETTINGS = """
topic: [dang-vien, huy-hieu.yaml]
email:
  host: 127.0.0.1
  port: {port}
  security: none
  sender: "Điểm báo <diembao@example.org>"
subscriptions:
  - name: ban-to-chuc
    topics: [dang-vien]
    csv: true
    channels: {{email: [an@example.org, khong-con@example.org], file: outbox/to-chuc}}
  - name: badges
    topics: [huy-hieu]
    provinces: [Ninh Bình]
    language: en
    editions: [daily, weekly, monthly]
    channels: {{email: [an@example.org, binh@example.org]}}
  - name: tat-ca
    channels: {{file: outbox/tat-ca}}
"""
BADGE_STORY = "Trao Huy hiệu Đảng cho 61 đảng viên cao tuổi ở Lý Nhân"
NO_MAILBOX = "550 no such mailbox"


class Readers:
    """Who subscribed, and what arrived."""

    def __init__(self, desk: Desk, mailbox: Mailbox) -> None:
        self.desk, self.mailbox = desk, mailbox
        mailbox.recipient_answers["khong-con@example.org"] = NO_MAILBOX
        (desk.folder / "huy-hieu.yaml").write_text(BADGES, encoding="utf-8")
        write_watch(desk.folder, desk.press, config=CONFIG + SETTINGS.format(port=mailbox.port))
        desk.run("crawl", "--source", "bao-ha-nam", "--source", "bao-gia-lai")
        self.sent = {name: self.send(name) for name in ("ban-to-chuc", "badges", "tat-ca")}

    def send(self, name: str, *more: str) -> Any:
        return self.desk.json("digest", "--send", "--subscription", name, *more)

    def mail(self, to: str, subject: str) -> list[EmailMessage]:
        return [
            message
            for message, (_, recipients) in zip(
                self.mailbox.messages, self.mailbox.envelopes, strict=True
            )
            if recipients == (to,) and subject in message["Subject"]
        ]
