"""``search``, ``show``, ``status`` and ``sources``: looking into the archive and at the watch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.app import DEFAULT_CONFIG, ConfigOption, JsonOption, app, open_watch
from monitor.cli.article_view import print_stored
from monitor.cli.output import out, print_json, print_table
from monitor.digest import slot_at
from monitor.errors import InputError
from monitor.render.view import failure_in_words
from monitor.watch import now

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.items import Entry
    from monitor.store.rows import EntryState, Hit, SourceState
    from monitor.watch import Watch


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Words to find, with or without tone marks.")],
    limit: Annotated[int, typer.Option(min=1, help="Most results.")] = 20,
    flagged: Annotated[bool, typer.Option("--flagged", help="Only stories of the topic.")] = False,
    source: Annotated[str | None, typer.Option("--source", "-s", help="Only this source.")] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Search the archive, newest first."""
    with open_watch(config) as watch:
        key = watch.source(source).key if source else None
        hits = watch.store.search(" ".join(words), limit=limit, flagged_only=flagged, source=key)
        if json:
            print_json(hits)
            return
        for hit in hits:
            out.print(_hit_line(watch, hit))
            out.print(f"    {hit.excerpt}")
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


@app.command()
def status(config: ConfigOption = DEFAULT_CONFIG, json: JsonOption = False) -> None:
    """Show how the watch is doing: sources in trouble, last crawls, digests, deliveries."""
    with open_watch(config) as watch:
        if json:
            print_json(_status_object(watch))
        else:
            _print_status(watch)


@app.command()
def sources(
    province: Annotated[str | None, typer.Option(help="Only this province.")] = None,
    addresses: Annotated[
        bool, typer.Option("--addresses", help="Every address with its certainty and last answer.")
    ] = False,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """List the sources, how sure their addresses are, and how they last answered."""
    with open_watch(config) as watch:
        states = {state.key: state for state in watch.store.source_states()}
        chosen = [
            source for source in watch.seeds.sources if province in (None, source.province)
        ]
        if province and not chosen:
            raise InputError(f"no source in a province '{province}'; see `diembao sources`")
        if json:
            print_json([{"source": one, "state": states[one.key]} for one in chosen])
            return
        say = watch.wording.say
        if addresses:
            columns = ("source", "address", "way", "certainty", "answer")
            rows = [
                (one.key, entry.url, entry.kind, say(f"certainty.{entry.certainty}"), answer)
                for one in chosen
                for entry, answer in _answers(watch, one.entries, states[one.key])
            ]
        else:
            columns = ("province", "source", "name", "addresses", "answer")
            rows = [
                (
                    one.province or say("digest.nationwide"),
                    one.key,
                    one.name,
                    str(len(one.entries)),
                    _health(watch, states[one.key]),
                )
                for one in chosen
            ]
        print_table([say(f"sources.column.{column}") for column in columns], rows)


def _hit_line(watch: Watch, hit: Hit) -> str:
    day = hit.published_at or hit.found_at
    return " · ".join(
        (
            f"{hit.article_id:>6}",
            watch.wording.day(day.astimezone(watch.config.zone).date()),
            hit.paper,
            watch.wording.say(f"label.{hit.label}"),
            hit.title,
        )
    )


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
        return _failure(watch, state.failure_kind, state.failure_detail)
    return say("sources.answered", count=state.links)


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


def _next_digest_at(watch: Watch) -> datetime:
    config, at = watch.config, now()
    today = at.astimezone(config.zone).date()
    slot = slot_at(today, hour=config.digest.time, zone=config.zone)
    last = watch.store.last_digest()
    if slot > at and (last is None or last.day < today):
        return slot
    tomorrow = today.fromordinal(today.toordinal() + 1)
    return slot_at(tomorrow, hour=config.digest.time, zone=config.zone)


def _status_object(watch: Watch) -> dict[str, object]:
    last = watch.store.last_digest()
    return {
        "watching_since": watch.store.watching_since(),
        "counts": watch.store.counts(),
        "failing": [one for one in watch.store.source_states() if _is_failing(one)],
        "last_digest": last.day if last else None,
        "next_digest_at": _next_digest_at(watch),
        "undelivered": [one for one in watch.store.deliveries() if one.state != "sent"],
        "runs": watch.store.last_runs(5),
    }


def _is_failing(state: SourceState) -> bool:
    return state.watched and state.failing_since_at is not None


def _print_status(watch: Watch) -> None:
    say, zone = watch.wording.say, watch.config.zone
    counts = watch.store.counts()
    since = watch.wording.moment(watch.store.watching_since(), zone)
    out.print(say("status.watching", count=counts.watched, moment=since))
    out.print(say("status.articles", count=counts.articles, flagged=counts.flagged))
    last = watch.store.last_digest()
    if last is None:
        out.print(say("status.no_digest"))
    else:
        stories = say("summary.stories", count=len(last.stories))
        out.print(say("status.last_digest", day=watch.wording.day(last.day), stories=stories))
    out.print(say("status.next_digest", moment=watch.wording.moment(_next_digest_at(watch), zone)))
    undelivered = [one for one in watch.store.deliveries() if one.state != "sent"]
    if undelivered:
        out.print(say("status.unsent", count=len(undelivered)))
    for one in undelivered:
        state = say(f"delivery.{one.state}")
        out.print(f"  {one.channel} · {one.recipient} · {state} · {one.error or ''}".rstrip(" ·"))
    failing = [one for one in watch.store.source_states() if _is_failing(one)]
    out.print(say("status.failing", count=len(failing)) if failing else say("status.all_well"))
    for source in failing:
        assert source.failing_since_at is not None
        since = say("trouble.since", moment=watch.wording.moment(source.failing_since_at, zone))
        reason = _failure(watch, source.failure_kind, source.failure_detail)
        out.print(f"  {source.name}: {reason}, {since}")
