"""Headings that selectors call a title: the article's own among those of boxes and cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.page.editions import names_edition
from crawler.page.headline import is_office
from crawler.page.labels import is_box_label
from crawler.page.markup import select, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.html import HtmlElement

_LEAST_WORDS = 4
"""Of a heading in which a quoted title can be known."""


@dataclass(frozen=True)
class NamedHeadings:
    """What selectors find, in the order of the page, each text once.

    Cards of other articles and boxes bear the class of the article's title too (Liferay's
    ``asset-title`` and ``header-title``). The headlines of cards are links.
    """

    shown: tuple[str, ...]
    """Of the first selector that finds a heading that is no link."""
    linked: tuple[str, ...]
    """Those that are links, found until then."""

    @property
    def only(self) -> str | None:
        """The heading, where there is no other to choose from."""
        return self.shown[0] if len(self.shown) == 1 and not self.linked else None

    def own(self, witnesses: Sequence[str]) -> str | None:
        """The article's title: what a witness quotes, else the first that is no link.

        Args:
            witnesses: Titles from the page's metas and window, without the site's name.
        """
        headlines = (text for text in (*self.linked, *self.shown) if not is_office(text))
        quoted = (text for text in headlines if any(_quotes(one, text) for one in witnesses))
        return next(quoted, next(iter(self.shown), None))


def named_headings(tree: HtmlElement, selectors: Iterable[str]) -> NamedHeadings:
    """The headings that CSS selectors call a title, without labels of boxes and editions."""
    linked: dict[str, None] = {}
    for selector in selectors:
        shown: dict[str, None] = {}
        for node in select(tree, (selector,)):
            text = text_of(node)
            if text and not is_box_label(text) and not names_edition(text):
                (linked if _is_link(node, text) else shown)[text] = None
        if shown:
            return NamedHeadings(tuple(shown), tuple(linked))
    return NamedHeadings((), tuple(linked))


def _quotes(witness: str, heading: str) -> bool:
    if len(heading.split()) < _LEAST_WORDS:
        return False
    return starts_alike(heading, witness) or witness.casefold().endswith(f" {heading.casefold()}")


def starts_alike(heading: str, witness: str) -> bool:
    """Whether one of two titles begins with the other, which may be cut short."""
    return bool(witness) and (begins(heading, witness) or begins(witness, heading))


def begins(text: str, start: str) -> bool:
    """Whether a text begins with another, whatever their case."""
    return text.casefold().startswith(start.casefold().rstrip(". …"))


def _is_link(node: HtmlElement, text: str) -> bool:
    around = next(node.iterancestors("a"), None)
    return around is not None or any(text_of(anchor) == text for anchor in node.iter("a"))
