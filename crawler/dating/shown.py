"""Dates that a page shows its readers: in its family's date node, and around its title."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, cast

from lxml import etree
from lxml.html import HtmlElement

from crawler.dating.facts import DateFact
from crawler.dating.labels import is_labelled
from crawler.dating.places import (
    drop_asides,
    drop_behind,
    is_aside,
    is_longer,
    names_of,
    permalink,
    texts_after,
    texts_before,
    texts_below_menu,
    texts_in,
)
from crawler.dating.text import dates_in, epoch_in, names_weekday, stamp_in
from crawler.dating.titles import title_node
from crawler.page.blocks import clean_text
from crawler.page.labels import is_box_label, is_end_label, is_section_label
from crawler.page.markup import meta_content, select, text_length, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONGEST = 120
"""Characters of a date line."""
_LONGEST_NODE = 400
"""The same with the white space of its markup."""
_LONG_TEXT = 120
_PROSE_ABOVE_DATE = 2
"""Long texts between title and date at most: a lead may stand there."""
_MOST_LINES = 60
_LINES_ABOVE = 3
_LONGEST_LABEL = 60
_INLINE = ("b", "strong", "span", "em", "i", "label")
_STAMPED = etree.XPath(
    "//@datetime/.. | //time/@rel/.. | //*/@itemprop[. = 'datePublished']/.. | //@data-time/.."
)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)|\d{8}", re.ASCII)
_STAMPS = (
    "datetime", "content", "rel", "data-publish-time", "data-published", "data-publishdate",
    "data-timestamp", "data-utime", "data-time", "data-date",
)  # fmt: skip

_DATE_NAMES = re.compile(
    r"publi|(?:^|[-_\s])(?:date|time|meta|ngay|posted)|post-?date|datetime|-(?:date|time)\b|Date",
)


@dataclass(frozen=True)
class ShownDates:
    """The dates on the face of one page.

    Args:
        tree: The whole page; it is left as it is.
        title: Below it a page tells its date.
        selectors: CSS of the family's own date nodes.
    """

    tree: HtmlElement
    title: str | None
    selectors: tuple[str, ...] = ()

    def of_family(self) -> Iterator[DateFact]:
        """Dates in the family's own nodes."""
        for node in select(self.tree, self.selectors):
            if not self._is_aside(node):
                yield from _facts("node", (*_stamps(node), _text(node)))

    def of_markup(self) -> Iterator[DateFact]:
        """Dates in attributes: microdata, ``time[datetime]``, epochs."""
        for node in cast("list[HtmlElement]", _STAMPED(self.tree)):
            if not self._is_aside(node):
                is_said = node.get("itemprop") == "datePublished"
                yield from _facts("microdata" if is_said else "visible", _stamps(node))

    def near_title(self) -> Iterator[DateFact]:
        """Lines between the title and the text that tell a date.

        Below a lead they need a time, a label or a name: it may be the text already.
        """
        if self._title_node is None:
            return
        is_below_lead = False
        for text, place in self._head:
            if _has_year(text):
                line = self._line(text, place)
                is_named = is_labelled(line) or _is_named_date(place)
                for fact in self._shown(line, place):
                    if not is_below_lead or is_named or fact.printed.has_time:
                        yield fact
            is_below_lead = is_below_lead or len(text) > _LONG_TEXT

    def further_down(self) -> Iterator[DateFact]:
        """Lines below the beginning of the text, with a label that calls them the page's date.

        They end where a heading announces other articles or comments.
        """
        if self._title_node is not None:
            yield from self._marked(islice(self._below(), len(self._head), None))

    def anywhere(self) -> Iterator[DateFact]:
        """The same on the whole page where no heading says what its title is."""
        if not self.has_heading:
            yield from self._marked(texts_in(self.tree))

    def _marked(self, texts: Iterable[tuple[str, HtmlElement]]) -> Iterator[DateFact]:
        """Date lines with a label, then those in elements that are named for dates."""
        found = islice(((text, place) for text, place in texts if _has_year(text)), _MOST_LINES)
        lines = [(self._line(text, place), place) for text, place in found]
        for line, place in lines:
            if is_labelled(line):
                yield from self._shown(line, place)
        for line, place in lines:
            if not is_labelled(line) and _is_named_date(place):
                yield from self._shown(line, place)

    def above_title(self) -> Iterator[DateFact]:
        """The nearest lines above the title that tell a date; a header's clock may be one."""
        for text, place in self._above():
            if (link := permalink(place)) is not None and (post := link.getparent()) is not None:
                yield from self._shown(text_of(link), post)
            else:
                yield from self._shown(self._line(text, place), place)

    def beside_title(self) -> Iterator[DateFact]:
        """Lines below the title, and above it in the box that holds it, that tell a date."""
        yield from self.near_title()
        for text, place in self._above():
            if self._box_of_title in place.iterancestors():
                yield from self._shown(self._line(text, place), place)

    def _above(self) -> Iterator[tuple[str, HtmlElement]]:
        if self._title_node is None:
            return
        above = (pair for pair in texts_below_menu(self._title_node) if _has_year(pair[0]))
        yield from islice(above, _LINES_ABOVE)

    def clocks(self) -> Iterator[DateFact]:
        """Dates with a weekday above the title: those of the site's clock, not of its articles."""
        if self._title_node is None:
            return
        above = (pair for pair in texts_before(self._title_node) if _has_year(pair[0]))
        for text, place in islice(above, _LINES_ABOVE):
            line = self._line(text, place)
            if names_weekday(line):
                yield from (DateFact("visible", line, printed) for printed in stamp_in(line))

    def without_asides(self) -> HtmlElement:
        """A copy of the page without what belongs to the site, to comments or to others."""
        page = copy.deepcopy(self.tree)
        twin = replace(self, tree=page)
        labels = (place for text, place in twin._texts() if _is_box_heading(text.strip()))
        if (label := next(labels, None)) is not None:
            drop_behind(label)
        drop_asides(page, around=twin._around)
        return page

    @cached_property
    def has_heading(self) -> bool:
        """Whether the title stands in a heading; else it may be the site's name."""
        return self._title_node is not None and self._title_node.tag in ("h1", "h2", "h3")

    @cached_property
    def heading(self) -> str | None:
        """The title as given, or as the page shows it."""
        if self.title or self._title_node is None:
            return self.title
        return text_of(self._title_node)

    @cached_property
    def _title_node(self) -> HtmlElement | None:
        return title_node(self.tree, self.title or meta_content(self.tree, "og:title") or "")

    @cached_property
    def _box_of_title(self) -> HtmlElement | None:
        """The smallest element that holds more than the title."""
        if self._title_node is None:
            return None
        most = text_length(self._title_node) + 1
        return next((up for up in self._title_node.iterancestors() if text_length(up) > most), None)

    @cached_property
    def _around(self) -> frozenset[HtmlElement]:
        """The title and all that it stands in."""
        if self._title_node is None:
            return frozenset(self.tree.xpath("//html | //body"))
        return frozenset((self._title_node, *self._title_node.iterancestors()))

    @cached_property
    def _head(self) -> list[tuple[str, HtmlElement]]:
        """Texts from the title to the beginning of the article; a lead may stand among them."""
        found: list[tuple[str, HtmlElement]] = []
        prose = 0
        for text, place in self._below():
            prose += len(text) > _LONG_TEXT
            if prose >= _PROSE_ABOVE_DATE:
                break
            found.append((text, place))
        return found

    def _below(self) -> Iterator[tuple[str, HtmlElement]]:
        """Texts below the title, down to the heading of another box."""
        for text, place in self._texts():
            line = text.strip()
            if _is_box_heading(line) and not _is_fact(line, place):
                return
            if line:
                yield line, place

    def _texts(self) -> Iterator[tuple[str, HtmlElement]]:
        start = self._title_node
        return texts_in(self.tree) if start is None else texts_after(start)

    def _line(self, text: str, node: HtmlElement) -> str:
        """A text with what stands beside it, as long as all of that is one date line."""
        line = clean_text(text)
        if not _has_year(line):
            return line
        while node not in self._around and not is_longer(node, _LONGEST_NODE):
            whole = _text(node)
            if stamp_in(whole):
                line = whole
            elif stamp_in(line):
                break
            node = node.getparent()
        return line

    def _shown(self, line: str, place: HtmlElement) -> Iterator[DateFact]:
        stamps = stamp_in(line)
        if stamps and not self._is_aside(place):
            yield from (DateFact("visible", line, printed) for printed in stamps)

    def _is_aside(self, place: HtmlElement) -> bool:
        return is_aside(place, around=self._around)


