"""``search``, ``show`` and ``sources``: looking into the archive and at what is watched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.app import (
    DEFAULT_CONFIG,
    ConfigOption,
    JsonOption,
    TopicOption,
    app,
    open_watch,
)
from monitor.cli.article_view import print_stored
from monitor.cli.certificate_notes import certificate_lines
from monitor.cli.output import out, print_json, print_table
from monitor.cli.place_option import PlaceOption, asked_place, print_asked
from monitor.errors import InputError
from monitor.render.proof import failure_in_words

if TYPE_CHECKING:
    from crawler.items import Entry, Source
    from monitor.store.article_rows import Hit
    from monitor.store.rows import EntryState, SourceState
    from monitor.watch import Watch


@app.command()
def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(help="Words to find, with or without tone marks; none with --place."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Most results.")] = 20,
    flagged: Annotated[bool, typer.Option("--flagged", help="Only stories.")] = False,
    topic: TopicOption = None,
    source: Annotated[str | None, typer.Option("--source", "-s", help="Only this source.")] = None,
    place: PlaceOption = None,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Search the archive, newest first.

    A place finds articles about it under its old and new names: Bắc Kạn those of the province
    and of the communes that came from it, a commune of today those of what it was made of.
    """
    if not words and place is None:
        raise InputError("name words to find, a --place, or both")
    asked = asked_place(place) if place is not None else None
    with open_watch(config) as watch:
        chosen: dict[str, Any] = {
            "limit": limit,
            "flagged_only": flagged,
            "topic": watch.topic(topic).key if topic else None,
            "source": watch.source(source).key if source else None,
            "units": asked.codes if asked else None,
        }
        if words:
            hits = watch.store.search(" ".join(words), **chosen)
        else:
            hits = watch.store.latest(**chosen)
        if json:
            print_json(hits)
            return
        if asked is not None:
            print_asked(watch, asked)
        for hit in hits:
            out.print(_hit_line(watch, hit))
            out.print(f"    {' '.join(hit.excerpt.split())}")
        out.print(watch.wording.say("search.found", count=len(hits)))


@app.command()
def show(
    article: Annotated[str, typer.Argument(help="An article's number or address.")],
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Show one stored article: text, score and reasons, figures, revisions."""
    with open_watch(config) as watch:
        stored = watch.store.article(article)
        if json:
            print_json(stored)
        else:
            print_stored(stored, watch.wording, watch.config.zone)


sources_app = typer.Typer(help="The sources: list, add, check, exchange.")
app.add_typer(sources_app, name="sources")


@sources_app.callback(invoke_without_command=True)
def sources(
    context: typer.Context,
    province: Annotated[str | None, typer.Option(help="Only this province.")] = None,
    addresses: Annotated[
        bool, typer.Option("--addresses", help="Every address with its certainty and last answer.")
    ] = False,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """List the sources, how sure their addresses are, and how they last answered."""
    if context.invoked_subcommand is not None:
        return
    with open_watch(config) as watch:
        states = {state.key: state for state in watch.store.source_states()}
        chosen = [source for source in watch.seeds.sources if province in (None, source.province)]
        if province and not chosen:
            raise InputError(f"no source in a province '{province}'; see `diembao sources`")
        if json:
            print_json([{"source": one, "state": states[one.key]} for one in chosen])
            return
        if addresses:
            _print_addresses(watch, chosen, states)
        else:
            _print_sources(watch, chosen, states)
        for line in certificate_lines(watch, chosen):
            out.print(line)


def _print_sources(watch: Watch, chosen: list[Source], states: dict[str, SourceState]) -> None:
    say = watch.wording.say
    columns = ("province", "source", "name", "addresses", "answer")
    print_table(
        [say(f"sources.column.{column}") for column in columns],
        [
            (
                one.province or say("digest.nationwide"),
                one.key,
                one.name,
                str(len(one.entries)),
                _health(watch, states[one.key]),
            )
            for one in chosen
        ],
    )


def _print_addresses(watch: Watch, chosen: list[Source], states: dict[str, SourceState]) -> None:
    say = watch.wording.say
    columns = ("source", "address", "way", "certainty", "answer")
    print_table(
        [say(f"sources.column.{column}") for column in columns],
        [
            (one.key, entry.url, str(entry.kind), say(f"certainty.{entry.certainty}"), answer)
            for one in chosen
            for entry, answer in _answers(watch, one.entries, states[one.key])
        ],
    )


def _hit_line(watch: Watch, hit: Hit) -> str:
    day = hit.published_at or hit.found_at
    parts = [
        f"{hit.article_id:>6}",
        watch.wording.day(day.astimezone(watch.config.zone).date()),
        hit.paper,
        watch.wording.say(f"label.{hit.label}"),
        hit.title,
    ]
    if hit.place.unit:
        parts.append(hit.place.unit)
    if hit.copies:
        parts.append(watch.wording.say("search.copies", count=len(hit.copies)))
    return " · ".join(parts)


def _answers(
    watch: Watch, entries: tuple[Entry, ...], state: SourceState
) -> list[tuple[Entry, str]]:
    by_url = {entry.url: entry for entry in state.entries}
    return [(entry, _answer(watch, by_url.get(entry.url))) for entry in entries]


def _answer(watch: Watch, state: EntryState | None) -> str:
    say = watch.wording.say
    if state is None or state.outcome is None:
        return say("status.never")
    if state.outcome == "failed":
        answer = _failure(watch, state.failure_kind, state.failure_detail)
    elif state.outcome == "unchanged":
        answer = say("sources.unchanged")
    else:
        answer = say("sources.answered", count=state.links)
    parts = [answer]
    if state.reaches_back is False:
        parts.append(say("sources.short"))
    if state.asked_because not in (None, "main"):
        parts.append(say(f"sources.asked.{state.asked_because}"))
    return " · ".join(parts)


def _health(watch: Watch, state: SourceState) -> str:
    say = watch.wording.say
    if not state.watched:
        return say("sources.unwatched")
    if state.failing_since_at is not None:
        return _failure(watch, state.failure_kind, state.failure_detail)
    if state.last_success_at is None:
        return say("status.never")
    return watch.wording.moment(state.last_success_at, watch.config.zone)


def _failure(watch: Watch, kind: str | None, detail: str | None) -> str:
    return failure_in_words(kind or "stopped", detail or "", wording=watch.wording)
