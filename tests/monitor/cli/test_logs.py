from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.cli.logs import set_up_logging
from monitor.config import load_config

SETTINGS = """
log: {{format: {form}}}
email: {{password: chanh-day-2026}}
telegram: {{token: "123456789:AAE-bi_mat_cua_bot_0123456789"}}
"""


@pytest.fixture(autouse=True)
def _root_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    for handler in handlers:
        root.removeHandler(handler)
    yield
    for handler in list(root.handlers):
        root.removeHandler(handler)
    for handler in handlers:
        root.addHandler(handler)
    root.setLevel(level)


def log_as(form: str, folder: Path) -> logging.Logger:
    path = folder / "config.yaml"
    path.write_text(SETTINGS.format(form=form), encoding="utf-8")
    set_up_logging(load_config(path))
    return logging.getLogger("monitor.test")


def fail_with_secrets() -> None:
    try:
        raise ConnectionError("login with chanh-day-2026 refused")
    except ConnectionError as error:
        url = "https://api.telegram.org/bot123456789:AAE-bi_mat_cua_bot_0123456789/getMe"
        raise RuntimeError(f"POST {url} failed") from error


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_secret_leaves_in_message_argument_field_or_traceback(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = log_as(form, tmp_path)
    try:
        fail_with_secrets()
    except RuntimeError:
        log.exception(
            "sending with %s failed", "chanh-day-2026", extra={"tried": ["chanh-day-2026"]}
        )
    said = capsys.readouterr().err
    assert "chanh-day" not in said
    assert "bi_mat" not in said
    assert "ConnectionError" in said
    assert "RuntimeError" in said


def test_json_lines_are_one_object_each_with_fields_and_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = log_as("json", tmp_path)
    log.info("digest %s recorded", "2026-11-21", extra={"stories": 9, "day": "thứ Bảy"})
    try:
        fail_with_secrets()
    except RuntimeError:
        log.exception("failed\nover two lines")
    first, second = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert first["message"] == "digest 2026-11-21 recorded"
    assert (first["level"], first["logger"]) == ("info", "monitor.test")
    assert (first["stories"], first["day"]) == (9, "thứ Bảy")
    assert first["at"].endswith("+00:00")
    assert second["traceback"].startswith("Traceback")


def test_text_lines_show_the_reader_s_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log_as("text", tmp_path).warning("cần xem lại")
    [line] = capsys.readouterr().err.splitlines()
    assert line.endswith("WARNING cần xem lại")


def test_a_job_that_still_runs_at_its_next_time_is_no_news(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log_as("text", tmp_path)
    scheduler = logging.getLogger("apscheduler.scheduler")
    scheduler.warning("Execution of job skipped: maximum number of running instances reached")
    scheduler.error("Error notifying listener")
    assert capsys.readouterr().err.count("\n") == 1
