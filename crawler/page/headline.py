"""The headline of a page that marks none: the line that looks like one, above the text."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from crawler.page.editions import names_edition
from crawler.page.labels import is_box_label, is_end_label
from crawler.page.lines import byline, is_caption, is_date_line, is_masthead, is_prose, origin
from crawler.page.looks import holders, is_bold, is_large
from crawler.page.markup import outermost, text_of
from crawler.page.tools import is_tool
from crawler.page.weighing import heaviest, is_paragraph, with_ancestors

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lxml.html import HtmlElement

    from crawler.page.blocks import Block

_LEAST_WORDS, _MOST_CHARACTERS = 4, 260
_LINES_ABOVE = 30
_LINES_TO_DATE = 3
_LEAST_SCORE, _LEAST_IN_EDITION = 3.0, 1.0
"""A heading, a line right above the date, or quoted in the page's metas; on a page that names
its edition alone one that is large, bold or shouted."""
_QUOTED, _HEADING, _DATED, _LOUD, _OFFICIAL, _A_LINE = 6.0, 3.0, 3.0, 2.0, -4.0, -0.5
_SHOUTED = 1.0
"""For capitals with nothing but facts and the lead between them and the text: enough for a line
that is bold or named a title too, as posts begin and as print editions set their headlines."""
_TITLE_NAMES = re.compile(
    r"title|headline|tieu-?de|heading|tenbai|ten-?(?:bai|tin)|subject|(?:^|[-_\s])(?:tit|tde)\b",
    re.IGNORECASE,
)
_HEADINGS = ("h1", "h2", "h3", "h4")
_UNFINISHED = re.compile(r"[.:;,][\"'”’)\]]*$")
_CRUMBS = re.compile(r"[>»›]|^\W*(?:trang chủ|bạn đang (?:ở|xem))\b", re.IGNORECASE)
# Who publishes the page: an office, a paper, a party committee.
_OFFICE = re.compile(
    r"\W*(?:cổng|trang|báo|đài|tạp chí|ủy ban|ubnd|ubmttq|mặt trận|đảng bộ|đảng ủy|tỉnh ủy"
    r"|thành ủy|huyện ủy|quận ủy|ban|sở|phòng|hội|(?:tỉnh|huyện|xã|phường|thành)? ?đoàn"
    r"|trường|huyện|tỉnh|thành phố|xã|phường|trung tâm|công an|liên đoàn)\s[^.,:;!?\"“\d]{3,70}",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"\b(?:tổ chức|kết nạp|phát triển|trao|tặng|tổng kết|sơ kết|khai mạc|bế mạc|khai giảng|công bố"
    r"|triển khai|quán triệt|kiểm tra|giám sát|làm việc|thăm|chúc|dự|họp|bàn|ra mắt|ra quân"
    r"|phát động"
    r"|đẩy mạnh|tăng cường|nâng cao|đổi mới|xây dựng|tạo nguồn|bồi dưỡng|giới thiệu|thực hiện"
    r"|chủ động|quyết tâm|phấn đấu|hoàn thành|vượt|đạt|có|là|được|vì|với|từ|sau|khi|cho)\b",
    re.IGNORECASE,
)


def find_headline(
    lines: Sequence[Block],
    *,
    quoted: Collection[str],
    site_names: Collection[str],
    in_edition: bool = False,
) -> str | None:
    """The line above the text that looks most like its headline.

    Looks are: quoted by the page's metas or window title, set as a heading, bold or large,
    with a date below it, near the text. Names of offices and sites have them too, but stand
    further up, in capitals, and name nobody's doing.

    Args:
        lines: Of the whole page.
        quoted: What may be the headline, as metas and the window title say it.
        site_names: What the site is called.
        in_edition: The page's metas and window title name a page or an issue of a print
            edition, and so speak against no line.
    """
    start = _start_of_text(lines)
    if start is None:
        return None
    wanted = [one.casefold().rstrip(". …") for one in quoted]
    names = {name.casefold() for name in site_names}
    scored = [
        (_score(lines, place, start=start, wanted=wanted), place)
        for place in _candidates(lines, start, names)
    ]
    best, place = max(scored, default=(0.0, -1))
    least = _LEAST_IN_EDITION if in_edition else _LEAST_SCORE
    return _whole_text(lines[place]) if best >= least else None


def _whole_text(line: Block) -> str:
    """The line, or all of the heading that it is a line of."""
    return text_of(line.element) if line.element.tag in _HEADINGS else line.text


def is_office(text: str) -> bool:
    """Whether a line is the name of an office and tells of nothing that it does."""
    return _OFFICE.fullmatch(text) is not None and _DEED.search(text) is None


def _start_of_text(lines: Sequence[Block]) -> int | None:
    root = heaviest(lines)
    if root is None:
        return None
    for place, line in enumerate(lines):
        if is_paragraph(line) and any(up is root for up in with_ancestors(line.element)):
            return place
    return None


def _candidates(lines: Sequence[Block], start: int, names: Collection[str]) -> Iterator[int]:
    # A long headline is taken for the first paragraph.
    for place in range(max(0, start - _LINES_ABOVE), start + 1):
        line = lines[place]
        if _may_be_headline(line) and line.text.casefold() not in names:
            yield place


def _may_be_headline(line: Block) -> bool:
    text = line.text
    if len(text.split()) < _LEAST_WORDS or len(text) > _MOST_CHARACTERS or line.linked:
        return False
    if _UNFINISHED.search(text) or _CRUMBS.search(text) or names_edition(text):
        return False
    is_label = is_tool(text) or is_box_label(text) or is_end_label(text)
    is_fact = is_date_line(text) or is_caption(text) or is_masthead(text)
    return not (is_label or is_fact or byline(text) or origin(text))


def _score(lines: Sequence[Block], place: int, *, start: int, wanted: Sequence[str]) -> float:
    line = lines[place]
    text = line.text.casefold()
    is_quoted = any(text.startswith(one) or one.startswith(text) for one in wanted)
    near = islice(lines[place + 1 :], _LINES_TO_DATE)
    between = lines[place + 1 : start]
    return (
        _QUOTED * is_quoted
        + _looks(line)
        + _DATED * any(is_date_line(one.text) for one in near)
        + _SHOUTED * (line.text.isupper() and all(map(_is_fact, between)))
        + _OFFICIAL * is_office(line.text)
        + _A_LINE * sum(not _is_fact(one) for one in between)
    )


def _is_fact(line: Block) -> bool:
    """Whether a line may stand between a headline and its text: date, name, button, lead."""
    text = line.text
    return is_date_line(text) or is_tool(text) or is_prose(text) or byline(text) is not None


def _looks(line: Block) -> float:
    whole = outermost(line)
    around = list(holders(whole, line.text))
    is_heading = any(one.tag in _HEADINGS or one.get("role") == "heading" for one in around)
    is_named = any(_TITLE_NAMES.search(_names(one)) for one in around)
    loud = is_bold(whole, line.text) + is_large(whole, line.text) + is_named
    return _HEADING * is_heading + _LOUD * loud


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
