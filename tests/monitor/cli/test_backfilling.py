"""``recrawl --since --until``: looking back, from the command line to the digest."""

from __future__ import annotations

import signal
import sqlite3
import sys
from contextlib import closing
from datetime import date
from subprocess import PIPE, Popen
from typing import TYPE_CHECKING, Any

import pytest

from tests.crawler import archived_paper
from tests.crawler.archived_paper import paths_of
from tests.crawler.sites import Answer, Site, article_page, served
from tests.monitor.cli.desk import command, command_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SINCE, UNTIL = "2026-11-03", "2026-11-09"
WANTED = paths_of(date(2026, 11, 3), date(2026, 11, 9))


class Watched:
    """The paper with a past, and a watch of it."""

    def __init__(self, paper: Site, config: Path) -> None:
        self.paper = paper
        self.config = config
        self.words = ["recrawl", "--source", "bao-cu", "--since", SINCE, "--until", UNTIL]

    def json(self, *more: str) -> Any:
        return command_json(*self.words, *more, "--config", self.config)

    def says(self, *more: str) -> tuple[str, str]:
        done = command(*self.words, *more, "--config", self.config)
        assert done.returncode == 0, done.stderr
        return done.stdout, done.stderr

    def started(self) -> Popen[str]:
        """The command in a process of its own."""
        line = [sys.executable, "-m", "monitor", *self.words, "--config", str(self.config)]
        return Popen(line, stdout=PIPE, stderr=PIPE, text=True)

    def stored(self) -> set[str]:
        with closing(sqlite3.connect(self.config.parent / "diembao.sqlite3")) as db:
            return {row[0].partition("/")[2] for row in db.execute("SELECT page FROM articles")}

    @property
    def pages_asked(self) -> list[str]:
        return [path for path in self.paper.paths if "-post" in path]


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    with served(archived_paper.pages()) as paper:
        paper.routes |= archived_paper.daily_sitemaps(paper.home)
        (tmp_path / "seeds").mkdir()
        (tmp_path / "seeds" / "lao-cai.yaml").write_text(
            f"""
            province: Lào Cai
            code: "15"
            sources:
              - key: bao-cu
                name: Báo Cũ
                kind: paper
                home: {paper.home}/
                certainty: checked
                sitemaps: [{{url: {paper.home}/sitemap.xml, certainty: checked}}]
              - {{key: bao-khac, name: Báo Khác, kind: paper, home: {paper.home}/khac/,
                  certainty: checked, watched: false}}
            """
        )
        config = tmp_path / "config.yaml"
        config.write_text(
            "database: diembao.sqlite3\nseeds: seeds\ncrawl: {delay: 0.02s, allow_loopback: true}\n"
        )
        yield Watched(paper, config)


def test_it_reads_the_stories_of_the_days_and_says_what_was_covered(watched: Watched) -> None:
    told, log = watched.says()
    assert sorted(watched.pages_asked) == sorted(WANTED)
    assert "Báo Cũ: đã xem hết từ 03/11/2026 đến 09/11/2026" in told
    assert f"{len(WANTED)} bài mới" in told
    assert "Xem tiếp" not in told
    assert "Báo Cũ: 22/500 lượt hỏi · 14 bài · đã tới 03/11/2026" in log


def test_spent_requests_leave_the_command_that_goes_on(watched: Watched) -> None:
    told, _ = watched.says("--pages", "8")
    assert "còn 1/1 lối chưa xem hết" in told
    assert "đã xem 2/7 ngày" in told
    assert len(watched.paper.asked) == 1 + 8
    go_on = f"diembao recrawl --source bao-cu --since {SINCE} --until {UNTIL} --config"
    assert f"Xem tiếp: {go_on} {watched.config}" in told
    status = command("status", "--config", watched.config).stdout
    assert f"Đọc lại ngày cũ chưa xong: Báo Cũ, 03/11/2026 đến 09/11/2026: {go_on[:60]}" in status
    rest = watched.json()
    assert command_json("status", "--config", watched.config)["backfills"] == []
    [source] = rest["sources"]
    assert (source["is_done"], source["days_covered"], source["new"]) == (True, 7, len(WANTED))
    assert sorted(watched.pages_asked) == sorted(WANTED)
    assert watched.paper.paths.count("/sitemap.xml") == 1


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_whatever_stops_it_the_same_command_goes_on_there(
    watched: Watched, end: signal.Signals
) -> None:
    held = sorted(paths_of(date(2026, 11, 4), date(2026, 11, 4)))[0]
    page = watched.paper.routes[held]
    watched.paper.routes[held] = Answer("", hangs=True)
    with watched.started() as running:
        assert watched.paper.was_asked.wait(60)
        assert running.stderr is not None
        while "06/11/2026" not in running.stderr.readline():
            assert running.poll() is None
        running.send_signal(end)
        told, said = running.communicate(timeout=60)
    assert "Traceback" not in said
    if end is signal.SIGINT:
        assert running.returncode == 130
        assert "Xem tiếp: diembao recrawl --source bao-cu" in told
    before = watched.stored()
    assert before
    asked = len(watched.pages_asked)
    watched.paper.routes[held] = page
    assert watched.json()["sources"][0]["is_done"]
    again = watched.pages_asked[asked:]
    assert not {path.removeprefix("/") for path in again} & before
    assert watched.stored() == {path.removeprefix("/") for path in WANTED}


