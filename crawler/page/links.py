"""Lines that are there to lead away: to other articles, or by buttons; and what announces them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.page.lines import byline, is_date_line, is_prose, origin
from crawler.page.markup import outermost, text_length
from crawler.page.tools import is_tool

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from crawler.page.blocks import Block

HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6", "dt"))
HEADLINE_WORDS = 4
_LABEL_WORDS = 8
_SHORT_LABEL_WORDS, _SHORT_LABEL = 4, 45
_BUTTON_WORDS = 15
_LINK_PREFIX = re.compile(r"^(?:>>|->|[»›→•+*-])\s*|^(?:xem|đọc) thêm\s*:?\s*", re.IGNORECASE)
_LABEL_START = re.compile(
    r"^\W*(?:tin|bài|các|những|mời|xem|đọc|cùng|video|ảnh|chuyên mục|chủ đề|sự kiện|tags?"
    r"|từ khóa)\b",
    re.IGNORECASE,
)
# Before a link these say whose or what it is, and call nobody to another article.
_NO_CALL = re.compile(
    r"(?:nguồn|theo|ảnh|hình|clip|video|tác giả|căn cứ|đồng chí|ông|bà|tại|ở|và)\b.*", re.IGNORECASE
)
_NO_ARTICLE = re.compile(
    r"^(?:javascript|mailto|tel|data):|^#|\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png|gif|mp[34])"
    r"(?:[?#]|$)",
    re.IGNORECASE,
)
_BUTTON = re.compile(
    r"^(?:javascript|mailto):|^#?$|[/?&=_-](?:print|sharer?|in-?bai|send-?mail)\b|sharer", re.I
)
_REMARK = re.compile(r"\([^()]{0,40}\)|\b(?:ngày|lúc|giờ|lượt xem)\b|[\W\d_]", re.IGNORECASE)


def is_link_line(line: Block) -> bool:
    """Whether a line is nothing but links to other articles; links in sentences are none.

    A short label before them and a date behind them change nothing, whatever they say.
    """
    if not line.links:
        return False
    text = _LINK_PREFIX.sub("", line.text)
    if line.linked >= len(text) > 0:
        return len(text.split()) >= HEADLINE_WORDS and byline(text) is None
    return 2 * line.linked >= len(text) and _is_announced(line)


def is_button_line(line: Block) -> bool:
    """Whether a line is a row of links that do something here: print, go back, send."""
    if not line.links or not (3 * line.linked >= len(line.text) or is_tool(line.label)):
        return False
    if len(line.text.split()) > _BUTTON_WORDS or is_prose(line.text) or byline(line.text):
        return False
    if text_length(line.element) > 2 * len(line.text):
        return False
    return all(_BUTTON.search(address) for address in _addresses(line))


def without_links(lines: Sequence[Block]) -> list[Block]:
    """The lines without those that lead away, and without the labels that announce these."""
    behind = last_text(lines)
    leads = [is_link_line(line) or is_button_line(line) for line in lines]
    return [
        line
        for place, line in enumerate(lines)
        if not leads[place]
        and not (
            any(leads[place + 1 : place + 2])
            and is_link_line(after := lines[place + 1])
            and heads_list(
                line,
                is_behind_text=place > behind,
                is_beside=outermost(line).getparent() is outermost(after).getparent(),
            )
        )
    ]


def heads_list(line: Block, *, is_behind_text: bool, is_beside: bool) -> bool:
    """Whether a line, where a list of links follows, is its heading.

    Args:
        line: The line before the list.
        is_behind_text: Whether no paragraph of the article comes after it.
        is_beside: Whether the list is its neighbour.
    """
    text = line.text
    if line.linked or len(text.split()) > _LABEL_WORDS or is_prose(text):
        return False
    if byline(text) or origin(text) or is_date_line(text):
        return False
    if line.element.tag in HEADINGS or text.endswith(":") or _LABEL_START.match(text):
        return True
    if not is_beside or line.element.tag in ("li", "td", "th"):
        return False
    return is_behind_text or len(text.split()) <= _SHORT_LABEL_WORDS


def is_short_label(line: Block) -> bool:
    """Whether a line may be what a box is called."""
    text = line.text
    if line.linked or len(text.split()) > _LABEL_WORDS or is_prose(text) or text[-1:] in ".;,":
        return False
    return any(map(str.isalpha, text)) and not (byline(text) or origin(text))


def is_text(line: Block) -> bool:
    """Whether a line is a paragraph and most of it no link."""
    return 2 * line.linked < len(line.text) and is_prose(line.text)


def leads_to_page(anchor: HtmlElement) -> bool:
    """Whether a link leads to a page: to no file, no place on this page, and no button's deed."""
    address = anchor.get("href") or ""
    return not (_BUTTON.search(address) or _NO_ARTICLE.search(address))


def last_text(lines: Sequence[Block]) -> int:
    """Place of the last paragraph; -1 where there is none."""
    return max((place for place, line in enumerate(lines) if is_text(line)), default=-1)


def _is_announced(line: Block) -> bool:
    """Whether ``Đọc tiếp: <a>headline</a> (12/11)`` or a headline with its date is the line."""
    label = line.label.strip(" :>»›-–•|")
    words = len(line.text.split()) - len(line.label.split()) - len(line.rest.split())
    if words < HEADLINE_WORDS or len(label) > _SHORT_LABEL or label.endswith((".", "!", "?")):
        return False
    is_call = line.label.endswith(":") or len(label.split()) <= _SHORT_LABEL_WORDS
    if not is_call or _NO_CALL.fullmatch(label) or byline(line.text) or origin(line.text):
        return False
    if line.rest.startswith((".", ",", ";")) and not line.label.endswith(":"):
        return False
    is_remark = not _REMARK.sub("", line.rest) or is_tool(line.rest)
    return is_remark and not any(map(_NO_ARTICLE.search, _addresses(line)))


def _addresses(line: Block) -> Iterator[str]:
    for anchor in line.element.iter("a"):
        yield anchor.get("href") or ""
