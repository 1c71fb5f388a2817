"""Seed files in, provinces and sources out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from crawler.errors import SeedError
from crawler.items import Entry, InsecureTls, JsonKeys, Predecessor, Province, Source
from crawler.seedfile import SeedFile, SeedJsonList
from crawler.selectors import Selectors
from crawler.yamlfile import YamlDocument, YamlError, dotted, first_fault, load_yaml, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from crawler.seedfile import SeedSource
    from crawler.yamlfile import Keys


@dataclass(frozen=True, kw_only=True)
class Seeds:
    """Everything a folder of seed files tells."""

    provinces: tuple[Province, ...]
    """By code, which runs from north to south."""
    sources: tuple[Source, ...]
    """In the order of their provinces, then as written; national ones last."""


def load_sources(folder: Path) -> Seeds:
    """Read every ``*.yaml`` of a folder.

    Raises:
        SeedError: Names the file, the line and the key of the first mistake.
    """
    seeds = sorted(map(_load, _files(folder)), key=lambda seed: seed.file.code or "~")
    _check_together(seeds)
    return Seeds(
        provinces=tuple(_province(seed.file) for seed in seeds if seed.file.province),
        sources=tuple(_source(one, seed.file) for seed in seeds for one in seed.file.sources),
    )


def _files(folder: Path) -> list[Path]:
    try:
        files = [file for file in folder.iterdir() if file.suffix in {".yaml", ".yml"}]
    except OSError as error:
        reason = "there is no such folder" if not folder.exists() else "is not a readable folder"
        raise SeedError(folder, line=None, key="", reason=reason) from error
    seeds = sorted(file for file in files if not file.name.startswith("."))
    if not seeds:
        raise SeedError(folder, line=None, key="", reason="holds no seed file (*.yaml)")
    return seeds


@dataclass(frozen=True)
class _Seed:
    document: YamlDocument
    file: SeedFile

    def fault(self, keys: Keys, reason: str) -> SeedError:
        line = self.document.line_of(keys)
        return SeedError(self.document.path, line=line, key=dotted(keys), reason=reason)

    def place(self, keys: Keys) -> str:
        return f"{self.document.path.name}:{self.document.line_of(keys)}"


def _load(path: Path) -> _Seed:
    try:
        document = load_yaml(path)
    except YamlError as error:
        raise SeedError(path, line=error.line, key="", reason=error.reason) from error
    try:
        seed = _Seed(document, SeedFile.model_validate(document.data))
    except ValidationError as error:
        fault = first_fault(error, document, SeedFile)
        raise SeedError(path, line=fault.line, key=fault.key, reason=fault.reason) from error
    _check_alone(seed)
    return seed


def _check_alone(seed: _Seed) -> None:
    if seed.file.province and not seed.file.code:
        raise seed.fault(("province",), "needs a 'code' beside it")
    if seed.file.code and not seed.file.province:
        raise seed.fault(("code",), "needs a 'province' beside it")
    for number, source in enumerate(seed.file.sources):
        for index, selectors in enumerate(source.selectors):
            if selectors.is_empty():
                place = ("sources", number, "selectors", index)
                raise seed.fault(place, "names no selector")
        urls = [entry.url for _, entries in source.groups() for entry in entries]
        if source.watched and not urls:
            reason = (
                "has no feed, sitemap, JSON list or listing; name one, or write 'watched: false'"
            )
            raise seed.fault(("sources", number), reason)
        twice = next((url for url in urls if urls.count(url) > 1), None)
        if twice:
            raise seed.fault(("sources", number), f"names {twice} twice")


def _check_together(seeds: list[_Seed]) -> None:
    _check_unique(seeds, _provinces(seeds, "code"))
    _check_unique(seeds, _provinces(seeds, "province"))
    keys = list(_source_keys(seeds))
    _check_unique(seeds, keys)
    known = {key for _, _, key in keys}
    for seed in seeds:
        for number, source in enumerate(seed.file.sources):
            place: Keys = ("sources", number, "succeeded_by")
            if source.succeeded_by == source.key:
                raise seed.fault(place, "a source cannot succeed itself")
            if source.succeeded_by and source.succeeded_by not in known:
                raise seed.fault(place, _unknown_source(source.succeeded_by, known))


def _provinces(seeds: list[_Seed], key: str) -> Iterator[tuple[int, Keys, str]]:
    for number, seed in enumerate(seeds):
        word = getattr(seed.file, key)
        if word:
            yield number, (key,), word


def _source_keys(seeds: list[_Seed]) -> Iterator[tuple[int, Keys, str]]:
    for number, seed in enumerate(seeds):
        for index, source in enumerate(seed.file.sources):
            yield number, ("sources", index, "key"), source.key


def _check_unique(seeds: list[_Seed], words: Iterable[tuple[int, Keys, str]]) -> None:
    places: dict[str, str] = {}
    for number, keys, word in words:
        if word in places:
            raise seeds[number].fault(keys, f"'{word}' is taken by {places[word]}")
        places[word] = seeds[number].place(keys)


def _unknown_source(key: str, known: Iterable[str]) -> str:
    meant = nearest(key, known)
    return f"no source '{key}'" + (f", did you mean '{meant}'?" if meant else "")


def _province(file: SeedFile) -> Province:
    return Province(
        code=file.code or "",
        name=file.province or "",
        formed_on=file.formed_on,
        formed_from=file.formed_from,
    )


def _source(seed: SeedSource, file: SeedFile) -> Source:
    return Source(
        key=seed.key,
        name=seed.name,
        kind=seed.kind,
        home=seed.home,
        province=file.province,
        certainty=seed.certainty,
        entries=tuple(_entries(seed)),
        article_url=seed.article_url,
        family=seed.family,
        selectors=tuple(Selectors(**dict(selectors)) for selectors in seed.selectors),
        place=seed.place,
        predecessors=tuple(Predecessor(**dict(former)) for former in seed.predecessors),
        succeeded_by=seed.succeeded_by,
        until=seed.until,
        watched=seed.watched,
        interval=seed.interval,
        delay=seed.delay,
        insecure_tls=InsecureTls(**dict(seed.insecure_tls)) if seed.insecure_tls else None,
        note=seed.note,
    )


def _entries(seed: SeedSource) -> Iterator[Entry]:
    for kind, entries in seed.groups():
        for entry in entries:
            yield Entry(
                url=entry.url,
                kind=kind,
                certainty=entry.certainty,
                note=entry.note,
                keys=_json_keys(entry) if isinstance(entry, SeedJsonList) else None,
            )


def _json_keys(entry: SeedJsonList) -> JsonKeys | None:
    keys = JsonKeys(
        items=entry.items,
        link=entry.link,
        title=entry.title,
        date=entry.date,
        address=entry.address,
    )
    return keys if keys != JsonKeys() else None
