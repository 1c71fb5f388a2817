"""The shape of a seed file: its keys and what their values must look like.

A source whose pages its family does not describe, or describes no longer, names CSS selectors
of its own. They are tried before the family's, from the day ``from`` to the day ``until``,
both included; what they do not find is still looked for the family's way::

    selectors:
      - until: 2026-09-30
        body: .noi-dung-cu
      - from: 2026-10-01
        title: h1.tieu-de
        sapo: [.mo-dau, p.tom-tat]
        date: .ngay-dang
        author: .but-danh
        origin: .nguon
        category: .chuyen-muc a
        body: "#noi-dung"
        drop: [.hop-tin, .quang-cao]

Each is one selector or a list, tried in order; all of ``drop`` is taken out of the body.

Where the articles of a predecessor stand at the source's home now, under the same paths, it says
so, and a story linked from both hosts is one::

    predecessors:
      - {name: Báo Cũ, host: baocu.com.vn, province: Cà Mau, moved: true}

A bad certificate (expired, self-signed, of another name) is refused. A source that must be read
all the same says until when, and why; that holds for its own requests only::

    insecure_tls: {until: 2026-12-31, why: "chứng thư hết hạn, đã báo cơ quan chủ quản"}

A paper whose listings are drawn by scripts is read from the list that the scripts ask for.
Mostly its address is enough; where it is not, dotted keys say where things are, and
``address`` how an article's address is made::

    json_lists:
      - url: https://api.bao.vn/tin?limit=30
        certainty: seen
        items: data.list
        address: https://bao.vn/tin-bai/{category.slug}/{slug}
        title: name
        date: publish_at

``link`` names the key of an address or slug that needs no making.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated

from cssselect import SelectorError
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

from crawler.items import Certainty, EntryKind, SourceKind
from crawler.page.markup import compiled
from crawler.selectors import SELECTOR_NAMES, Day
from crawler.values import Pause, WebAddress, check_web_address

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE = re.compile(r"[0-9]{2}")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_DOTTED = re.compile(r"[\w-]+(?:\.[\w-]+)*")
_KEY_FIELD = re.compile(r"\{[\w-]+(?:\.[\w-]+)*\}")
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


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _selector(value: str) -> str:
    try:
        compiled(value)
    except SelectorError as error:
        raise ValueError(f"is not a CSS selector: {error}") from error
    return value


def _made_address(value: str) -> str:
    filled = _KEY_FIELD.sub("x", value)
    if filled == value:
        raise ValueError("must hold a key of the list in braces, such as {slug}")
    if "{" in filled or "}" in filled:
        raise ValueError("may hold dotted keys in braces only")
    check_web_address(filled)
    return value


def _dotted_key(value: str) -> str:
    if not _DOTTED.fullmatch(value):
        raise ValueError("is not a dotted key such as data.list")
    return value


_DottedKey = Annotated[str, AfterValidator(_dotted_key)]
_Text = Annotated[str, Field(min_length=1), AfterValidator(_composed)]
_Key = Annotated[str, AfterValidator(_key)]


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class SeedEntry(_Words):
    """A feed, sitemap or listing."""

    url: Annotated[str, AfterValidator(_dated_address)]
    certainty: Certainty
    note: _Text | None = None


class SeedJsonList(SeedEntry):
    """A JSON list; the keys mean what they mean in ``crawler.items.JsonKeys``."""

    items: _DottedKey | None = None
    link: _DottedKey | None = None
    title: _DottedKey | None = None
    date: _DottedKey | None = None
    address: Annotated[str, AfterValidator(_made_address)] | None = None

    @field_validator("address")
    @classmethod
    def _stands_alone(cls, address: str | None, info: ValidationInfo) -> str | None:
        if address and info.data.get("link"):
            raise ValueError("takes the place of 'link'; name one of them")
        return address


class SeedPredecessor(_Words):
    """A paper that a source took over."""

    name: _Text
    host: Annotated[str, AfterValidator(_host)]
    province: _Text
    until: date | None = None
    certainty: Certainty = "seen"
    moved: bool = False
    note: _Text | None = None


_Selectors = Annotated[
    tuple[Annotated[str, Field(min_length=1), AfterValidator(_selector)], ...],
    BeforeValidator(_listed),
]


class SeedSelectors(_Words):
    """CSS of one source, with the days it holds."""

    since: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None
    title: _Selectors = ()
    sapo: _Selectors = ()
    date: _Selectors = ()
    author: _Selectors = ()
    origin: _Selectors = ()
    category: _Selectors = ()
    body: _Selectors = ()
    drop: _Selectors = ()

    @field_validator("until")
    @classmethod
    def _ends_after_it_began(cls, until: Day | None, info: ValidationInfo) -> Day | None:
        since = info.data.get("since")
        if since and until and until < since:
            raise ValueError(f"is before 'from', {since}")
        return until

    def is_empty(self) -> bool:
        """Whether it names no selector."""
        return not any(getattr(self, name) for name in SELECTOR_NAMES)


class SeedInsecureTls(_Words):
    """Why a bad certificate is let pass, and until when: nobody remembers to close a hole."""

    until: date
    why: _Text


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
    selectors: tuple[SeedSelectors, ...] = ()
    feeds: tuple[SeedEntry, ...] = ()
    sitemaps: tuple[SeedEntry, ...] = ()
    json_lists: tuple[SeedJsonList, ...] = ()
    listings: tuple[SeedEntry, ...] = ()
    predecessors: tuple[SeedPredecessor, ...] = ()
    succeeded_by: _Key | None = None
    until: date | None = None
    watched: bool = True
    interval: Pause | None = None
    delay: Pause | None = None
    insecure_tls: SeedInsecureTls | None = None
    note: _Text | None = None

    def groups(self) -> tuple[tuple[EntryKind, tuple[SeedEntry, ...]], ...]:
        """The entries with their kind, in the order they are visited."""
        return (
            ("feed", self.feeds),
            ("sitemap", self.sitemaps),
            ("json", self.json_lists),
            ("listing", self.listings),
        )


class SeedFile(_Words):
    """One file: a province with its sources, or national sources without a province."""

    province: _Text | None = None
    code: Annotated[str, AfterValidator(_code)] | None = None
    formed_on: date | None = None
    formed_from: tuple[_Text, ...] = ()
    sources: tuple[SeedSource, ...]
