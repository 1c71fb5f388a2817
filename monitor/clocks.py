"""Notices that the wall clock was set, or that the machine slept."""

from __future__ import annotations

from datetime import datetime, timedelta

TELLING = timedelta(seconds=30)
"""A jump of less is a clock being kept right."""


class JumpWatch:
    """Compares the wall clock with one that only goes forward, and stands still in sleep.

    Args:
        at: The wall clock's time.
        monotonic: Seconds of the other clock, at the same moment.
    """

    def __init__(self, at: datetime, *, monotonic: float) -> None:
        self._at = at
        self._monotonic = monotonic

    def jump(self, at: datetime, *, monotonic: float) -> timedelta:
        """By how much the wall clock went ahead (or, below zero, back) beyond what passed.

        Args:
            at: The wall clock's time.
            monotonic: Seconds of the other clock, at the same moment.

        Returns:
            Since the last call; zero where it is not worth telling.
        """
        passed = timedelta(seconds=monotonic - self._monotonic)
        jumped = at - self._at - passed
        self._at, self._monotonic = at, monotonic
        return jumped if abs(jumped) >= TELLING else timedelta()
