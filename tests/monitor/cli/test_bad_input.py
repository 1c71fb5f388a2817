"""Whatever is wrong with the input is one line that names it, and exit status 2."""

from __future__ import annotations

from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.monitor.cli.desk import command
from tests.service import diembao

SEED = """\
province: Gia Lai
code: "52"
sources:
  - key: bao-gia-lai
    name: Báo Gia Lai
    kind: paper
    home: https://baogialai.com.vn/
    certainty: seen
    feeds:
      - {url: https://baogialai.com.vn/rss/home.rss, certainty: inferred}
"""


@pytest.fixture
def watch(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "gia-lai.yaml").write_text(SEED, encoding="utf-8")
    (tmp_path / "config.yaml").write_text("language: vi\n", encoding="utf-8")
    return tmp_path


def refused(*arguments: str | Path, cwd: Path) -> str:
    return only_line(command(*arguments, cwd=cwd))


def only_line(done: CompletedProcess[str]) -> str:
    assert done.returncode == 2, (done.stdout, done.stderr)
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("crawl: {dellay: 1s}", "config.yaml:1: crawl.dellay: unknown key, did you mean 'delay'?"),
        ("timezone: Mars/Olympus", "timezone"),
        ("digest: [", "config.yaml"),
        (
            "digest: {channels: [email]}\n"
            "email: {host: h, sender: a@b, recipients: [a@b], username: u}",
            "email.password: is missing",
        ),
        ("topic: khong-co", "khong-co"),
        ("seeds: elsewhere", "elsewhere"),
    ],
)
def test_a_wrong_setting(watch: Path, content: str, said: str) -> None:
    (watch / "config.yaml").write_text(content, encoding="utf-8")
    assert said in refused("config", "check", cwd=watch)


def test_a_wrong_seed_names_file_line_and_key(watch: Path) -> None:
    broken = SEED.replace("    certainty: seen", "    certainty: sure")
    (watch / "seeds" / "gia-lai.yaml").write_text(broken, encoding="utf-8")
    assert "gia-lai.yaml:8: sources[0].certainty" in refused("crawl", cwd=watch)


def test_a_missing_configuration(tmp_path: Path) -> None:
    """In a process of its own, as for whoever starts it in the wrong folder."""
    assert "config.yaml" in only_line(diembao("status", cwd=tmp_path))


def test_a_file_that_is_no_database(watch: Path) -> None:
    (watch / "data").mkdir()
    database = watch / "data" / "diembao.db"
    database.write_bytes(b"not a database at all, but long enough to look at" * 20)
    assert "diembao.db" in refused("status", cwd=watch)
    assert database.read_bytes().startswith(b"not a database")


def test_an_unknown_source_suggests_the_nearest(watch: Path) -> None:
    said = refused("crawl", "--source", "bao-gialai", cwd=watch)
    assert "did you mean 'bao-gia-lai'?" in said


def test_an_address_of_no_source(watch: Path) -> None:
    said = refused("recrawl", "https://example.org/a-1.html", cwd=watch)
    assert "https://example.org/a-1.html" in said


def test_a_recrawl_of_nothing(watch: Path) -> None:
    assert "--source" in refused("recrawl", cwd=watch)
    assert "--since" in refused("recrawl", "--source", "bao-gia-lai", cwd=watch)


def test_an_article_that_is_not_stored(watch: Path) -> None:
    assert "99" in refused("show", "99", cwd=watch)


def test_a_digest_of_tomorrow(watch: Path) -> None:
    assert "2999-01-01" in refused("digest", "--date", "2999-01-01", cwd=watch)


def test_a_page_that_is_no_page(watch: Path) -> None:
    picture = watch / "picture.html"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    assert "picture.html" in refused("read", picture, cwd=watch)
    assert "nowhere.html" in refused("read", "nowhere.html", cwd=watch)


def test_a_page_on_this_machine_is_not_fetched_unless_allowed(watch: Path) -> None:
    said = refused("read", "http://127.0.0.1:9/a-1.html", cwd=watch)
    assert "http://127.0.0.1:9/a-1.html: guard" in said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('{"id": "a", "title": "b"', "texts.jsonl:2"),
        ('{"id": "a", "title": "b", "text": "c", "label": "maybe"}', "label"),
        ('{"id": "a", "text": "c", "label": "main"}', "title"),
    ],
)
def test_a_broken_row_of_labelled_texts(watch: Path, row: str, said: str) -> None:
    good = '{"id": "x", "title": "Kết nạp đảng viên", "text": "", "label": "main"}\n'
    (watch / "texts.jsonl").write_text(good + row + "\n", encoding="utf-8")
    assert said in refused("eval", "texts.jsonl", cwd=watch)


def test_a_folder_that_holds_a_watch_is_not_overwritten(watch: Path) -> None:
    assert "config.yaml" in refused("config", "init", watch, cwd=watch)
    assert (watch / "config.yaml").read_text("utf-8") == "language: vi\n"


@pytest.mark.parametrize("command", ["show", "read"])
def test_a_secret_of_the_settings_is_masked_in_what_is_wrong(watch: Path, command: str) -> None:
    (watch / "config.yaml").write_text("email: {password: chanh-day-2026}\n", "utf-8")
    said = refused(command, "chanh-day-2026", cwd=watch)
    assert "chanh-day" not in said
    assert "**" in said
