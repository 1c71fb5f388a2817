"""``figures``: what the press says of an organisation's numbers, place by place."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from monitor.cli.app import DEFAULT_CONFIG, ConfigOption, JsonOption, app, open_watch
from monitor.cli.output import out, print_json, print_table
from monitor.cli.place_option import asked_place, print_asked
from monitor.errors import InputError
from monitor.items import Metric
from monitor.render.figures import value_in_words

if TYPE_CHECKING:
    from monitor.store.article_rows import FigureHit
    from monitor.watch import Watch


@app.command()
def figures(
    place: Annotated[
        str, typer.Argument(help="A province, district, commune or ward, by its old or new name.")
    ],
    metric: Annotated[
        str | None, typer.Option(help=f"Only this one: {', '.join(get_args(Metric))}.")
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Published on or after this day.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Most figures.")] = 50,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """List the figures of organisations in one place, newest first, with article and sentence.

    Asked for by a new name, figures of the units it was made of are listed too; by an old
    name, those of what it became.
    """
    asked = asked_place(place)
    with open_watch(config) as watch:
        hits = watch.store.figures_of_units(
            asked.codes,
            limit=limit,
            metric=_metric(metric),
            since=since.replace(tzinfo=watch.config.zone) if since else None,
        )
        if json:
            print_json(hits)
            return
        print_asked(watch, asked)
        if hits:
            _print_hits(watch, hits)
        out.print(watch.wording.say("figures.found", count=len(hits)))


def _metric(name: str | None) -> Metric | None:
    found: Metric | None = next((one for one in get_args(Metric) if one == name), None)
    if name is not None and found is None:
        raise InputError(f"no metric '{name}'; there are {', '.join(get_args(Metric))}")
    return found


def _print_hits(watch: Watch, hits: list[FigureHit]) -> None:
    say = watch.wording.say
    columns = [say(f"figure.column.{column}") for column in ("org", "metric", "value", "period")]
    columns += [say(f"figures.column.{column}") for column in ("date", "paper", "article")]
    print_table(
        columns,
        [
            (
                hit.figure.org or "",
                say(f"metric.{hit.figure.metric}"),
                value_in_words(hit.figure, wording=watch.wording),
                hit.figure.period or "",
                _day(watch, hit),
                hit.paper,
                str(hit.article_id),
            )
            for hit in hits
        ],
    )


def _day(watch: Watch, hit: FigureHit) -> str:
    if hit.published_at is None:
        return watch.wording.say("story.date_unknown")
    return watch.wording.day(hit.published_at.astimezone(watch.config.zone).date())
