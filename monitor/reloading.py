"""Reads settings, seeds and topic again for a service that goes on running."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crawler.sources import load_sources
from monitor.config import Config, load_config
from monitor.topics import load_topics
from monitor.watch import Watch
from monitor.wording import load_wording

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEEDS_RESTART = (
    "database",
    "crawl.workers",
    "crawl.cluster",
    "service.listen",
    "service.allow_remote",
)
"""Keys that stay as they were: what they set up is in use."""


@dataclass(frozen=True, kw_only=True)
class Reloaded:
    """A watch as its files describe it now, with the same store."""

    watch: Watch
    changed: tuple[str, ...]
    """What is different: dotted keys, ``seeds (2 new, 1 changed)``. The topic's file is in use as
    it is now, and not compared."""
    needs_restart: tuple[str, ...]
    """Keys that were changed in the file, and stay as they were until the next start."""


def reload(watch: Watch, path: Path) -> Reloaded:
    """Read everything again; the former watch stays usable by what still runs.

    Args:
        watch: As it is in use.
        path: Of its configuration file.

    Raises:
        ConfigError: config.yaml is wrong.
        SeedError: A seed file is wrong.
        TopicError: The topic file is wrong.
        StoreError: The database cannot be told of the sources.
    """
    written = load_config(path)
    different = tuple(_different(watch.config, written))
    stays = tuple(key for key in different if key in NEEDS_RESTART)
    config = _with_old(written, watch.config, stays)
    seeds = load_sources(config.seeds)
    topics = load_topics(config.topic, beside=path.parent)
    wording = load_wording(config.language)
    reloaded = Watch(config, seeds=seeds, topics=topics, wording=wording, store=watch.store)
    reloaded.clock_ahead = watch.clock_ahead
    watch.store.sync_sources(seeds.sources, now=watch.now())
    watch.store.sync_topics({topic.key: topic.name for topic in topics})
    watch.store.sync_subscriptions(one.name for one in reloaded.subscriptions)
    changed = [key for key in different if key not in stays]
    changed += _changed_seeds(watch, reloaded)
    return Reloaded(watch=reloaded, changed=tuple(changed), needs_restart=stays)


def _different(before: Config, after: Config) -> Iterator[str]:
    """Dotted keys whose values differ."""
    for name in type(before).model_fields:
        old, new = getattr(before, name), getattr(after, name)
        fields = getattr(type(old), "model_fields", None)
        if fields is None:
            yield from [name] if old != new else []
            continue
        for key in fields:
            if getattr(old, key) != getattr(new, key):
                yield f"{name}.{key}"


def _with_old(written: Config, old: Config, keys: tuple[str, ...]) -> Config:
    """The settings with some keys as they were."""
    updates: dict[str, Any] = {}
    for key in keys:
        name, _, field = key.partition(".")
        if field:
            section = updates.get(name, getattr(written, name))
            updates[name] = section.model_copy(update={field: getattr(getattr(old, name), field)})
        else:
            updates[name] = getattr(old, name)
    return written.model_copy(update=updates)


def _changed_seeds(before: Watch, after: Watch) -> list[str]:
    old, new = before.sources, after.sources
    counts = {
        "new": len(new.keys() - old.keys()),
        "changed": sum(old[key] != new[key] for key in old.keys() & new.keys()),
        "gone": len(old.keys() - new.keys()),
    }
    told = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    return [f"seeds ({told})"] if told else []
