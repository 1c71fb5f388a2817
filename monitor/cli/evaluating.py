"""``eval``: how good flags and figures are on labelled texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from pydantic import BaseModel, ConfigDict, ValidationError

from monitor.cli.app import (
    DEFAULT_CONFIG,
    ConfigOption,
    JsonOption,
    TopicOption,
    app,
    config_or_defaults,
    open_watch,
)
from monitor.cli.output import out, print_json, print_table
from monitor.errors import InputError
from monitor.evaluation import (
    FigureResult,
    FlagResult,
    GoldFigure,
    JudgedLabel,
    Misfire,
    evaluate_figures,
    evaluate_flags,
    misfires,
)
from monitor.extractor.figures import find_figures
from monitor.extractor.topic import score
from monitor.items import Label
from monitor.topics import load_topics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.items import Figure, Score
    from monitor.store.article_rows import Mark
    from monitor.topics import Topic
    from monitor.watch import Watch


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)
    id: str


class _Text(_Row):
    title: str
    text: str
    label: Label
    published_on: date | None = None


class _Facts(_Row):
    facts: tuple[GoldFigure, ...]


RowKind = TypeVar("RowKind", bound=_Row)


@app.command("eval")
def evaluate(
    texts: Annotated[
        Path | None,
        typer.Argument(help='JSON Lines: {"id", "title", "text", "label", "published_on"?}.'),
    ] = None,
    figures: Annotated[
        Path | None, typer.Option(help='JSON Lines: {"id", "facts": […]}, matched by id.')
    ] = None,
    marked: Annotated[
        bool, typer.Option("--marked", help="The archive's articles as readers have marked them.")
    ] = False,
    topic: TopicOption = None,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Measure flags and figures against labelled texts, or against marks: precision, recall, F1."""
    if marked:
        if texts or figures:
            raise InputError("--marked measures the archive and takes no texts")
        evaluate_marked(config, topic=topic, json=json)
    elif texts:
        _evaluate_texts(texts, figures, topic=topic, config=config, json=json)
    else:
        raise InputError("eval needs a file of texts, or --marked")


def _evaluate_texts(
    texts: Path, figures: Path | None, *, topic: str | None, config: Path, json: bool
) -> None:
    loaded = topic_named(topic, load_topics(config_or_defaults(config).topic, beside=config.parent))
    rows = _rows(texts, _Text)
    gold = {row.id: row.facts for row in _rows(figures, _Facts)} if figures else {}
    flags = evaluate_flags(
        JudgedLabel(id=row.id, found=_score(row, loaded).label, gold=row.label) for row in rows
    )
    found = evaluate_figures({row.id: _figures(row) for row in rows if row.id in gold}, gold)
    if json:
        print_json(evaluation_object(flags, found))
    else:
        print_evaluation(flags, found if figures else None)


def evaluation_object(flags: FlagResult, figures: FigureResult) -> dict[str, object]:
    """What ``eval --json`` prints; other programs build on its keys."""
    return {
        "flags": {**_numbers(flags), "kind": round(flags.kind, 4)},
        "figures": {**_numbers(figures), "strict_f1": round(figures.strict_f1, 4)},
        "wrong": list(flags.wrong),
    }


def _numbers(result: FlagResult | FigureResult) -> dict[str, float]:
    return {
        "tp": result.tp,
        "fp": result.fp,
        "fn": result.fn,
        "precision": round(result.precision, 4),
        "recall": round(result.recall, 4),
        "f1": round(result.f1, 4),
    }


def _score(row: _Text, topic: Topic) -> Score:
    return score(row.title, sapo=None, body=_body(row), topic=topic)


def _figures(row: _Text) -> tuple[Figure, ...]:
    """Read whether the text is flagged or not: a missed flag is counted once, with the flags."""
    return find_figures(_body(row), title=row.title, published_on=row.published_on)


def _body(row: _Text) -> str:
    # Loaded late: what reads pages takes 10 MB, which the service never needs.
    from crawler.pagetext import article_text

    return article_text(row.title, row.text)


def _rows(path: Path, kind: type[RowKind]) -> list[RowKind]:
    """The rows of a JSON Lines file.

    Raises:
        InputError: The file cannot be read, or a line is not such a row.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8") from error
    return [_row(path, number, line, kind) for number, line in enumerate(lines, 1) if line.strip()]


def _row(path: Path, number: int, line: str, kind: type[RowKind]) -> RowKind:
    try:
        return kind.model_validate_json(line)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in fault["loc"])
        reason = f"{key}: {fault['msg']}" if key else fault["msg"]
        raise InputError(f"{path}:{number}: {reason}") from error


def topic_named(key: str | None, topics: Sequence[Topic]) -> Topic:
    """One of several topics; it need not be named where there is but one.

    Raises:
        InputError: There is none of that name, or several to choose from.
    """
    known = {topic.key: topic for topic in topics}
    if key is None and len(topics) == 1:
        return topics[0]
    if key not in known:
        raise InputError(f"say with --topic which is meant: {', '.join(known)}")
    return known[key]


def evaluate_marked(config: Path, *, topic: str | None, json: bool) -> None:
    """Score the marked articles anew and measure that against the marks.

    Args:
        config: The watch's.
        topic: Only the marks of this one; of all that are configured where None.
        json: Whether for programs.
    """
    with open_watch(config) as watch:
        wanted = [watch.topic(topic).key] if topic else [one.key for one in watch.topics]
        marks = [mark for mark in watch.store.marks() if mark.topic in wanted]
        scores = [_score_again(watch, mark) for mark in marks]
        say = watch.wording.say
    flags = evaluate_flags(
        JudgedLabel(id=mark.url, found=score.label, gold=mark.gold)
        for mark, score in zip(marks, scores, strict=True)
    )
    terms = misfires((score, mark.gold) for mark, score in zip(marks, scores, strict=True))
    if json:
        print_json({**evaluation_object(flags, evaluate_figures({}, {})), "terms": terms})
        return
    print_evaluation(flags, None)
    if terms:
        out.print(say("mark.misfired"))
        columns = ("term", "wrong", "right", "weight")
        print_table([say(f"mark.column.{one}") for one in columns], map(_term_cells, terms))


def _score_again(watch: Watch, mark: Mark) -> Score:
    return watch.extract(watch.store.article(mark.article_id).article).scores[mark.topic]


def _term_cells(one: Misfire) -> tuple[str, ...]:
    return one.term, str(one.wrong), str(one.right), f"{one.weight:+.1f}"


def print_evaluation(flags: FlagResult, figures: FigureResult | None) -> None:
    """A table for people."""
    columns = ("", "tp", "fp", "fn", "precision", "recall", "F1", "strict F1")
    rows = [("flags", *_cells(flags), "")]
    if figures is not None:
        rows.append(("figures", *_cells(figures), f"{figures.strict_f1:.3f}"))
    print_table(columns, rows)
    if flags.wrong:
        out.print("wrong: " + ", ".join(flags.wrong))


def _cells(result: FlagResult | FigureResult) -> tuple[str, ...]:
    counts = (str(result.tp), str(result.fp), str(result.fn))
    return (*counts, *(f"{rate:.3f}" for rate in (result.precision, result.recall, result.f1)))
