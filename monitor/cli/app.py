"""What all commands share: the application, its options, and how a watch is opened."""

from __future__ import annotations

import logging
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.config import Config, load_config
from monitor.watch import Watch

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

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


def open_watch(config: Path) -> Watch:
    """Open the watch that a configuration file describes, with its log set up.

    Raises:
        MonitorError: As ``Watch.open``.
        CrawlerError: As ``Watch.open``.
    """
    watch = Watch.open(config)
    set_up_logging(watch.config.log.level, watch.config.zone)
    return watch


def config_or_defaults(path: Path) -> Config:
    """The configuration, or the defaults where nobody wrote one at the usual place."""
    if path == DEFAULT_CONFIG and not path.exists():
        return Config.model_validate({}, context={"folder": path.parent})
    return load_config(path)


def set_up_logging(level: str, zone: ZoneInfo) -> None:
    """Plain lines on standard error, in the reader's time zone."""
    formatter = _LocalTime("%(asctime)s %(levelname)s %(message)s", zone=zone)
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for chatty in ("apscheduler", "httpx", "telegram", "filelock", "asyncio"):
        # httpx logs whole URLs, and a bot's URL holds its token.
        logging.getLogger(chatty).setLevel(logging.WARNING)


class _LocalTime(logging.Formatter):
    def __init__(self, pattern: str, *, zone: ZoneInfo) -> None:
        super().__init__(pattern, datefmt="%Y-%m-%d %H:%M:%S")
        self._zone = zone

    def converter(self, timestamp: float | None) -> time.struct_time:
        return datetime.fromtimestamp(timestamp or 0, tz=self._zone).timetuple()
