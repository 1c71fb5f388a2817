"""Tells pages that hold no article, whatever they show: listings, print views, translations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree

from crawler.errors import ReadingError
from crawler.page.blocks import blocks, paragraphs
from crawler.page.jsonld import json_ld_articles
from crawler.page.lines import is_date_line
from crawler.page.links import is_link_line
from crawler.page.markup import meta_content
from crawler.page.notices import refuse_notice
from crawler.urls import site_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from crawler.page.blocks import Block

_PRINT = re.compile(
    r"/(?:print|in-bai|in-tin|ban-in|inbai|intin|printpage)(?:/|$|\.\w+$)|/print-[^/]+$"
    r"|[?&](?:print|in|ctl=print|mode=print)(?:=1|=true|=print|&|$)",
    re.IGNORECASE,
)
_EPAPER = re.compile(
    r"/(?:(?:doc-)?bao-in|e-?paper|bao-giay)(?:/|$|[?.])|//(?:e-?paper|baoin)\.",
    re.IGNORECASE,
)
_LISTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"/(?:tags?|tu-khoa|the)/|-ptag\.html?$|[?&]tag=", re.I), "a tag page"),
    (re.compile(r"/(?:chu-de|topics?|su-kien)/|-(?:event|topic)\d+\.html?$", re.I), "a topic page"),
    (re.compile(r"/(?:tim-kiem|search)(?:/|\.|\?|$)|[?&](?:keyword|q|s)=", re.I), "search results"),
    (re.compile(r"/(?:tac-gia|author)/", re.I), "an author's page"),
)
_LANGUAGE_FOLDER = re.compile(r"^/([a-z]{2})(?:-[a-z]{2})?(?:/|$)", re.IGNORECASE)
# ISO 639-1 codes that papers and the aggregator translate into, as folders of their addresses.
_LANGUAGES = frozenset(
    re.findall(
        r"\w+",
        "en fr ru cn zh ko kr ja jp lo la kh km th de es pt ro it ar hi id ms my nl pl tr uk cs sv",
    )
)
_TRANSLATING_SITES = frozenset({"vietnam.vn"})

_VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_LEAST_LETTERS = 150
# Vietnamese prose has such a letter in every fourth; a name here and there is no Vietnamese.
_LEAST_SHARE = 0.04

_LISTED = 8
_LONGEST_LISTING_TEXT = 250
_LONGEST_VIDEO_TEXT = 300
_has_video = etree.XPath(
    "boolean(//video | //iframe[contains(@src, 'youtube') or contains(@src, '/embed')"
    " or contains(@src, 'player') or contains(@src, 'video')]"
    " | //meta[@property='og:video' or @property='og:video:url'"
    " or (@property='og:type' and starts-with(@content, 'video'))]"
    " | //script[contains(@type, 'ld+json') and contains(., 'VideoObject')])"
)
_LONGEST_PRINT_SCRIPT = 200


def refuse_other_views(tree: HtmlElement, *, url: str) -> None:
    """Refuse what is known before it is read: home, print, e-paper and translated pages.

    Args:
        tree: The whole page.
        url: Its address, after redirects; may be empty.

    Raises:
        ReadingError: ``not-article``, with the reason.
    """
    parts = urlsplit(url)
    if parts.netloc and parts.path in {"", "/"} and not parts.query:
        raise ReadingError("not-article", "the home page")
    if _PRINT.search(url) or _prints_itself(tree):
        raise ReadingError("not-article", "a print view")
    if _EPAPER.search(url):
        raise ReadingError("not-article", "an e-paper")
    if language := _translated_into(tree, url):
        raise ReadingError("not-article", f"a translation, {language}")


def refuse_other_texts(
    tree: HtmlElement, *, url: str, title: str, sapo: str | None, body: Sequence[str]
) -> None:
    """Refuse a page whose text, once read, shows that it is no article.

    Args:
        tree: The whole page.
        url: Its address.
        title: What was read.
        sapo: The same.
        body: The paragraphs.

    Raises:
        ReadingError: ``not-article`` or, where it may be one another day, ``empty``.
    """
    text = "\n".join((sapo or "", *body))
    refuse_notice(title, text)
    if text.strip() and not _LETTER.search(text):
        raise ReadingError("empty", "a text without a letter")
    if not is_vietnamese(text):
        raise ReadingError("not-article", "the text is not Vietnamese")
    if len(text) < _LONGEST_LISTING_TEXT and is_listing(tree, title=title):
        raise ReadingError("not-article", kind_of_list(url))
    paragraphs_read = len(body) + (sapo is not None)
    if paragraphs_read <= 1 and len(text) < _LONGEST_VIDEO_TEXT and _has_video(tree):
        raise ReadingError("not-article", "a video without a text")


def is_vietnamese(text: str) -> bool:
    """Whether a text may be Vietnamese; one too short to tell is."""
    letters = len(_LETTER.findall(text))
    return letters < _LEAST_LETTERS or len(_VIETNAMESE.findall(text)) >= _LEAST_SHARE * letters


def is_listing(tree: HtmlElement, *, title: str | None = None) -> bool:
    """Whether a page shows headlines of many articles and says nothing of one of its own.

    Args:
        tree: The whole page.
        title: What was taken for an article's; one with a date below it is one.
    """
    lines = list(blocks(tree))
    if _is_article_by_its_metas(tree) or _is_dated(lines, title):
        return False
    headlines = 0
    for line in lines:
        headlines += is_link_line(line)
        if headlines >= _LISTED:
            return True
    return False


def kind_of_list(url: str) -> str:
    """What a listing's address makes of it."""
    return next((name for form, name in _LISTS if form.search(url)), "a listing")


