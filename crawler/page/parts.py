"""Finds what an article is called and the section it stands in."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from crawler.families import GENERAL
from crawler.page.blocks import blocks, clean_text, paragraphs
from crawler.page.editions import names_edition
from crawler.page.headline import find_headline, is_office
from crawler.page.jsonld import json_ld_articles
from crawler.page.labels import is_box_label, is_end_label
from crawler.page.lines import is_date_line, is_prose
from crawler.page.markup import meta_content, select, text_of
from crawler.page.named import begins, named_headings, starts_alike

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from lxml.html import HtmlElement

    from crawler.families import Family

_DATE_LABEL = re.compile(r"^\W*(?:ngày (?:cập nhật|đăng)|đăng (?:ngày|lúc)|cập nhật)\b", re.I)
_SITE_NAME = re.compile(
    r"^(?:báo\s.*|.*\b(?:điện tử|online)|vietnam\.vn|nền tảng quảng bá việt nam|cổng thông tin.*"
    r"|trang (?:thông tin|tin).*|[\w.-]+\.(?:vn|com|net|org)|.*phát thanh,? truyền hình.*)$",
    re.IGNORECASE,
)
_BETWEEN_PARTS = re.compile(r"(\s+[|–—-]\s+|\s*\|\s*|\s+[»›]\s+)")
_FRONT_PAGE = re.compile(
    r"(?=.)(?:https?://[^/]+)?/?(?:(?:index|default|home|trang-chu)(?:\.\w+)?)?", re.IGNORECASE
)
# "/muonglan", "https://mang.example.vn/muonglan/": articles lie deeper, have long names or numbers.
_ACCOUNT = re.compile(r"(?:https?://[^/]+)?/@?[a-z][a-z.]*(?:-[a-z]+){0,2}/?", re.IGNORECASE)
_LEAST_POSTS = 2
# Messages that the reader has not seen: "(3) Phường …".
_UNSEEN = re.compile(r"^\(\d+\+?\)\s+")
_HOME = re.compile(r"trang chủ|home|tin tức", re.IGNORECASE)
_LONGEST_NAME = 60


def find_title(tree: HtmlElement, family: Family) -> str | None:
    """The article's title, without the site's name."""
    named = named_headings(tree, family.title)
    if named.only:
        return named.only
    things = list(json_ld_articles(tree))
    names = _site_names(tree, things)
    said = [without_site_name(text, names) for text in _title_witnesses(tree, things)]
    witnesses = [text for text in said if not names_edition(text)]
    if title := named.own(witnesses):
        return title
    if heading := _witnessed_heading(tree, witnesses, names):
        return heading
    if family.titled_above_date and (title := _line_above_date(tree)):
        return title
    if (title := named_headings(tree, GENERAL.title).own(witnesses)) and title not in names:
        return title
    in_edition = bool(said) and not witnesses
    return _shown_title(tree, witnesses, names, in_edition=in_edition) or next(
        filter(None, _last_resorts(tree, witnesses, named.linked)), None
    )


def without_site_name(title: str, names: Collection[str]) -> str:
    """The title without ``- Báo …`` behind it or ``Báo … |`` before it.

    Args:
        title: As metas and the window's title give it.
        names: What the site is called.
    """
    parts = _BETWEEN_PARTS.split(title)
    while len(parts) > 2 and _is_site_name(parts[-1], names):
        parts = parts[:-2]
    while len(parts) > 2 and _is_site_name(parts[0], names):
        parts = parts[2:]
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


def _shown_title(
    tree: HtmlElement, witnesses: Sequence[str], names: Collection[str], *, in_edition: bool
) -> str | None:
    """The line that looks like the headline, whether or not metas and window title quote it."""
    quoted = {part for witness in witnesses for part in _ends_of(witness)}
    quoted = {part for part in quoted if len(part.split()) > 3}
    quoted = {part for part in quoted if not (_is_site_name(part, names) or is_office(part))}
    return find_headline(list(blocks(tree)), quoted=quoted, site_names=names, in_edition=in_edition)


def _last_resorts(
    tree: HtmlElement, witnesses: list[str], linked: Sequence[str]
) -> Iterator[str | None]:
    """Titles of a page whose headings and metas do not agree, or say the site's name only."""
    yield from (_shown_part(tree, witness) for witness in witnesses)
    # A post's own title may lead to it; cards come in numbers.
    yield from linked if len(linked) == 1 else ()
    headings = (text_of(node) for node in tree.iter("h1"))
    headings = (heading for heading in headings if not names_edition(heading))
    yield from [heading for heading in headings if len(heading.split()) > 2][-1:]
    yield _first_heading(tree)
    yield _line_above_date(tree)
    yield from (witness for witness in witnesses if not _SITE_NAME.match(witness))
    yield from witnesses


