"""What is measured, and how: a number with its unit, from work that is repeated."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Item = TypeVar("Item")

_LEAST_PASSES = 3


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One line of the table."""

    name: str
    """Stable, for comparing runs."""
    value: float
    unit: str
    about: str
    """What was done, with its size."""


@dataclass(frozen=True, kw_only=True)
class Effort:
    """How much is done; the defaults take about a minute on two cores."""

    cpu_seconds: float = 4.0
    """For each measure that repeats its work."""
    rows: int = 20_000
    """Articles in the archive that is searched."""
    pages: int = 100
    """Pages in the mix that is read, and at most of each set that readers are compared on."""


def per_cpu_second(
    work: Callable[[Item], object], items: Sequence[Item], *, effort: Effort
) -> float:
    """How many items are worked through in a second of this process's CPU time."""
    count, started = 0, time.process_time()
    while time.process_time() - started < effort.cpu_seconds:
        for item in items:
            work(item)
        count += len(items)
    return count / (time.process_time() - started)


def best_rate(work: Callable[[Item], object], items: Sequence[Item], *, effort: Effort) -> float:
    """The same from the quickest of several passes over each item.

    What else a busy machine does at the time makes a pass slower and never quicker.
    """
    quickest = [float("inf")] * len(items)
    passes, begun = 0, time.process_time()
    while passes < _LEAST_PASSES or time.process_time() - begun < effort.cpu_seconds:
        for place, item in enumerate(items):
            started = time.process_time()
            work(item)
            quickest[place] = min(quickest[place], time.process_time() - started)
        passes += 1
    return len(items) / sum(quickest)


def milliseconds(work: Callable[[], object], *, times: int) -> list[float]:
    """How long each of several runs takes."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def median(values: Sequence[float]) -> float:
    """The value in the middle: a pause of the machine does not move it."""
    return statistics.median(values)
