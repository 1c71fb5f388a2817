"""A press with a fixed clock, and a client that follows no redirect and hides no header."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import httpx
import pytest

from monitor.press import Press

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    """One press for all tests of a module that change nothing."""
    with Press(now=NOW) as running:
        yield running


@pytest.fixture
def own_press() -> Iterator[Press]:
    """A press of the test's own, to break and change."""
    with Press(now=NOW, hang_limit=timedelta(seconds=20)) as running:
        yield running


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=5, trust_env=False) as opened:
        yield opened
