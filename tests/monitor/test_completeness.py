"""An edition claims no more than was checked: weeks before the watch, downtime, late answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from lxml import html as lxml_html

from monitor.completeness import LONGEST_PAUSE, pauses_between
from monitor.ingest import Ingest, IngestSummary
from monitor.items import Checked, Digest, Pause
from monitor.render import render
from monitor.store import Store
from monitor.wording import load_wording
from tests.monitor import sample_digests as samples
from tests.monitor.store.builders import NOON, extract, failed_visit, report, source

HOUR = timedelta(hours=1)
DAY = 24 * HOUR
WEEK = 7 * DAY
MONDAY = datetime(2026, 11, 22, 17, tzinfo=UTC)
"""Midnight in Vietnam, when the week before ends."""


def words_of(digest: Digest) -> str:
    letter = render(digest, wording=load_wording("vi"), zone=ZoneInfo("Asia/Ho_Chi_Minh"))
    page = lxml_html.document_fromstring(letter.html).text_content()
    for form in (page, letter.text):
        assert letter.subject in letter.html
        assert "Đã kiểm tra".lower() in form.lower()
    return f"{letter.subject} {' '.join(letter.text.split())}"


def empty_week(**changes: object) -> Digest:
    checked = replace(samples.ALL_WELL, flagged=0, **changes)  # type: ignore[arg-type]  # any field
    return replace(samples.week(), stories=(), checked=checked, trend=None)


def test_a_week_before_the_watch_is_not_called_checked() -> None:
    began = MONDAY + 6 * HOUR
    unwatched = empty_week(watched_since=began, reached=0, provinces_reached=0)
    words = words_of(unwatched)
    assert "Điểm báo tuần 16/11/2026 – 22/11/2026: chưa theo dõi trong thời gian này" in words
    assert "việc theo dõi bắt đầu lúc 06:00, 23/11/2026" in words
    assert "nguồn trả lời" not in words
    assert "Không tìm thấy" not in words


def test_a_week_that_was_watched_in_part_says_since_when() -> None:
    words = words_of(empty_week(watched_since=MONDAY - 2 * DAY))
    assert "không kiểm tra được suốt thời gian này" in words
    assert "Việc theo dõi bắt đầu lúc 00:00, 21/11/2026; trước đó chưa kiểm tra nguồn nào." in words
    assert "Không tìm thấy" not in words


def test_a_time_without_any_answer_is_told_with_its_ends() -> None:
    pause = Pause(since=MONDAY - 3 * DAY, until=MONDAY - DAY)
    words = words_of(empty_week(pauses=(pause,) * 7))
    assert words.count("Không đọc được nguồn nào từ 00:00, 20/11/2026 đến 00:00, 22/11/2026.") == 5
    assert "Còn 2 khoảng thời gian khác không đọc được nguồn nào." in words
    assert "không kiểm tra được suốt thời gian này" in words


def test_troubles_of_later_than_the_week_say_of_when_they_are() -> None:
    late = empty_week(as_of=MONDAY + 7 * HOUR, troubles=samples.TROUBLES)
    assert "Nguồn lỗi và im lặng: tình trạng lúc 07:00, 23/11/2026." in words_of(late)


def test_a_pause_is_longer_than_slow_sources_rest() -> None:
    crawled = [NOON, NOON + LONGEST_PAUSE, NOON + 3 * LONGEST_PAUSE, NOON - WEEK]
    assert pauses_between(crawled, since_at=NOON - HOUR, until_at=NOON + 4 * LONGEST_PAUSE) == (
        Pause(since=NOON + LONGEST_PAUSE, until=NOON + 3 * LONGEST_PAUSE),
    )
    assert pauses_between([], since_at=NOON, until_at=NOON + DAY) == (
        Pause(since=NOON, until=NOON + DAY),
    )
    assert pauses_between([], since_at=NOON, until_at=NOON) == ()


class Log:
    """A watch that began at noon, and its crawls."""

    def __init__(self, folder: Path) -> None:
        self.store = Store.open(folder / "diembao.db", now=NOON)
        self.store.sync_sources([source(), source("hong", province="Huế")], now=NOON)

    def crawl(self, at: datetime, *answering: str) -> None:
        keys = ("bao-gia-lai", "hong")
        run = self.store.begin_run(at, keys)
        ingest = Ingest(self.store, extract=extract, clock=lambda: at)
        for key in keys:
            entries = {} if key in answering else {"entries": (failed_visit(key),)}
            ingest.add(report(key, finished_at=at, **entries))
        self.store.end_run(run, at + HOUR, ingest.finish(now=at))

    def week(self, since: datetime, *, as_of: datetime) -> Checked:
        return self.store.checked(since, since + WEEK, told_too=True, as_of=as_of)


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path)


def test_nobody_answered_in_a_week_before_the_watch(log: Log) -> None:
    log.crawl(NOON + HOUR, "bao-gia-lai", "hong")
    checked = log.week(NOON - WEEK, as_of=NOON + 2 * HOUR)
    assert (checked.reached, checked.provinces_reached, checked.sources) == (0, 0, 2)
    assert checked.watched_since == NOON
    assert checked.pauses == ()


def test_who_answered_only_after_the_week_did_not_answer_in_it(log: Log) -> None:
    for day in range(7):
        log.crawl(NOON + day * DAY + HOUR, "bao-gia-lai")
    log.crawl(NOON + WEEK + HOUR, "bao-gia-lai", "hong")
    later = NOON + WEEK + 3 * HOUR
    assert log.week(NOON, as_of=later).reached == 1
    assert log.store.checked(NOON, later).reached == 2


def test_downtime_in_the_middle_is_a_pause(log: Log) -> None:
    for day in (0, 1, 4, 5, 6):
        log.crawl(NOON + day * DAY + 2 * HOUR, "bao-gia-lai")
        log.crawl(NOON + day * DAY + 14 * HOUR, "bao-gia-lai")
    log.crawl(NOON + 2 * DAY + 12 * HOUR)  # the network was down: asked, and no answer
    checked = log.week(NOON, as_of=NOON + WEEK)
    assert checked.watched_since is None
    assert checked.pauses == (Pause(since=NOON + DAY + 15 * HOUR, until=NOON + 4 * DAY + 2 * HOUR),)


def test_of_what_the_log_has_forgotten_nothing_is_claimed(log: Log) -> None:
    for day in range(8):
        log.crawl(NOON + day * DAY + HOUR, "bao-gia-lai", "hong")
    assert log.store.prune("runs", before=NOON + 4 * DAY, now=NOON + WEEK) == 4
    pauses = log.week(NOON, as_of=NOON + 8 * DAY).pauses
    assert pauses
    assert pauses[0].since >= NOON + 4 * DAY


def test_crawls_of_an_older_version_did_not_note_who_answered(log: Log) -> None:
    run = log.store.begin_run(NOON, ["bao-gia-lai"])
    log.store.end_run(run, NOON + HOUR, IngestSummary(sources=1, reached=1))
    with log.store.write() as db:
        db.execute("UPDATE crawl_runs SET summary = json_remove(summary, '$.answered')")
    log.crawl(NOON + WEEK + HOUR, "bao-gia-lai")
    assert log.week(NOON - HOUR, as_of=NOON + WEEK + 2 * HOUR).reached == 1
