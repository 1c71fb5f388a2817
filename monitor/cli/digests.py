"""``digest``: the day's review, seen or sent."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor import jobs
from monitor.cli.app import DEFAULT_CONFIG, ConfigOption, JsonOption, app, open_watch
from monitor.cli.output import out, print_json
from monitor.errors import InputError
from monitor.watch import now

if TYPE_CHECKING:
    from datetime import date

    from monitor.items import Digest
    from monitor.watch import Watch


@app.command()
def digest(
    date: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today by default.")
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Only show it; nothing is recorded (the default).")
    ] = False,
    send: Annotated[
        bool, typer.Option("--send", help="Record it and send it now; never sent twice.")
    ] = False,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Show a day's digest, or record and send it."""
    if preview and send:
        raise InputError("--preview and --send exclude each other")
    with open_watch(config) as watch:
        today = now().astimezone(watch.config.zone).date()
        day = date.date() if date else today
        if day > today:
            raise InputError(f"--date {day}: that day has not come yet")
        if send:
            _send(watch, day, json=json)
        else:
            _show(watch, watch.store.digest_of(day) or _preview(watch, day), json=json)


def _preview(watch: Watch, day: date) -> Digest:
    return jobs.preview_digest(watch, day=day, at=now())


def _show(watch: Watch, digest: Digest, *, json: bool) -> None:
    if json:
        print_json(digest)
    else:
        out.print(jobs.letter_for(watch)(digest).text)


def _send(watch: Watch, day: date, *, json: bool) -> None:
    jobs.record_digest(watch, day=day, at=now())  # None: recorded before, nothing is doubled
    jobs.deliver_due(watch)
    digest = watch.store.digest_of(day)
    assert digest is not None
    deliveries = watch.store.deliveries(digest_id=digest.id)
    if json:
        print_json({"digest": digest, "deliveries": deliveries})
        return
    for delivery in deliveries:
        state = watch.wording.say(f"delivery.{delivery.state}")
        reason = f": {delivery.error}" if delivery.error else ""
        out.print(f"{day} · {delivery.channel} · {delivery.recipient} · {state}{reason}")
