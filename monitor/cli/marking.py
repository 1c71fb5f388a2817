"""``mark``: a reader's word on a flag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from monitor.cli.app import (
    DEFAULT_CONFIG,
    ConfigOption,
    JsonOption,
    TopicOption,
    app,
    open_watch,
)
from monitor.cli.output import out, print_json, print_table
from monitor.errors import InputError
from monitor.items import Verdict
from monitor.watch import now

if TYPE_CHECKING:
    from monitor.store.article_rows import Mark
    from monitor.watch import Watch


@app.command()
def mark(
    article: Annotated[str | None, typer.Argument(help="An article's number or address.")] = None,
    verdict: Annotated[
        str | None, typer.Argument(help="right or wrong: was it flagged, or left out, rightly?")
    ] = None,
    note: Annotated[str | None, typer.Option(help="Why, in your own words.")] = None,
    topic: TopicOption = None,
    listed: Annotated[bool, typer.Option("--list", help="Show all marks, newest first.")] = False,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Say whether a flag is right or wrong; `diembao eval --marked` measures by it.

    Where there are several topics, --topic says whose flag is meant.
    """
    if listed:
        if article or verdict or note or topic:
            raise InputError("mark --list takes no article, verdict, note or topic")
        with open_watch(config) as watch:
            _list(watch, json=json)
        return
    if article is None or verdict not in get_args(Verdict):
        raise InputError("mark needs an article's number or address, and right or wrong")
    with open_watch(config) as watch:
        stored = watch.store.article(article)
        key = _topic_key(watch, topic)
        kept = watch.store.mark(
            stored.id, cast("Verdict", verdict), topic=key, note=note, now=now()
        )
        if json:
            print_json(kept)
        else:
            out.print(_line(watch, kept))


def _topic_key(watch: Watch, topic: str | None) -> str:
    """The topic that is meant; it need not be said where there is but one."""
    if topic is not None:
        return watch.topic(topic).key
    keys = [one.key for one in watch.topics]
    if len(keys) > 1:
        raise InputError(f"say with --topic whose flag is meant: {', '.join(keys)}")
    return keys[0]


def _list(watch: Watch, *, json: bool) -> None:
    marks = watch.store.marks()
    say = watch.wording.say
    if json:
        print_json(marks)
        return
    if not marks:
        out.print(say("mark.none"))
        return
    columns = ("moment", "topic", "verdict", "label", "title", "note")
    print_table(
        [say(f"mark.column.{column}") for column in columns],
        [_cells(watch, mark) for mark in marks],
    )


def _cells(watch: Watch, mark: Mark) -> tuple[str, ...]:
    say = watch.wording.say
    return (
        watch.wording.moment(mark.marked_at, watch.config.zone),
        mark.topic,
        say(f"mark.verdict.{mark.verdict}"),
        say(f"label.{mark.label}"),
        mark.title,
        mark.note or "",
    )


def _line(watch: Watch, mark: Mark) -> str:
    say = watch.wording.say
    return say(
        "mark.kept",
        title=mark.title,
        label=say(f"label.{mark.label}"),
        verdict=say(f"mark.verdict.{mark.verdict}"),
    )
