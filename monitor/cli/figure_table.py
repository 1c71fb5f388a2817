"""The figures of one article as a table to copy into a report, and the sentences they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.cli.output import out, print_table
from monitor.render.figures import by_organisation, days_in_words, value_in_words
from monitor.render.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.items import Figure
    from monitor.wording import Wording

_COLUMNS = ("org", "metric", "value", "period", "days", "note", "sentence")


def print_figures(figures: Sequence[Figure], *, wording: Wording) -> None:
    """Print figures under their organisations, then the sentences their numbers point at.

    Columns that no figure fills are left out.
    """
    if not figures:
        return
    numbers = _sentence_numbers(figures)
    rows = [
        _row(figure, org if is_first else "", number=numbers[figure.evidence], wording=wording)
        for org, group in by_organisation(figures, wording=wording).items()
        for is_first, figure in zip([True, *[False] * len(group)], group, strict=False)
    ]
    filled = [index for index in range(len(_COLUMNS)) if any(row[index] for row in rows)]
    columns = [wording.say(f"figure.column.{_COLUMNS[index]}") for index in filled]
    out.print("")
    print_table(columns, [[row[index] for index in filled] for row in rows])
    out.print("")
    for sentence, number in numbers.items():
        out.print(f"[{number}] {one_line(sentence)}")


def _sentence_numbers(figures: Sequence[Figure]) -> dict[str, int]:
    sentences = dict.fromkeys(figure.evidence for figure in figures)
    return {sentence: number for number, sentence in enumerate(sentences, 1)}


def _row(figure: Figure, org: str, *, number: int, wording: Wording) -> tuple[str, ...]:
    return (
        org,
        wording.say(f"metric.{figure.metric}"),
        value_in_words(figure, wording=wording),
        one_line(figure.period or ""),
        days_in_words(figure, wording=wording),
        one_line(figure.note or ""),
        f"[{number}]",
    )
