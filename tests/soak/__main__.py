"""``python -m tests.soak``: run the month and print its table; exit status 1 for any finding."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from tests.soak.count import count
from tests.soak.month import DRAIN, simulated_month
from tests.soak.table import rows, table

Told = Callable[[datetime, str], None]


def main() -> int:
    """Run it."""
    options = _options()
    out = Console(highlight=False, markup=False)
    folder = options.keep or Path(tempfile.mkdtemp(prefix="diembao-soak-"))
    if folder.exists() and any(folder.iterdir()):
        out.print(f"{folder} is not empty; name another folder", style="red")
        return 2
    started = time.monotonic()
    with (
        _progress(options.days) as told,
        simulated_month(
            folder, days=options.days, kills=options.kills, seed=options.seed, told=told
        ) as month,
    ):
        counted = count(month)
        figures = list(rows(month, counted, seconds=time.monotonic() - started))
    findings = list(counted.findings())
    if options.json:
        document = {"seed": options.seed, "rows": [asdict(row) for row in figures]}
        out.print_json(json.dumps({**document, "findings": findings}))
    else:
        out.print(f"seed {options.seed}, {options.days:g} days")
        out.print(table(figures))
        for line in findings:
            out.print(line, style="red", soft_wrap=True)
    if options.keep or findings:
        Console(stderr=True, highlight=False).print(f"kept: {folder}")
    else:
        shutil.rmtree(folder)
    return 1 if findings else 0


@contextmanager
def _progress(days: float) -> Iterator[Told]:
    """A bar on a terminal, a line a day elsewhere."""
    console = Console(stderr=True, highlight=False)
    total = (timedelta(days=days) + DRAIN).total_seconds()
    began: list[datetime] = []
    if not console.is_terminal:
        started = time.monotonic()

        def tell(at: datetime, what: str) -> None:
            if not began or at.date() != began[-1].date():
                began.append(at)
                console.print(f"{at:%d/%m} after {time.monotonic() - started:.0f} s: {what}")

        yield tell
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=total)

        def draw(at: datetime, what: str) -> None:
            began[1:] = []
            began[:] = began or [at]
            done = (at - began[0]).total_seconds()
            progress.update(task, completed=done, description=f"{at:%d/%m %H:%M} {what}")

        yield draw


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="draws the news and the faults")
    parser.add_argument("--days", type=float, default=30)
    parser.add_argument("--kills", type=int, default=200, help="kill -9 of the service")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="an empty one; it stays")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
