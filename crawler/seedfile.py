"""The shape of a seed file: its keys and what their values must look like."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from crawler.items import Certainty, EntryKind, SourceKind
from crawler.values import Pause, WebAddress, check_web_address

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE = re.compile(r"[0-9]{2}")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_FIELD = re.compile(r"\{(?:year|month|month:02d|day:02d)\}")


def _composed(value: str) -> str:
    # Names are compared letter by letter, and some editors save Vietnamese decomposed.
    return unicodedata.normalize("NFC", value)


def _key(value: str) -> str:
    if not _KEY.fullmatch(value):
        raise ValueError("must be small letters, digits and hyphens, such as bao-gia-lai")
    return value


def _code(value: str) -> str:
    if not _CODE.fullmatch(value):
        raise ValueError('must be two digits in quotes, such as "52"')
    return value


def _host(value: str) -> str:
    if not _HOST.fullmatch(value):
        raise ValueError("is not a host name such as baobinhdinh.vn")
    return value


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"is not a regular expression: {error}") from error
    return value


def _dated_address(value: str) -> str:
    filled = _FIELD.sub("1", value)
    if "{" in filled or "}" in filled:
        raise ValueError("may hold {year}, {month}, {month:02d} and {day:02d} only")
    check_web_address(filled)
    return value


_Text = Annotated[str, Field(min_length=1), AfterValidator(_composed)]
_Key = Annotated[str, AfterValidator(_key)]


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class SeedEntry(_Words):
    """A feed, sitemap or listing."""

    url: Annotated[str, AfterValidator(_dated_address)]
    certainty: Certainty
    note: _Text | None = None


class SeedPredecessor(_Words):
    """A paper that a source took over."""

    name: _Text
    host: Annotated[str, AfterValidator(_host)]
    province: _Text
    until: date | None = None
    certainty: Certainty = "seen"
    note: _Text | None = None


class SeedSource(_Words):
    """A site to watch; the keys mean what they mean in ``crawler.items.Source``."""

    key: _Key
    name: _Text
    kind: SourceKind
    home: WebAddress
    certainty: Certainty
    place: _Text | None = None
    family: _Text | None = None
    article_url: Annotated[str, AfterValidator(_pattern)] | None = None
    feeds: tuple[SeedEntry, ...] = ()
    sitemaps: tuple[SeedEntry, ...] = ()
    listings: tuple[SeedEntry, ...] = ()
    predecessors: tuple[SeedPredecessor, ...] = ()
    succeeded_by: _Key | None = None
    until: date | None = None
    watched: bool = True
    interval: Pause | None = None
    delay: Pause | None = None
    note: _Text | None = None

    def groups(self) -> tuple[tuple[EntryKind, tuple[SeedEntry, ...]], ...]:
        """The entries with their kind, in the order they are visited."""
        return ("feed", self.feeds), ("sitemap", self.sitemaps), ("listing", self.listings)


class SeedFile(_Words):
    """One file: a province with its sources, or national sources without a province."""

    province: _Text | None = None
    code: Annotated[str, AfterValidator(_code)] | None = None
    formed_on: date | None = None
    formed_from: tuple[_Text, ...] = ()
    sources: tuple[SeedSource, ...]
