"""A letter to send, and a hand-over that only takes notes."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from monitor.items import Letter

LETTER = Letter(
    digest_id=1,
    day=date(2026, 11, 21),
    issue="2026-11-21",
    language="vi",
    dated_at=datetime(2026, 11, 21, 7, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")),
    subject="Điểm báo 21/11/2026: 2 tin về phát triển đảng viên",
    html=(
        '<!doctype html><html lang="vi"><body><h1>Điểm báo</h1>'
        "<p>Kết nạp 7 đảng viên.</p></body></html>"
    ),
    text="Điểm báo\n\n.Một dòng bắt đầu bằng dấu chấm\nKết nạp 7 đảng viên, uỷ ban & hội <3\n",
    messages=("<b>Điểm báo</b> 21/11", "Phường A &amp; phường B kết nạp <i>7</i> đảng viên", "Hết"),
)


class Steps:
    """Remembers the order of begin and confirm."""

    def __init__(self, parts_done: int = 0) -> None:
        self.parts_done = parts_done
        self.taken: list[str] = []

    def begin(self) -> None:
        self.taken.append("begin")

    def confirm(self) -> None:
        self.parts_done += 1
        self.taken.append("confirm")
