"""A watch of the simulated press, crawled once, for all commands that only look."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from monitor.press import Press, write_watch
from tests.monitor.cli.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Every source was visited once. Tests leave the press and the archive as they are."""
    with Press(now=datetime.now(UTC)) as press:
        desk = Desk(press, write_watch(tmp_path_factory.mktemp("crawled"), press))
        desk.first_crawl = desk.json("crawl")
        yield desk


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Nothing was visited. The tests of a module share it and may change press and archive."""
    with Press(now=datetime.now(UTC)) as press:
        yield Desk(press, write_watch(tmp_path_factory.mktemp("own"), press))


@pytest.fixture(scope="module")
def copied(crawled: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A copy of the crawled watch: its tests may change the archive, not the press."""
    folder = tmp_path_factory.mktemp("copied") / "watch"
    shutil.copytree(crawled.folder, folder)
    desk = Desk(crawled.press, folder / crawled.config.name)
    desk.first_crawl = crawled.first_crawl
    return desk
