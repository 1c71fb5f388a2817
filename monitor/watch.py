"""One watch, opened: its settings, sources, topic, words and store in one place."""

from __future__ import annotations

import logging
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from filelock import Timeout

from crawler.sources import load_sources
from crawler.urls import site_of, sites_of
from crawler.yamlfile import nearest
from monitor import extractor
from monitor.archive import ResponseArchive
from monitor.config import load_config
from monitor.errors import InputError, StoreError
from monitor.items import Subscription
from monitor.locks import lock_of, make_folder, site_purpose
from monitor.store import Store
from monitor.store.connections import PATIENCE
from monitor.topics import load_topics
from monitor.wording import load_wording
from monitor.workers import Worker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from filelock import FileLock

    from crawler.items import Article, Source
    from crawler.sources import Seeds
    from monitor.config import Config, SubscriptionSettings
    from monitor.items import Reading
    from monitor.topics import Topic
    from monitor.wording import Wording
    from monitor.workers import CrawlWorker

log = logging.getLogger(__name__)


def now() -> datetime:
    """The clock of the edge: aware UTC."""
    return datetime.now(UTC)


def extract(
    article: Article, *, source: Source | None, topics: Sequence[Topic], zone: ZoneInfo
) -> Reading:
    """Score an article, read its figures and find its place.

    Args:
        article: As the crawler read it.
        source: Whose page it is, for the province it speaks for; None where unknown.
        topics: What to look for.
        zone: Where the day of publication is meant.
    """
    published_at = article.published_at
    published_on = published_at.astimezone(zone).date() if published_at else None
    return extractor.read(
        title=article.title,
        sapo=article.sapo,
        body=article.body,
        topics=topics,
        source_province=_province_of(source, article.url, published_on) if source else None,
        source_place=source.place if source else None,
        original_source=article.original_source,
        published_on=published_on,
    )


