"""Finds the parts of an article page: its title, lead, text, author and origin."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING

from lxml import html
from trafilatura import bare_extraction

from crawler.errors import ReadingError
from crawler.families import GENERAL, Family
from crawler.lines import (
    below_title,
    byline,
    is_date_line,
    is_prose,
    is_tool,
    origin,
    without_dateline,
)
from crawler.markup import (
    clean_text,
    json_ld_articles,
    meta_content,
    paragraphs,
    select,
    select_text,
    text_of,
)
from crawler.prune import prune
from crawler.urls import site_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

# Below this trafilatura gives all text of the page as one paragraph.
_TRAFILATURA_LEAST = 250
_LEAST_GENERAL_BODY = 80
_LONGEST_SAPO = 1500
_DATE_LABEL = re.compile(r"^\W*(?:ngày (?:cập nhật|đăng)|đăng (?:ngày|lúc)|cập nhật)\b", re.I)
_SITE_NAME = re.compile(
    r"^(?:báo\s.*|.*\b(?:điện tử|online)|vietnam\.vn|nền tảng quảng bá việt nam|cổng thông tin.*"
    r"|trang (?:thông tin|tin).*|[\w.-]+\.(?:vn|com|net|org)|.*phát thanh,? truyền hình.*)$",
    re.IGNORECASE,
)
# Some papers send the text as base64 lines for their own script to decode.
_ENCODED_LINE = re.compile(r"[A-Za-z0-9+/]{60,}={0,2}")


def find_title(tree: HtmlElement, family: Family) -> str | None:
    """The article's title, without the site's name."""
    if title := select_text(tree, family.title):
        return title
    witnesses = [without_site_name(text, tree) for text in _title_witnesses(tree)]
    headings = [text for node in tree.xpath("//h1") if len((text := text_of(node)).split()) > 2]
    for heading in headings:
        if any(_starts_alike(heading, witness) for witness in witnesses):
            return heading
    if family.titled_above_date and (title := _line_above_date(tree)):
        return title
    return next(filter(None, [select_text(tree, GENERAL.title), *witnesses, *headings[-1:]]), None)


def without_site_name(title: str, tree: HtmlElement) -> str:
    """The title without ``- Báo …`` behind it."""
    own_name = meta_content(tree, "og:site_name")
    parts = re.split(r"(\s+[|–—-]\s+|\s*\|\s*)", title)
    while len(parts) > 2 and (parts[-1] == own_name or _SITE_NAME.match(parts[-1].strip())):
        parts = parts[:-2]
    return "".join(parts).strip()


def find_lines(tree: HtmlElement, family: Family, *, title: str | None) -> list[str]:
    """Lines of the article's text, from its own node where the page has one.

    Raises:
        ReadingError: ``challenge`` where the text is encoded for a script.
    """
    node = _body_node(tree, family)
    if node is not None:
        lines = paragraphs(node)
    elif family.titled_above_date:
        lines = paragraphs(_pruned_page(tree, title))
        start = lines.index(title) if title in lines else 0
        lines = below_title(lines[start:], title)
    else:
        lines = _general_lines(tree, title)
    if any(_ENCODED_LINE.fullmatch(line) for line in lines):
        raise ReadingError("challenge", "the text is encoded and needs the site's script")
    return lines


def find_sapo(tree: HtmlElement, family: Family) -> str | None:
    """The lead where it has a node of its own, or the description where the page shows it."""
    for selector in family.sapo:
        texts = [text_of(node) for node in select(tree, (selector,))]
        texts = [text for text in texts if 20 <= len(text) <= _LONGEST_SAPO]
        if texts:
            return max(texts, key=len)
    return None


def find_description(tree: HtmlElement, lines: Iterable[str]) -> str | None:
    """The page's description, if a line of the page (whole, not cut short) is just that."""
    description = meta_content(tree, "og:description", "description")
    if description is None or len(description) < 40:
        return None
    start = comparable(description).rstrip(". …")[:80]
    return next((line for line in lines if comparable(line).startswith(start)), None)


def is_bold_lead(tree: HtmlElement, first_line: str) -> bool:
    """Whether the first line of the text is a sentence set in bold as a whole, as leads are."""
    bold = tree.iter("strong", "b", "h2")
    return is_prose(first_line) and any(text_of(node) == first_line for node in bold)


def find_author(tree: HtmlElement, family: Family) -> str | None:
    """Who signed, from the family's own node."""
    for node in select(tree, family.author):
        text = re.sub(r"^\W*(?:tác giả|người viết)\s*:\s*", "", text_of(node), flags=re.I)
        text = re.sub(r"\s*[•|]?\s*\d{1,2}[/-]\d{1,2}[/-]\d{4}.*$", "", text).strip(" •|-")
        if _SITE_NAME.match(text):
            continue
        if signed := byline(text):
            return signed
        if 2 <= len(text) <= 60 and not is_tool(text) and not re.search(r"\d{3}", text):
            return text
    return None


