"""``progress``: what organisations admitted of what they set out to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.app import DEFAULT_CONFIG, ConfigOption, JsonOption, app, open_watch
from monitor.cli.output import out, print_json
from monitor.cli.place_option import PlaceOption, asked_place, print_asked
from monitor.errors import InputError
from monitor.extractor.text import without_marks
from monitor.progress import progress
from monitor.render.figures import value_in_words
from monitor.render.plain import name_of, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.progress import Progress, Told
    from monitor.watch import Watch


@app.command("progress")
def show_progress(
    org: Annotated[
        list[str] | None, typer.Argument(help="Words of the organisation's name; all by default.")
    ] = None,
    year: Annotated[
        int | None, typer.Option(min=1930, max=2200, help="Only periods that touch this year.")
    ] = None,
    province: Annotated[str | None, typer.Option(help="Only this province, today's name.")] = None,
    place: PlaceOption = None,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Compare admissions with targets, organisation by organisation, each with its sentence."""
    asked = asked_place(place) if place is not None else None
    with open_watch(config) as watch:
        if province and province not in {one.name for one in watch.seeds.provinces}:
            raise InputError(f"no province '{province}'; see `diembao sources`")
        told = watch.store.told_figures(
            province=province,
            units=asked.codes if asked else None,
            since=date(year, 1, 1) if year else None,
            until=date(year, 12, 31) if year else None,
        )
        found = [pair for pair in progress(told) if _is_meant(pair, " ".join(org or ()))]
        if json:
            print_json([as_object(pair) for pair in found])
            return
        if asked is not None:
            print_asked(watch, asked)
        for pair in found:
            for line in _lines(pair, watch):
                out.print(line)
        out.print(watch.wording.say("progress.found", count=len(found)))


def as_object(pair: Progress) -> dict[str, object]:
    """What ``progress --json`` prints of one organisation."""
    return {
        "org": pair.org,
        "province": pair.province,
        "period": pair.period,
        "period_from": pair.period_from,
        "period_to": pair.period_to,
        "low_share": pair.low_share,
        "high_share": pair.high_share,
        "is_contradicted": pair.is_contradicted,
        "is_mixed": pair.is_mixed,
        "targets": pair.targets,
        "admitted": pair.admitted,
    }


def _is_meant(pair: Progress, org: str) -> bool:
    return set(_words(org)) <= set(_words(pair.org))


def _words(name: str) -> list[str]:
    return without_marks(name).split()


def _lines(pair: Progress, watch: Watch) -> Iterator[str]:
    say = watch.wording.say
    where = ", ".join(one_line(part) for part in (pair.org, pair.province) if part)
    parts = [
        say("progress.admitted", value=_values(pair.admitted, watch)),
        say("progress.target", value=_values(pair.targets, watch)),
        _share(pair, watch),
    ]
    period = f" · {one_line(pair.period)}" if pair.period else ""
    out_of_step = [
        say(f"progress.{key}")
        for key, holds in (("contradicted", pair.is_contradicted), ("mixed", pair.is_mixed))
        if holds
    ]
    yield f"{where}{period}: {' · '.join([*filter(None, parts), *out_of_step])}"
    sources = (_source(one, watch) for one in (*pair.admitted, *pair.targets))
    for source in dict.fromkeys(sources):  # one sentence may tell both
        yield f"    {source}"


def _values(told: tuple[Told, ...], watch: Watch) -> str:
    return " / ".join(value_in_words(one.figure, wording=watch.wording) for one in told)


def _share(pair: Progress, watch: Watch) -> str:
    low, high = pair.low_share, pair.high_share
    if low is None or high is None:
        return ""
    number = watch.wording.number
    share = number(low) if low == high else f"{number(low)}-{number(high)}"
    return watch.wording.say("progress.share", share=share)


def _source(told: Told, watch: Watch) -> str:
    """The sentence, who prints it, and where."""
    day = watch.wording.day(told.told_at.astimezone(watch.config.zone).date())
    sentence = watch.wording.say("story.quotation", sentence=one_line(told.figure.evidence))
    return f"{sentence} — {name_of(told.paper)}, {day}, {told.url}"