def test_a_second_time_it_walks_anew_and_finds_all_stored(watched: Watched) -> None:
    watched.json()
    asked = len(watched.pages_asked)
    [source] = watched.json()["sources"]
    assert (source["is_done"], source["new"], source["requests"]) == (True, 0, 8)
    assert len(watched.pages_asked) == asked


def test_a_dry_run_reads_and_stores_no_story(watched: Watched) -> None:
    told, _ = watched.says("--dry-run")
    assert "khoảng 14 bài chưa có, 8 trang danh sách" in told
    assert watched.pages_asked == []
    [estimate] = watched.json("--dry-run")
    assert (estimate["pages"], estimate["documents"]) == (14, 8)
    assert watched.stored() == set()


def test_old_stories_are_counted_in_the_digest_and_not_shown(watched: Watched) -> None:
    flagged = watched.json()["sources"][0]["flagged"]
    assert flagged == len(WANTED)
    digest = command_json("digest", "--preview", "--config", watched.config)
    assert digest["stories"] == []
    checked = digest["checked"]
    assert checked["too_old"] > 0
    assert checked["too_old"] + checked["copies"] == flagged  # the paper says much the same daily


def test_a_story_without_any_date_is_no_news_because_it_was_found_late(watched: Watched) -> None:
    path = "/xa-vung-cao-phat-trien-dang-post77.html"
    page = article_page("Xã vùng cao kết nạp 12 đảng viên", day="chưa rõ")
    watched.paper.routes[path] = page
    url = watched.paper.home + path
    watched.paper.routes["/sitemap-article-2026-11-09.xml"] = Answer(
        f"<urlset><url><loc>{url}</loc></url></urlset>", type="application/xml"
    )
    words = ["recrawl", "--source", "bao-cu", "--since", UNTIL, "--until", UNTIL]
    [source] = command_json(*words, "--config", watched.config)["sources"]
    assert (source["new"], source["flagged"]) == (1, 1)
    digest = command_json("digest", "--preview", "--config", watched.config)
    assert (digest["stories"], digest["checked"]["too_old"]) == ([], 1)


def test_it_leaves_the_health_of_the_source_alone(watched: Watched) -> None:
    watched.paper.routes["/sitemap.xml"] = Answer("", status=500)
    told, said = watched.says()
    assert "500" in told
    assert "status: 500" in said
    assert "Xem tiếp" in told
    assert command_json("status", "--config", watched.config)["failing"] == []


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--until", UNTIL], "--source"),
        (["--source", "bao-cu", "--until", UNTIL], "--since"),
        (["--source", "bao-cu", "--since", UNTIL, "--until", SINCE], "lies after"),
        (["--source", "bao-cu", "--since", "01/01/2999", "--until", "2999-01-02"], "future"),
        (["--source", "bao-cu", "--since", SINCE, "--dry-run"], "--until"),
        (["--source", "bao-cu", "--since", SINCE, "--pages", "3"], "--until"),
        (["https://a.vn/b-1.html", "--since", SINCE, "--until", UNTIL], "--source"),
        (["--source", "bao-khac", "--since", SINCE, "--until", UNTIL], "no feed, sitemap"),
        (["--source", "bao-cuu", "--since", SINCE, "--until", UNTIL], "did you mean 'bao-cu'?"),
        (["--source", "bao-cu", "--since", "3/11", "--until", UNTIL], "does not match"),
    ],
)
def test_what_cannot_be_meant_is_one_line(watched: Watched, words: list[str], reason: str) -> None:
    done = command("recrawl", *words, "--config", watched.config)
    assert done.returncode == 2
    assert reason in done.stderr
    assert watched.paper.asked == []


def test_a_part_of_the_days_requests_is_left_for_what_is_new(watched: Watched) -> None:
    config = watched.config.read_text().replace("delay:", "requests_per_day: 15, delay:")
    watched.config.write_text(config)
    told, _ = watched.says()
    assert len(watched.paper.asked) == 1 + 10  # robots.txt, and two thirds of 15
    assert "Đã hết lượt hỏi dành cho ngày cũ trong hôm nay" in told
    assert "Xem tiếp" in told
    done = command(*watched.words, "--config", watched.config)
    assert done.returncode == 2
    assert "go on tomorrow" in done.stderr
    assert len(watched.paper.asked) == 1 + 10


def test_a_site_that_asked_for_a_pause_is_not_asked_before(watched: Watched) -> None:
    path = sorted(WANTED)[-1]
    watched.paper.routes[path] = Answer("", status=503, headers={"Retry-After": "3600"})
    watched.says()
    asked = len(watched.paper.asked)
    done = command(*watched.words, "--config", watched.config)
    assert done.returncode == 2
    assert "asked for a pause until" in done.stderr
    assert len(watched.paper.asked) == asked
