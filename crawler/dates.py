"""When a page was published: every date it offers, weighed by where it stands."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import htmldate

from crawler.datetext import VIETNAM, parse_vietnamese_date
from crawler.lines import is_prose
from crawler.markup import json_ld_articles, meta_content, paragraphs, select, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

__all__ = ["FoundDate", "find_date", "parse_vietnamese_date"]

# Vietnam has been online since 19 November 1997.
_EARLIEST = datetime(1997, 11, 19, tzinfo=UTC)
_AHEAD = timedelta(days=1)
# A visible time this close to the visit is the page's clock, unless the family's own date
# node holds it.
_CLOCK = timedelta(minutes=2)

_META_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "datePublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "DC.date.issued",
    "dcterms.created",
)
_SCRIPT_DATE = re.compile(r"[\"']?articlePublishDate[\"']?\s*[:=]\s*[\"']([^\"']{8,40})[\"']")
_URL_DAY = re.compile(r"/(20\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=/|-|$)")

# What shows the time of the visit, or dates of other pages.
_ELSEWHERE = (
    ".title-time, #today, #current-date, #currentdate, #datetimenow, #clock, .clock, .today",
    "[class*=current-date], [class*=date-now], [class*=datetime-now], [id*=clock], [class*=clock]",
    "nav, aside, footer, form select, script, style, noscript, template, marquee",
    "[class*=relate], [class*=sidebar], [id*=sidebar], [class*=comment], [class*=copyright]",
)
_LABELLED = re.compile(
    r"^\W*(?:ngày (?:cập nhật|đăng|xuất bản|phát hành)|đăng (?:lúc|ngày|vào)"
    r"|cập nhật(?: lúc| ngày)?|xuất bản(?: lúc| ngày)?|thời gian(?: đăng)?|ngày)\b\W*\d",
    re.IGNORECASE,
)
_DATE_NODES = (
    "time[datetime]",
    "[itemprop=datePublished]",
    "[class*=publish], [class*=pubdate], [class*=post-date], [class*=post_date]",
    "[class~=date], [class~=time], [id=date], [class*=-date], [class*=-time], [class*=_date]",
    "[class*=meta], [class*=datetime], [id*=date], [id*=Date], [class*=Date]",
)
_LONGEST_DATE_LINE = 120


@dataclass(frozen=True)
class FoundDate:
    """A publication date and how it was come by."""

    at: datetime
    """Aware UTC; local midnight where only the day is known."""
    rule: str
    """json-ld, meta, script, node, visible, address, htmldate; from plain text: text."""
    raw: str
    """The string as the page prints it."""
    has_time: bool


@dataclass(frozen=True)
class _Candidate:
    found: FoundDate
    zoned: bool
    """Machine-readable and with its own time zone."""


def find_date(
    tree: HtmlElement,
    *,
    url: str,
    fetched_at: datetime,
    selectors: Iterable[str] = (),
    title: str | None = None,
) -> FoundDate | None:
    """The publication date of a page.

    JSON-LD or meta with a time zone wins over a visible date with its time, that over a
    machine's date without a zone, and any of them over a mere day. Clocks, dates more than
    a day ahead of the visit and dates before the Vietnamese web are passed over.

    Args:
        tree: The whole page; it is left as it is.
        url: Its address; some carry the day.
        fetched_at: Time of the visit, aware.
        selectors: CSS of the family's own date nodes.
        title: The page's title, below which dates are looked for.
    """
    candidates: list[_Candidate] = []
    for candidate in _candidates(tree, url=url, title=title, selectors=tuple(selectors)):
        if not _is_plausible(candidate, fetched_at):
            continue
        if candidate.zoned and candidate.found.has_time:
            return candidate.found
        candidates.append(candidate)
    if candidates:
        return min(candidates, key=_rank).found
    return _last_resort(tree, fetched_at=fetched_at)


def _candidates(
    tree: HtmlElement, *, url: str, title: str | None, selectors: tuple[str, ...]
) -> Iterator[_Candidate]:
    for rule, raw in _machine_dates(tree):
        yield from _candidate(rule, raw)
    for raw in _node_dates(tree, selectors):
        yield from _candidate("node", raw)
    for raw in _visible_dates(tree, title):
        yield from _candidate("visible", raw)
    if day := _URL_DAY.search(url):
        yield from _candidate("address", "-".join(day.groups()))


def _machine_dates(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    for thing in json_ld_articles(tree):
        if isinstance(raw := thing.get("datePublished"), str):
            yield "json-ld", raw
    for name in _META_NAMES:
        if raw := meta_content(tree, name):
            yield "meta", raw
    for script in tree.xpath("//script[contains(., 'articlePublishDate')]"):
        if match := _SCRIPT_DATE.search(str(script.text_content())):
            yield "script", match[1]


def _candidate(rule: str, raw: str) -> Iterator[_Candidate]:
    parsed = parse_vietnamese_date(raw)
    if parsed is None:
        return
    at, has_time = parsed
    machine = rule in ("json-ld", "meta", "script")
    zoned = machine and re.search(r"\d(?:Z|[+-]\d{2}:?\d{2})\s*$", raw.strip()) is not None
    yield _Candidate(FoundDate(at, rule, raw.strip(), has_time), zoned)


def _is_plausible(candidate: _Candidate, fetched_at: datetime) -> bool:
    found = candidate.found
    if not _EARLIEST <= found.at <= fetched_at + _AHEAD:
        return False
    return found.rule != "visible" or not found.has_time or abs(fetched_at - found.at) > _CLOCK


def _rank(candidate: _Candidate) -> tuple[bool, int]:
    order = ("node", "visible", "json-ld", "meta", "script", "address")
    return not candidate.found.has_time, order.index(candidate.found.rule)


def _node_dates(tree: HtmlElement, selectors: Iterable[str]) -> Iterator[str]:
    for node in select(tree, selectors):
        yield from _texts_of_date_node(node)


def _texts_of_date_node(node: HtmlElement) -> Iterator[str]:
    for attribute in ("datetime", "content"):
        if value := node.get(attribute):
            yield str(value)
    text = text_of(node)
    if text and len(text) <= _LONGEST_DATE_LINE:
        yield text


def _visible_dates(tree: HtmlElement, title: str | None) -> Iterator[str]:
    page = _without(tree, _ELSEWHERE)
    lines = paragraphs(page)
    yield from _below_title(lines, title or _heading(page))
    yield from (line for line in lines if _is_date_line(line) and _LABELLED.match(line))
    for node in select(page, _DATE_NODES):
        if not node.xpath("ancestor-or-self::a | ancestor::li | ancestor::header"):
            yield from _texts_of_date_node(node)


def _without(tree: HtmlElement, selectors: Iterable[str]) -> HtmlElement:
    """A copy without the selected nodes, save those that the article itself stands in."""
    page = copy.deepcopy(tree)
    for node in list(select(page, selectors)):
        is_around = node.tag in ("html", "body") or node.xpath("boolean(.//h1)")
        if node.getparent() is not None and not is_around:
            node.drop_tree()
    return page


def _heading(page: HtmlElement) -> str | None:
    headings = [text_of(node) for node in page.xpath("//h1")]
    return headings[-1] if headings else meta_content(page, "og:title")


def _below_title(lines: list[str], title: str | None) -> Iterator[str]:
    """Date lines between the title and the first paragraph, then the two above the title."""
    places = [index for index, line in enumerate(lines) if line == title]
    for place in reversed(places):
        for line in lines[place + 1 : place + 12]:
            if is_prose(line) and not _is_date_line(line):
                break
            if _is_date_line(line):
                yield line
        yield from (line for line in lines[max(0, place - 2) : place] if _is_date_line(line))


def _is_date_line(line: str) -> bool:
    if len(line) > _LONGEST_DATE_LINE or not re.search(r"\d{4}", line):
        return False
    return parse_vietnamese_date(line) is not None and not line.endswith((".", "…", "”"))


def _last_resort(tree: HtmlElement, *, fetched_at: datetime) -> FoundDate | None:
    page = _without(tree, (*_ELSEWHERE, "a, li, header, meta[name=datetimenow]"))
    raw = htmldate.find_date(
        page,
        extensive_search=False,
        original_date=True,
        min_date=_EARLIEST,
        max_date=fetched_at.astimezone(VIETNAM).replace(tzinfo=None),
    )
    if not isinstance(raw, str):
        return None
    day = date.fromisoformat(raw)
    at = datetime(day.year, day.month, day.day, tzinfo=VIETNAM).astimezone(UTC)
    return FoundDate(at, "htmldate", raw, has_time=False)
