"""What is watched: provinces, sources, and the addresses where their news begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from crawler.selectors import Selectors

if TYPE_CHECKING:
    from collections.abc import Mapping

Certainty = Literal["checked", "seen", "inferred"]
"""How an address is known: answered us; stands in published configuration; same CMS's pattern."""

EntryKind = Literal["feed", "sitemap", "json", "listing"]
"""In the order of their cost, the cheapest first (``crawler.discovery``)."""
SourceKind = Literal["paper", "portal", "aggregator"]


@dataclass(frozen=True, kw_only=True)
class JsonKeys:
    """Where a JSON list keeps what it tells, as dotted keys; None: it is found out."""

    items: str | None = None
    """The list, from the top: ``data.list``."""
    link: str | None = None
    """Address of an item, absolute or relative, or its slug."""
    title: str | None = None
    date: str | None = None
    address: str | None = None
    """Address of an item with its keys in braces: ``https://bao.vn/tin/{category.slug}/{slug}``;
    takes the place of ``link``."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An address of a source where new links are found."""

    url: str
    """Absolute; may hold ``{year}``, ``{month}``, ``{month:02d}`` and ``{day:02d}``,
    filled with the crawl's day in Asia/Ho_Chi_Minh."""
    kind: EntryKind
    certainty: Certainty
    note: str | None = None
    keys: JsonKeys | None = None
    """Of a JSON list that is not understood by itself."""


@dataclass(frozen=True, kw_only=True)
class Predecessor:
    """A site that a source took over, with its readers and its addresses."""

    name: str
    host: str
    province: str
    """The province it reported on, by its name at the time."""
    until: date | None = None
    """Last day it published on its own; None where unknown."""
    certainty: Certainty = "seen"
    moved: bool = False
    """Whether its articles stand at the source's home now, under the same paths."""
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Province:
    """One of the 34 provinces and cities since 1 July 2025."""

    code: str
    """Two digits of the General Statistics Office, such as ``52``."""
    name: str
    formed_on: date | None = None
    """Day of the merger that made it; None for a province that kept its borders."""
    formed_from: tuple[str, ...] = ()
    """The provinces that went into it, by their names before; empty where unchanged."""


@dataclass(frozen=True, kw_only=True)
class InsecureTls:
    """Leave to read a source whose certificate is bad: what it prints may be anybody's."""

    until: date
    """Last day it holds."""
    why: str

    def holds(self, day: date) -> bool:
        """Whether it is still given on a day."""
        return day <= self.until


@dataclass(frozen=True, kw_only=True)
class Source:
    """A site to watch."""

    key: str
    """Short, stable, typed by people: ``bao-gia-lai``."""
    name: str
    kind: SourceKind
    home: str
    province: str | None
    """Today's name of the province it reports on; None for a national source."""
    certainty: Certainty
    entries: tuple[Entry, ...] = ()
    article_url: str | None = None
    """Regular expression searched in a link's path and query; None accepts by shape."""
    family: str | None = None
    """CMS family as a hint; the page itself decides."""
    selectors: tuple[Selectors, ...] = ()
    """Its own, for what the family does not know; with the days they hold."""
    place: str | None = None
    """The district or ward a small portal speaks for, as written."""
    predecessors: tuple[Predecessor, ...] = ()
    succeeded_by: str | None = None
    """Key of the source that took this one over; such a source is read, not expected."""
    until: date | None = None
    """Last day it published on its own, where succeeded."""
    watched: bool = True
    """False keeps it for recrawls and search only."""
    interval: timedelta | None = None
    """Between two crawls, kept as it is; None takes the configured one, or the source's rhythm."""
    delay: timedelta | None = None
    """Least pause between two requests; None takes the configured default."""
    insecure_tls: InsecureTls | None = None
    """None refuses bad certificates."""
    note: str | None = None

    @property
    def places_then(self) -> Mapping[str, Predecessor]:
        """Predecessors by host."""
        return {former.host: former for former in self.predecessors}
