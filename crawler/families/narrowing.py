"""Leaves out selectors that cannot match a page, by the class names and ids it holds.

A scan of the tree costs a third of a millisecond a selector on a page of 90 kB, and there are
hundreds of them; the page's names are collected once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from lxml import etree

from crawler.markup import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from crawler.families.family import Family

_names = etree.XPath("//@class | //@id", smart_strings=False)
_addresses = etree.XPath("//@src | //@href", smart_strings=False)
_COMMA = re.compile(r",(?![^(\[]*[)\]])")
_EXCLUDED = re.compile(r":not\([^)]*\)")
_ATTRIBUTE = re.compile(r"\[[^\]]*\]")
_PART = re.compile(r"\[(?:class|id|src|href)[*^$]?=[\"']?([^\"'\]]+?)[\"']?(?: i)?\]")
_ONE_NAME = re.compile(r"[.#][\w-]+|\[(?:class|id)\*=[\w-]+\]")
_NAME = re.compile(r"[.#]([\w-]+)")


@dataclass(frozen=True)
class Names:
    """Class names and ids of a page, with the addresses it points to."""

    whole: frozenset[str]
    text: str
    """All of them in a row, in lower case."""

    @classmethod
    def of(cls, tree: HtmlElement) -> Names:
        """Collect them."""
        names = " ".join(cast("list[str]", _names(tree)))
        addresses = " ".join(cast("list[str]", _addresses(tree)))
        return cls(frozenset(names.split()), f"{names} {addresses}".lower())


@dataclass(frozen=True)
class _Needs:
    """Names without which a selector matches nothing."""

    whole: frozenset[str]
    parts: tuple[str, ...]

    def are_met(self, names: Names) -> bool:
        return self.whole <= names.whole and all(part in names.text for part in self.parts)


def narrowed(family: Family, names: Names) -> Family:
    """The family with only those selectors that may match a page with these names."""
    changes = {
        one.name: tuple(possible(getattr(family, one.name), names))
        for one in fields(family)
        if one.name in _SELECTORS
    }
    return replace(family, **changes)


def possible(selectors: Iterable[str], names: Names) -> Iterable[str]:
    """Of each selector the alternatives that may match; those without any are left out."""
    for selector in selectors:
        if met := ", ".join(_met(selector, names)):
            yield met


def matches(tree: HtmlElement, selectors: Iterable[str], names: Names) -> int:
    """How many of the selectors match the page."""
    return sum(any(_is_matched(tree, one) for one in _met(each, names)) for each in selectors)


def _met(selector: str, names: Names) -> Iterator[str]:
    return (one for one, needs in _alternatives(selector) if needs.are_met(names))


def _is_matched(tree: HtmlElement, selector: str) -> bool:
    # Of one name alone the page's names tell as much as its tree.
    return _ONE_NAME.fullmatch(selector) is not None or bool(compiled(selector)(tree))


_SELECTORS = frozenset(
    ("title", "sapo", "date", "author", "origin", "category", "body", "drop", "signs", "hints")
)


@lru_cache(maxsize=2048)
def _alternatives(selector: str) -> tuple[tuple[str, _Needs], ...]:
    return tuple((one.strip(), _needs(one)) for one in _COMMA.split(selector))


def _needs(selector: str) -> _Needs:
    plain = _EXCLUDED.sub("", selector)
    parts = tuple(part.lower() for part in _PART.findall(plain))
    return _Needs(frozenset(_NAME.findall(_ATTRIBUTE.sub("", plain))), parts)
