"""Reads an article out of a page: title, sapo, body, author, date, and whom it came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from crawler.dates import find_date
from crawler.errors import ReadingError
from crawler.families import GENERAL, detect_family
from crawler.items import Article
from crawler.lines import byline, tidy, without_dateline
from crawler.markup import meta_content, paragraphs, parse_page
from crawler.parts import (
    comparable,
    find_author,
    find_description,
    find_lines,
    find_origin,
    find_sapo,
    find_title,
    is_bold_lead,
    lines_near_title,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.html import HtmlElement

    from crawler.families import Family

# A lead printed again stands among the first lines of the text.
_LEAD_LINES = 4


@dataclass(frozen=True, kw_only=True)
class PageReading:
    """What a page says, apart from where and when it was met."""

    title: str
    sapo: str | None
    """The lead, without the paper's initials; None where the text has none of its own."""
    body: str
    """Paragraphs joined by one empty line, NFC, without the sapo."""
    author: str | None = None
    published_at: datetime | None = None
    """Aware UTC."""
    published_rule: str | None = None
    published_raw: str | None = None
    has_time: bool = False
    original_source: str | None = None
    """Whom a reprint names as its origin."""
    family: str | None = None
    """Key of the CMS family; None for a page of no known one."""


def read_page(
    body: bytes,
    *,
    url: str,
    fetched_at: datetime,
    encoding: str | None = None,
    family_hint: str | None = None,
) -> PageReading:
    """Read an article page.

    Args:
        body: What the server sent, decompressed.
        url: Where it was found, after redirects.
        fetched_at: When, aware; dates ahead of it are not believed.
        encoding: Charset of the Content-Type header.
        family_hint: Key of the family the source is said to use; the page decides.

    Raises:
        ReadingError: ``challenge``, ``empty``, ``not-html`` or ``parse``.
    """
    tree = parse_page(body, encoding=encoding)
    family = detect_family(tree, url=url, hint=family_hint)
    plan = family or GENERAL
    title = find_title(tree, plan)
    if not title:
        raise ReadingError("parse" if paragraphs(tree) else "empty", "no title")
    sapo, lines, author, source = _text(tree, plan, title)
    meta = _meta_line(tree, plan, title)
    found = find_date(tree, url=url, fetched_at=fetched_at, selectors=plan.date, title=title)
    return PageReading(
        title=title,
        sapo=sapo,
        body="\n\n".join(lines),
        author=find_author(tree, plan) or author or meta.get("author"),
        published_at=found.at if found else None,
        published_rule=found.rule if found else None,
        published_raw=found.raw if found else None,
        has_time=found.has_time if found else False,
        original_source=meta.get("origin") or source or find_origin(tree, plan),
        family=family.key if family else None,
    )


def to_article(
    reading: PageReading, *, source: str, url: str, key: str, fetched_at: datetime
) -> Article:
    """The reading as a record.

    Args:
        reading: The page.
        source: Key of its source.
        url: Where the page was found, after redirects.
        key: ``page_key`` of the address the link named.
        fetched_at: When, aware UTC.
    """
    return Article(
        source=source,
        url=url,
        key=key,
        title=reading.title,
        sapo=reading.sapo,
        body=reading.body,
        author=reading.author,
        published_at=reading.published_at,
        published_rule=reading.published_rule,
        published_raw=reading.published_raw,
        has_time=reading.has_time,
        original_source=reading.original_source,
        family=reading.family,
        fetched_at=fetched_at,
        digest=text_digest(reading),
    )


def text_digest(reading: PageReading) -> str:
    """sha256 hex over title, sapo and body; no other field makes it another text."""
    text = "\x00".join((reading.title, reading.sapo or "", reading.body))
    return hashlib.sha256(text.encode()).hexdigest()


def _text(
    tree: HtmlElement, family: Family, title: str
) -> tuple[str | None, list[str], str | None, str | None]:
    """Sapo, paragraphs, author and origin."""
    tidied = tidy(find_lines(tree, family, title=title), title=title)
    sapo = find_sapo(tree, family) or _lead_of(tree, family, tidied.paragraphs)
    if sapo is None and not tidied.paragraphs:
        sapo = meta_content(tree, "og:description", "description")
        if sapo is None:
            raise ReadingError("empty", "a title and no text")
    lines = _without_lead(tidied.paragraphs, sapo) if sapo else list(tidied.paragraphs)
    if sapo is None and lines:
        lines[0] = without_dateline(lines[0])
    return without_dateline(sapo) if sapo else None, lines, tidied.author, tidied.origin


def _lead_of(tree: HtmlElement, family: Family, lines: Sequence[str]) -> str | None:
    """The lead that has no node of its own: described, bold, or with the paper's initials."""
    if described := find_description(tree, (*lines[:_LEAD_LINES], *paragraphs(tree))):
        return described
    if len(lines) < 2:
        return None
    if is_bold_lead(tree, lines[0]):
        return lines[0]
    with_initials = family.dateline_lead and without_dateline(lines[0]) != lines[0]
    return lines[0] if with_initials else None


def _without_lead(lines: Sequence[str], sapo: str) -> list[str]:
    lead = comparable(sapo)
    kept: list[str] = []
    for index, line in enumerate(lines):
        text = comparable(line)
        start = text.rstrip(". …")
        is_part = index < _LEAD_LINES and len(start) >= 20 and start in lead
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


def _meta_line(tree: HtmlElement, family: Family, title: str) -> Mapping[str, str]:
    """Author and origin from the family's one line of facts near the title."""
    if family.meta_line is None:
        return {}
    near = lines_near_title(tree, title)
    for line in (*near, " ".join(near)):
        if match := family.meta_line.search(line):
            facts = {name: text.strip() for name, text in match.groupdict().items() if text}
            signed = byline(facts.pop("author", ""))
            return facts | ({"author": signed} if signed else {})
    return {}
