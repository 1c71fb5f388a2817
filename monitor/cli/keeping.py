"""``backup`` and ``restore``: a copy of the database, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from filelock import Timeout

from monitor.cli.app import DEFAULT_CONFIG, ConfigOption, JsonOption, app, read_config
from monitor.cli.output import out, print_json
from monitor.errors import InputError
from monitor.locks import lock_of
from monitor.store.backups import back_up, checked
from monitor.store.backups import restore as put_back
from monitor.watch import now
from monitor.wording import load_wording

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.store.backups import Backup

MEGABYTE = 1_000_000


@app.command()
def backup(
    file: Annotated[
        Path, typer.Argument(help="Where to: a new file, or a folder, which gets a dated one.")
    ],
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Copy the database while the service runs, and check the copy.

    The archive of pages is not in it: its daily files are complete by themselves.
    """
    settings = read_config(config)
    target = _in_folder(file, settings) if file.is_dir() else file
    made = back_up(settings.database, target)
    if json:
        print_json(made)
    else:
        out.print(_told("backup.made", made, settings))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup made by `diembao backup`.")],
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Put a backup in the database's place; the former one is kept beside it."""
    settings = read_config(config)
    try:
        with lock_of(settings.database, "instance"), lock_of(settings.database, "deliveries"):
            former = put_back(file, settings.database, now=now())
            restored = checked(settings.database)
    except Timeout:
        reason = "`diembao run` is using this database; stop it first"
        raise InputError(f"{settings.database}: {reason}") from None
    if json:
        print_json({"restored": restored, "former": former})
        return
    out.print(_told("backup.restored", restored, settings))
    if former is not None:
        out.print(load_wording(settings.language).say("backup.former", path=str(former)))


def _in_folder(folder: Path, settings: Config) -> Path:
    moment = now().astimezone(settings.zone)
    return folder / f"{settings.database.stem}-{moment:%Y%m%d-%H%M%S}.db"


def _told(key: str, made: Backup, settings: Config) -> str:
    wording = load_wording(settings.language)
    return wording.say(
        key,
        path=str(made.path),
        size=wording.number(round(made.size / MEGABYTE, 1)),
        articles=made.articles,
        digests=made.digests,
    )
