"""Boxes of other articles within a tree: known by a heading, by their links, by repetition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from crawler.page.labels import is_box_label, is_end_label
from crawler.page.lines import is_prose
from crawler.page.markup import blocks, text_length

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from lxml.html import HtmlElement

    from crawler.page.markup import Block

_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6", "dt"))
_HEADLINE_WORDS = 4
_LONGEST_TEASER = 600
_LABEL_WORDS = 8
# A box is never more than two thirds of what it stands in.
_WRAPPER_SHARE = 1.5
_LINK_PREFIX = re.compile(r"^(?:>>|->|[»›→•+*-])\s*|^(?:xem|đọc) thêm\s*:?\s*", re.IGNORECASE)
_LABEL_START = re.compile(
    r"^\W*(?:tin|bài|các|những|mời|xem|đọc|cùng|video|ảnh|chuyên mục|chủ đề|sự kiện|tags?"
    r"|từ khóa)\b",
    re.IGNORECASE,
)


def around_title(
    root: HtmlElement, lines: Sequence[Block], title: str | None
) -> frozenset[HtmlElement]:
    """Elements that no box is: what holds the title.

    Args:
        root: The article's own node, or a page.
        lines: Of the root.
        title: The article's; None where the root does not hold it.
    """
    holders = list(root.iter("h1"))
    holders += [line.element for line in lines if line.text == title and not line.linked]
    return frozenset(up for one in holders for up in (one, *one.iterancestors()))


def is_link_line(block: Block) -> bool:
    """Whether a line is nothing but a link to another article; links in sentences are none."""
    text = _LINK_PREFIX.sub("", block.text)
    return len(text.split()) >= _HEADLINE_WORDS and block.linked >= len(text) > 0


def remove_labelled(
    root: HtmlElement, lines: Sequence[Block], *, kept: Container[HtmlElement], is_page: bool
) -> None:
    """Remove boxes that are known by their heading alone, in place.

    Within the article's own node a heading without a box of its own takes the link lists
    behind it along, and stays where none follows, as the mark where the article ends. On a
    whole page it takes all that follows beside it, but nothing that holds the title.

    Args:
        root: The article's own node, or a page.
        lines: Of the root; some may have left it since.
        kept: From ``around_title``.
        is_page: Whether the root is a whole page.
    """
    is_behind_text = False
    for line in lines:
        if line.element in kept:
            is_behind_text = False
        if not (is_box_label(line.text) or is_end_label(line.text)):
            is_behind_text = is_behind_text or _is_text(line)
            continue
        box = _box_of(line, root, kept)
        if box is None:
            continue
        # Above the text a label ("Bình luận", beside the share buttons) ends nothing.
        to_the_end = is_page and is_behind_text
        if not _is_all_of(line, box) or _removed_what_follows(
            box, line.text, kept=kept, to_the_end=to_the_end
        ):
            box.drop_tree()


def _is_inside(element: HtmlElement, root: HtmlElement) -> bool:
    return any(ancestor is root for ancestor in element.iterancestors())


def _box_of(label: Block, root: HtmlElement, kept: Container[HtmlElement]) -> HtmlElement | None:
    """The largest element that the label heads, short of the page's title and the root."""
    box = None
    whole = text_length(root)
    if label.element is root or not _is_inside(label.element, root):
        return None
    for element in (label.element, *label.element.iterancestors()):
        if element is root or element in kept or element.tag in ("body", "html", "form", "main"):
            break
        first = next(blocks(element), None)
        if first is None or first.text != label.text:
            break
        if _WRAPPER_SHARE * text_length(element) >= whole:
            break
        box = element
    return box


def _is_all_of(label: Block, box: HtmlElement) -> bool:
    return [line.text for line in blocks(box)] == [label.text]


def _removed_what_follows(
    box: HtmlElement, label: str, *, kept: Container[HtmlElement], to_the_end: bool
) -> bool:
    """Remove what a bare heading announces; False where the heading is to stay."""
    if not to_the_end and is_end_label(label):
        return False
    links = 0
    for sibling in list(box.itersiblings()):
        if sibling in kept if to_the_end else not _is_link_list(sibling):
            break
        links += next(blocks(sibling), None) is not None
        sibling.drop_tree()
    return to_the_end or links > 0 or box.tag in ("div", "section", "aside")


