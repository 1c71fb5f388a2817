"""``deliveries``: where every delivery stands, and another try for those that failed."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor import publishing
from monitor.cli.app import DEFAULT_CONFIG, ConfigOption, JsonOption, app, open_watch
from monitor.cli.delivery_view import announce_repetitions, print_delivery_table
from monitor.cli.output import print_json
from monitor.errors import InputError


@app.command()
def deliveries(
    numbers: Annotated[
        list[int] | None, typer.Argument(help="With --retry: only these; else all that failed.")
    ] = None,
    retry: Annotated[
        bool, typer.Option("--retry", help="Try again now what waits or was refused.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="Most deliveries, the newest.")] = 50,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """List deliveries, newest first, or try again those that did not arrive.

    A delivery whose arrival is unclear is sent again only when it is named by its number, and of
    several messages only those in doubt: its reader may then get them twice.
    """
    if numbers and not retry:
        raise InputError("numbers of deliveries go with --retry")
    with open_watch(config) as watch:
        shown = watch.store.deliveries()
        if retry:
            tried = set(watch.store.retry_deliveries(numbers or ()))
            if not json:
                announce_repetitions(
                    [one for one in watch.store.deliveries() if one.id in tried], watch
                )
            publishing.deliver_due(watch)
            shown = [one for one in watch.store.deliveries() if one.id in tried]
        newest = list(reversed(shown))[:limit]
        if json:
            print_json(newest)
        else:
            print_delivery_table(watch, newest)
