"""``run`` and ``crawl``: looking at the sources."""

from __future__ import annotations

import logging
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import ValidationError

from monitor import jobs
from monitor.cli.app import DEFAULT_CONFIG, ConfigOption, JsonOption, app, open_watch
from monitor.cli.logs import set_up_logging
from monitor.cli.output import out, print_json
from monitor.cli.progress import CrawlProgress
from monitor.config_service import ServiceSettings
from monitor.daemon import Daemon, Hooks
from monitor.errors import InputError
from monitor.ingest import IngestSummary
from monitor.notifying import Notifier
from monitor.watch import now

if TYPE_CHECKING:
    from crawler.items import Source
    from monitor.watch import Watch

log = logging.getLogger(__name__)

SourceOption = Annotated[
    list[str] | None, typer.Option("--source", "-s", help="A source's key; may be repeated.")
]


@app.command()
def run(
    config: ConfigOption = DEFAULT_CONFIG,
    listen: Annotated[
        str | None,
        typer.Option(
            envvar="DIEMBAO_LISTEN",
            metavar="HOST:PORT",
            help="Serve /healthz, /readyz, /metrics, /feed.atom there, not where the settings say.",
        ),
    ] = None,
) -> None:
    """Watch: crawl each source at its own pace and send the daily digest, until stopped.

    SIGHUP reads settings, seeds and topic again.
    """
    with open_watch(config) as watch:
        if listen is not None:
            _check_address(listen, watch)
        hooks = Hooks(
            on_crawled=_tell_crawl,
            on_reloaded=lambda reloaded: set_up_logging(reloaded.watch.config),
            notifier=Notifier.from_environment(os.environ),
        )
        daemon = Daemon(watch, config_path=config, hooks=hooks, listen=listen)
        if not daemon.run():
            logging.shutdown()
            # Threads that hang would hold up an orderly exit; what they do is safe to cut.
            os._exit(1)


def _check_address(listen: str, watch: Watch) -> None:
    allow_remote = watch.config.service.allow_remote
    try:
        ServiceSettings(listen=listen, allow_remote=allow_remote)
    except ValidationError as error:
        reason = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise InputError(f"--listen {listen}: {reason}") from error


def _tell_crawl(watch: Watch, summary: IngestSummary, seconds: float) -> None:
    log.info("%s", crawl_line(watch, summary, seconds))


@app.command()
def crawl(
    source: SourceOption = None, config: ConfigOption = DEFAULT_CONFIG, json: JsonOption = False
) -> None:
    """Visit all watched sources, or the named ones, once and now."""
    with open_watch(config) as watch:
        if source:
            chosen = [watch.source(key) for key in source]
        else:
            chosen = [one for one in watch.seeds.sources if one.watched]
        crawl_and_tell(watch, chosen, json=json)


def crawl_and_tell(
    watch: Watch, sources: list[Source], *, json: bool, task_for: jobs.TaskMaker = jobs.visit
) -> IngestSummary:
    """Crawl in the foreground with progress; print what came of it."""
    started_at = now()
    worker = watch.worker()
    with (
        CrawlProgress(watch, sources) as progress,
        ThreadPoolExecutor(watch.config.crawl.workers) as crawls,
    ):
        running = [
            crawls.submit(
                jobs.crawl_batch,
                watch,
                batch,
                worker=worker,
                task_for=task_for,
                observe=progress.observe,
            )
            for batch in jobs.batches(sources, watch.config.crawl.batch)
        ]
        try:
            summaries = [one.result() for one in running]
        except BaseException:
            worker.stop()
            raise
    summary = IngestSummary.total(summaries)
    seconds = round((now() - started_at).total_seconds(), 1)
    if json:
        print_json(crawl_object(summary, seconds))
    else:
        out.print(crawl_line(watch, summary, seconds))
    return summary


def crawl_object(summary: IngestSummary, seconds: float) -> dict[str, object]:
    """What ``crawl --json`` ends with."""
    return {
        "sources": summary.sources,
        "reached": summary.reached,
        "pages": summary.pages,
        "new": summary.new,
        "skimmed": summary.skimmed,
        "revised": summary.revised,
        "unchanged": summary.unchanged,
        "gone": summary.gone,
        "flagged": summary.flagged,
        "failures": dict(summary.failures),
        "seconds": seconds,
    }


def crawl_line(watch: Watch, summary: IngestSummary, seconds: float) -> str:
    """One status line a crawl."""
    say = watch.wording.say
    parts = [
        say("crawl.sources", reached=summary.reached, count=summary.sources),
        say("crawl.pages", count=summary.pages),
        say("crawl.new", count=summary.new),
    ]
    if summary.skimmed:
        parts.append(say("crawl.skimmed", count=summary.skimmed))
    if summary.revised:
        parts.append(say("crawl.revised", count=summary.revised))
    if summary.gone:
        parts.append(say("crawl.gone", count=summary.gone))
    if summary.unchanged:
        parts.append(say("crawl.unchanged", count=summary.unchanged))
    parts.append(say("crawl.flagged", count=summary.flagged))
    if summary.failures:
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(summary.failures.items()))
        parts.append(say("crawl.failed", count=sum(summary.failures.values()), kinds=kinds))
    parts.append(say("crawl.seconds", seconds=watch.wording.number(round(seconds, 1))))
    return " · ".join(parts)