def _is_link_list(element: HtmlElement) -> bool:
    lines = list(blocks(element))
    return (
        2 * sum(line.linked for line in lines) > sum(len(line.text) for line in lines) or not lines
    )


def _is_text(line: Block) -> bool:
    return 2 * line.linked < len(line.text) and is_prose(line.text)


@dataclass(slots=True)
class _Share:
    """What an element holds."""

    lines: int = 0
    characters: int = 0
    linked: int = 0
    links: int = 0
    headlines: int = 0
    """Lines that are a link and as long as a headline."""
    prose: int = 0
    """Paragraphs that are no link."""
    is_headed_by_link: bool = False
    """Whether its first line is a headline, or begins with one."""

    def add(self, line: Block, *, is_headline: bool, is_text: bool) -> None:
        if not self.lines:
            self.is_headed_by_link = is_headline or line.link_first >= _HEADLINE_WORDS
        self.lines += 1
        self.characters += len(line.text)
        self.linked += line.linked
        self.links += line.links
        self.headlines += is_headline
        self.prose += is_text

    @property
    def is_link_list(self) -> bool:
        if self.prose or 2 * self.linked < self.characters:
            return False
        return self.headlines >= 2 or self.links >= 3

    @property
    def is_teaser(self) -> bool:
        return self.is_headed_by_link and self.lines <= 6 and self.characters <= _LONGEST_TEASER


def remove_linked(root: HtmlElement, *, kept: Container[HtmlElement]) -> None:
    """Remove lists of links and cards of other articles, in place.

    Args:
        root: The article's own node, or a page.
        kept: From ``around_title``.
    """
    lines = list(blocks(root))
    shares = _shares(root, lines)
    boxes = [element for element in _boxes(root, shares) if element not in kept]
    gone = set(boxes)
    for before, line in pairwise(lines):
        if _is_heading_of_list(before) and _starts_in(line.element, gone, before.element):
            gone.add(before.element)
            boxes.append(before.element)
    for element in boxes:
        if element.getparent() is not None:
            element.drop_tree()


def _shares(root: HtmlElement, lines: list[Block]) -> dict[HtmlElement, _Share]:
    """Of each element within the root that holds a line."""
    shares: dict[HtmlElement, _Share] = {}
    for line in lines:
        is_text, is_headline = _is_text(line), _is_headline(line)
        for element in (line.element, *line.element.iterancestors()):
            if element is root:
                break
            share = shares.get(element)
            if share is None:
                share = shares[element] = _Share()
            share.add(line, is_headline=is_headline, is_text=is_text)
    return shares


def _is_headline(line: Block) -> bool:
    words = len(line.text.split())
    return words >= _HEADLINE_WORDS and line.links == 1 and 5 * line.linked >= 3 * len(line.text)


def _boxes(root: HtmlElement, shares: dict[HtmlElement, _Share]) -> Iterator[HtmlElement]:
    for element, share in shares.items():
        if share.is_link_list:
            yield element
    for parent in {element.getparent(): None for element in shares}:
        if parent is not None and (parent is root or parent in shares):
            children = [child for child in parent if child in shares]
            yield from _cards(children, shares)
            yield from _headed_by_links(children, shares)


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


def _form(child: HtmlElement, shares: dict[HtmlElement, _Share]) -> tuple[str, str, str]:
    if child.tag in ("p", "figure", "td", "tr", "tbody") or child.tag in _HEADINGS:
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
    return any(one.tag in _HEADINGS for one in inside if one is card or _is_inside(one, card))


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
        if child.tag in _HEADINGS and shares[child].is_headed_by_link
    ]
    if len(places) > 1 or (places and len(children) - places[0] <= 2):
        yield from children[places[0] :]


def _is_heading_of_list(line: Block) -> bool:
    if line.linked or len(line.text.split()) > _LABEL_WORDS or is_prose(line.text):
        return False
    is_heading = line.element.tag in _HEADINGS or line.text.endswith(":")
    return is_heading or _LABEL_START.match(line.text) is not None


def _starts_in(element: HtmlElement, gone: set[HtmlElement], before: HtmlElement) -> bool:
    """Whether an element lies in a box that goes, and the one before it outside of all."""
    if any(one in gone for one in (before, *before.iterancestors())):
        return False
    return any(one in gone for one in (element, *element.iterancestors()))
