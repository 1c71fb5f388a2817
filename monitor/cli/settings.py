"""``config show``, ``config check`` and ``config init``."""

from __future__ import annotations

import re
import shutil
from datetime import time, timedelta
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import yaml
from pydantic import SecretStr

from crawler.sources import load_sources
from monitor.channels.configured import configured_channels
from monitor.cli.app import DEFAULT_CONFIG, ConfigOption, JsonOption, app
from monitor.cli.output import out, print_json
from monitor.config import load_config
from monitor.errors import InputError
from monitor.topics import load_topics
from monitor.wording import load_wording

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from monitor.config import Config

_PASSWORD = re.compile(r"(://[^/@:]*:)[^/@]+@")
"""Of a proxy's address: ``socks5://name:password@host``."""

config_app = typer.Typer(help="Show, check or lay out a watch's settings.", no_args_is_help=True)
app.add_typer(config_app, name="config")


@config_app.command()
def show(config: ConfigOption = DEFAULT_CONFIG, json: JsonOption = False) -> None:
    """Print the settings in force, defaults included, secrets masked."""
    settings = settings_object(load_config(config))
    if json:
        print_json(settings)
    else:
        out.print(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False).rstrip())


@config_app.command()
def check(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Check the settings, the seeds and the topic; the first mistake ends it with status 2."""
    settings = load_config(config)
    seeds = load_sources(settings.seeds)
    topics = load_topics(settings.topic, beside=config.parent)
    channels = ", ".join(configured_channels(settings))
    say = load_wording(settings.language).say
    out.print(
        say(
            "config.good",
            provinces=len(seeds.provinces),
            sources=len(seeds.sources),
            topic=", ".join(topic.name for topic in topics),
            channels=channels,
        )
    )


@config_app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Where the new watch shall live.")] = Path(),
) -> None:
    """Lay out a new watch: config.yaml and the seeds of all provinces."""
    for name in ("config.yaml", "seeds"):
        if (folder / name).exists():
            raise InputError(f"{folder / name}: is there already; nothing was changed")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with as_file(_starter()) as starter:
            shutil.copytree(starter / "seeds", folder / "seeds")
            shutil.copyfile(starter / "config.yaml", folder / "config.yaml")
    except OSError as error:
        raise InputError(f"{folder}: cannot be written: {error.strerror}") from error
    out.print(str(folder / "config.yaml"))


def settings_object(config: Config) -> dict[str, Any]:
    """The settings in force as config.yaml writes them; a secret is ``**********``."""
    settings: dict[str, Any] = _written(config.model_dump())
    return settings


def _written(value: object) -> Any:
    """A setting's value as YAML and JSON can hold it and ``load_config`` reads it."""
    match value:
        case dict():
            return {key: _written(one) for key, one in value.items()}
        case tuple():
            return [_written(one) for one in value]
        case timedelta():
            return written_duration(value)
        case time():
            return value.strftime("%H:%M")
        case SecretStr() | Path():
            return str(value)
        case str():
            return _PASSWORD.sub(r"\1**********@", value)
    return value


def written_duration(duration: timedelta) -> str:
    """A duration as it is written in config.yaml: ``30m``, ``1d``, ``0.5s``."""
    for unit, size in (("d", 86_400), ("h", 3600), ("m", 60)):
        count, rest = divmod(duration, timedelta(seconds=size))
        if count and not rest:
            return f"{count}{unit}"
    return f"{duration.total_seconds():.6f}".rstrip("0").rstrip(".") + "s"


def _starter() -> Traversable:
    """The shipped config.yaml and seeds: in an installed package, or in the source tree."""
    shipped = files("monitor") / "starter"
    return shipped if shipped.is_dir() else files("monitor") / ".."
