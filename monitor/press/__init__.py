"""A simulated provincial press on loopback, behind the demo, the tests and the benchmarks."""

from __future__ import annotations

from monitor.press.items import ExpectedFigure, Request, Story, TruthRow
from monitor.press.press import Press
from monitor.press.watch import write_watch

__all__ = ["ExpectedFigure", "Press", "Request", "Story", "TruthRow", "write_watch"]
