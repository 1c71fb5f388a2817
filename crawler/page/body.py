"""Finds where the article's text stands in a page, and gives its lines without the rest."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml.html import Element, HtmlElement
from trafilatura import bare_extraction

from crawler.families import GENERAL, Names, possible
from crawler.page.blocks import blocks, clean_text
from crawler.page.labels import is_box_label, is_end_label
from crawler.page.lines import (
    byline,
    is_bare_role,
    is_date_line,
    is_prose,
    origin,
    person_of_office,
)
from crawler.page.links import without_links
from crawler.page.markup import select
from crawler.page.prune import prune
from crawler.page.refusals import refuse_encoded
from crawler.page.scripts import scripted_node
from crawler.page.tools import is_tool
from crawler.page.weighing import heaviest, is_paragraph, title_places, with_ancestors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler.families import Family
    from crawler.page.blocks import Block

# A node that bears a common name only is the article's if it holds a paragraph.
_LEAST_PARAGRAPH = 80
# Below this the structure of a page gives no article away, and trafilatura is asked.
_LEAST_TEXT = 200
_TAIL = 4


@dataclass(frozen=True, kw_only=True)
class BodyText:
    """The lines of an article with where they came from."""

    lines: tuple[str, ...]
    node: HtmlElement
    """What they were read from, pruned: to look up how a line is set."""
    above: tuple[str, ...] = ()
    """Paragraphs between the title and a text whose place was weighed."""
    own_node: HtmlElement | None
    """In the page, where it marks the text as such; None where its structure was weighed."""


def find_body(tree: HtmlElement, family: Family, *, title: str) -> BodyText:
    """The article's text, from its own node where the page has one.

    Args:
        tree: The whole page; it is left as it is.
        family: Its selectors.
        title: The article's.

    Raises:
        ReadingError: ``challenge`` where the text is encoded for a script.
    """
    body = _own_text(tree, family) or _weighed_text(tree, family, title)
    refuse_encoded(body.lines)
    return body


def lines_above(tree: HtmlElement, body: BodyText, *, title: str) -> tuple[str, ...]:
    """Paragraphs between the title and the text, where a lead may stand."""
    node = body.own_node
    if node is None:
        return body.above
    if node.getroottree().getroot() is not tree.getroottree().getroot():
        return ()
    before: list[Block] = []
    for line in blocks(tree):
        if line.element is node or any(up is node for up in line.element.iterancestors()):
            break
        before.append(line)
    places = title_places(before, title)
    return _paragraphs(before[places[-1] + 1 :]) if places else ()


def _own_text(tree: HtmlElement, family: Family) -> BodyText | None:
    for node, is_sure in _own_nodes(tree, family):
        pruned = _pruned(node, family)
        lines = tuple(line.text for line in without_links(list(blocks(pruned))))
        if not lines:
            refuse_encoded(str(node.text_content()).split())
        if family.short_body or (lines if is_sure else _has_paragraph(lines)):
            return BodyText(lines=lines, node=pruned, own_node=node)
    return None


def _own_nodes(tree: HtmlElement, family: Family) -> Iterator[tuple[HtmlElement, bool]]:
    """Candidates, and whether a selector of the family or source led there."""
    for selector in family.body:
        node = _joined(select(tree, (selector,)))
        if node is not None:
            yield node, True
    if family.scripted:
        scripted = scripted_node(tree, family.scripted)
        if scripted is not None:
            yield scripted, True
    for node in select(tree, possible(GENERAL.body, Names.of(tree))):
        yield node, False


def _has_paragraph(lines: Sequence[str]) -> bool:
    return any(len(line) >= _LEAST_PARAGRAPH for line in lines)


def _joined(nodes: Iterator[HtmlElement]) -> HtmlElement | None:
    """The first node; where it is a single paragraph, all of them in one."""
    first = next(nodes, None)
    if first is None or first.tag != "p":
        return first
    whole = Element("div")
    whole.extend([copy.deepcopy(node) for node in (first, *nodes)])
    return whole


def _pruned(node: HtmlElement, family: Family) -> HtmlElement:
    copied = copy.deepcopy(node)
    copied.tail = None
    prune(copied, drop=(*family.drop, *GENERAL.drop), title=None)
    return copied


def _paragraphs(lines: Sequence[Block]) -> tuple[str, ...]:
    return tuple(line.text for line in lines if is_paragraph(line))


def _weighed_text(tree: HtmlElement, family: Family, title: str) -> BodyText:
    """The text of a page that does not say where it is."""
    page = copy.deepcopy(tree)
    prune(page, drop=("footer, aside, head", *family.drop), title=title)
    lines = list(blocks(page))
    is_titled = bool(title_places(lines, title))
    lines = _until_the_end(_below_title(lines, title))
    root = heaviest(lines)
    if root is None:
        return BodyText(lines=_second_opinion(page), node=page, own_node=None)
    inside = [any(up is root for up in with_ancestors(line.element)) for line in lines]
    first, last = inside.index(True), len(inside) - inside[::-1].index(True)
    text = [line for line, is_in in zip(lines, inside, strict=True) if is_in]
    text += _signature([line for line in lines[last:] if not _is_other_column(line, root)])
    kept = tuple(line.text for line in without_links(text))
    if sum(map(len, kept)) < _LEAST_TEXT:
        other = _second_opinion(page)
        kept = other if sum(map(len, other)) > 2 * _LEAST_TEXT else kept
    above = _paragraphs(lines[:first]) if is_titled else ()
    return BodyText(lines=kept, node=root, above=above, own_node=None)


def _below_title(lines: list[Block], title: str) -> list[Block]:
    """Lines behind the title: its last place above the first paragraph."""
    start = 0
    for place in title_places(lines, title):
        if not start or not any(map(is_paragraph, lines[start:place])):
            start = place + 1
    return lines[start:]


def _until_the_end(lines: list[Block]) -> list[Block]:
    begun = False
    for place, line in enumerate(lines):
        if begun and (is_end_label(line.text) or is_box_label(line.text)):
            return lines[:place]
        begun = begun or is_paragraph(line)
    return lines


def _is_other_column(line: Block, root: HtmlElement) -> bool:
    """Whether a line stands in another cell of a row that the text stands in."""
    around = set(with_ancestors(root))
    common = next((up for up in line.element.iterancestors() if up in around), None)
    return common is not None and common.tag == "tr"


def _signature(lines: Sequence[Block]) -> list[Block]:
    """Author, day and origin, where they stand right behind the text."""
    found: list[Block] = []
    for line in lines[:_TAIL]:
        text = line.text
        if is_tool(text):
            continue
        is_signed = byline(text) or person_of_office(text) or is_bare_role(text)
        if is_prose(text) or not (is_signed or origin(text) or is_date_line(text)):
            break
        found.append(line)
    return found


def _second_opinion(page: HtmlElement) -> tuple[str, ...]:
    """What trafilatura takes for the article."""
    document = bare_extraction(
        copy.deepcopy(page), fast=True, include_comments=False, with_metadata=False
    )
    text = str(getattr(document, "text", None) or "")
    lines = (clean_text(line.removeprefix("- ")) for line in text.splitlines())
    return tuple(line for line in lines if line)
