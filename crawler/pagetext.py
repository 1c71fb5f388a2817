"""Reads an article out of plain text: a whole page copied by hand, or a text file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.dating.text import parse_vietnamese_date
from crawler.errors import ReadingError
from crawler.page.blocks import clean_text
from crawler.page.labels import is_box_label, is_end_label
from crawler.page.lines import byline, is_date_line, is_prose
from crawler.page.tidying import tidy
from crawler.page.tools import is_tool
from crawler.reading import PageReading

if TYPE_CHECKING:
    from collections.abc import Sequence

_CRUMB = re.compile(r"^(?:trang chủ|home)\s*(?:[>»/›|-].*)?$", re.IGNORECASE)
_FEW_WORDS = 4


def read_text(text: str) -> PageReading:
    """Read a page's text.

    The title is the line above the page's date, or the line a crumb line ends with, or one
    that is printed again, or the first that is no label. The body keeps the paper's initials
    at its start: the text is given as evidence, and stays as it was copied.

    Args:
        text: Lines are paragraphs. A title alone gives an empty body.

    Raises:
        ReadingError: ``empty`` where no line holds anything.
    """
    lines = [line for line in map(clean_text, text.splitlines()) if line]
    if not lines:
        raise ReadingError("empty", "no text")
    place = _title_place(lines)
    return _reading(lines[place], lines[place + 1 :])


def article_text(title: str, text: str) -> str:
    """The body alone, where the title is known.

    Args:
        title: As stored; a line of the text that ends with it marks the start.
        text: Lines are paragraphs.
    """
    lines = [line for line in map(clean_text, text.splitlines()) if line]
    title = clean_text(title)
    places = [index for index, line in enumerate(lines[:40]) if line.lower() == title.lower()]
    start = next((place for place in places if _leads_to_prose(lines, place)), -1)
    return _reading(title, lines[start + 1 :]).body


def _reading(title: str, lines: Sequence[str]) -> PageReading:
    tidied = tidy(lines, title=title)
    # Better a label too many than an article lost.
    body = tidied.paragraphs or tuple(line for line in lines if line != title)
    raw = _date_line(lines)
    parsed = parse_vietnamese_date(raw) if raw else None
    return PageReading(
        title=title,
        sapo=None,
        body="\n\n".join(body),
        author=tidied.author,
        published_at=parsed[0] if parsed else None,
        published_rule="text" if parsed else None,
        published_raw=raw if parsed else None,
        has_time=parsed[1] if parsed else False,
        original_source=tidied.origin,
    )


def _title_place(lines: Sequence[str]) -> int:
    head = _head(lines)
    candidates = [index for index in head if _may_be_title(lines[index])] or [0]
    rules = (
        (index for index in candidates if is_date_line("".join(lines[index + 1 : index + 2]))),
        (index for index in head[1:] if _ends_crumb(lines[index - 1], lines[index])),
        (index for index in candidates if lines[index] in lines[index + 2 :]),
        (index for index in candidates if len(lines[index].split()) >= _FEW_WORDS),
        candidates,
    )
    return next(index for rule in rules for index in rule)


def _ends_crumb(crumb: str, line: str) -> bool:
    return len(crumb) > len(line) and crumb.endswith(line)


def _head(lines: Sequence[str]) -> list[int]:
    """Places of the lines above the first paragraph; the first line where there are none."""
    for index, line in enumerate(lines):
        if is_prose(line) and not is_date_line(line):
            return list(range(index)) or [0]
    return list(range(len(lines)))


def _may_be_title(line: str) -> bool:
    is_label = is_box_label(line) or is_end_label(line) or is_tool(line) or _CRUMB.match(line)
    return not is_label and not is_date_line(line) and len(line) <= 300


def _leads_to_prose(lines: Sequence[str], place: int) -> bool:
    return any(map(is_prose, lines[place + 1 : place + 8])) or place + 8 >= len(lines)


def _date_line(lines: Sequence[str]) -> str | None:
    """The date between title and text; bylines may stand around it."""
    for line in lines[:6]:
        if is_date_line(line):
            return line
        if is_prose(line) and byline(line) is None:
            return None
    return None
