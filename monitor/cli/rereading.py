"""``reread``: archived pages read with today's code, topic and sources, without the network."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from monitor.cli.app import DEFAULT_CONFIG, ConfigOption, JsonOption, app, open_watch
from monitor.cli.output import notes, out, print_json
from monitor.cli.reread_view import change_lines, change_object
from monitor.reread import Reread, write_rereads
from monitor.reread import reread as read_again
from monitor.watch import now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.watch import Watch


@dataclass
class _Outcome:
    """What reading again has brought so far; unchanged articles are only counted."""

    from_archive: int = 0
    from_text: int = 0
    changes: list[Reread] = field(default_factory=list)
    troubles: list[Reread] = field(default_factory=list)
    written: int = 0

    def add(self, one: Reread) -> None:
        self.from_archive += one.is_from_archive
        self.from_text += not one.is_from_archive
        if one.is_change:
            self.changes.append(one)
        if one.trouble is not None:
            self.troubles.append(one)

    @property
    def gained(self) -> list[int]:
        return [one.before.id for one in self.changes if one.is_gained]

    @property
    def lost(self) -> list[int]:
        return [one.before.id for one in self.changes if one.is_lost]


@app.command()
def reread(
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Published on or after this day.")
    ] = None,
    source: Annotated[
        list[str] | None, typer.Option("--source", "-s", help="A source's key; may be repeated.")
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Write the changes; without it they are only shown.")
    ] = False,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Read and score archived pages again, without the network, and show what changes.

    Where the archive holds a page no longer, its stored text is scored again. Pages off topic
    were never archived: `recrawl` fetches them. Nothing is written without --apply, or a yes
    at the terminal.
    """
    with open_watch(config) as watch:
        keys = [watch.source(key).key for key in source or ()]
        local_since = since.replace(tzinfo=watch.config.zone) if since else None
        ids = watch.store.article_ids(since=local_since, sources=keys)
        outcome = _Outcome()
        for article_id in _with_progress(watch, ids):
            outcome.add(read_again(watch, article_id))
        if not json:
            _print(watch, outcome)
        if outcome.changes and (apply or (not json and _says_yes(watch))):
            outcome.written = write_rereads(watch, outcome.changes, now=now())
        if json:
            print_json(reread_object(outcome))
        else:
            _print_end(watch, outcome)


def reread_object(outcome: _Outcome) -> dict[str, Any]:
    """What ``reread --json`` prints; other programs build on its keys."""
    return {
        "from_archive": outcome.from_archive,
        "from_text": outcome.from_text,
        "gained": outcome.gained,
        "lost": outcome.lost,
        "changes": [change_object(one) for one in outcome.changes],
        "troubles": [
            {"id": one.before.id, "url": one.before.article.url, "reason": one.trouble}
            for one in outcome.troubles
        ],
        "written": outcome.written,
    }


def _with_progress(watch: Watch, ids: list[int]) -> Iterator[int]:
    if not notes.is_terminal:
        notes.print(watch.wording.say("reread.starting", count=len(ids)))
        yield from ids
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
    )
    with Progress(*columns, TimeElapsedColumn(), console=notes, transient=True) as bar:
        yield from bar.track(ids, description=watch.wording.say("reread.starting", count=len(ids)))


def _print(watch: Watch, outcome: _Outcome) -> None:
    say = watch.wording.say
    for one in outcome.troubles:
        notes.print(f"{one.before.article.url}: {one.trouble}")
    for one in outcome.changes:
        for line in change_lines(one, wording=watch.wording, zone=watch.config.zone):
            out.print(line)
    silent = sum(not one.is_telling for one in outcome.changes)
    parts = [
        say("reread.archive", count=outcome.from_archive),
        say("reread.text", count=outcome.from_text),
        say("reread.changed", count=len(outcome.changes) - silent),
        say("reread.silent", count=silent),
        say("reread.stories", gained=len(outcome.gained), lost=len(outcome.lost)),
    ]
    out.print(" · ".join(parts))


def _print_end(watch: Watch, outcome: _Outcome) -> None:
    if outcome.written:
        out.print(watch.wording.say("reread.written", count=outcome.written))
    elif outcome.changes:
        out.print(watch.wording.say("reread.not_written"))


def _says_yes(watch: Watch) -> bool:
    """Asked at a terminal only: a script that does not say --apply writes nothing."""
    if not (sys.stdin.isatty() and out.is_terminal):
        return False
    return typer.confirm(watch.wording.say("reread.confirm"), default=False)
