"""Leaves out selectors that cannot match a page, by the class names and ids it holds.

A scan of the tree costs a third of a millisecond a selector on a page of 90 kB, and there are
hundreds of them; the page's names are collected once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from crawler.page.markup import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from crawler.families.family import Family

_classes = etree.XPath("descendant-or-self::*/@class", smart_strings=False)
_ids = etree.XPath("descendant-or-self::*/@id", smart_strings=False)
_COMMA = re.compile(r",(?![^(\[]*[)\]])")
_EXCLUDED = re.compile(r":not\([^)]*\)")
_ATTRIBUTE = re.compile(r"\[[^\]]*\]")
_PART = re.compile(r"\[(?:class|id)[*^$]?=[\"']?([^\"'\]]+?)[\"']?(?: i)?\]")
_ONE_NAME = re.compile(r"[.#][\w-]+|\[(?:class|id)\*=[\w-]+\]")
_NAME = re.compile(r"[.#]([\w-]+)")


@dataclass(frozen=True)
class Names:
    """Class names and ids of a page."""

    whole: frozenset[str]
    text: str
    """All of them in a row, in lower case."""

    @classmethod
    def of(cls, tree: HtmlElement) -> Names:
        """Collect them."""
        text = " ".join([*cast("list[str]", _classes(tree)), *cast("list[str]", _ids(tree))])
        return cls(frozenset(text.split()), text.lower())


@dataclass(frozen=True, slots=True)
class _Alternative:
    """One of the selectors between commas, with the names without which it matches nothing."""

    selector: str
    whole: frozenset[str]
    parts: tuple[str, ...]
    is_name: bool
    """Whether it asks for one name and nothing else."""

    def may_match(self, names: Names) -> bool:
        return self.whole <= names.whole and all(part in names.text for part in self.parts)

    def matches(self, tree: HtmlElement, names: Names) -> bool:
        if not self.may_match(names):
            return False
        # Of one name alone the page's names tell as much as its tree.
        return self.is_name or bool(compiled(self.selector)(tree))


def narrowed(family: Family, names: Names) -> Family:
    """The family with only those selectors that may match a page with these names."""
    changes: dict[str, Any] = {
        one.name: tuple(possible(getattr(family, one.name), names))
        for one in fields(family)
        if one.name in _SELECTORS
    }
    return replace(family, **changes)


def possible(selectors: Iterable[str], names: Names) -> Iterator[str]:
    """Of each selector the alternatives that may match; those without any are left out."""
    for selector in selectors:
        met = [one.selector for one in _alternatives(selector) if one.may_match(names)]
        if met:
            yield ", ".join(met)


def matches(tree: HtmlElement, selectors: tuple[str, ...], names: Names) -> int:
    """How many of the selectors match the page."""
    return sum(
        any(one.matches(tree, names) for one in _alternatives(selector))
        for selector in _likely(selectors, names)
    )


def most_matches(selectors: tuple[str, ...], names: Names) -> int:
    """How many of the selectors may match a page with these names."""
    return sum(
        any(one.may_match(names) for one in _alternatives(selector))
        for selector in _likely(selectors, names)
    )


def _likely(selectors: tuple[str, ...], names: Names) -> tuple[str, ...]:
    """Where the page has none of the names, those that can do without."""
    is_stranger = names.whole.isdisjoint(_all_names(selectors))
    return _nameless(selectors) if is_stranger else selectors


_SELECTORS = frozenset(("title", "sapo", "date", "author", "origin", "category", "body", "drop"))


@lru_cache(maxsize=256)
def _all_names(selectors: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        name for selector in selectors for one in _alternatives(selector) for name in one.whole
    )


@lru_cache(maxsize=256)
def _nameless(selectors: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the selectors that can match a page without any of their names."""
    return tuple(one for one in selectors if any(not each.whole for each in _alternatives(one)))


@lru_cache(maxsize=2048)
def _alternatives(selector: str) -> tuple[_Alternative, ...]:
    return tuple(_alternative(one.strip()) for one in _COMMA.split(selector))


def _alternative(selector: str) -> _Alternative:
    plain = _EXCLUDED.sub("", selector)
    return _Alternative(
        selector=selector,
        whole=frozenset(_NAME.findall(_ATTRIBUTE.sub("", plain))),
        parts=tuple(part.lower() for part in _PART.findall(plain)),
        is_name=_ONE_NAME.fullmatch(selector) is not None,
    )
