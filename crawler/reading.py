"""Reads an article out of a page: title, sapo, body, author, date, and whom it came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from crawler.errors import ReadingError
from crawler.items import Article
from crawler.opening import open_page
from crawler.page.body import find_body
from crawler.page.bylines import Credits, find_credits
from crawler.page.kinds import refuse_other_texts
from crawler.page.markup import meta_content, parse_page
from crawler.page.parts import find_category
from crawler.page.sapo import split_sapo
from crawler.page.tidying import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.opening import OpenPage
    from crawler.selectors import Selectors


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


@dataclass(frozen=True, kw_only=True)
class ArticleText:
    """An article's text, in its parts."""

    sapo: str | None
    lines: tuple[str, ...]
    signature: Credits
    """Names that the text itself gives."""
    node: HtmlElement | None
    """In the page, where it marks the text as such."""


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
    page = open_page(
        tree, url=url, fetched_at=fetched_at, family_hint=family_hint, selectors=selectors
    )
    return read_open_page(page, find_text(page))


def find_text(page: OpenPage) -> ArticleText:
    """The article's text.

    Raises:
        ReadingError: ``challenge`` where it is encoded for a script, ``not-article``.
    """
    body = find_body(page.tree, page.plan, title=page.title)
    tidied = tidy(body.lines, title=page.title)
    sapo, lines = split_sapo(
        page.tree, page.plan, body=body, lines=tidied.paragraphs, title=page.title
    )
    refuse_other_texts(page.tree, url=page.url, title=page.title, sapo=sapo, body=lines)
    return ArticleText(
        sapo=sapo,
        lines=tuple(lines),
        signature=Credits(author=tidied.author, origin=tidied.origin),
        node=body.own_node,
    )


def read_open_page(page: OpenPage, text: ArticleText) -> PageReading:
    """All that a page says, once its text is known.

    Raises:
        ReadingError: ``empty``.
    """
    tree, plan, title = page.tree, page.plan, page.title
    found = page.find_date()
    named = find_credits(tree, plan, title=title, url=page.url, text=text.signature, node=text.node)
    return PageReading(
        title=title,
        sapo=text.sapo if text.sapo or text.lines else _description(tree),
        body="\n\n".join(text.lines),
        author=named.author,
        published_at=found.at if found else None,
        published_rule=found.rule if found else None,
        published_raw=found.raw if found else None,
        has_time=found.has_time if found else False,
        original_source=named.origin,
        category=find_category(tree, plan),
        family=None if plan.is_general else plan.key,
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
        category=reading.category,
        family=reading.family,
        fetched_at=fetched_at,
        digest=text_digest(reading),
    )


def text_digest(reading: PageReading) -> str:
    """sha256 hex over title, sapo and body; no other field makes it another text."""
    text = "\x00".join((reading.title, reading.sapo or "", reading.body))
    return hashlib.sha256(text.encode()).hexdigest()


def _description(tree: HtmlElement) -> str:
    """What stands for the text of a page that has none."""
    description = meta_content(tree, "og:description", "description")
    if description is None:
        raise ReadingError("empty", "a title and no text")
    return description
