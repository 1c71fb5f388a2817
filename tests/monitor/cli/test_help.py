"""Every command explains itself and stands in both readmes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from monitor.cli.app import app
from tests.monitor.cli.desk import command
from tests.service import diembao

ROOT = Path(__file__).parents[3]
WITHOUT_CONFIG = {"demo", "config init"}
"""They make a watch of their own."""


def leaves(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every command by its full name."""
    for name, one in group.commands.items():
        if hasattr(one, "commands"):
            yield from leaves(one, (*path, name))
        else:
            yield " ".join((*path, name)), one


COMMANDS = dict(leaves(typer.main.get_command(app)))


@pytest.fixture(params=sorted(COMMANDS))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def options(command: Any) -> set[str]:
    return {option for parameter in command.params for option in parameter.opts}


def test_it_says_what_it_is_for(name: str) -> None:
    assert len(COMMANDS[name].help.strip()) > 20


def test_every_option_and_argument_is_explained(name: str) -> None:
    assert [one.name for one in COMMANDS[name].params if not one.help] == []


def test_it_takes_the_settings_file(name: str) -> None:
    assert ("--config" in options(COMMANDS[name])) == (name not in WITHOUT_CONFIG)


@pytest.mark.parametrize("readme", ["README.md", "README.vi.md"])
def test_it_stands_in_the_readme(name: str, readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    group, _, leaf = name.rpartition(" ")
    assert re.search(rf"`diembao {group}[^`]*\b{leaf}\b[^`]*`", text)


def test_the_options_that_a_readme_names_exist() -> None:
    of_others = {"--now", "--rm"}  # systemctl's, docker compose's
    known = set().union(*map(options, COMMANDS.values()), {"--help"}, of_others)
    for readme in ("README.md", "README.vi.md"):
        named = set(
            re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*", (ROOT / readme).read_text("utf-8"))
        )
        assert named <= known


def test_help_is_printed_for_the_whole_and_for_a_part() -> None:
    whole = diembao("--help")
    assert whole.returncode == 0
    assert [name for name in COMMANDS if name.split()[0] not in whole.stdout] == []
    part = command("config", "show", "--help")
    assert "Print the settings in force" in part.stdout
    assert command("crawl", "--help").stdout.startswith("Usage: ")


def test_without_arguments_it_explains_itself() -> None:
    done = command()
    assert "Usage: " in done.stdout + done.stderr
    assert "digest" in done.stdout + done.stderr
