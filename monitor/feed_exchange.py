"""The feeds of the seeds as an OPML list, and the seeds with the feeds of such a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawler.items import Entry, Source
from crawler.opml import OpmlFeed
from crawler.seedtext import SeedEdit, edited, with_source
from crawler.urls import page_key, site_of, sites_of
from monitor.extractor.gazetteer import provinces
from monitor.seed_files import NEW_FILE, file_for, file_of, read_seed
from monitor.surveying import key_for, kind_of, province_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from monitor.watch import Watch


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """What a list of feeds adds to the seeds."""

    known: int
    """Feeds that the seeds have already."""
    added: Mapping[str, tuple[Entry, ...]]
    """New feeds by the key of the source that owns their host."""
    new: tuple[Source, ...]
    """Sources for hosts that nobody watches yet."""

    @property
    def feeds(self) -> int:
        """How many feeds are new."""
        return sum(map(len, self.added.values())) + sum(len(one.entries) for one in self.new)


def exported(watch: Watch) -> dict[str, list[OpmlFeed]]:
    """The feeds of all sources by province; addresses with a date in them are left out."""
    groups: defaultdict[str, list[OpmlFeed]] = defaultdict(list)
    for source in watch.seeds.sources:
        group = source.province or watch.wording.say("digest.nationwide")
        groups[group] += (
            OpmlFeed(url=entry.url, title=source.name, home=source.home)
            for entry in source.entries
            if entry.kind == "feed" and "{" not in entry.url
        )
    return {name: feeds for name, feeds in groups.items() if feeds}


def planned(feeds: Iterable[OpmlFeed], watch: Watch) -> ImportPlan:
    """Sort the feeds of a list into known ones, ones of known sources, and new sources."""
    owners = {site: source for source in watch.seeds.sources for site in sites_of(source)}
    have = {page_key(entry.url) for source in watch.seeds.sources for entry in source.entries}
    known = 0
    added: defaultdict[str, list[Entry]] = defaultdict(list)
    strange: defaultdict[str, list[OpmlFeed]] = defaultdict(list)
    for feed in feeds:
        if page_key(feed.url) in have:
            known += 1
            continue
        have.add(page_key(feed.url))
        owner = owners.get(site_of(feed.url))
        if owner is not None:
            added[owner.key].append(_entry(feed))
        else:
            strange[site_of(feed.url)].append(feed)
    return ImportPlan(
        known=known,
        added={key: tuple(entries) for key, entries in added.items()},
        new=tuple(_with_own_keys((_source(each, watch) for each in strange.values()), watch)),
    )


def planned_texts(plan: ImportPlan, seeds: Path) -> dict[Path, tuple[str, str]]:
    """Texts of the seed files that a plan changes, before and after.

    Raises:
        SeedError: A file cannot be read, or not be changed as text.
    """
    texts: dict[Path, tuple[str, str]] = {}
    for key, entries in plan.added.items():
        path = file_of(key, seeds)
        before, text = texts.get(path) or (read_seed(path),) * 2
        texts[path] = before, edited(text, key, SeedEdit(added=entries), path=path)
    for source in plan.new:
        path = file_for(source.province, seeds)
        if path not in texts:
            texts[path] = (read_seed(path),) * 2 if path.exists() else ("", NEW_FILE)
        before, text = texts[path]
        texts[path] = before, with_source(text, source, path=path)
    return texts


def _source(feeds: list[OpmlFeed], watch: Watch) -> Source:
    first = feeds[0]
    is_home_own = first.home and site_of(first.home) == site_of(first.url)
    home = first.home if first.home and is_home_own else urljoin(first.url, "/")
    return Source(
        key=key_for(first.title, home),
        name=first.title,
        kind=kind_of(first.title, home),
        home=home,
        province=_province(first, watch),
        certainty="seen",
        entries=tuple(map(_entry, feeds)),
    )


def _province(feed: OpmlFeed, watch: Watch) -> str | None:
    grouped = provinces.today(feed.group) if feed.group else None
    if grouped in {one.name for one in watch.seeds.provinces}:
        return grouped
    return province_in(feed.title, watch)


def _with_own_keys(sources: Iterable[Source], watch: Watch) -> Iterable[Source]:
    """Two sites may bear one name: the later one's key comes from its host."""
    taken = set(watch.sources)
    for source in sources:
        key = source.key if source.key not in taken else key_for("", source.home)
        taken.add(key)
        yield replace(source, key=key)


def _entry(feed: OpmlFeed) -> Entry:
    return Entry(url=feed.url, kind="feed", certainty="seen")
