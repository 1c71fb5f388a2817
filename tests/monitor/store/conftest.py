from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor.store import Store
from tests.monitor.store.builders import HOUR, NOON, source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A new database that watches Báo Gia Lai since eleven."""
    with Store.open(tmp_path / "diembao.sqlite3", now=NOON - HOUR) as opened:
        opened.sync_sources([source()], now=NOON - HOUR)
        yield opened
