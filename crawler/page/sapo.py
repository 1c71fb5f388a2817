"""The sapo, the lead of a Vietnamese article: found wherever it stands, kept exactly once."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from crawler.page.blocks import blocks, clean_text
from crawler.page.body import lines_above
from crawler.page.lines import is_caption, is_date_line, is_prose, without_dateline
from crawler.page.links import is_link_line
from crawler.page.markup import meta_content, select, text_length, text_of
from crawler.page.tools import is_tool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from crawler.families import Family
    from crawler.page.blocks import Block
    from crawler.page.body import BodyText

_SHORTEST_SAPO = 20
_LONGEST_SAPO = 1500
_LEAST_DESCRIPTION = 40
_LEAST_BOLD_LEAD = 60
_DESCRIBED_CHARACTERS = 80
# A lead printed again stands among the first lines of the text.
_LEAD_LINES = 4
_CARD_LEVELS = 2
_SET_APART = ("strong", "b", "h2", "h3", "em", "i")
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’)\]]*$")


def split_sapo(
    tree: HtmlElement, family: Family, *, body: BodyText, lines: Sequence[str], title: str
) -> tuple[str | None, list[str]]:
    """The sapo and the paragraphs without it, both without the paper's initials.

    Args:
        tree: The whole page.
        family: Its selectors.
        body: Where the lines came from.
        lines: The article's paragraphs, the sapo possibly among them.
        title: The article's.

    Returns:
        None for the sapo where the text has no lead of its own.
    """
    sapo = _own_sapo(tree, family, title)
    lines = list(lines)
    if sapo is None:
        above = lines_above(tree, body, title=title)
        if body.own_node is None:
            # All that stands between the title and the text belongs to the article.
            lines = [*above[1:], *lines]
        sapo = _lead_of(tree, family, body=body, above=above, lines=lines)
    if sapo is None:
        return None, [without_dateline(line) for line in lines[:1]] + lines[1:]
    return without_dateline(sapo), _without_lead(lines, sapo)


def comparable(text: str) -> str:
    """For telling whether two texts are the same lead."""
    return clean_text(without_dateline(text)).casefold()


def _own_sapo(tree: HtmlElement, family: Family, title: str) -> str | None:
    """The lead where it has a node of its own: the longest where it is printed cut short too."""
    for selector in family.sapo:
        nodes = (node for node in select(tree, (selector,)) if not _is_summary(node, title))
        texts = [text for node in nodes if (text := _text_of_lead(node))]
        texts = [
            text for text in texts if _SHORTEST_SAPO <= len(text) <= _LONGEST_SAPO and text != title
        ]
        if texts:
            return max(texts, key=len)
    return None


def _is_summary(node: HtmlElement, title: str) -> bool:
    """Whether a node is the summary on another article's card, of the same class as the lead.

    Its headline stands right above it and is a link; above the lead stand the title, the date
    and the author.
    """
    above = _line_above(node)
    return (
        above is not None
        and above.links == 1
        and is_link_line(above)
        and above.text.casefold() != title.casefold()
    )


def _line_above(node: HtmlElement) -> Block | None:
    """The nearest line above a node, or above what begins with it, that is no date or button."""
    for place in (node, *islice(node.iterancestors(), _CARD_LEVELS)):
        for sibling in place.itersiblings(preceding=True):
            if text_length(sibling) > _LONGEST_SAPO:
                return None
            lines = list(blocks(sibling))
            told = [one for one in lines if not (is_tool(one.text) or is_date_line(one.text))]
            if told:
                return told[-1]
    return None


def _text_of_lead(node: HtmlElement) -> str:
    """Its paragraphs on one line, without the related articles that some papers put there."""
    lines = [line for line in blocks(node) if not is_link_line(line)]
    return " ".join(
        line.text for line in lines if not (is_tool(line.text) or is_caption(line.text))
    )


def _lead_of(
    tree: HtmlElement,
    family: Family,
    *,
    body: BodyText,
    above: Sequence[str],
    lines: Sequence[str],
) -> str | None:
    """The lead that no selector leads to: described, above the text, bold, or with initials."""
    if described := _described(tree, (*above, *lines[:_LEAD_LINES])):
        return described
    if above and len(above[0]) <= _LONGEST_SAPO:
        return _whole(above[0], lines[:_LEAD_LINES])
    if not lines:
        return None
    return (
        _bold_lead(body.node, lines)
        or _dateline_lead(family, lines)
        or (_styled_lead(body.node, lines) if body.own_node is None else None)
    )


def _whole(lead: str, lines: Sequence[str]) -> str:
    """A lead that is printed cut short above the text, as the text has it."""
    if not lead.endswith(("...", "…")):
        return lead
    start = comparable(lead).rstrip(". …")
    return next((line for line in lines if comparable(line).startswith(start)), lead)


def _described(tree: HtmlElement, lines: Sequence[str]) -> str | None:
    """The line that the page's description quotes, whole or cut short."""
    description = meta_content(tree, "og:description", "description")
    if description is None or len(description) < _LEAST_DESCRIPTION or len(lines) < 2:
        return None
    start = comparable(description).rstrip(". …")[:_DESCRIBED_CHARACTERS]
    return next((line for line in lines if comparable(line).startswith(start)), None)


