"""``prune``: letting go of what need not be kept."""

from __future__ import annotations

from typing import Annotated

import typer
from filelock import Timeout

from monitor import pruning
from monitor.cli.app import DEFAULT_CONFIG, ConfigOption, JsonOption, app, open_watch
from monitor.cli.output import out, print_json
from monitor.errors import InputError
from monitor.watch import Watch, now

_MEGABYTE = 1_000_000


@app.command()
def prune(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be let go of.")
    ] = False,
    vacuum: Annotated[
        bool,
        typer.Option(
            "--vacuum",
            help="Then make the file smaller: with the service stopped, and as much free disk "
            "as the database takes.",
        ),
    ] = False,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Let go of what ``retention`` need not keep; the service does so once a day.

    Stories, digests, marks and the list of known pages stay. The room is used again by what
    comes next; the file itself shrinks only with --vacuum.
    """
    with open_watch(config) as watch:
        at = now()
        counts = pruning.prunable(watch, at) if dry_run else pruning.prune(watch, at)
        before = watch.config.database.stat().st_size
        if vacuum and not dry_run:
            _vacuum(watch)
        after = watch.config.database.stat().st_size
        if json:
            print_json({"dry_run": dry_run, "pruned": counts, "bytes": after})
            return
        for what, count in counts.items():
            say = watch.wording.say
            out.print(
                say(
                    "prune.would" if dry_run else "prune.done",
                    what=say(f"prune.{what}"),
                    count=count,
                )
            )
        if after < before:
            freed = watch.wording.number(round((before - after) / _MEGABYTE, 1))
            out.print(watch.wording.say("prune.freed", size=freed))


def _vacuum(watch: Watch) -> None:
    """Give free room back; alone, for nobody could write meanwhile.

    Raises:
        InputError: The service is running.
    """
    try:
        with watch.sole("instance"):
            watch.store.vacuum()
    except Timeout:
        reason = "`diembao run` is using this database; stop it before --vacuum"
        raise InputError(f"{watch.config.database}: {reason}") from None
