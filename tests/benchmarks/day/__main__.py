"""``python -m tests.benchmarks.day``: run the simulated day and print its figures."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks.day.figures import Figures, measure, median, poll_feeds
from tests.benchmarks.day.run import simulated_day


def main() -> None:
    """Run the day; figures are printed and never judged."""
    progress, out = Console(stderr=True, highlight=False), Console(highlight=False)
    started = time.monotonic()

    def told(at: datetime) -> None:
        progress.print(f"{at:%d/%m %H:%M} after {time.monotonic() - started:.0f} s", style="dim")

    with (
        tempfile.TemporaryDirectory(prefix="diembao-day-") as name,
        simulated_day(Path(name), told=told) as day,
    ):
        seconds = time.monotonic() - started
        ours, polling = measure(day), poll_feeds(day)
    out.print(f"{len(day.sites)} sites, {ours.published:,} articles, run in {seconds:.0f} s")
    out.print(_table(ours, polling))
    for kind, count in sorted(ours.rude.items()):
        out.print(f"{kind}: {count}")
    if not ours.rude:
        out.print("no rule of manners was broken")
    for key, count in sorted(Counter(piece.paper for piece in ours.missed).items()):
        out.print(f"missed at {key} ({day.sites[key].paper}): {count}")


def _table(ours: Figures, polling: Figures) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("figure", "diembao", "feeds every 15 minutes"):
        table.add_column(column, justify="left" if column == "figure" else "right")
    for (name, value), (_, other) in zip(_rows(ours), _rows(polling), strict=True):
        table.add_row(name, value, other)
    return table


def _rows(one: Figures) -> list[tuple[str, str]]:
    sites = sorted(one.by_site.values())
    return [
        ("recall of published articles", f"{one.recall:.4f}"),
        ("page requests a new article", f"{one.pages / max(one.found, 1):.3f}"),
        ("requests a new article", f"{one.requests / max(one.found, 1):.2f}"),
        ("polls of feeds, sitemaps, listings", f"{one.polls:,}"),
        ("of them unchanged (304)", f"{one.unchanged / max(one.polls, 1):.1%}"),
        ("of those with nothing new", f"{one.unchanged / max(one.repeated, 1):.1%}"),
        ("published to stored, median", _minutes(one.delay(0.5))),
        ("published to stored, p95", _minutes(one.delay(0.95))),
        ("p95, busy papers", _minutes(one.delay(0.95, "busy"))),
        ("p95, other papers", _minutes(one.delay(0.95, "paper"))),
        ("p95, portals", _minutes(one.delay(0.95, "portal"))),
        ("requests a site, median", f"{median(sites):,.0f}" if sites else "–"),
        ("requests a site, most", f"{sites[-1]:,}" if sites else "–"),
        ("largest burst", str(one.largest_burst) if sites else "–"),
    ]


def _minutes(delay: timedelta) -> str:
    return f"{delay.total_seconds() / 60:.1f} min"


if __name__ == "__main__":
    main()