def _bold_lead(node: HtmlElement, lines: Sequence[str]) -> str | None:
    """A first line set in bold or italics as a whole, or its first sentences if they are bold."""
    first = next((line for line in blocks(node) if line.text == lines[0]), None)
    if first is None:
        return None
    bolds = _outer_bolds(first.element)
    bold = clean_text("".join(str(one.text_content()) for one in bolds))
    if first.text in (bold, *map(text_of, first.element.iter(*_SET_APART))):
        return first.text if is_prose(first.text) and len(lines) > 1 else None
    rest = first.text.removeprefix(bold).strip()
    is_lead = len(bold) >= _LEAST_BOLD_LEAD and _SENTENCE_END.search(bold) is not None
    is_lead = is_lead and first.text.startswith(bold) and len(rest) >= _LEAST_BOLD_LEAD
    return bold if is_lead else None


def _styled_lead(node: HtmlElement, lines: Sequence[str]) -> str | None:
    """A first paragraph in an element of its own kind, where those behind it are of one kind."""
    paragraphs = [line for line in blocks(node) if line.text in lines and is_prose(line.text)]
    if len(paragraphs) < 3 or paragraphs[0].text != lines[0]:
        return None
    own, *others = (_kind_of(line.element) for line in paragraphs)
    return lines[0] if own not in others and others[0] == others[1] else None


def _kind_of(element: HtmlElement) -> tuple[str, str | None, str | None]:
    parent = element.getparent()
    return str(element.tag), element.get("class"), None if parent is None else str(parent.tag)


def _outer_bolds(line: HtmlElement) -> list[HtmlElement]:
    """The elements that make text of a line bold, without those within them."""
    found: list[HtmlElement] = []
    for element in line.iter():
        if _is_bold(element) and not any(up in found for up in element.iterancestors()):
            found.append(element)
    return found


def _is_bold(element: HtmlElement) -> bool:
    style = element.get("style")
    return element.tag in ("strong", "b") or bool(style and _BOLD_STYLE.search(style))


def _dateline_lead(family: Family, lines: Sequence[str]) -> str | None:
    has_initials = family.dateline_lead and without_dateline(lines[0]) != lines[0]
    return lines[0] if has_initials and len(lines) > 1 else None


def _without_lead(lines: Sequence[str], sapo: str) -> list[str]:
    lead = comparable(sapo)
    kept: list[str] = []
    for index, line in enumerate(lines):
        text = comparable(line)
        start = text.rstrip(". …")
        is_part = index < _LEAD_LINES and len(start) >= _SHORTEST_SAPO and start in lead
        if text == lead or is_part:
            continue
        if index < _LEAD_LINES and text.startswith(lead):
            rest = without_dateline(line)[len(lead) :].strip()
            kept.extend([rest] if rest else [])
            continue
        kept.append(line)
    if kept:
        kept[0] = without_dateline(kept[0])
    return kept