class Watch:
    """What every job needs; close it, or use it as a context manager."""

    def __init__(
        self,
        config: Config,
        *,
        seeds: Seeds,
        topics: Sequence[Topic],
        wording: Wording,
        store: Store,
    ) -> None:
        self.config = config
        self.seeds = seeds
        self.topics = tuple(topics)
        self.wording = wording
        self.store = store
        self.archive = ResponseArchive(config.archive.folder, zone=config.zone)
        self.sources = {source.key: source for source in seeds.sources}
        self.subscriptions = tuple(_subscription(one, config) for one in config.subscribers)
        self.clock_ahead = timedelta()
        """How far this watch's clock is ahead of the machine's: for a day that is simulated."""

    @classmethod
    def open(
        cls,
        config_path: Path,
        *,
        patience: timedelta = PATIENCE,
        may_only_read: bool = False,
        clock_ahead: timedelta = timedelta(),
    ) -> Watch:
        """Read the settings and the seeds, open the store and tell it of its sources.

        Args:
            config_path: Of config.yaml.
            patience: How long to wait for another process that is writing.
            may_only_read: A database that can be read and not written will do.
            clock_ahead: Of the machine's clock, for a day that is simulated.

        Raises:
            ConfigError: config.yaml is wrong.
            SeedError: A seed file is wrong.
            TopicError: A topic file is wrong.
            StoreError: The database cannot be used.
        """
        config = load_config(config_path)
        seeds = load_sources(config.seeds)
        topics = load_topics(config.topic, beside=config_path.parent)
        make_folder(config.database.parent)
        store = Store.open(config.database, now=now() + clock_ahead, patience=patience)
        watch = cls(
            config, seeds=seeds, topics=topics, wording=load_wording(config.language), store=store
        )
        watch.clock_ahead = clock_ahead
        try:
            store.sync_sources(seeds.sources, now=watch.now())
            store.sync_topics({topic.key: topic.name for topic in topics})
            store.sync_subscriptions(one.name for one in watch.subscriptions)
        except StoreError as error:
            if not may_only_read:
                store.close()
                raise
            log.warning("%s", error)
        return watch

    def now(self) -> datetime:
        """The clock that crawls and deliveries go by: aware UTC."""
        return now() + self.clock_ahead

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def worker(self) -> CrawlWorker:
        """What crawls this watch's batches: child processes here, or a cluster.

        Raises:
            CrawlError: The configured cluster does not answer.
            InputError: A cluster is configured, and its library is not installed.
        """
        address = self.config.crawl.cluster
        if address is None:
            return Worker()
        # Loaded late: an extra that most watches do not install.
        try:
            from monitor.cluster import ClusterWorker
        except ImportError as error:
            raise InputError(
                "crawl.cluster is set, and its library is not installed; "
                "run `pip install 'diembao[cluster]'`"
            ) from error
        return ClusterWorker(address)

    @property
    def trigger_words(self) -> tuple[str, ...]:
        """Of all topics: a page with none of them is of no topic."""
        return tuple(dict.fromkeys(word for topic in self.topics for word in topic.trigger_words))

    def source(self, key: str) -> Source:
        """A source by its key.

        Raises:
            InputError: There is none; the nearest key is suggested.
        """
        try:
            return self.sources[key]
        except KeyError:
            raise InputError(_unknown_source(key, self.sources)) from None

    def source_of(self, url: str) -> Source:
        """The source an address belongs to, by its host.

        Raises:
            InputError: No source has that host.
        """
        key = self.store.source_of_url(url)
        if key is None or key not in self.sources:
            raise InputError(f"{url}: belongs to no source; `diembao sources` lists them")
        return self.sources[key]

    def extract(self, article: Article) -> Reading:
        """Score an article, read its figures and find its place."""
        source = self.sources.get(article.source)
        return extract(article, source=source, topics=self.topics, zone=self.config.zone)

    def subscription(self, name: str | None = None) -> Subscription:
        """A subscription by its name; without one the only one there is.

        Raises:
            InputError: There is none of that name, or several to choose from.
        """
        names = [one.name for one in self.subscriptions]
        if name is None and len(names) == 1:
            return self.subscriptions[0]
        for one in self.subscriptions:
            if one.name == name:
                return one
        if name is None:
            raise InputError(f"name one with --subscription: {', '.join(names)}")
        meant = nearest(name, names) or ", ".join(names)
        raise InputError(f"no subscription '{name}'; did you mean '{meant}'?")

    def topic(self, key: str) -> Topic:
        """A topic by its key.

        Raises:
            InputError: There is none; the nearest key is suggested.
        """
        for one in self.topics:
            if one.key == key:
                return one
        keys = [one.key for one in self.topics]
        meant = nearest(key, keys) or ", ".join(keys)
        raise InputError(f"no topic '{key}'; did you mean '{meant}'?")

    @contextmanager
    def claimed(self, sources: Iterable[Source]) -> Iterator[list[Source]]:
        """Claim sources for one crawl: one crawl a site at a time, on this machine.

        Gives those whose sites nobody else is crawling; within a crawl, sources that share a
        site take turns. A claim dies with its process.
        """
        with ExitStack() as claims:
            free: list[Source] = []
            claimed: set[str] = set()
            for source in sources:
                # In one order, so that of two who want the same sites one gets them all.
                wanted = sorted(sites_of(source) - claimed)
                with ExitStack() as attempt:
                    try:
                        for site in wanted:
                            attempt.enter_context(self.sole(site_purpose(site)))
                    except Timeout:
                        log.info("%s is being crawled already", source.key)
                        continue
                    claims.push(attempt.pop_all())
                claimed.update(wanted)
                free.append(source)
            yield free

    def sole(self, purpose: str) -> FileLock:
        """A lock that only one process of this watch can hold; taking it raises Timeout."""
        return lock_of(self.config.database, purpose)


def _subscription(settings: SubscriptionSettings, config: Config) -> Subscription:
    """A subscription as the store and the reader know it, with what it leaves to the watch."""
    return Subscription(
        name=settings.name,
        provinces=settings.provinces,
        topics=settings.topics or config.topic_keys,
        language=settings.language or config.language,
        hour=settings.time or config.digest.time,
        editions=settings.editions,
        has_csv=settings.csv,
    )


def _province_of(source: Source, url: str, published_on: date | None) -> str | None:
    """The province a source spoke for on a day: on a predecessor's host, that one's."""
    former = source.places_then.get(site_of(url))
    if former is None:
        return source.province
    is_after = former.until is not None and published_on is not None and published_on > former.until
    return source.province if is_after else former.province


def _unknown_source(key: str, known: Iterable[str]) -> str:
    meant = nearest(key, known)
    hint = f"did you mean '{meant}'?" if meant else "`diembao sources` lists them"
    return f"no source '{key}'; {hint}"
