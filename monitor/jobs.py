"""The service's jobs around crawling, each a plain function that a command runs once by hand."""

from __future__ import annotations

import logging
from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING

from crawler.items import CrawlJob, Record, Source, SourceTask
from crawler.urls import sites_of
from monitor.archive import file_of
from monitor.ingest import Ingest
from monitor.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from monitor.ingest import IngestSummary
    from monitor.workers import BatchEnd, CrawlWorker

log = logging.getLogger(__name__)

Observer = Callable[[Record], None]
"""Is shown each record as it comes, for progress."""

TaskMaker = Callable[[Watch, Source], SourceTask]
"""What one crawl shall do at one source."""

_NO_REPORT = "no report came"


def visit(watch: Watch, source: Source) -> SourceTask:
    """The regular visit: entries, new pages, pages still to be read, stories to look at again."""
    at = watch.now()
    state = watch.store.crawl_state(source.key, now=at)
    return SourceTask(
        source=source,
        validators=state.validators,
        known=state.known,
        pending=state.pending,
        revisits=watch.store.due_revisits(source.key, now=at),
        recent=state.recent,
        past=state.past,
        gap=state.gap,
        silence=state.silence,
    )


def batches(sources: Iterable[Source], size: int) -> Iterator[list[Source]]:
    """Sources in groups of at most ``size``, one child process each."""
    remaining = iter(sources)
    while batch := list(islice(remaining, size)):
        yield batch


def crawl_batch(
    watch: Watch,
    sources: Iterable[Source],
    *,
    worker: CrawlWorker,
    task_for: TaskMaker = visit,
    observe: Observer | None = None,
) -> IngestSummary:
    """Crawl sources in one child process and store what comes, source by source.

    Sources whose sites somebody is crawling, or that asked for a pause which is not over, are
    left alone. Whatever ends the child, what it finished is stored and the rest is told as
    stopped.

    Raises:
        CrawlError: The child refused the job or broke the protocol.
        StoreError: The database cannot be written.
    """
    ingest = Ingest(
        watch.store,
        extract=watch.extract,
        schedule=watch.config.crawl.schedule,
        archive=watch.archive.keep,
        clock=watch.now,
    )
    with watch.claimed(unpaused(watch, sources)) as free:
        started_at = watch.now()
        tasks = tuple(task_for(watch, source) for source in free)
        run = watch.store.begin_run(started_at, [source.key for source in free])

        def take(record: Record) -> None:
            ingest.add(record)
            if observe is not None:
                observe(record)

        why = _NO_REPORT
        try:
            if tasks:
                why = _why_unreported(worker.crawl(crawl_job(watch, tasks, started_at), take))
        finally:
            summary = ingest.finish(
                now=watch.now(),
                expected=[source.key for source in free],
                detail=why,
                is_interrupted=worker.is_stopped or not all(task.is_regular for task in tasks),
            )
            watch.store.end_run(run, watch.now(), summary)
    return summary


def _why_unreported(end: BatchEnd) -> str:
    """What is told of sources that left no report."""
    if end.is_clean:
        return _NO_REPORT
    why = f"the crawler ended with status {end.status}: {end.last_words}"
    log.warning("%s", why)
    return why


def unpaused(watch: Watch, sources: Iterable[Source]) -> list[Source]:
    """Those whose sites have not asked to be left alone until later, whoever asked for what."""
    until = watch.store.paused_sources(watch.now())
    free = []
    for source in sources:
        if source.key in until:
            log.warning("%s asked for a pause until %s", source.key, until[source.key])
        else:
            free.append(source)
    return free


def crawl_job(watch: Watch, tasks: tuple[SourceTask, ...], started_at: datetime) -> CrawlJob:
    """The tasks with the limits that hold, and the words without which a page is skimmed.

    Args:
        watch: Whose settings hold, and whose store knows what sites were asked for today.
        tasks: What is to be done.
        started_at: The beginning of the crawl.
    """
    settings = watch.config.crawl
    spent = watch.store.requests_by_site(started_at)
    sites = {site for task in tasks for site in sites_of(task.source)}
    return CrawlJob(
        started_at=started_at,
        clock_ahead=watch.clock_ahead,
        tasks=tasks,
        limits=settings.limits,
        contact=settings.contact,
        allow_loopback=settings.allow_loopback,
        trigger_words=watch.trigger_words,
        keep_raw=watch.config.archive.is_on,
        requests_left={
            site: max(0, settings.requests_per_day - spent.get(site, 0)) for site in sites
        },
    )


def expire_archive(watch: Watch, at: datetime) -> list[str]:
    """Delete the archive's files that are older than they are to be kept; their names.

    With the archive off, what was archived before stays.

    Raises:
        OSError: A file cannot be deleted.
        StoreError: The database cannot be written.
    """
    if not watch.config.archive.is_on:
        return []
    oldest = (at - watch.config.archive.keep).astimezone(watch.config.zone).date()
    # Nobody is sent to a file that is gone, whenever this is interrupted.
    watch.store.forget_archived(before=file_of(oldest))
    deleted = watch.archive.delete_before(oldest)
    if deleted:
        log.info("archive: deleted %s", ", ".join(deleted))
    return deleted
