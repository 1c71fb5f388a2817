"""``recrawl``: pages once more, or the stories of past days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.items import SourceTask
from monitor.backfilling import Order
from monitor.cli.app import DEFAULT_CONFIG, ConfigOption, JsonOption, app, open_watch
from monitor.cli.backfilling import backfill_and_tell, day_range, estimate_and_tell
from monitor.cli.watching import SourceOption, crawl_and_tell
from monitor.errors import InputError

if TYPE_CHECKING:
    from crawler.items import Source
    from monitor.watch import Watch

REQUESTS = 500
"""To one source in one run of a backfill: at a second each, some ten minutes of its site."""

_DAY_FORMS = ["%Y-%m-%d", "%d/%m/%Y"]


@dataclass(frozen=True, kw_only=True)
class _Wish:
    """What the command line asks for."""

    urls: list[str]
    sources: list[str]
    since: datetime | None
    until: datetime | None
    pages: int | None
    is_estimate: bool


@app.command()
def recrawl(
    urls: Annotated[list[str] | None, typer.Argument(help="Pages to fetch again.")] = None,
    source: SourceOption = None,
    since: Annotated[
        datetime | None, typer.Option(formats=_DAY_FORMS, help="Published on or after this day.")
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(formats=_DAY_FORMS, help="Look back: find what was published up to this day."),
    ] = None,
    pages: Annotated[
        int | None,
        typer.Option(min=1, help=f"Looking back: requests to each source; {REQUESTS} by default."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Looking back: only say how much there is.")
    ] = False,
    config: ConfigOption = DEFAULT_CONFIG,
    json: JsonOption = False,
) -> None:
    """Fetch pages again, or look back for stories of past days that were never read.

    Page addresses, or --source with --since, fetch what is stored once more and re-read it; a
    changed text keeps its old version as a revision.

    --source with --since and --until looks back: it walks the source's sitemaps and listings to
    those days and reads what is not stored, at the site's pace. It may be stopped at any time;
    the same command goes on where it was.
    """
    wish = _Wish(
        urls=urls or [],
        sources=source or [],
        since=since,
        until=until,
        pages=pages,
        is_estimate=dry_run,
    )
    _check(wish)
    with open_watch(config) as watch:
        if until is None:
            _again(watch, wish, json=json)
        else:
            _look_back(watch, wish, config=config, json=json)


def _check(wish: _Wish) -> None:
    if bool(wish.urls) == bool(wish.sources):
        raise InputError("recrawl needs page addresses, or --source with --since")
    if wish.sources and wish.since is None:
        raise InputError("recrawl --source needs --since YYYY-MM-DD")
    if wish.urls and (wish.since or wish.until):
        raise InputError("--since and --until go with --source, not with page addresses")
    if wish.until is None and (wish.is_estimate or wish.pages):
        option = "--dry-run" if wish.is_estimate else "--pages"
        raise InputError(f"{option} is for looking back: name the days with --since and --until")


def _look_back(watch: Watch, wish: _Wish, *, config: Path, json: bool) -> None:
    assert wish.since is not None
    assert wish.until is not None
    sources = [watch.source(key) for key in dict.fromkeys(wish.sources)]
    days = day_range(watch, wish.since.date(), wish.until.date())
    order = Order(days=days, requests=wish.pages or REQUESTS)
    if wish.is_estimate:
        estimate_and_tell(watch, sources, order, json=json)
    else:
        backfill_and_tell(watch, sources, order, config=config, json=json)


def _again(watch: Watch, wish: _Wish, *, json: bool) -> None:
    pages = _stored_pages(watch, wish) if wish.sources else _by_source(watch, wish.urls)
    wanted = {key: tuple(addresses) for key, addresses in pages.items() if addresses}

    def task_for(_watch: Watch, one: Source) -> SourceTask:
        return SourceTask(source=one, pages=wanted[one.key])

    crawl_and_tell(watch, [watch.source(key) for key in wanted], json=json, task_for=task_for)


def _stored_pages(watch: Watch, wish: _Wish) -> dict[str, list[str]]:
    assert wish.since is not None
    since = wish.since.replace(tzinfo=watch.config.zone)
    keys = [watch.source(key).key for key in wish.sources]
    return {key: watch.store.pages_of(key, since=since) for key in keys}


def _by_source(watch: Watch, urls: list[str]) -> dict[str, list[str]]:
    """Addresses grouped by the source they belong to.

    Raises:
        InputError: No source has that site.
    """
    pages: dict[str, list[str]] = {}
    for url in urls:
        pages.setdefault(watch.source_of(url).key, []).append(url)
    return pages
