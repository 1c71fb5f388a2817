"""``alerts``: what the operator was told and is still open, or a test of the ways it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from monitor.alerting import send_notice
from monitor.channels.configured import alert_channels
from monitor.cli.app import DEFAULT_CONFIG, ConfigOption, JsonOption, app, open_watch
from monitor.cli.output import out, print_json, print_table
from monitor.errors import InputError
from monitor.items import Notice
from monitor.render.notices import alert_line
from monitor.watch import now

if TYPE_CHECKING:
    from monitor.items import Alert
    from monitor.watch import Watch


@app.command()
def alerts(
    all_: Annotated[bool, typer.Option("--all", help="Those that are closed, too.")] = False,
    test: Annotated[
        str | None,
        typer.Option(
            metavar="CHANNEL",
            help="Send a test alert to every recipient of file, email, telegram or apprise.",
        ),
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """List what needs a person and when it was told, or send a test.

    Alerts are sent by `diembao run` where alerts.channels in config.yaml names somebody.
    """
    with open_watch(config, may_only_read=True) as watch:
        if test is not None:
            _test(watch, test, json=json)
            return
        shown = [one for one in watch.store.alerts() if all_ or one.closed_at is None]
        if json:
            print_json({"is_on": watch.config.alerts.channels is not None, "alerts": shown})
        else:
            _print(watch, shown)


def _print(watch: Watch, shown: list[Alert]) -> None:
    say = watch.wording.say
    if watch.config.alerts.channels is None:
        out.print(say("alert.nobody"))
    if not shown:
        out.print(say("alert.none"))
        return
    columns = [say(f"alert.column.{name}") for name in ("state", "told", "what")]
    print_table(columns, [_cells(watch, one) for one in shown])


def _cells(watch: Watch, one: Alert) -> tuple[str, ...]:
    say, zone = watch.wording.say, watch.config.zone
    state = "closed" if one.closed_at else "open" if one.lasts else "over"
    told = watch.wording.moment(one.told_at, zone) if one.told_at else say("alert.untold")
    return (say(f"alert.state.{state}"), told, alert_line(one, wording=watch.wording, zone=zone))


def _test(watch: Watch, channel: str, *, json: bool) -> None:
    """Send test letters; any that was not taken makes the command fail."""
    known = alert_channels(watch.config)
    if not known:
        raise InputError("alerts.channels in config.yaml names no channel; name one first")
    if channel not in known:
        raise InputError(f"--test {channel}: alerts.channels names {', '.join(known)}")
    refusals = send_notice(watch, Notice(at=now(), is_test=True), only=channel)
    if json:
        print_json(
            [
                {"channel": name, "recipient": to, "error": error}
                for (name, to), error in refusals.items()
            ]
        )
    else:
        for (name, to), error in refusals.items():
            out.print(f"{name} · {to} · {error or watch.wording.say('alert.taken')}")
    if any(refusals.values()):
        raise typer.Exit(1)
