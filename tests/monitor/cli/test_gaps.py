"""Where stories may be missing, ``status`` and ``sources`` say so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from crawler.items import EntryVisit, Gap, SourceReport
from monitor.ingest import Ingest
from monitor.press.press import Press
from monitor.press.watch import write_watch
from monitor.watch import Watch
from tests.monitor.cli.desk import Desk

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "bao-gia-lai"
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    with Press(now=NOON) as press:
        return Desk(press, write_watch(tmp_path, press))


def leave(desk: Desk, gap: Gap | None) -> None:
    """End a visit with a gap: the feed was short, what was asked because of it failed."""
    with Watch.open(desk.config) as watch:
        first, second, *_ = watch.sources[SOURCE].entries
        short = EntryVisit(
            url=first.url, kind=first.kind, outcome="read", links=10, reaches_back=False
        )
        failed = EntryVisit(
            url=second.url,
            kind=second.kind,
            outcome="failed",
            failure="timeout",
            detail="",
            asked_because="gap",
        )
        report = SourceReport(
            source=SOURCE,
            started_at=NOON,
            finished_at=NOON,
            entries=(short, failed),
            gap=gap,
        )
        Ingest(watch.store, extract=watch.extract).add(report)


@pytest.mark.parametrize(
    ("resume", "outlook"),
    [
        ((), "dùng `diembao sources check bao-gia-lai` để tìm thêm địa chỉ"),
        ((("https://a.vn/tin", "https://a.vn/tin?page=9"),), "mỗi lần xem sẽ đọc tiếp"),
    ],
)
def test_an_open_gap_is_told_with_its_hours_and_what_comes_of_it(
    desk: Desk, resume: tuple[tuple[str, str], ...], outlook: str
) -> None:
    leave(desk, Gap(since_at=NOON - 3 * HOUR, found_at=NOON, tried_at=NOON, resume=resume))
    said = desk.says("status")
    assert "1 nguồn có thể đã đăng nhiều hơn số bài tìm được" in said
    assert "lúc 12:00, 20/11/2026 không còn nối lại được với 09:00, 20/11/2026" in said
    assert outlook in " ".join(said.split())
    [told] = desk.json("status")["gaps"]
    assert (told["key"], told["gap"]["closed_by"]) == (SOURCE, None)


def test_a_gap_that_was_closed_is_no_worry(desk: Desk) -> None:
    gap = Gap(since_at=NOON - HOUR, found_at=NOON, tried_at=NOON, closed_by="https://a.vn/tin")
    leave(desk, gap)
    assert "nhiều hơn số bài tìm được" not in desk.says("status")
    assert desk.json("status")["gaps"] == []


def test_addresses_are_listed_with_why_they_were_asked(desk: Desk) -> None:
    leave(desk, None)
    lines = desk.says("sources", "--addresses", "--province", "Gia Lai").splitlines()
    short, failed, *_ = (line for line in lines if line.startswith(SOURCE))
    assert "10 liên kết · không nối lại được với lần xem trước" in short
    assert "hỏi vì kênh khác quá ngắn" in failed