def _is_box_heading(line: str) -> bool:
    """Whether a line is the heading of other articles or of comments."""
    return 4 < len(line) < _LONGEST_LABEL and (is_box_label(line) or is_end_label(line))


def _is_fact(line: str, place: HtmlElement) -> bool:
    """Whether a label has its answer beside it: ``Chuyên mục: <a>Xây dựng Đảng</a>``."""
    if not is_section_label(line):
        return False
    beside = place.getparent() if place.tag in _INLINE else place
    return len(_text(beside)) > len(clean_text(line))


def _is_named_date(node: HtmlElement) -> bool:
    for place in (node, *islice(node.iterancestors(), 2)):
        if place.tag == "time" or _DATE_NAMES.search(names_of(place)):
            return True
    return False


def _stamps(node: HtmlElement) -> Iterator[str]:
    yield from (raw for name in _STAMPS if (raw := node.get(name)))


def _facts(rule: str, values: Iterable[str]) -> Iterator[DateFact]:
    for raw in values:
        if epoch := epoch_in(raw):
            yield DateFact(rule, raw, epoch)
        elif len(raw) <= _LONGEST:
            yield from (DateFact(rule, raw.strip(), printed) for printed in dates_in(raw))


def _has_year(text: str) -> bool:
    return _YEAR.search(text) is not None


def _text(node: HtmlElement) -> str:
    """Its words, those of neighbouring elements apart."""
    return clean_text(" ".join(map(str, node.itertext())))
