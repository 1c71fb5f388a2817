"""Surveys sources through the crawler: those of the seeds, and those that may join them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.items import Source, SourceReport, SourceTask
from crawler.urls import site_of, sites_of
from monitor.errors import InputError
from monitor.extractor.gazetteer import provinces
from monitor.extractor.text import without_marks
from monitor.jobs import batches, crawl_job, unpaused
from monitor.source_findings import gather
from monitor.watch import now

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawler.items import Record, SourceKind
    from monitor.jobs import Observer
    from monitor.source_findings import SourceFindings
    from monitor.watch import Watch

_PORTAL_HOST = re.compile(r"\.(?:gov|dcs)\.vn(?::\d+)?$")
_PORTAL_NAME = re.compile(r"^(?:tinh uy|thanh uy|dang uy|cong |trang thong tin|uy ban|ban )")
_EDITION = re.compile(r"-(?:dien-tu|online)$")
_LONGEST_KEY_WORDS = 6


def survey(
    watch: Watch, sources: Iterable[Source], *, observe: Observer | None = None
) -> Iterator[SourceFindings]:
    """Survey sources, politely: in the crawler's child processes, one crawl a site at a time.

    Args:
        watch: Whose limits hold.
        sources: Of the seeds, or not known to them yet.
        observe: Is shown each record.

    Yields:
        The findings, batch by batch. A source that is being crawled by another process, or
        was not reached before the deadline, has no survey in them.

    Raises:
        CrawlError: The child did not do its job.
    """
    worker = watch.worker()
    for batch in batches(sources, watch.config.crawl.batch):
        records: defaultdict[str, list[Record]] = defaultdict(list)

        def take(record: Record, records: defaultdict[str, list[Record]] = records) -> None:
            records[record.source].append(record)
            if isinstance(record, SourceReport):
                watch.store.count_requests(record.requests, at=record.finished_at)
            if observe is not None:
                observe(record)

        started_at = now()
        with watch.claimed(unpaused(watch, batch)) as free:
            tasks = tuple(SourceTask(source=source, survey=True) for source in free)
            if tasks:
                worker.crawl(crawl_job(watch, tasks, started_at), take)
        for source in batch:
            yield gather(source, records[source.key], now=started_at)


def new_source(url: str, *, key: str | None, name: str | None, province: str | None) -> Source:
    """A source of which only an address is known.

    Args:
        url: Any page of the site; its home page is looked at.
        key: As wanted; None takes one from the name, or from the host.
        name: As wanted; None takes the host until the home page tells it.
        province: Today's name, or None.

    Raises:
        InputError: Not an address of a site, or a key that seeds do not take.
    """
    if key is not None and key != _slug(key):
        raise InputError(f"--key {key}: use small letters, digits and hyphens: {_slug(key)}")
    try:
        parts = urlsplit(url if "//" in url else f"https://{url}")
    except ValueError as error:
        raise InputError(f"{url}: is not an address: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(f"{url}: is not the address of a site, such as https://baogialai.com.vn/")
    site = site_of(parts.geturl())
    return Source(
        key=key or _slug(name or "") or _slug(site),
        name=name or site,
        kind="paper",
        home=f"{parts.scheme}://{parts.netloc}/",
        province=province,
        certainty="inferred",
    )


def kind_of(name: str, home: str) -> SourceKind:
    """Portal or paper, by the name of a site and its host."""
    is_portal = _PORTAL_HOST.search(site_of(home)) or _PORTAL_NAME.search(
        without_marks(name).lower()
    )
    return "portal" if is_portal else "paper"


def key_for(name: str, home: str) -> str:
    """A key that people can type: from a short name, else from the host."""
    slug = _EDITION.sub("", _slug(name))
    return slug if slug and slug.count("-") < _LONGEST_KEY_WORDS else _slug(site_of(home))


def province_in(text: str, watch: Watch) -> str | None:
    """Today's province that a site's name mentions, old names included; None if not just one."""
    words = f" {_slug(text)} ".replace("-", " ")
    named = {
        provinces.today(name)
        for name in provinces.NAMES
        if f" {_slug(name)} ".replace("-", " ") in words
    }
    known = {one.name for one in watch.seeds.provinces}
    found = {name for name in named if name in known}
    return found.pop() if len(found) == 1 else None


def check_province(name: str, watch: Watch) -> str:
    """The province a person means, as the seeds spell it.

    Raises:
        InputError: No seed file is that province's.
    """
    today = provinces.today(name) or name
    if today not in {one.name for one in watch.seeds.provinces}:
        raise InputError(f"no seed file is of a province '{name}'; see `diembao sources`")
    return today


def check_new(source: Source, watch: Watch) -> None:
    """Refuse a source that the watch has already.

    Raises:
        InputError: Its host or its key is taken.
    """
    site = site_of(source.home)
    for known in watch.seeds.sources:
        if site in sites_of(known):
            raise InputError(f"{site}: is watched already, as '{known.key}'")
    if source.key in watch.sources:
        raise InputError(f"the key '{source.key}' is taken; choose another with --key")


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", without_marks(text).lower()).strip("-")
