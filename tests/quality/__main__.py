"""``python -m tests.quality``: measure every corpus with ``diembao eval``; 1 below a floor."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from tests.quality.corpora import Floors, own_corpora, shared_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.quality.corpora import Corpus

out = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What ``diembao eval --json`` says of one corpus."""

    corpus: str
    texts: int
    floors: Floors
    flags: dict[str, float]
    figures: dict[str, float]
    wrong: list[str]

    def below(self) -> Iterator[str]:
        """Each floor that is not kept, in words."""
        floors, flags, figures = self.floors, self.flags, self.figures
        for name, value, floor in (
            ("flags' precision", flags["precision"], floors.precision),
            ("flags' recall", flags["recall"], floors.recall),
            ("figures' F1", figures["f1"], floors.f1),
            ("figures' strict F1", figures["strict_f1"], floors.strict_f1),
            ("flags' kind", flags["kind"], floors.kind),
        ):
            if floor is not None and value < floor:
                yield f"{self.corpus}: {name} is {value:.3f}, the floor {floor:.3f}"
        if floors.most_false_alarms is not None and flags["fp"] > floors.most_false_alarms:
            yield f"{self.corpus}: {flags['fp']} false alarms, at most {floors.most_false_alarms}"


def main(arguments: list[str] | None = None) -> int:
    """Print the tables and what fell below its floor."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON for comparing runs")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="diembao-quality-") as folder:
        measured = list(_measured(Path(folder)))
    if options.json:
        json.dump([*map(asdict, measured)], sys.stdout, indent=2)
    else:
        _print(measured)
    fallen = [words for one in measured for words in one.below()]
    for words in fallen:
        sys.stderr.write(f"{words}\n")
    return 1 if fallen else 0


def _measured(folder: Path) -> Iterator[Measured]:
    for name, texts, figures, floors in shared_files():
        yield _evaluate(name, texts, figures, floors)
    for number, corpus in enumerate(own_corpora()):
        texts, figures = folder / f"{number}-texts.jsonl", folder / f"{number}-figures.jsonl"
        _write(corpus, texts, figures)
        has_figures = any(text.facts is not None for text in corpus.texts)
        yield _evaluate(corpus.name, texts, figures if has_figures else None, corpus.floors)


def _write(corpus: Corpus, texts: Path, figures: Path) -> None:
    rows = [asdict(text) for text in corpus.texts]
    gold = [{"id": row["id"], "facts": row["facts"]} for row in rows if row["facts"] is not None]
    for path, lines in ((texts, rows), (figures, gold)):
        path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")


def _evaluate(name: str, texts: Path, figures: Path | None, floors: Floors) -> Measured:
    command = [sys.executable, "-m", "monitor", "eval", str(texts), "--json"]
    if figures:
        command += ["--figures", str(figures)]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    said: dict[str, Any] = json.loads(done.stdout)
    return Measured(
        corpus=name,
        texts=sum(1 for line in texts.read_text(encoding="utf-8").split("\n") if line.strip()),
        floors=floors,
        flags=said["flags"],
        figures=said["figures"],
        wrong=said["wrong"],
    )


def _print(measured: list[Measured]) -> None:
    counts = ("tp", "fp", "fn", "precision", "recall", "f1")
    flags = _table("flags (main + part)", "texts", *counts, "kind")
    figures = _table("figures", "gold", *counts, "strict_f1")
    for one in measured:
        if one.floors.judges_flags:
            kinds = one.flags if one.floors.kind is not None else {"kind": "-"}
            cells = (*_cells(one.flags, counts), *_cells(kinds, ("kind",)))
            flags.add_row(one.corpus, str(one.texts), *cells)
        if one.floors.f1 is not None:
            gold = str(int(one.figures["tp"] + one.figures["fn"]))
            figures.add_row(one.corpus, gold, *_cells(one.figures, (*counts, "strict_f1")))
    out.print(flags, figures)
    for one in measured:
        if one.floors.judges_flags and one.wrong:
            out.print(f"{one.corpus}, judged wrongly: {', '.join(one.wrong)}", style="dim")


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, column in enumerate(columns):
        table.add_column(column.replace("_", " "), justify="right" if number else "left")
    return table


def _cells(numbers: Mapping[str, float | str], keys: tuple[str, ...]) -> list[str]:
    values = [numbers[key] for key in keys]
    return [f"{value:.3f}" if isinstance(value, float) else str(value) for value in values]


if __name__ == "__main__":
    sys.exit(main())
