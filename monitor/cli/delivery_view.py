"""How deliveries are printed: one line each, or a table with their next try."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.cli.output import out, print_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.items import Delivery
    from monitor.watch import Watch


def print_deliveries(watch: Watch, deliveries: Sequence[Delivery]) -> None:
    """A line each: day, channel, recipient, state and what it met."""
    for one in deliveries:
        state = watch.wording.say(f"delivery.{one.state}")
        reason = f": {one.doubt or one.error}" if one.doubt or one.error else ""
        out.print(f"{one.day} · {one.channel} · {one.recipient} · {state}{reason}")


def print_delivery_table(watch: Watch, deliveries: Sequence[Delivery]) -> None:
    """A row each, with the number that ``deliveries --retry`` takes."""
    say = watch.wording.say
    if not deliveries:
        out.print(say("delivery.none"))
        return
    columns = ("number", "digest", "channel", "recipient", "state", "attempts", "next", "error")
    print_table(
        [say(f"delivery.column.{column}") for column in columns],
        [_cells(watch, one) for one in deliveries],
    )


def announce_repetitions(deliveries: Sequence[Delivery], watch: Watch) -> None:
    """A line for each whose parts in doubt are about to be sent again."""
    for one in deliveries:
        if one.repeats:
            parts = ", ".join(map(str, one.repeats))
            out.print(watch.wording.say("delivery.repeats", number=str(one.id), parts=parts))


def _cells(watch: Watch, one: Delivery) -> tuple[str, ...]:
    say = watch.wording.say
    next_try = ""
    if one.state == "waiting":
        at = one.next_try_at
        next_try = watch.wording.moment(at, watch.config.zone) if at else say("status.at_once")
    return (
        str(one.id),
        f"{one.subscription} · {say(f'edition.{one.edition}')} · {watch.wording.day(one.day)}",
        one.channel,
        one.recipient,
        say(f"delivery.{one.state}"),
        str(one.attempts),
        next_try,
        one.doubt or one.error or "",
    )
