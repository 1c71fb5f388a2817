"""``sources export`` and ``sources import``: feeds from and to feed readers, as OPML."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawler.errors import ReadingError
from crawler.opml import OpmlFeed, parse_opml, write_opml
from monitor.cli.app import DEFAULT_CONFIG, ConfigOption, open_watch
from monitor.cli.looking import sources_app
from monitor.cli.output import out
from monitor.cli.source_adding import says_yes
from monitor.errors import InputError
from monitor.feed_exchange import exported, planned, planned_texts
from monitor.seed_files import diff_of, write_seed


@sources_app.command("export")
def export_feeds(
    file: Annotated[Path, typer.Argument(help="The OPML file to write.")],
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Write the feeds of all sources as OPML, for any feed reader."""
    with open_watch(config) as watch:
        groups = exported(watch)
        homes = {feed.home for feeds in groups.values() for feed in feeds}
        try:
            file.write_bytes(write_opml(watch.wording.say("digest.name"), groups))
        except OSError as error:
            raise InputError(f"{file}: cannot be written: {error.strerror}") from error
        said = watch.wording.say(
            "opml.exported",
            count=sum(map(len, groups.values())),
            sources=len(homes),
            without=len(watch.seeds.sources) - len(homes),
            path=str(file),
        )
        out.print(said)


@sources_app.command("import")
def import_feeds(
    file: Annotated[Path, typer.Argument(help="The OPML file to read.")],
    write: Annotated[bool, typer.Option("--write", help="Write them into the seeds.")] = False,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Add the feeds of an OPML file to the sources they belong to, or as new sources.

    The change of the seeds is shown; nothing is written without --write, or a yes at the
    terminal. Nothing is fetched: `diembao sources check` then says how they answer.
    """
    with open_watch(config) as watch:
        say = watch.wording.say
        plan = planned(_feeds_in(file), watch)
        if plan.known:
            out.print(say("opml.known", count=plan.known))
        if not plan.feeds:
            out.print(say("opml.nothing"))
            return
        texts = planned_texts(plan, watch.config.seeds)
        for path, (before, after) in texts.items():
            out.print(diff_of(before, after, path), end="")
        if not (write or says_yes(watch, "opml.confirm")):
            out.print(say("survey.not_written"))
            return
        for path, (_, after) in texts.items():
            write_seed(path, after)
        out.print(say("opml.imported", count=plan.feeds, sources=len(plan.new)))


def _feeds_in(file: Path) -> list[OpmlFeed]:
    try:
        return parse_opml(file.read_bytes())
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from error
    except ReadingError as error:
        raise InputError(f"{file}: {error.detail}") from error
