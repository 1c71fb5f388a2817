from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.clocks import JumpWatch

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "jump"), [(5, 0), (9, 0), (-10, 0), (3 * 3600 + 5, 3 * 3600), (-7195, -7200)]
)
def test_a_jump_is_what_the_wall_clock_gained_or_lost(seconds: float, jump: float) -> None:
    watch = JumpWatch(NOON, monotonic=100.0)
    jumped = watch.jump(NOON + timedelta(seconds=seconds), monotonic=105.0)
    assert jumped == timedelta(seconds=jump)


def test_a_jump_is_told_once() -> None:
    watch = JumpWatch(NOON, monotonic=0.0)
    assert watch.jump(NOON - timedelta(hours=2), monotonic=5.0)
    assert not watch.jump(NOON - timedelta(hours=2) + timedelta(seconds=5), monotonic=10.0)
