"""``digest``: a review, seen, sent, or its ways tried."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from monitor import publishing
from monitor.channels.configured import configured_channels
from monitor.cli.app import DEFAULT_CONFIG, ConfigOption, JsonOption, app, open_watch
from monitor.cli.delivery_view import print_deliveries
from monitor.cli.output import out, print_json
from monitor.editions import edition_day
from monitor.errors import InputError
from monitor.items import Edition
from monitor.sending_test import send_test
from monitor.watch import now

if TYPE_CHECKING:
    from datetime import date

    from monitor.items import Digest, Subscription
    from monitor.watch import Watch


@app.command()
def digest(
    date: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today by default.")
    ] = None,
    subscription: Annotated[
        str | None, typer.Option(help="Whose, where config.yaml names several.")
    ] = None,
    edition: Annotated[str, typer.Option(help="daily, weekly or monthly.")] = "daily",
    preview: Annotated[
        bool, typer.Option("--preview", help="Only show it; nothing is recorded (the default).")
    ] = False,
    send: Annotated[
        bool, typer.Option("--send", help="Record it and send it now; never sent twice.")
    ] = False,
    test: Annotated[
        str | None,
        typer.Option(
            metavar="CHANNEL",
            help="Send a test letter to every recipient of file, email, telegram or apprise.",
        ),
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Show a day's digest, or record and send it.

    A weekly edition stands for the last Monday up to the day and looks back on the week before;
    a monthly one for the first of the month, on the month before.
    """
    if preview + send + (test is not None) > 1:
        raise InputError("--preview, --send and --test exclude each other")
    if edition not in get_args(Edition):
        raise InputError(f"--edition {edition}: must be one of {', '.join(get_args(Edition))}")
    with open_watch(config) as watch:
        if test is not None:
            _test(watch, test, subscription=subscription, json=json)
            return
        day = _day(watch, date, cast("Edition", edition))
        asked = _Asked(watch, watch.subscription(subscription), day, cast("Edition", edition))
        if send:
            asked.send(json=json)
        else:
            asked.show(json=json)


def _day(watch: Watch, date: datetime | None, edition: Edition) -> date:
    today = now().astimezone(watch.config.zone).date()
    day = date.date() if date else today
    if day > today:
        raise InputError(f"--date {day}: that day has not come yet")
    return edition_day(day, edition)


class _Asked:
    """The digest that a command is about."""

    def __init__(
        self, watch: Watch, subscription: Subscription, day: date, edition: Edition
    ) -> None:
        self._watch = watch
        self._subscription = subscription
        self._day = day
        self._edition: Edition = edition

    def show(self, *, json: bool) -> None:
        """As it was recorded, or as it would be now."""
        digest = self._recorded() or publishing.preview_digest(
            self._watch, self._subscription, day=self._day, at=now(), edition=self._edition
        )
        if json:
            print_json(digest)
        else:
            out.print(publishing.letter_for(self._watch)(digest).text)

    def send(self, *, json: bool) -> None:
        """Record it where it is not yet, and deliver it."""
        publishing.record_digest(  # None: recorded before, nothing is doubled
            self._watch, self._subscription, day=self._day, at=now(), edition=self._edition
        )
        publishing.deliver_due(self._watch)
        digest = self._recorded()
        assert digest is not None
        deliveries = self._watch.store.deliveries(digest_id=digest.id)
        if json:
            print_json({"digest": digest, "deliveries": deliveries})
        else:
            print_deliveries(self._watch, deliveries)

    def _recorded(self) -> Digest | None:
        return self._watch.store.digest_of(
            self._day, subscription=self._subscription.name, edition=self._edition
        )


def _test(watch: Watch, channel: str, *, subscription: str | None, json: bool) -> None:
    """Send test letters; any that did not arrive makes the command fail."""
    known = configured_channels(watch.config)
    if channel not in known:
        raise InputError(f"--test {channel}: config.yaml names {', '.join(known)}")
    chosen = [watch.subscription(subscription)] if subscription else list(watch.subscriptions)
    deliveries = send_test(watch, channel, subscriptions=chosen, at=now())
    if json:
        print_json(deliveries)
    else:
        print_deliveries(watch, deliveries)
    if any(one.state != "sent" for one in deliveries):
        raise typer.Exit(1)