def _site_names(tree: HtmlElement, things: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """What the site calls itself."""
    stated = (meta_content(tree, name) for name in ("og:site_name", "application-name"))
    publishers = (thing.get("publisher") for thing in things)
    named = (one.get("name") for one in publishers if isinstance(one, dict))
    accounts = (text_of(node) for node in tree.iter("h1"))
    signed = (name for name in accounts if name and _is_account(tree, name))
    return frozenset(
        clean_text(name)
        for name in (*stated, *named, *signed)
        if isinstance(name, str) and name.strip()
    )


def _is_account(tree: HtmlElement, name: str) -> bool:
    """Whether a name stands again and again above posts, each time as the way to one front page."""
    ways = Counter(
        anchor.get("href")
        for anchor in tree.iter("a")
        if _ACCOUNT.fullmatch(anchor.get("href") or "") and text_of(anchor) == name
    )
    return any(times >= _LEAST_POSTS for times in ways.values())


def _is_site_name(text: str, names: Collection[str]) -> bool:
    return text in names or _SITE_NAME.match(text.strip()) is not None


def _title_witnesses(tree: HtmlElement, things: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if title := meta_content(tree, "og:title", "twitter:title"):
        yield title
    for thing in things:
        if isinstance(headline := thing.get("headline"), str):
            yield clean_text(headline)
    windows = map(text_of, tree.xpath("//head/title | //title[not(ancestor::svg)]"))
    yield from filter(None, (_UNSEEN.sub("", title) for title in windows))


def _witnessed_heading(
    tree: HtmlElement, witnesses: Sequence[str], names: Collection[str]
) -> str | None:
    """The heading that the page's metas or window title confirm; a site's own name is none."""
    for node in tree.iter("h1"):
        heading = text_of(node)
        is_quoted = bool(heading) and any(starts_alike(heading, one) for one in witnesses)
        if is_quoted and not _is_banner(node, heading, names):
            return heading
    for node in tree.iter("h2", "h3", "h4"):
        heading = text_of(node)
        is_long = len(heading.split()) > 3
        is_quoted = is_long and any(_is_end_of(witness, heading) for witness in witnesses)
        if is_quoted and not _is_banner(node, heading, names):
            return heading
    return None


def _is_banner(node: HtmlElement, heading: str, names: Collection[str]) -> bool:
    """Whether a heading is the site's name, by what it says or as the way to its front page."""
    if _is_site_name(heading, names) or is_office(heading):
        return True
    links = [*node.iterancestors("a"), *node.iter("a")]
    return any(_FRONT_PAGE.fullmatch(link.get("href") or "") for link in links)


def _is_end_of(witness: str, heading: str) -> bool:
    """Whether ``title - section - site`` begins or ends with a heading."""
    return begins(witness, heading) or witness.casefold().endswith(f" {heading.casefold()}")


def _shown_part(tree: HtmlElement, witness: str) -> str | None:
    """Of ``title - section - site`` as much from one end as the page shows on one line."""
    wanted = {piece.casefold() for piece in _ends_of(witness)}
    shown = [
        line.text
        for line in blocks(tree)
        if line.text.casefold() in wanted and not line.linked and len(line.text.split()) > 3
    ]
    return max(shown, key=len, default=None)


def _ends_of(witness: str) -> list[str]:
    """Each way to leave parts of ``title - section - site`` out at one end, and the whole."""
    parts = _BETWEEN_PARTS.split(witness)
    ends = range(1, len(parts) + 1, 2)
    pieces = [piece for end in ends for piece in ("".join(parts[:end]), "".join(parts[end - 1 :]))]
    return [piece.strip() for piece in pieces]


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
