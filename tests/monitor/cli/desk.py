"""The desk of somebody who uses the command line: a press, a watch of it, and commands."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys
from subprocess import CompletedProcess
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from monitor.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from monitor.press import Press


def command(*arguments: str | Path, cwd: Path | None = None) -> CompletedProcess[str]:
    """Run a command as ``tests.service.diembao`` does, in this process: that is far quicker."""
    words = ["diembao", *map(str, arguments)]
    out, err, status = io.StringIO(), io.StringIO(), 0
    with (
        patch.object(sys, "argv", words),
        contextlib.chdir(cwd or "."),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        _own_log(),
    ):
        try:
            main()
        except SystemExit as end:
            status = int(end.code or 0)
    return CompletedProcess(words, status, out.getvalue(), err.getvalue())


def command_json(*arguments: str | Path) -> Any:
    """Run a command with ``--json`` and read its answer."""
    done = command(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@contextlib.contextmanager
def _own_log() -> Iterator[None]:
    """Give back the log that a command has set up for itself."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers.clear()
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


class Desk:
    """Runs commands with the watch's configuration.

    Args:
        press: What is watched.
        config: The watch's config.yaml.
    """

    def __init__(self, press: Press, config: Path) -> None:
        self.press = press
        self.config = config
        self.first_crawl: Any = None
        """What ``crawl --json`` printed when the watch was new."""

    @property
    def folder(self) -> Path:
        return self.config.parent

    def run(self, *arguments: str | Path) -> CompletedProcess[str]:
        """Run a command that must succeed."""
        done = command(*arguments, "--config", self.config)
        assert done.returncode == 0, done.stderr
        return done

    def says(self, *arguments: str | Path) -> str:
        """What a command prints."""
        return self.run(*arguments).stdout

    def json(self, *arguments: str | Path) -> Any:
        """What a command prints with ``--json``."""
        return command_json(*arguments, "--config", self.config)

    def shown(self, story: str) -> Any:
        """What is stored of a story of the press."""
        return self.json("show", self.press.url(story))
