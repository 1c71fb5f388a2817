"""``python -m tests.benchmarks``: measure, and print a small table or JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from tests.benchmarks.archive import measure_archive
from tests.benchmarks.library import Library
from tests.benchmarks.measures import Effort
from tests.benchmarks.processes import measure_processes
from tests.benchmarks.reading import compare_readers, measure_reading, table_of_readers
from tests.benchmarks.texts import measure_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.measures import Measure


_WIDTH = 120


def main(arguments: list[str] | None = None) -> int:
    """Run all benchmarks; numbers are printed and never judged."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON for comparing runs")
    parser.add_argument(
        "--seconds", type=float, default=Effort.cpu_seconds, help="CPU seconds a measure"
    )
    parser.add_argument(
        "--rows", type=int, default=Effort.rows, help="articles in the searched archive"
    )
    parser.add_argument("--pages", type=int, default=Effort.pages, help="pages that are read")
    options = parser.parse_args(arguments)
    effort = Effort(cpu_seconds=options.seconds, rows=options.rows, pages=options.pages)
    measures, comparisons = list(_measured(effort)), list(compare_readers(effort))
    if options.json:
        json.dump(
            {
                "machine": machine(),
                "measures": [*map(asdict, measures)],
                "readers": [one.as_dict() for one in comparisons],
            },
            sys.stdout,
            indent=2,
        )
        sys.stdout.write("\n")
    else:
        _print(measures)
        _console().print(table_of_readers(comparisons, measures))
    return 0


def machine() -> dict[str, str | int]:
    """What the numbers depend on most."""
    return {
        "python": platform.python_version(),
        "system": platform.platform(terse=True),
        "cores": os.cpu_count() or 1,
    }


def _measured(effort: Effort) -> Iterator[Measure]:
    progress = Console(stderr=True, highlight=False)
    with tempfile.TemporaryDirectory(prefix="diembao-bench-") as name:
        folder = Path(name)
        library = Library(folder)
        for measures in (
            measure_texts(library, effort),
            measure_reading(library, effort),
            measure_archive(library, folder, effort),
            measure_processes(folder),
        ):
            for measure in measures:
                progress.print(f"{measure.name} done", style="dim")
                yield measure


def _console() -> Console:
    """As wide as the tables need where the output is no terminal."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH)


def _print(measures: list[Measure]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("measure", "value", "unit", "what was done"):
        table.add_column(column, justify="right" if column == "value" else "left")
    for one in measures:
        table.add_row(one.name, f"{one.value:,.1f}", one.unit, one.about)
    out = _console()
    out.print(" · ".join(f"{key} {value}" for key, value in machine().items()))
    out.print(table)


if __name__ == "__main__":
    sys.exit(main())
