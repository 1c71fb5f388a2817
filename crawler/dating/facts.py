"""Dates that a page states for machines: JSON-LD, metas, scripts, hidden fields, its address."""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lxml.html import HtmlElement

from crawler.dating.text import PrintedDate, dates_in
from crawler.page.blocks import clean_text
from crawler.page.jsonld import json_ld_articles, own_articles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime


_US_META = "article:published_time"
"""As a ``name`` (not ``property``) it is ONECMS's, which writes month/day/year in it."""

# By preference; "date" and the Dublin Core ones mean the publication on every page met.
_METAS = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "og:pubdate",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publishtime",
    "published-date",
    "published_date",
    "publication_date",
    "published_time",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.published",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "date",
)
# Means the publication on most pages, and the last change on some.
_VAGUE_METAS = ("dc.date", "dcterms.date", "date")
_CHANGE_METAS = (
    "article:modified_time",
    "og:article:modified_time",
    "datemodified",
    "og:updated_time",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
)
_META_ATTRIBUTES = ("property", "name", "itemprop", "http-equiv")

_SCRIPT_OWN = re.compile(r"articlePublishDate[\"']?\s*[:=]\s*[\"']([^\"']{8,40})[\"']")
_SCRIPT_ANY = re.compile(
    r"\b(?:article_?)?publi(?:sh|shed|cation)_?(?:date|time|at|on)[\"']?\s*[:=]\s*"
    r"[\"']([^\"']{8,40})[\"']",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"(?:publi(?:sh|shed|c)|post(?:ed)?|article|news|create[d]?)[-_]?(?:date|time|at|on)"
    r"|date[-_]?publi|ngay[-_]?(?:dang|xuat)|pubdate",
    re.IGNORECASE,
)
_ADDRESS_DAYS = (
    re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/.-]|$)"),
    re.compile(r"/((?:19|20)\d{2})(0[1-9]|1[0-2])/(\d{1,2})(?=/|$)"),
    re.compile(
        r"[-/_]d?(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:\d{4}|\d{6}|\d{9})?(?=[./_-]|$)"
    ),
)
_ADDRESS_MONTH = re.compile(r"/((?:19|20)\d{2})/?(0[1-9]|1[0-2])(?=/)")


@dataclass(frozen=True)
class DateFact:
    """A date with the rule that found it and the string it was read from."""

    rule: str
    raw: str
    printed: PrintedDate
    is_vague: bool = False
    """From a meta that does not say of what it is the date."""


@dataclass(frozen=True)
class StatedDates:
    """The dates that one page states for machines.

    Args:
        tree: The whole page.
        url: Its address: tells its own JSON-LD object from those of related articles.
        title: The same.
    """

    tree: HtmlElement
    url: str
    title: str | None

    def of_publication(self) -> Iterator[DateFact]:
        """What the page says of its publication, the most trusted first."""
        yield from _read("json-ld", (thing.get("datePublished") for thing in self._things))
        for name in _METAS:
            for attribute, raw in self._metas.get(name, ()):
                is_american = name == _US_META and attribute == "name"
                for fact in _read("meta", [raw], month_first=is_american):
                    yield replace(fact, is_vague=name in _VAGUE_METAS)
        yield from _read("script", _in_scripts(self.tree))
        yield from _read("hidden", _in_fields(self.tree))
        yield from _read("json-ld", (thing.get("dateCreated") for thing in self._things))

    def of_changes(self) -> Iterator[DateFact]:
        """When the page was last changed, as it says: not before it was published."""
        yield from _read("modified", self._changes)

    def names_change_at(self, at: datetime) -> bool:
        """Whether the page says, to the second, that it was changed at an instant."""
        # No zone in use here moves the minutes; reading a date takes longer than asking for them.
        likely = [raw for raw in self._changes if isinstance(raw, str) and f":{at:%M}" in raw]
        return any(fact.printed.at == at for fact in _read("modified", likely))

    @cached_property
    def _changes(self) -> list[object]:
        in_json = [thing.get("dateModified") for thing in self._things]
        return [*in_json, *(raw for name in _CHANGE_METAS for _, raw in self._metas.get(name, ()))]

    @cached_property
    def _things(self) -> list[Mapping[str, Any]]:
        return own_articles(list(json_ld_articles(self.tree)), url=self.url, title=self.title)

    @cached_property
    def _metas(self) -> dict[str, list[tuple[str, str]]]:
        return _metas(self.tree)


def address_day(url: str) -> Iterator[DateFact]:
    """The day that an address carries."""
    path = url.partition("?")[0]
    for form in _ADDRESS_DAYS:
        for match in form.finditer(path):
            for printed in dates_in("-".join(match.groups())):
                yield DateFact("address", match[0].strip("/-_"), printed)


def address_month(url: str) -> tuple[int, int] | None:
    """Year and month of an address that is filed by month."""
    match = _ADDRESS_MONTH.search(url)
    return (int(match[1]), int(match[2])) if match else None


def _metas(tree: HtmlElement) -> dict[str, list[tuple[str, str]]]:
    """Attribute and content of all metas, by their name in lower case."""
    found: dict[str, list[tuple[str, str]]] = {}
    for meta in tree.iter("meta"):
        for attribute in _META_ATTRIBUTES:
            if (name := meta.get(attribute)) and (content := meta.get("content")):
                # F2 escapes twice: the attribute still holds entities after parsing.
                text = clean_text(entities.unescape(content))
                found.setdefault(name.strip().lower(), []).append((attribute, text))
    return found


def _in_scripts(tree: HtmlElement) -> list[str]:
    """The one publication date that scripts know; where they know several, they tell of others."""
    scripts = [script.text or "" for script in tree.iter("script") if not _is_json_ld(script)]
    for script in scripts:
        if match := _SCRIPT_OWN.search(script):
            return [match[1]]
    found = {raw for script in scripts if "ubli" in script for raw in _SCRIPT_ANY.findall(script)}
    return sorted(found) if len(found) == 1 else []


def _is_json_ld(script: HtmlElement) -> bool:
    return "ld+json" in (script.get("type") or "")


def _in_fields(tree: HtmlElement) -> Iterator[str]:
    for field in tree.iter("input"):
        names, value = f"{field.get('name')} {field.get('id')}", field.get("value") or ""
        if field.get("type") == "hidden" and len(value) <= 60 and _HIDDEN.search(names):
            yield value


def _read(rule: str, values: Iterable[object], *, month_first: bool = False) -> Iterator[DateFact]:
    for raw in values:
        if isinstance(raw, str):
            dates = dates_in(raw, month_first=month_first)
            yield from (DateFact(rule, raw.strip(), printed) for printed in dates[:1])
