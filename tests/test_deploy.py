"""The files of deploy/ name what there is: commands, variables, paths, deadlines, versions."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from crawler.values import parse_duration
from monitor.cli import app
from monitor.config_service import ServiceSettings
from monitor.daemon import STOP_DEADLINE
from monitor.readiness import LONGEST_SILENCE
from monitor.store.connections import PATIENCE
from monitor.timetable import TICK_SECONDS

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "diembao.service"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
PROGRAM = COMPOSE["services"]["diembao"]


class _Settings(dict[str, Any]):
    """systemd lets a key stand more than once: its values are joined by lines."""

    def __setitem__(self, key: str, value: Any) -> None:
        if isinstance(value, list) and isinstance(self.get(key), list):
            value = self[key] + value
        super().__setitem__(key, value)


def unit() -> configparser.SectionProxy:
    parser = configparser.RawConfigParser(strict=False, dict_type=_Settings)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys keep their case
    parser.read_string(UNIT.read_text("utf-8"))
    return parser["Service"]


def span(text: str) -> timedelta:
    return parse_duration(text.replace("min", "m"))


def variables_of_commands() -> set[str]:
    commands = typer.main.get_command(app).commands.values()  # type: ignore[attr-defined]  # a group
    names = {name for command in commands for option in command.params for name in _of(option)}
    return {name for name in names if name.startswith("DIEMBAO_")}


def _of(option: Any) -> list[str]:
    named = option.envvar or []
    return [named] if isinstance(named, str) else list(named)


@pytest.mark.parametrize("text", [UNIT.read_text("utf-8"), DOCKERFILE], ids=["unit", "image"])
def test_every_variable_that_is_set_is_one_that_commands_read(text: str) -> None:
    named = set(re.findall(r"\b(DIEMBAO_\w+)=", text))
    assert named == {"DIEMBAO_CONFIG", "DIEMBAO_LISTEN"} == variables_of_commands()
    [listen] = set(re.findall(r"DIEMBAO_LISTEN=(\S+)", text))
    assert ServiceSettings(listen=listen).listen == listen


def test_the_unit_starts_a_command_that_there_is_in_the_folder_it_may_write() -> None:
    settings = unit()
    program, command = settings["ExecStart"].split()
    assert (Path(program).name, command) == ("diembao", "run")
    folder = f"/var/lib/{settings['StateDirectory']}"
    assert settings["WorkingDirectory"] == folder
    assert f"DIEMBAO_CONFIG={folder}/config.yaml" in settings["Environment"].splitlines()
    sysusers = (DEPLOY / "diembao.sysusers").read_text("utf-8")
    assert re.search(rf"^u {settings['User']} - .* {folder}$", sysusers, re.MULTILINE)


def test_deadlines_leave_room_for_those_of_the_program() -> None:
    settings = unit()
    assert span(settings["TimeoutStopSec"]) > STOP_DEADLINE
    assert span(PROGRAM["stop_grace_period"]) > STOP_DEADLINE
    assert span(settings["WatchdogSec"]) > 4 * (timedelta(seconds=TICK_SECONDS) + PATIENCE)
    assert span(settings["WatchdogSec"]) > LONGEST_SILENCE


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    copy = tmp_path / "diembao.service"
    text = UNIT.read_text("utf-8").replace("/opt/diembao/bin/diembao", sys.executable)
    copy.write_text(text, "utf-8")
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(copy)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (verified.returncode, verified.stdout, verified.stderr) == (0, "", "")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_the_unit_exposes_little() -> None:
    told = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", UNIT],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 0, told.stdout[-300:] + told.stderr


def test_the_image_copies_what_there_is_and_what_docker_may_see() -> None:
    copied = re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.MULTILINE)
    names = [name for line in copied for name in line.split()]
    assert names
    seen = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    for name in names:
        assert (ROOT / name).exists(), name
        assert f"!{name}" in seen, name
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {*wheel["packages"], *wheel["force-include"], *project["project"]["license-files"]}
    assert needed | {project["project"]["readme"], "pyproject.toml"} <= set(names)


def test_the_image_has_a_python_that_the_project_takes_and_no_root() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    [least] = re.findall(r">=3\.(\d+)", project["requires-python"])
    [python] = re.findall(r"^ARG PYTHON=3\.(\d+)$", DOCKERFILE, re.MULTILINE)
    assert int(python) >= int(least)
    [user] = re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)
    assert int(user) > 0
    [extra] = set(re.findall(r"\[(\w+)\]'", DOCKERFILE))
    assert extra in project["optional-dependencies"]


def test_the_image_is_asked_where_it_answers() -> None:
    listen = re.findall(r"DIEMBAO_LISTEN=(\S+)", DOCKERFILE)
    assert re.findall(r"http://(\S+?)/readyz", DOCKERFILE) == listen


@pytest.mark.skipif(not shutil.which("hadolint"), reason="hadolint is not installed")
def test_hadolint_finds_nothing_wrong_with_the_image() -> None:
    linted = subprocess.run(
        ["hadolint", DEPLOY / "Dockerfile"], capture_output=True, text=True, timeout=60, check=False
    )
    assert (linted.returncode, linted.stdout) == (0, "")


def test_the_container_gets_no_more_than_it_needs() -> None:
    assert PROGRAM["read_only"] is True
    assert PROGRAM["cap_drop"] == ["ALL"]
    assert PROGRAM["security_opt"] == ["no-new-privileges:true"]
    assert PROGRAM["build"] == {"context": "..", "dockerfile": "deploy/Dockerfile"}
    [volume] = PROGRAM["volumes"]
    name, folder = volume.split(":")
    assert name in COMPOSE["volumes"]
    assert f"VOLUME {folder}\n" in DOCKERFILE
    assert "ports" not in PROGRAM
