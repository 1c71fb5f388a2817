"""Finds who wrote an article and whom it was taken from, wherever a page says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from lxml import etree

from crawler.page.accounts import is_account, is_desk
from crawler.page.blocks import blocks, clean_text
from crawler.page.jsonld import json_ld_articles, own_articles
from crawler.page.labels import is_box_label, is_end_label
from crawler.page.lines import (
    byline,
    is_date_line,
    is_masthead,
    is_prose,
    origin,
    person_of_office,
)
from crawler.page.markup import select, text_of
from crawler.page.tools import is_tool
from crawler.urls import site_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.html import HtmlElement

    from crawler.families import Family
    from crawler.page.blocks import Block

_SIGNED = re.compile(r"^\W*(?:tác giả(?: bài viết)?|người viết)\s*:\s*", re.IGNORECASE)
# Among other facts: "16/02/2026 10:20 Lượt xem: 340 Tác giả: Bế Ngọc Trâm".
_NAMED = re.compile(
    r"\b(?:tác giả|người (?:viết|đăng)|(?:đăng |viết )?bởi|phóng viên|thực hiện)\s*:\s*"
    r"(?P<name>[^\W\d_]+(?: [^\W\d_]+){1,4}?)\s*(?=$|[|•·,;()\d-]|\b(?:lượt|ngày|đăng|cập nhật)\b)",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\s*[•|,]?\s*(?:\d{1,2}[:h]\d{2}\W*(?:ngày\b)?\W*)?\d{1,2}[/-]\d{1,2}[/-]\d{4}.*$",
    re.IGNORECASE,
)
_BETWEEN_FACTS = re.compile(r"\s*[•·|]\s*")
_DASH = re.compile(r"\s+[-–—]\s+")
_LONGEST_NAME = 60
_LINES_BELOW_TITLE = 8
_LINES_BELOW_TEXT = 5
_LINKS_TO_SOURCE = ("source link", "link bài gốc", "link gốc", "xem bài gốc")
_likely_source_links = etree.XPath(
    "//a[contains(., 'ource link') or contains(., 'ource Link') or contains(., 'ink bài gốc')"
    " or contains(., 'ink gốc') or contains(., 'em bài gốc')]"
)


@dataclass(frozen=True, kw_only=True)
class Credits:
    """Who wrote, and whom it was taken from; None where the page does not say."""

    author: str | None
    origin: str | None


def find_credits(
    tree: HtmlElement,
    family: Family,
    *,
    title: str,
    url: str,
    text: Credits,
    node: HtmlElement | None,
) -> Credits:
    """Author and origin.

    In this order: the family's nodes, its line of facts, what stands in the text, right below
    it, between title and text, and in JSON-LD. An account that posted the article is passed
    over wherever it is named: the person who wrote it may be named elsewhere, or nowhere.

    Args:
        tree: The whole page.
        family: Its selectors.
        title: The article's.
        url: Its address.
        text: What the closing lines of the text say.
        node: Of the text, where the page marks it.
    """
    author = _family_author(tree, family) or _signed(text.author)
    origin_named = text.origin or _family_origin(tree, family)
    if author and origin_named and family.meta_line is None:
        return Credits(author=author, origin=origin_named)
    lines = list(blocks(tree))
    facts = _facts_near_title(lines, family, title)
    below = _credits_below(lines, node)
    author = (
        author or facts.get("author") or _signed(below.author) or _author_below_title(lines, title)
    )
    return Credits(
        author=author or _stated_author(tree, title=title, url=url),
        origin=facts.get("origin") or origin_named or below.origin,
    )


def _signed(name: str | None) -> str | None:
    """A signature of the text; ``Đăng bởi: Admin`` is none."""
    return None if name is None or is_account(name) else name


def _family_author(tree: HtmlElement, family: Family) -> str | None:
    for node in select(tree, family.author):
        text = _DAY.sub("", _SIGNED.sub("", text_of(node))).strip(" •|-")
        if is_masthead(text) or _is_nobody(text):
            continue
        if signed := byline(text):
            return signed
        is_name = 2 <= len(text) <= _LONGEST_NAME and not re.search(r"\d{3}", text)
        if is_name and not is_tool(text) and not origin(text):
            return text
    return None


def _family_origin(tree: HtmlElement, family: Family) -> str | None:
    """By the family's node or a link to the original."""
    for node in select(tree, family.origin):
        for line in blocks(node):
            if named := origin(line.text):
                return named
    for anchor in cast("list[HtmlElement]", _likely_source_links(tree)):
        if text_of(anchor).strip(" :").lower() in _LINKS_TO_SOURCE:
            return site_of(anchor.get("href") or "") or None
    return None


