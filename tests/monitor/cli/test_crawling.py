"""``crawl`` and ``recrawl`` on the simulated press."""

from __future__ import annotations

import signal
import sys
from datetime import UTC, datetime, timedelta
from subprocess import PIPE, Popen
from zoneinfo import ZoneInfo

import pytest

from monitor.press import Press, write_watch
from tests.monitor.cli.desk import Desk, command

GIA_LAI, DAK_LAK = "bao-gia-lai", "bao-dak-lak"


@pytest.fixture(scope="module")
def visited(own: Desk) -> Desk:
    """Báo Gia Lai was visited, and nobody else."""
    own.first_crawl = own.json("crawl", "--source", GIA_LAI)
    return own


def test_a_first_crawl_reads_every_page_and_tells_in_one_object(crawled: Desk) -> None:
    told = crawled.first_crawl
    assert set(told) >= {
        "sources",
        "reached",
        "pages",
        "new",
        "revised",
        "flagged",
        "failures",
        "seconds",
    }
    pages = len(crawled.press.truth())
    assert (told["sources"], told["reached"]) == (10, 10)
    assert (told["pages"], told["new"], told["revised"]) == (pages, pages, 0)
    assert told["flagged"] == crawled.json("status")["counts"]["flagged"] > 0
    assert told["failures"] == {"not-html": 1}  # the feed of Báo Quảng Ninh is a page
    assert 0 < told["seconds"] < 120


def test_a_second_crawl_finds_nothing_new(crawled: Desk) -> None:
    told = crawled.json("crawl")
    assert (told["reached"], told["pages"], told["new"], told["flagged"]) == (10, 0, 0, 0)


def test_a_crawl_of_one_source_asks_nobody_else(visited: Desk) -> None:
    told = visited.first_crawl
    assert (told["sources"], told["reached"]) == (1, 1)
    asked = {key for key, site in visited.press.sites.items() if site.requests}
    assert asked == {GIA_LAI}


def test_a_crawl_tells_people_in_one_line_of_their_language(visited: Desk) -> None:
    done = visited.run("crawl", "--source", GIA_LAI)
    assert done.stdout.startswith("1/1 nguồn trả lời · 0 trang đã hỏi · 0 bài mới")
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr.splitlines() == ["Báo Gia Lai (mô phỏng): 0 bài"]


