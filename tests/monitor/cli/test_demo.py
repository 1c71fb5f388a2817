"""``demo``: the whole way, once, as somebody sees it who tries diembao first."""

from __future__ import annotations

from pathlib import Path
from subprocess import CompletedProcess

import pytest

from monitor.press.library import load_stories
from tests.monitor.cli.desk import command, command_json
from tests.service import diembao


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[CompletedProcess[str], Path]:
    """A demo in an empty working folder: nothing is prepared for it."""
    empty = tmp_path_factory.mktemp("empty")
    done = diembao("demo", "--folder", "xem thử", cwd=empty)
    return done, empty / "xem thử"


def test_it_flags_exactly_what_the_press_knows_to_be_of_the_topic(
    ran: tuple[CompletedProcess[str], Path],
) -> None:
    done, folder = ran
    gold = {story.title for story in load_stories()[0] if story.label != "none"}
    count = sum(story.label != "none" for story in load_stories()[0])
    hits = command_json(
        "search", "đảng", "--flagged", "--limit", "1000", "--config", folder / "config.yaml"
    )
    assert {hit["title"] for hit in hits} == gold
    assert f"chọn đúng {count}/{count} tin, chọn nhầm 0" in done.stdout
    assert done.returncode == 0, done.stderr


def test_it_writes_the_digest_of_the_day_and_says_where(
    ran: tuple[CompletedProcess[str], Path],
) -> None:
    done, folder = ran
    pages = sorted((folder / "outbox").glob("*.html"))
    assert len(pages) == 1
    status = command_json("status", "--config", folder / "config.yaml")
    assert pages[0].stem == status["last_digest"]
    assert done.stdout.rstrip().endswith(pages[0].name)
    assert "Hội Thương" in pages[0].read_text("utf-8")


def test_it_shows_its_progress_on_standard_error(
    ran: tuple[CompletedProcess[str], Path],
) -> None:
    done, _ = ran
    lines = done.stderr.splitlines()
    assert lines[0] == "Làng báo mô phỏng: 10 trang trên máy này"
    assert "Báo Gia Lai (mô phỏng): 10 bài" in lines
    assert "Traceback" not in done.stderr


def test_its_watch_can_be_looked_into_afterwards(
    ran: tuple[CompletedProcess[str], Path],
) -> None:
    _, folder = ran
    status = command_json("status", "--config", folder / "config.yaml")
    assert status["counts"]["pages_by_state"] == {"read": len(load_stories()[0])}
    assert status["undelivered"] == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    for folder in (tmp_path, tmp_path / "mine.txt"):
        done = command("demo", "--folder", folder)
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