def _facts_near_title(lines: Sequence[Block], family: Family, title: str) -> Mapping[str, str]:
    """From the family's one line of facts above or below the title."""
    if family.meta_line is None:
        return {}
    for place in (place for place, line in enumerate(lines) if line.text == title):
        above = [line.text for line in lines[max(0, place - 2) : place]]
        near = [*above, *(line.text for line in _below_title(lines, place))]
        for line in (*near, *(" ".join(near[start:]) for start in range(len(near)))):
            if match := family.meta_line.search(line):
                facts = {name: text.strip() for name, text in match.groupdict().items() if text}
                signed = _person(facts.pop("author", ""))
                return facts | ({"author": signed} if signed else {})
    return {}


def _below_title(lines: Sequence[Block], place: int) -> Iterator[Block]:
    """The lines between the title and the first paragraph."""
    for line in lines[place + 1 : place + _LINES_BELOW_TITLE]:
        if is_prose(line.text) and not is_date_line(line.text):
            return
        yield line


def _author_below_title(lines: Sequence[Block], title: str) -> str | None:
    """A name on a line of its own, or beside the date: ``Diễm My • 12/11/2026 • 12:12``."""
    for place in (place for place, line in enumerate(lines) if line.text == title):
        for line in (*_below_title(lines, place), *_below_lead(lines, place)):
            for part in _BETWEEN_FACTS.split(line.text):
                if (people := _people(part)) and not _is_nobody(people):
                    return people
            if (named := _NAMED.search(line.text)) and (signed := _person(named["name"])):
                return signed
    return None


def _person(name: str) -> str | None:
    signed = byline(name.strip())
    return None if signed is None or _is_nobody(signed) else signed


def _is_nobody(name: str) -> bool:
    return is_account(name) or is_desk(name)


def _people(fact: str) -> str | None:
    """The first person that one fact names, with those named right behind: ``Hà Vy - Lê An``."""
    names: list[str] = []
    for part in _DASH.split(_DAY.sub("", fact)):
        name = part.strip(" ,")
        signed = None if is_masthead(name) else byline(name)
        # Two words make a name; one is a section's.
        if signed and 2 <= len(signed.split()) <= 4:
            names.append(signed)
        elif names:
            break
    return " - ".join(names) or None


def _below_lead(lines: Sequence[Block], place: int) -> Sequence[Block]:
    """The line behind the first paragraph below the title, if a date stands beside it."""
    start = place + 1 + len(list(_below_title(lines, place)))
    near = lines[start + 1 : start + 3]
    return near if any(is_date_line(line.text) for line in near) else ()


def _credits_below(lines: Sequence[Block], node: HtmlElement | None) -> Credits:
    """Names right below the text's node, before anything else."""
    author = named = None
    for line in _right_below(lines, node):
        text = line.text
        if is_prose(text) or is_box_label(text) or is_end_label(text) or line.linked:
            break
        named = named or origin(text)
        if not (origin(text) or is_masthead(text)):
            author = author or byline(text) or person_of_office(text)
    return Credits(author=author, origin=named)


def _right_below(lines: Sequence[Block], node: HtmlElement | None) -> Sequence[Block]:
    if node is None:
        return ()
    inside = [
        place
        for place, line in enumerate(lines)
        if line.element is node or any(up is node for up in line.element.iterancestors())
    ]
    return lines[inside[-1] + 1 :][:_LINES_BELOW_TEXT] if inside else ()


def _stated_author(tree: HtmlElement, *, title: str, url: str) -> str | None:
    """The person whom JSON-LD names; an account's or an office's name is none."""
    for thing in own_articles(list(json_ld_articles(tree)), url=url, title=title):
        said = thing.get("author")
        for one in said if isinstance(said, list) else [said]:
            name = one.get("name") if isinstance(one, dict) else one
            if isinstance(name, str) and len(name.split()) > 1:
                signed = _person(clean_text(name))
                if signed and not is_masthead(signed):
                    return signed
    return None