def test_a_site_that_refuses_is_one_line_and_the_rest_goes_on(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with Press(now=datetime.now(UTC)) as press:
        desk = Desk(press, write_watch(tmp_path_factory.mktemp("refused"), press))
        press.break_site(GIA_LAI, "refuse")
        done = desk.run("crawl", "--source", GIA_LAI, "--source", DAK_LAK)
        [failing] = desk.json("status")["failing"]
        status = desk.says("status")
    [line] = [line for line in done.stderr.splitlines() if GIA_LAI in line or "Gia Lai" in line]
    assert press.sites[GIA_LAI].base_url in line
    assert "refused" in line
    assert "Báo Đắk Lắk (mô phỏng): 7 bài" in done.stderr
    assert done.stdout.startswith("1/2 nguồn trả lời · 7 trang đã hỏi · 7 bài mới")
    assert (failing["key"], failing["failure_kind"]) == (GIA_LAI, "refused")
    assert "1 nguồn đang lỗi" in status
    assert "Báo Gia Lai (mô phỏng): từ chối hoặc ngắt kết nối, từ " in status


def test_a_recrawl_keeps_the_old_text_as_a_revision(visited: Desk) -> None:
    before = visited.shown("hoi-thuong")
    visited.press.edit("hoi-thuong", title="Hội Thương thêm nhiều đảng viên trẻ")
    told = visited.json("recrawl", visited.press.url("hoi-thuong"))
    assert (told["sources"], told["pages"], told["new"], told["revised"]) == (1, 1, 0, 1)
    after = visited.shown("hoi-thuong")
    assert after["id"] == before["id"]
    assert after["article"]["title"] == "Hội Thương thêm nhiều đảng viên trẻ"
    [revision] = after["revisions"]
    assert revision["article"] == before["article"]
    assert before["revisions"] == []
    text = visited.says("show", visited.press.url("hoi-thuong"))
    assert "Bản trước, đọc lúc" in text
    assert before["article"]["title"] in text


def test_a_recrawl_of_an_unchanged_page_changes_nothing(visited: Desk) -> None:
    before = visited.shown("gl-lang-bien-gioi")
    told = visited.json("recrawl", visited.press.url("gl-lang-bien-gioi"))
    after = visited.shown("gl-lang-bien-gioi")
    assert (told["pages"], told["new"], told["revised"]) == (1, 0, 0)
    fetch = {"seen_at": None, "archived": None}
    assert {**after, **fetch} == {**before, **fetch}


def test_a_recrawl_of_a_source_since_a_day_reads_its_pages_of_that_day_and_later(
    visited: Desk,
) -> None:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    since = (visited.press.now - timedelta(days=2)).astimezone(zone).date()
    own = [visited.press.article(row.id) for row in visited.press.truth() if row.site == GIA_LAI]
    # Pages off the topic are known by their titles alone: there is no text to bring up to date.
    kept = [one for one in own if shows(visited, one.story.id)]
    recent = [one for one in kept if one.published_at.astimezone(zone).date() >= since]
    visited.press.edit("gl-lang-bien-gioi")
    told = visited.json("recrawl", "--source", GIA_LAI, "--since", since.isoformat())
    assert 0 < len(recent) < len(kept) < len(own)
    assert (told["pages"], told["new"], told["revised"]) == (len(recent), 0, 1)


def shows(desk: Desk, story: str) -> bool:
    return command("show", desk.press.url(story), "--config", desk.config).returncode == 0


def test_a_page_that_was_withdrawn_is_kept_and_marked_as_gone(visited: Desk) -> None:
    url = visited.press.url("gl-quan-doi")
    visited.press.delete("gl-quan-doi")
    told = visited.json("recrawl", url)
    shown = visited.json("show", url)
    assert (told["pages"], told["new"], told["failures"]) == (1, 0, {})
    assert shown["state"] == "gone"
    assert shown["article"]["body"]
    assert "Bài không còn trên trang báo." in visited.says("show", url)


def test_the_same_page_asked_for_twice_is_fetched_once(visited: Desk) -> None:
    url = visited.press.url("o-gl-ca-phe")
    told = visited.json("recrawl", url, url)
    assert told["pages"] == 1


def test_a_recrawl_of_an_unknown_source_fetches_nothing(visited: Desk) -> None:
    done = command(
        "recrawl", "--source", "bao-gia-li", "--since", "2026-01-01", "--config", visited.config
    )
    assert done.returncode == 2
    assert "did you mean 'bao-gia-lai'?" in done.stderr


def test_ctrl_c_ends_a_crawl_and_keeps_what_had_come(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with Press(now=datetime.now(UTC)) as press:
        desk = Desk(press, write_watch(tmp_path_factory.mktemp("interrupted"), press))
        press.hold(GIA_LAI, matching=r"post\d+")
        command_line = [sys.executable, "-m", "monitor", "crawl", "--config", str(desk.config)]
        with Popen(command_line, stdout=PIPE, stderr=PIPE, text=True) as crawl:
            assert press.wait_until_held(GIA_LAI)
            assert crawl.stderr is not None
            while "Báo Đắk Lắk" not in crawl.stderr.readline():
                assert crawl.poll() is None
            crawl.send_signal(signal.SIGINT)
            _, said = crawl.communicate(timeout=20)
        assert crawl.returncode == 130
        assert "Traceback" not in said
        assert desk.json("search", "buôn", "--source", DAK_LAK)
        assert desk.json("status")["failing"] == []
