"""``config show``, ``config check`` and ``config init``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tests.monitor.cli.desk import command

SEEDS = Path(__file__).parents[3] / "seeds"
SECRETS = ("mật-khẩu", "hush-hush-7", "4711:bot-secret", "proxy-secret")
SETTINGS = f"""\
seeds: {SEEDS}
crawl: {{delay: 0.5s, interval: 2h}}
digest: {{channels: [file, email, telegram], time: "10:30"}}
email:
  host: smtp.example.org
  username: diembao
  password: hush-hush-7
  sender: "Điểm báo <diembao@example.org>"
  recipients: [an@example.org]
telegram:
  token: "4711:bot-secret"
  chats: [7, "@diembao"]
  proxy: "socks5://an:proxy-secret@proxy.example.org:1080"
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(SETTINGS, encoding="utf-8")
    return path


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_secrets_are_masked_in_every_form(config: Path, form: list[str]) -> None:
    done = command("config", "show", *form, "--config", config)
    assert done.returncode == 0, done.stderr
    assert [secret for secret in SECRETS if secret in done.stdout + done.stderr] == []
    assert done.stdout.count("**********") == 3


def test_a_secret_from_the_environment_is_masked_too(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIEMBAO_TEST_PASSWORD", "hush-hush-8")
    settings = SETTINGS.replace("hush-hush-7", "env:DIEMBAO_TEST_PASSWORD")
    config.write_text(settings, encoding="utf-8")
    done = command("config", "show", "--config", config)
    assert "hush-hush-8" not in done.stdout
    assert "password: '**********'" in done.stdout


def test_settings_are_shown_as_they_are_written_defaults_included(config: Path) -> None:
    shown = yaml.safe_load(command("config", "show", "--config", config).stdout)
    assert shown == json.loads(command("config", "show", "--json", "--config", config).stdout)
    crawl, digest = shown["crawl"], shown["digest"]
    assert (crawl["delay"], crawl["interval"], crawl["deadline"]) == ("0.5s", "2h", "10m")
    assert (digest["time"], digest["give_up"], digest["channels"][0]) == ("10:30", "3d", "file")
    assert shown["database"] == str(config.parent / "data/diembao.db")


def test_what_is_shown_can_be_read_again(config: Path) -> None:
    again = config.with_name("again.yaml")
    shown = command("config", "show", "--config", config).stdout
    again.write_text(shown, encoding="utf-8")
    assert command("config", "show", "--config", again).stdout == shown


def test_a_check_says_what_would_be_watched(config: Path) -> None:
    done = command("config", "check", "--config", config)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Cấu hình đúng: 34 tỉnh, ")
    assert "kênh gửi: file, email, telegram" in done.stdout
    assert not (config.parent / "data").exists()


def test_a_new_watch_is_laid_out_and_good(tmp_path: Path) -> None:
    folder = tmp_path / "nơi mới" / "theo dõi"
    laid_out = command("config", "init", folder)
    assert laid_out.returncode == 0, laid_out.stderr
    assert laid_out.stdout.strip() == str(folder / "config.yaml")
    check = command("config", "check", "--config", folder / "config.yaml")
    assert check.returncode == 0, check.stderr
    assert sorted(seed.name for seed in (folder / "seeds").iterdir()) == sorted(
        seed.name for seed in SEEDS.glob("*.yaml")
    )


def test_a_new_watch_in_the_working_folder_needs_no_argument(tmp_path: Path) -> None:
    assert command("config", "init", cwd=tmp_path).returncode == 0
    assert command("config", "check", cwd=tmp_path).returncode == 0
    assert command("status", cwd=tmp_path).returncode == 0
    assert (tmp_path / "data/diembao.db").is_file()


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    done = command("config", "init", tmp_path / "file" / "watch")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "cannot be written" in done.stderr


def test_the_settings_file_can_be_named_by_the_environment(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIEMBAO_CONFIG", str(config))
    assert "kênh gửi: file, email, telegram" in command("config", "check").stdout