def _is_dated(lines: Sequence[Block], title: str | None) -> bool:
    """Whether a date stands below the title, before any other headline."""
    places = [place for place, line in enumerate(lines) if line.text == title and not line.linked]
    for place in places:
        for line in lines[place + 1 : place + 5]:
            if line.linked:
                break
            if is_date_line(line.text):
                return True
    return False


def _is_article_by_its_metas(tree: HtmlElement) -> bool:
    if (meta_content(tree, "og:type") or "").lower() == "article":
        return True
    if meta_content(tree, "article:published_time", "datePublished") is not None:
        return True
    return len(list(json_ld_articles(tree))) == 1


def _prints_itself(tree: HtmlElement) -> bool:
    if any("print(" in (body.get("onload") or "") for body in tree.iter("body")):
        return True
    scripts = (script.text or "" for script in tree.iter("script"))
    short = (script for script in scripts if len(script) < _LONGEST_PRINT_SCRIPT)
    return any(script.lstrip().startswith("window.print(") for script in short)


def _translated_into(tree: HtmlElement, url: str) -> str | None:
    """The language other than Vietnamese that the page says it is in."""
    folder = _LANGUAGE_FOLDER.match(urlsplit(url).path)
    language = folder[1].lower() if folder else ""
    if language in _LANGUAGES and site_of(url) in _TRANSLATING_SITES:
        return language
    alternates = _own_alternates(tree, url)
    if alternates and not any(name.startswith(("vi", "x-")) for name in alternates):
        return alternates[0]
    declared = (tree.get("lang") or "").lower().partition("-")[0]
    if declared and declared != "vi" and not is_vietnamese(" ".join(paragraphs(tree))):
        return declared
    return None


def _own_alternates(tree: HtmlElement, url: str) -> list[str]:
    """The languages under which the page lists its own address among its translations."""
    path = urlsplit(url).path.rstrip("/")
    links = ((link.get("hreflang"), link.get("href")) for link in tree.iter("link"))
    return [
        language.lower()
        for language, href in links
        if path and language and urlsplit(href or "").path.rstrip("/") == path
    ]