def find_origin(tree: HtmlElement, family: Family) -> str | None:
    """Whom the page names as its source, by the family's node or a link to the original."""
    for node in select(tree, family.origin):
        for line in paragraphs(node):
            if named := origin(line):
                return named
    for anchor in tree.iter("a"):
        if text_of(anchor).lower() in ("source link", "link bài gốc", "link gốc"):
            return site_of(anchor.get("href") or "") or None
    return None


def lines_near_title(tree: HtmlElement, title: str | None) -> list[str]:
    """The two lines above the title and those between it and the first paragraph."""
    page = copy.deepcopy(tree)
    prune(page, drop=("footer",), title=title or "")
    lines = paragraphs(page)
    places = [index for index, line in enumerate(lines) if line == title]
    near: list[str] = []
    for place in places[-1:]:
        near = lines[max(0, place - 2) : place]
        for line in lines[place + 1 : place + 8]:
            if is_prose(line) and not is_date_line(line):
                break
            near.append(line)
    return near


def comparable(text: str) -> str:
    """For telling whether two texts are the same lead."""
    return clean_text(without_dateline(text)).casefold()


def _title_witnesses(tree: HtmlElement) -> Iterator[str]:
    if title := meta_content(tree, "og:title", "twitter:title"):
        yield title
    for thing in json_ld_articles(tree):
        if isinstance(headline := thing.get("headline"), str):
            yield clean_text(headline)
    yield from filter(None, map(text_of, tree.xpath("//head/title | //title[not(ancestor::svg)]")))


def _starts_alike(heading: str, witness: str) -> bool:
    one, other = heading.casefold(), witness.casefold().rstrip(". …")
    return bool(other) and (one.startswith(other) or other.startswith(one))


def _line_above_date(tree: HtmlElement) -> str | None:
    lines = paragraphs(tree)
    for index, line in enumerate(lines[1:], start=1):
        above = lines[index - 1]
        if is_date_line(line) and _DATE_LABEL.match(line) and len(above.split()) >= 3:
            return above
    return None


def _body_node(tree: HtmlElement, family: Family) -> HtmlElement | None:
    """A pruned copy of the article's node, or None where no selector leads to one."""
    for selector in family.body:
        node = _joined(select(tree, (selector,)))
        if node is None:
            continue
        pruned = _pruned(node, family)
        if paragraphs(pruned) or family.short_body:
            return pruned
    for selector in GENERAL.body:
        for node in select(tree, (selector,)):
            pruned = _pruned(node, family)
            if any(len(line) >= _LEAST_GENERAL_BODY for line in paragraphs(pruned)):
                return pruned
    return None


def _joined(nodes: Iterator[HtmlElement]) -> HtmlElement | None:
    """The first node; where it is a single paragraph, all of them in one."""
    first = next(nodes, None)
    if first is None or first.tag != "p":
        return first
    whole = html.Element("div")
    whole.extend([copy.deepcopy(node) for node in (first, *nodes)])
    return whole


def _pruned(node: HtmlElement, family: Family) -> HtmlElement:
    copied = copy.deepcopy(node)
    copied.tail = None
    prune(copied, drop=(*family.drop, *GENERAL.drop), title=None)
    return copied


def _pruned_page(tree: HtmlElement, title: str | None) -> HtmlElement:
    page = copy.deepcopy(tree)
    prune(page, drop=("footer, aside, head",), title=title or "")
    return page


def _general_lines(tree: HtmlElement, title: str | None) -> list[str]:
    page = _pruned_page(tree, title)
    document = bare_extraction(
        copy.deepcopy(page), fast=True, include_comments=False, with_metadata=False
    )
    text = str(getattr(document, "text", None) or "")
    if len(text) < _TRAFILATURA_LEAST:
        return paragraphs(_densest(page))
    lines = [clean_text(line.removeprefix("- ")) for line in text.splitlines()]
    return below_title(list(filter(None, lines)), title)


def _densest(page: HtmlElement) -> HtmlElement:
    """The element that directly holds most of the page's long paragraphs."""
    lengths: dict[HtmlElement, int] = {}
    for paragraph in page.iter("p", "div"):
        parent = paragraph.getparent()
        length = len(text_of(paragraph))
        if (
            parent is not None
            and length >= _LEAST_GENERAL_BODY
            and not paragraph.xpath(".//p|.//div")
        ):
            lengths[parent] = lengths.get(parent, 0) + length
    return max(lengths, key=lambda node: lengths[node]) if lengths else page
