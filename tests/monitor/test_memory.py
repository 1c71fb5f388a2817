"""What the service uses no longer is the machine's again."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pytest

from monitor.memory import give_back_memory

MEGABYTE = 1_000_000
STATUS = Path("/proc/self/status")

needs_glibc = pytest.mark.skipif(
    not STATUS.exists() or not hasattr(ctypes.CDLL(None), "malloc_trim"),
    reason="only glibc keeps such memory",
)


def _resident_bytes() -> int:
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024


@needs_glibc
def test_what_was_freed_between_things_in_use_is_given_back() -> None:
    taken = [bytes(2_000) for _ in range(30_000)]
    in_use = taken[::1_000]
    del taken
    before = _resident_bytes()
    give_back_memory()
    assert before - _resident_bytes() > 30 * MEGABYTE
    assert len(in_use) == 30
