"""Finds what an article is called and the section it stands in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.families import GENERAL
from crawler.page.jsonld import json_ld_articles
from crawler.page.labels import is_box_label, is_end_label
from crawler.page.lines import is_date_line, is_prose
from crawler.page.markup import (
    blocks,
    clean_text,
    meta_content,
    paragraphs,
    select,
    select_text,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from crawler.families import Family

_DATE_LABEL = re.compile(r"^\W*(?:ngày (?:cập nhật|đăng)|đăng (?:ngày|lúc)|cập nhật)\b", re.I)
_SITE_NAME = re.compile(
    r"^(?:báo\s.*|.*\b(?:điện tử|online)|vietnam\.vn|nền tảng quảng bá việt nam|cổng thông tin.*"
    r"|trang (?:thông tin|tin).*|[\w.-]+\.(?:vn|com|net|org)|.*phát thanh,? truyền hình.*)$",
    re.IGNORECASE,
)
_BETWEEN_PARTS = re.compile(r"(\s+[|–—-]\s+|\s*\|\s*|\s+[»›]\s+)")
_HOME = re.compile(r"trang chủ|home|tin tức", re.IGNORECASE)
_LONGEST_NAME = 60


def find_title(tree: HtmlElement, family: Family) -> str | None:
    """The article's title, without the site's name."""
    if title := select_text(tree, family.title):
        return title
    witnesses = [without_site_name(text, tree) for text in _title_witnesses(tree)]
    if heading := _witnessed_heading(tree, witnesses):
        return heading
    if family.titled_above_date and (title := _line_above_date(tree)):
        return title
    if title := select_text(tree, GENERAL.title):
        return title
    return next(filter(None, _last_resorts(tree, witnesses)), None)


def without_site_name(title: str, tree: HtmlElement) -> str:
    """The title without ``- Báo …`` behind it."""
    own_name = meta_content(tree, "og:site_name")
    parts = _BETWEEN_PARTS.split(title)
    while len(parts) > 2 and (parts[-1] == own_name or _SITE_NAME.match(parts[-1].strip())):
        parts = parts[:-2]
    return "".join(parts).strip()


def find_category(tree: HtmlElement, family: Family) -> str | None:
    """The section the article stands in, as the page names it."""
    for selector in family.category:
        names = [text_of(node) for node in select(tree, (selector,))]
        names = [
            name for name in names if 2 <= len(name) <= _LONGEST_NAME and not _HOME.fullmatch(name)
        ]
        if names:
            return names[-1]
    return meta_content(tree, "article:section")


def _last_resorts(tree: HtmlElement, witnesses: list[str]) -> Iterator[str | None]:
    """Titles of a page whose headings and metas do not agree, or say the site's name only."""
    yield from (_shown_part(tree, witness) for witness in witnesses)
    headings = (text_of(node) for node in tree.iter("h1"))
    yield from [heading for heading in headings if len(heading.split()) > 2][-1:]
    yield _first_heading(tree)
    yield _line_above_date(tree)
    yield from (witness for witness in witnesses if not _SITE_NAME.match(witness))
    yield from witnesses


def _title_witnesses(tree: HtmlElement) -> Iterator[str]:
    if title := meta_content(tree, "og:title", "twitter:title"):
        yield title
    for thing in json_ld_articles(tree):
        if isinstance(headline := thing.get("headline"), str):
            yield clean_text(headline)
    yield from filter(None, map(text_of, tree.xpath("//head/title | //title[not(ancestor::svg)]")))


def _witnessed_heading(tree: HtmlElement, witnesses: list[str]) -> str | None:
    """The heading that the page's metas or window title confirm."""
    for heading in filter(None, map(text_of, tree.iter("h1"))):
        if any(_starts_alike(heading, witness) for witness in witnesses):
            return heading
    for node in tree.iter("h2", "h3"):
        heading = text_of(node)
        if len(heading.split()) > 3 and any(_begins(witness, heading) for witness in witnesses):
            return heading
    return None


def _starts_alike(heading: str, witness: str) -> bool:
    return bool(witness) and (_begins(heading, witness) or _begins(witness, heading))


def _begins(text: str, start: str) -> bool:
    return text.casefold().startswith(start.casefold().rstrip(". …"))


def _shown_part(tree: HtmlElement, witness: str) -> str | None:
    """Of ``title - section - site`` as much from one end as the page shows on one line."""
    parts = _BETWEEN_PARTS.split(witness)
    ends = range(1, len(parts) + 1, 2)
    pieces = [piece for end in ends for piece in ("".join(parts[:end]), "".join(parts[end - 1 :]))]
    wanted = {piece.strip().casefold() for piece in pieces}
    shown = [
        line.text
        for line in blocks(tree)
        if line.text.casefold() in wanted and not line.linked and len(line.text.split()) > 3
    ]
    return max(shown, key=len, default=None)


def _first_heading(tree: HtmlElement) -> str | None:
    """The first heading below the first rank that a paragraph follows, before any other."""
    heading = None
    for line in blocks(tree):
        if line.element.tag in ("h2", "h3") and not line.linked:
            is_label = is_box_label(line.text) or is_end_label(line.text)
            heading = None if is_label or len(line.text.split()) < 4 else line.text
        elif heading and is_prose(line.text) and 2 * line.linked < len(line.text):
            return heading
    return None


def _line_above_date(tree: HtmlElement) -> str | None:
    lines = paragraphs(tree)
    for index, line in enumerate(lines[1:], start=1):
        above = lines[index - 1]
        if is_date_line(line) and _DATE_LABEL.match(line) and len(above.split()) >= 3:
            return above
    return None
