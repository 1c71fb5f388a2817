"""The archive of responses: what is written stays readable, whatever kills whom."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from warcio.archiveiterator import ArchiveIterator

from monitor.archive import ResponseArchive
from monitor.errors import ArchiveError
from monitor.items import ArchivePlace
from tests.monitor.archived import body_of, response_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 20, 5, 0, 0, 123456, tzinfo=UTC)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NAME = "2026-11-20.warc.gz"


@pytest.fixture
def archive(tmp_path: Path) -> ResponseArchive:
    return ResponseArchive(tmp_path / "archive", zone=HANOI)


@contextmanager
def writer(folder: Path, name: str, *, count: int, size: int) -> Iterator[subprocess.Popen[str]]:
    """A process that archives as soon as it gets a line."""
    words = (folder, name, count, size)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.monitor.archive_child", *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            yield process
        finally:
            process.kill()


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def places(lines: str) -> Iterator[tuple[str, ArchivePlace]]:
    """What a writer told; a last line that it did not finish is left out."""
    for line in lines.splitlines(keepends=True):
        if line.endswith("\n"):
            name, file, offset = line.split()
            yield name, ArchivePlace(file=file, offset=int(offset))


def test_a_response_comes_back_as_it_was(archive: ResponseArchive) -> None:
    article = response_of("mot", fetched_at=NOW)
    found = archive.read(archive.append(article))
    assert (found.url, found.key, found.source) == (article.url, article.key, article.source)
    assert found.fetched_at == NOW
    assert found.raw.body == body_of("mot")
    assert found.raw.status_line == "HTTP/1.1 200 OK"
    assert found.raw.header("content-type") == "text/html; charset=windows-1258"
    assert [value for name, value in found.raw.headers if name == "Set-Cookie"] == ["a=1", "b=2"]
    assert found.raw.header("Content-Encoding") is None


def test_any_tool_for_web_archives_reads_the_file(archive: ResponseArchive, tmp_path: Path) -> None:
    for name in ("mot", "hai"):
        archive.append(response_of(name, fetched_at=NOW))
    with (tmp_path / "archive" / NAME).open("rb") as file:
        records = [
            (record.rec_type, record.rec_headers["WARC-Target-URI"], record.content_stream().read())
            for record in ArchiveIterator(file, check_digests="raise")
        ]
    assert [kind for kind, _, _ in records] == ["warcinfo", "response", "response"]
    assert [body for _, _, body in records[1:]] == [body_of("mot"), body_of("hai")]


def test_a_local_day_has_a_file(archive: ResponseArchive) -> None:
    evening = datetime(2026, 11, 20, 16, 59, tzinfo=UTC)
    files = [
        archive.append(response_of("mot", fetched_at=at)).file
        for at in (evening, evening + timedelta(minutes=1))
    ]
    assert files == ["2026-11-20.warc.gz", "2026-11-21.warc.gz"]


@pytest.mark.parametrize("missing", [1, 8, 700, -1])
def test_an_unfinished_record_is_cut_off_and_all_others_stay_readable(
    archive: ResponseArchive, tmp_path: Path, missing: int
) -> None:
    before = archive.append(response_of("mot", fetched_at=NOW))
    broken = archive.append(response_of("hai", fetched_at=NOW))
    path = tmp_path / "archive" / NAME
    end = path.stat().st_size
    os.truncate(path, end - missing if missing > 0 else broken.offset + 1)

    again = ResponseArchive(tmp_path / "archive", zone=HANOI)
    after = again.append(response_of("ba", fetched_at=NOW))
    assert after == ArchivePlace(file=NAME, offset=broken.offset)
    assert again.read(before).raw.body == body_of("mot")
    assert again.read(after).raw.body == body_of("ba")


def test_zeros_that_a_power_cut_left_are_cut_off_too(
    archive: ResponseArchive, tmp_path: Path
) -> None:
    before = archive.append(response_of("mot", fetched_at=NOW))
    with (tmp_path / "archive" / NAME).open("ab") as file:
        file.write(bytes(5000))
    after = archive.append(response_of("hai", fetched_at=NOW))
    assert [archive.read(place).raw.body for place in (before, after)] == [
        body_of("mot"),
        body_of("hai"),
    ]


def test_killed_while_it_writes_the_archive_goes_on_behind_the_last_whole_record(
    tmp_path: Path,
) -> None:
    folder, size = tmp_path / "archive", 3_000_000
    archive = ResponseArchive(folder, zone=UTC)
    first = archive.append(response_of("mot", fetched_at=NOW))
    told = ""
    for number in range(4):
        with writer(folder, f"con-{number}", count=0, size=size) as process:
            assert process.stdout is not None
            go(process)
            told += process.stdout.readline()
            written = (folder / NAME).stat().st_size
            while (folder / NAME).stat().st_size == written:
                continue  # the next record is on its way
            process.kill()
            told += process.stdout.read()
        after = archive.append(response_of(f"sau-{number}", fetched_at=NOW))
        assert archive.read(after).raw.body == body_of(f"sau-{number}")
        assert archive.read(first).raw.body == body_of("mot")
    for name, place in places(told):
        assert archive.read(place).raw.body == body_of(name, size=size)


def test_killed_by_the_kernel_in_the_middle_of_a_record_nothing_else_is_lost(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "archive"
    script = (
        "import resource, signal, sys\n"
        "from tests.monitor.archive_child import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_DFL)\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (250_000, 250_000))\n"
        f"main({str(folder)!r}, 'con', '0', '100000')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input="\n", capture_output=True, text=True, check=False
    )
    assert done.returncode < 0
    assert (folder / NAME).stat().st_size == 250_000
    archive = ResponseArchive(folder, zone=UTC)
    after = archive.append(response_of("sau", fetched_at=NOW))
    assert archive.read(after).raw.body == body_of("sau")
    written = list(places(done.stdout.removeprefix("ready\n")))
    assert len(written) == 2
    for name, place in written:
        assert archive.read(place).raw.body == body_of(name, size=100_000)


def test_threads_and_processes_take_turns(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    mine: list[tuple[str, ArchivePlace]] = []

    def work(name: str) -> None:
        archive = ResponseArchive(folder, zone=UTC) if name == "rieng" else shared
        for number in range(20):
            key = f"{name}-{number}"
            mine.append((key, archive.append(response_of(key, fetched_at=NOW))))

    shared = ResponseArchive(folder, zone=UTC)
    threads = [threading.Thread(target=work, args=[name]) for name in ("a", "b", "rieng")]
    with (
        writer(folder, "p", count=20, size=2_000) as one,
        writer(folder, "q", count=20, size=2_000) as other,
    ):
        go(one)
        go(other)
        for thread in threads:
            thread.start()
        assert one.stdout is not None
        assert other.stdout is not None
        told = one.stdout.read() + other.stdout.read()
        for thread in threads:
            thread.join()
    everything = [*mine, *places(told)]
    assert len({place for _, place in everything}) == 100
    for name, place in everything:
        assert shared.read(place).raw.body == body_of(name)


def test_a_full_disk_costs_the_record_and_nothing_else(
    archive: ResponseArchive, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = archive.append(response_of("mot", fetched_at=NOW))
    path = tmp_path / "archive" / NAME
    end = path.stat().st_size
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (end + 1000, limits[1]))
    try:
        assert archive.keep(response_of("hai", fetched_at=NOW)) is None
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "not archived" in caplog.text
    assert path.stat().st_size == end
    after = archive.keep(response_of("ba", fetched_at=NOW))
    assert after is not None
    assert archive.read(after).raw.body == body_of("ba")
    assert archive.read(before).raw.body == body_of("mot")


def test_a_folder_that_cannot_be_made_costs_no_article(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "archive").write_text("no folder")
    archive = ResponseArchive(tmp_path / "archive", zone=UTC)
    assert archive.keep(response_of("mot", fetched_at=NOW)) is None
    assert "not archived" in caplog.text


def test_a_place_that_holds_nothing_any_more_is_told_with_file_and_offset(
    archive: ResponseArchive, tmp_path: Path
) -> None:
    place = archive.append(response_of("mot", fetched_at=NOW))
    for wrong in (ArchivePlace(file=NAME, offset=0), ArchivePlace(file=NAME, offset=17)):
        with pytest.raises(ArchiveError, match=f"{NAME} at byte {wrong.offset}"):
            archive.read(wrong)
    (tmp_path / "archive" / NAME).unlink()
    with pytest.raises(ArchiveError, match="No such file"):
        archive.read(place)


def test_old_days_are_deleted_and_other_files_left_alone(
    archive: ResponseArchive, tmp_path: Path
) -> None:
    for days in range(3):
        archive.append(response_of("mot", fetched_at=NOW + timedelta(days=days)))
    (tmp_path / "archive" / "2020-01-01.txt").write_text("mine")
    assert archive.delete_before(date(2026, 11, 22)) == ["2026-11-20.warc.gz", "2026-11-21.warc.gz"]
    left = {path.name for path in (tmp_path / "archive").iterdir()} - {".lock"}
    assert left == {"2026-11-22.warc.gz", "2020-01-01.txt"}
    assert ResponseArchive(tmp_path / "nowhere", zone=UTC).delete_before(date(2030, 1, 1)) == []
