"""Reads settings, seeds and topic again for a service that goes on running."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.sources import load_sources
from monitor.config import Config, load_config
from monitor.topics import load_topics, topic_path
from monitor.watch import Watch
from monitor.wording import load_wording

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    """What is different: dotted keys, ``seeds (2 new, 1 changed) in gia-lai.yaml``, ``topic in
    dang-vien.yaml``."""
    files: Mapping[Path, str]
    """Fingerprints, to be handed to the next ``reload``."""
    needs_restart: tuple[str, ...]
    """Keys that were changed in the file, and stay as they were until the next start."""


def fingerprints(config: Config, *, beside: Path) -> dict[Path, str]:
    """What the files of seeds and topics hold, as far as it can be told apart.

    Args:
        config: Names them.
        beside: The folder that a topic's relative path starts from.
    """
    topics = (topic_path(name, beside) for name in config.topic)
    seeds = (*config.seeds.glob("*.yaml"), *config.seeds.glob("*.yml"))
    return {path: _fingerprint(path) for path in (*seeds, *topics)}


def _fingerprint(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""  # whoever reads it for what it says tells why it cannot be read


def reload(watch: Watch, path: Path, *, files: Mapping[Path, str]) -> Reloaded:
    """Read everything again; the former watch stays usable by what still runs.

    Args:
        watch: As it is in use.
        path: Of its configuration file.
        files: Fingerprints of what is in use.

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
    now_files = fingerprints(config, beside=path.parent)
    changed += _changed_files(files, now_files, seeds=config.seeds, told=_told(watch, reloaded))
    return Reloaded(watch=reloaded, changed=tuple(changed), files=now_files, needs_restart=stays)


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


def _changed_files(
    before: Mapping[Path, str], after: Mapping[Path, str], *, seeds: Path, told: str
) -> Iterator[str]:
    """Seeds and topics with the names of the files that are not what they were."""
    paths = sorted(
        path for path in before.keys() | after.keys() if before.get(path) != after.get(path)
    )
    of_seeds = [path.name for path in paths if path.parent == seeds]
    of_topics = [path.name for path in paths if path.parent != seeds]
    if of_seeds or told:
        where = f" in {', '.join(of_seeds)}" if of_seeds else ""
        yield f"seeds ({told or 'no source'}){where}"
    if of_topics:
        yield f"topic in {', '.join(of_topics)}"


def _told(before: Watch, after: Watch) -> str:
    """How many sources are new, changed and gone."""
    old, new = before.sources, after.sources
    counts = {
        "new": len(new.keys() - old.keys()),
        "changed": sum(old[key] != new[key] for key in old.keys() & new.keys()),
        "gone": len(old.keys() - new.keys()),
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count)
