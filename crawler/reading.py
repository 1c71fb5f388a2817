"""Reads an article out of a page: title, sapo, body, author, date, and whom it came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from crawler.dates import find_date
from crawler.dating.text import VIETNAM
from crawler.errors import ReadingError
from crawler.families import plan_of
from crawler.items import Article
from crawler.page.blocks import paragraphs
from crawler.page.body import find_body
from crawler.page.bylines import Credits, find_credits
from crawler.page.kinds import is_listing, refuse_other_texts, refuse_other_views
from crawler.page.lines import tidy
from crawler.page.markup import meta_content, parse_page
from crawler.page.parts import find_category, find_title
from crawler.page.sapo import split_sapo

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from crawler.families import Family
    from crawler.selectors import Selectors


_LONGEST_TITLE = 1_000
"""Characters; the longest headlines have about 200."""


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
    category: str | None = None
    """The section it stands in, as the page names it."""
    family: str | None = None
    """Key of the CMS family; None for a page of no known one."""


def read_page(
    body: bytes,
    *,
    url: str,
    fetched_at: datetime,
    encoding: str | None = None,
    family_hint: str | None = None,
    selectors: Iterable[Selectors] = (),
) -> PageReading:
    """Read an article page.

    Args:
        body: What the server sent, decompressed.
        url: Where it was found, after redirects.
        fetched_at: When, aware; dates ahead of it are not believed.
        encoding: Charset of the Content-Type header.
        family_hint: Key of the family the source is said to use; the page decides.
        selectors: The source's own, tried before the family's on the days they hold.

    Raises:
        ReadingError: ``challenge``, ``empty``, ``not-html``, ``not-article`` or ``parse``.
    """
    tree = parse_page(body, encoding=encoding)
    return read_tree(
        tree, url=url, fetched_at=fetched_at, family_hint=family_hint, selectors=selectors
    )


def read_tree(
    tree: HtmlElement,
    *,
    url: str,
    fetched_at: datetime,
    family_hint: str | None = None,
    selectors: Iterable[Selectors] = (),
) -> PageReading:
    """Read an article page that is parsed already.

    Args:
        tree: From ``crawler.page.markup.parse_page``; it is not changed.
        url: As for ``read_page``, like the rest.
        fetched_at: When.
        family_hint: Key of a family.
        selectors: The source's own.

    Raises:
        ReadingError: ``challenge``, ``empty``, ``not-article`` or ``parse``.
    """
    refuse_other_views(tree, url=url)
    day = fetched_at.astimezone(VIETNAM).date()
    plan = plan_of(tree, url=url, hint=family_hint, selectors=selectors, day=day)
    title = require_title(tree, plan)
    text = _text(tree, plan, title=title, url=url)
    found = find_date(tree, url=url, fetched_at=fetched_at, selectors=plan.date, title=title)
    return PageReading(
        title=title,
        sapo=text.sapo,
        body="\n\n".join(text.lines),
        author=text.credits.author,
        published_at=found.at if found else None,
        published_rule=found.rule if found else None,
        published_raw=found.raw if found else None,
        has_time=found.has_time if found else False,
        original_source=text.credits.origin,
        category=find_category(tree, plan),
        family=None if plan.is_general else plan.key,
    )


def require_title(tree: HtmlElement, family: Family) -> str:
    """The page's title.

    Raises:
        ReadingError: ``parse``, ``not-article``, or ``empty`` for a page without text.
    """
    title = find_title(tree, family)
    if title:
        return title[:_LONGEST_TITLE]
    if is_listing(tree):
        raise ReadingError("not-article", "a listing")
    raise ReadingError("parse" if paragraphs(tree) else "empty", "no title")


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
        category=reading.category,
        family=reading.family,
        fetched_at=fetched_at,
        digest=text_digest(reading),
    )


def text_digest(reading: PageReading) -> str:
    """sha256 hex over title, sapo and body; no other field makes it another text."""
    text = "\x00".join((reading.title, reading.sapo or "", reading.body))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class _Text:
    """The article's text, in its parts."""

    sapo: str | None
    lines: tuple[str, ...]
    credits: Credits


def _text(tree: HtmlElement, family: Family, *, title: str, url: str) -> _Text:
    body = find_body(tree, family, title=title)
    tidied = tidy(body.lines, title=title)
    sapo, lines = split_sapo(tree, family, body=body, lines=tidied.paragraphs, title=title)
    refuse_other_texts(tree, url=url, title=title, sapo=sapo, body=lines)
    if sapo is None and not lines:
        sapo = meta_content(tree, "og:description", "description")
        if sapo is None:
            raise ReadingError("empty", "a title and no text")
    found = find_credits(
        tree,
        family,
        title=title,
        url=url,
        text=Credits(author=tidied.author, origin=tidied.origin),
        node=body.own_node,
    )
    return _Text(sapo=sapo, lines=tuple(lines), credits=found)
