"""Selectors of a single source: from its seed file, through the pipe, into a reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawler.errors import SeedError
from crawler.items import CrawlJob, SourceTask
from crawler.reading import PageReading, read_page
from crawler.selectors import Selectors
from crawler.sources import load_sources
from crawler.wire import decode_job, encode_job

SEED = """\
sources:
  - key: bao-doi
    name: Báo Đồi
    kind: paper
    home: https://baodoi.vn/
    certainty: seen
    watched: false
    selectors:
      - until: 2026-10-31
        body: .cu
      - from: 2026-11-01
        title: .ten
        sapo: [.mo, .dau]
        author: .ky
        origin: .goc
        category: .muc
        date: .luc
        body: "#moi"
        drop: .xen
"""
PAGE = """
<html><body><h1>Một tên trang không phải tên bài</h1><div class='muc'>Chuyện đồi</div>
<div class='ten'>Đồi Chè có thêm hai đảng viên</div><i class='luc'>lúc 07:05 ngày 02/11/2026</i>
<div class='mo'>Hai người hái chè giỏi nhất đội vừa được kết nạp hôm qua.</div>
<div id='moi'><p>Lễ kết nạp diễn ra ngay trên nương, giữa vụ hái chính.</p>
<div class='xen'>Mua chè ngon ở chợ phiên cuối tuần này.</div>
<p>Đội có 40 người thì 9 người là đảng viên.</p></div><b class='ky'>Mai Đồi</b>
<u class='goc'>Nguồn: Bản tin Đồi Chè</u>
<div class='cu'><p>Đây là đoạn chữ mà giao diện cũ dùng cho thân bài viết.</p></div></body></html>
"""


def load(tmp_path: Path, text: str) -> tuple[Selectors, ...]:
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    return load_sources(tmp_path).sources[0].selectors


def read(selectors: tuple[Selectors, ...], at: datetime) -> PageReading:
    return read_page(
        PAGE.encode(), url="https://baodoi.vn/x-1.html", fetched_at=at, selectors=selectors
    )


def test_a_source_reads_its_pages_with_its_own_selectors(tmp_path: Path) -> None:
    reading = read(load(tmp_path, SEED), datetime(2026, 11, 21, tzinfo=UTC))
    assert reading.title == "Đồi Chè có thêm hai đảng viên"
    assert reading.sapo == "Hai người hái chè giỏi nhất đội vừa được kết nạp hôm qua."
    assert reading.body == (
        "Lễ kết nạp diễn ra ngay trên nương, giữa vụ hái chính.\n\n"
        "Đội có 40 người thì 9 người là đảng viên."
    )
    assert (reading.author, reading.original_source) == ("Mai Đồi", "Bản tin Đồi Chè")
    assert (reading.category, reading.family) == ("Chuyện đồi", None)
    assert reading.published_at == datetime(2026, 11, 2, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "start"),
    [
        # Vietnam's day: the last minute of 31 October there, the first of 1 November.
        (datetime(2026, 10, 31, 16, 59, tzinfo=UTC), "Đây là đoạn chữ"),
        (datetime(2026, 10, 31, 17, 0, tzinfo=UTC), "Lễ kết nạp"),
    ],
)
def test_selectors_hold_on_their_days_only(tmp_path: Path, at: datetime, start: str) -> None:
    assert read(load(tmp_path, SEED), at).body.startswith(start)


def test_what_the_own_selectors_do_not_find_is_found_the_familys_way() -> None:
    body = PAGE.replace("class='ten'", "class='article__title cms-title'").replace(
        "id='moi'", "class='article__body cms-body'"
    )
    reading = read_page(
        body.encode(),
        url="https://baodoi.vn/x-1.html",
        fetched_at=datetime(2026, 11, 21, tzinfo=UTC),
        selectors=(Selectors(body=("#khong-con",), drop=(".xen",)),),
    )
    assert reading.family == "zce"
    assert "hái chính" in reading.body
    assert "Mua chè" not in reading.body


def test_selectors_reach_the_crawling_process(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SEED, encoding="utf-8")
    source = load_sources(tmp_path).sources[0]
    job = CrawlJob(
        started_at=datetime(2026, 11, 21, tzinfo=UTC), tasks=(SourceTask(source=source),)
    )
    assert decode_job(encode_job(job)) == job
    assert replace(source, selectors=()) != source
    assert source.selectors[0].until == date(2026, 10, 31)


@pytest.mark.parametrize(
    ("wrong", "line", "key", "reason"),
    [
        ("body: '.cu['", 10, "sources[0].selectors[0].body[0]", "is not a CSS selector"),
        ("bodi: .cu", 10, "sources[0].selectors[0].bodi", "did you mean 'body'?"),
        ("body: [.cu, '']", 10, "sources[0].selectors[0].body[1]", "is empty"),
        ("from: 2026-11-05", 9, "sources[0].selectors[0].until", "is before 'from', 2026-11-05"),
        ("from: 2026-10-01", 9, "sources[0].selectors[0]", "names no selector"),
        ("from: gần đây", 10, "sources[0].selectors[0].from", "is not a day such as"),
    ],
)
def test_a_mistake_names_file_line_and_key(
    tmp_path: Path, wrong: str, line: int, key: str, reason: str
) -> None:
    with pytest.raises(SeedError) as error:
        load(tmp_path, SEED.replace("body: .cu", wrong))
    assert (error.value.line, error.value.key) == (line, key)
    assert reason in error.value.reason
