"""Takes lists of links and cards of other articles out of a tree, whatever announces them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from crawler.page.blocks import blocks
from crawler.page.links import (
    HEADINGS,
    HEADLINE_WORDS,
    heads_list,
    is_link_line,
    is_short_label,
    is_text,
    last_text,
)
from crawler.page.markup import is_inside, outermost
from crawler.page.teasers import runs_of_teasers

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from lxml.html import HtmlElement

    from crawler.page.blocks import Block

_LONGEST_TEASER = 600
_LABELS_OF_BOX = 2


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a line is."""

    is_headline: bool
    """A link as long as a headline, whatever little stands beside it."""
    is_link: bool
    """Nothing but links to other articles, with a label or a date."""
    is_text: bool
    is_label: bool
    """It may be what a box is called."""


@dataclass(slots=True)
class _Share:
    """What an element holds."""

    is_behind_text: bool
    """Whether a paragraph stands above it."""
    lines: int = 0
    characters: int = 0
    linked: int = 0
    links: int = 0
    headlines: int = 0
    link_lines: int = 0
    labels: int = 0
    prose: int = 0
    """Paragraphs that are no link."""
    is_headed_by_link: bool = False
    """Whether its first line is a headline, or begins with one."""

    def add(self, line: Block, kind: _Kind) -> None:
        if not self.lines:
            self.is_headed_by_link = kind.is_headline or line.link_first >= HEADLINE_WORDS
        self.lines += 1
        self.characters += len(line.text)
        self.linked += line.linked
        self.links += line.links
        self.headlines += kind.is_headline
        self.link_lines += kind.is_link
        self.labels += kind.is_label
        self.prose += kind.is_text

    @property
    def is_link_list(self) -> bool:
        if self.link_lines and self.lines == self.link_lines + self.labels:
            return self.labels <= _LABELS_OF_BOX
        if self.prose or 2 * self.linked < self.characters:
            return False
        return self.headlines >= 2 or self.links >= 3

    @property
    def is_teaser(self) -> bool:
        return self.is_headed_by_link and self.lines <= 6 and self.characters <= _LONGEST_TEASER


def remove_linked(root: HtmlElement, *, kept: Container[HtmlElement]) -> None:
    """Remove lists of links and cards of other articles, in place.

    What announces them goes too, whatever it says.

    Args:
        root: The article's own node, or a page.
        kept: From ``around_title``.
    """
    lines = list(blocks(root))
    shares = _shares(root, lines)
    boxes = [element for element in _boxes(root, shares) if element not in kept]
    gone = set(boxes)
    behind = last_text(lines)
    for place, (before, line) in enumerate(pairwise(lines)):
        if (
            _starts_in(line.element, gone, before.element)
            and before.element not in kept
            and heads_list(
                before,
                is_behind_text=place > behind,
                is_beside=_stands_before(before, line.element, gone),
            )
        ):
            gone.add(before.element)
            boxes.append(before.element)
    for element in boxes:
        if element.getparent() is not None:
            element.drop_tree()


def _shares(root: HtmlElement, lines: list[Block]) -> dict[HtmlElement, _Share]:
    """Of each element within the root that holds a line."""
    shares: dict[HtmlElement, _Share] = {}
    is_behind_text = False
    for line in lines:
        kind = _kind(line)
        for element in (line.element, *line.element.iterancestors()):
            if element is root:
                break
            share = shares.get(element)
            if share is None:
                share = shares[element] = _Share(is_behind_text)
            share.add(line, kind)
        is_behind_text = is_behind_text or kind.is_text
    return shares


def _kind(line: Block) -> _Kind:
    return _Kind(
        is_headline=_is_headline(line),
        is_link=is_link_line(line),
        is_text=is_text(line),
        is_label=is_short_label(line),
    )


def _is_headline(line: Block) -> bool:
    words = len(line.text.split())
    return words >= HEADLINE_WORDS and line.links == 1 and 5 * line.linked >= 3 * len(line.text)


def _boxes(root: HtmlElement, shares: dict[HtmlElement, _Share]) -> Iterator[HtmlElement]:
    for element, share in shares.items():
        if share.is_link_list:
            yield element
    for parent in {element.getparent(): None for element in shares}:
        if parent is not None and (parent is root or parent in shares):
            children = [child for child in parent if child in shares]
            yield from _cards(children, shares)
            yield from _headed_by_links(children, shares)
            yield from _teasers(children, shares)


def _cards(children: list[HtmlElement], shares: dict[HtmlElement, _Share]) -> Iterator[HtmlElement]:
    """Boxes of one article each, side by side: a headline as a link, a teaser below it.

    Also one alone, where its headline is marked as a heading, and three or more pictures
    with a text that each link elsewhere.
    """
    for (_, _, form), run in groupby(children, key=lambda child: _form(child, shares)):
        cards = list(run)
        if form == "headline" and (len(cards) > 1 or _has_linked_heading(cards[0])):
            yield from cards
        if form == "picture" and len(cards) > 2:
            yield from cards


def _teasers(
    children: list[HtmlElement], shares: dict[HtmlElement, _Share]
) -> Iterator[HtmlElement]:
    """Runs of them below a text: a story told in cards alone is the article itself."""
    if len(children) > 1 and shares[children[-1]].is_behind_text:
        for run in runs_of_teasers(children):
            if shares[run[0]].is_behind_text:
                yield from run


def _form(child: HtmlElement, shares: dict[HtmlElement, _Share]) -> tuple[str, str, str]:
    if child.tag in ("p", "figure", "td", "tr", "tbody") or child.tag in HEADINGS:
        return str(child.tag), "", ""
    if shares[child].is_teaser:
        return "", "", "headline"
    is_picture = shares[child].characters <= _LONGEST_TEASER and _has_linked_picture(child)
    return str(child.tag), child.get("class") or "", "picture" if is_picture else ""


def _has_linked_heading(card: HtmlElement) -> bool:
    first = next(blocks(card), None)
    if first is None:
        return False
    inside = (first.element, *first.element.iterancestors())
    return any(one.tag in HEADINGS for one in inside if one is card or is_inside(one, card))


def _has_linked_picture(card: HtmlElement) -> bool:
    """A link around a picture that leads to a page, not to the picture itself."""
    for image in card.iter("img"):
        anchor = next(image.iterancestors("a"), None)
        if anchor is not None and (href := anchor.get("href")):
            return not re.search(r"^#|^javascript|\.(?:jpe?g|png|webp|gif)(?:\?|$)", href, re.I)
    return False


def _headed_by_links(
    children: list[HtmlElement], shares: dict[HtmlElement, _Share]
) -> Iterator[HtmlElement]:
    """Headings that are links, with their teasers, at the end of what they stand in."""
    places = [
        index
        for index, child in enumerate(children)
        if child.tag in HEADINGS and shares[child].is_headed_by_link
    ]
    if len(places) > 1 or (places and len(children) - places[0] <= 2):
        yield from children[places[0] :]


def _starts_in(element: HtmlElement, gone: set[HtmlElement], before: HtmlElement) -> bool:
    """Whether an element lies in a box that goes, and the one before it outside of all."""
    if any(one in gone for one in (before, *before.iterancestors())):
        return False
    return any(one in gone for one in (element, *element.iterancestors()))


def _stands_before(before: Block, element: HtmlElement, gone: set[HtmlElement]) -> bool:
    """Whether a line is the neighbour of the box that goes, and no other column's last."""
    boxes = [one for one in (element, *element.iterancestors()) if one in gone]
    return outermost(before).getparent() is boxes[-1].getparent()
