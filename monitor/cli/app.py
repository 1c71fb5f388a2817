"""What all commands share: the application, its options, and how a watch is opened."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.logs import set_up_logging
from monitor.config import Config, load_config
from monitor.store.connections import PATIENCE
from monitor.watch import Watch

app = typer.Typer(
    name="diembao",
    help="Watches Vietnam's provincial press for stories about developing party membership.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

DEFAULT_CONFIG = Path("config.yaml")

ConfigOption = Annotated[
    Path,
    typer.Option("--config", "-c", envvar="DIEMBAO_CONFIG", help="The watch's configuration file."),
]
TopicOption = Annotated[
    str | None,
    typer.Option("--topic", "-t", help="A topic of config.yaml; its file's name without .yaml."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]


def open_watch(
    config: Path, *, patience: timedelta = PATIENCE, may_only_read: bool = False
) -> Watch:
    """Open the watch that a configuration file describes, with its log set up.

    Args:
        config: Path of the file.
        patience: As ``Watch.open``.
        may_only_read: As ``Watch.open``.

    Raises:
        MonitorError: As ``Watch.open``.
        CrawlerError: As ``Watch.open``.
    """
    watch = Watch.open(config, patience=patience, may_only_read=may_only_read)
    set_up_logging(watch.config)
    return watch


def read_config(path: Path) -> Config:
    """The configuration, with the log set up: from here on no secret of it is printed.

    Raises:
        ConfigError: As ``load_config``.
    """
    config = load_config(path)
    set_up_logging(config)
    return config


def config_or_defaults(path: Path) -> Config:
    """The configuration, or the defaults where nobody wrote one at the usual place."""
    if path == DEFAULT_CONFIG and not path.exists():
        return Config.model_validate({}, context={"folder": path.parent})
    return read_config(path)
