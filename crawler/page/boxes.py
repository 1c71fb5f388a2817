"""Takes boxes out of a tree that are known by their heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.page.blocks import blocks
from crawler.page.labels import is_box_label, is_end_label
from crawler.page.links import is_text
from crawler.page.markup import is_inside, text_length

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from lxml.html import HtmlElement

    from crawler.page.blocks import Block

# A box is never more than two thirds of what it stands in.
_WRAPPER_SHARE = 1.5


def around_title(
    root: HtmlElement, lines: Sequence[Block], title: str | None
) -> frozenset[HtmlElement]:
    """Elements that no box is: what holds the title.

    Args:
        root: The article's own node, or a page.
        lines: Of the root.
        title: The article's; None where the root does not hold it.
    """
    titles = [line for line in lines if line.text == title]
    # A headline may lead to its own page; below its text other pages list it too.
    titles = [line for line in titles if not line.linked] or titles[:1]
    holders = [*root.iter("h1"), *(line.element for line in titles)]
    return frozenset(up for one in holders for up in (one, *one.iterancestors()))


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
            is_behind_text = is_behind_text or is_text(line)
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


def _box_of(label: Block, root: HtmlElement, kept: Container[HtmlElement]) -> HtmlElement | None:
    """The largest element that the label heads, short of the page's title and the root."""
    box = None
    whole = text_length(root)
    if label.element is root or not is_inside(label.element, root):
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
