"""What is left of a page's lines: the paragraphs, and whom the closing lines name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.page.labels import is_box_label, is_end_label
from crawler.page.lines import (
    byline,
    is_bare_role,
    is_caption,
    is_date_line,
    is_masthead,
    is_office,
    is_photo_credit,
    is_prose,
    names_post,
    origin,
    person_of_office,
)
from crawler.page.tools import is_tool

if TYPE_CHECKING:
    from collections.abc import Sequence

_DAY = re.compile(r"\s*[-–,|•(]?\s*(?:ngày )?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}.*$", re.IGNORECASE)
# "(TTXVN)" behind the last word, and names of papers there: "(Theo Báo Nhân Dân)".
_CREDIT = re.compile(
    r"(?<=[.!?…/”\"])\s*\((?:theo |nguồn:? )?(?P<name>TTXVN(?:/[\w+]{2,20})?|báo [^()]{2,40}"
    r"|[\w-]+(?:\.[\w-]+)+)\)\W*$",
    re.IGNORECASE,
)
_CREDIT_LINES = 6
"""So many lines at the end may be signature and origin, label and name on lines apart."""
_REFRAIN = 3
_REFRAIN_WORDS = 6
_IN_BRACKETS = re.compile(r"\s*(\([^()]*\))$")
# Below a name: "(CC Văn hóa - Xã hội)", "(Sưu tầm và biên soạn)".
_REMARK = re.compile(r"\([^()\d!?]{2,60}\)\W*")


@dataclass(frozen=True)
class Tidied:
    """The article among a page's lines."""

    paragraphs: tuple[str, ...]
    author: str | None = None
    origin: str | None = None
    """Whom the closing lines name as the source."""


def tidy(lines: Sequence[str], *, title: str | None) -> Tidied:
    """Keep the paragraphs of the article.

    Args:
        lines: Cleaned lines behind the title, in order.
        title: Dropped where it is printed again.
    """
    kept = _until_the_end(lines)
    kept = [line for line in kept if line != title and not is_tool(line) and not is_box_label(line)]
    kept = [line for line in _without_refrains(_without_doubles(kept)) if not is_caption(line)]
    first = next((index for index, line in enumerate(kept) if not is_date_line(line)), len(kept))
    body, author, source = _without_signature(_with_labels_joined(kept[first:]))
    return Tidied(tuple(body), author, source)


def _until_the_end(lines: Sequence[str]) -> list[str]:
    """Lines before the first label behind a paragraph, with what labels stand above it left out."""
    kept: list[str] = []
    begun = False
    for line in lines:
        ends = is_end_label(line) or is_box_label(line)
        if ends and begun:
            break
        begun = begun or is_prose(line)
        if not ends:
            kept.append(line)
    return kept


def _without_doubles(lines: list[str]) -> list[str]:
    """Of lines printed twice in a row a lead is kept once, a caption (as image text too) never."""
    kept: list[str] = []
    for index, line in enumerate(lines):
        if index and line == lines[index - 1]:
            continue
        doubled = index + 1 < len(lines) and lines[index + 1] == line
        if not doubled or len(line) > 300 or (not kept and len(line.split()) > 25):
            kept.append(line)
    return kept


def _without_refrains(lines: list[str]) -> list[str]:
    """Short lines that come back again and again are no text, whatever they say."""
    times = Counter(lines)
    return [
        line
        for line in lines
        if times[line] < _REFRAIN or len(line.split()) > _REFRAIN_WORDS or "|" in line
    ]


def _with_labels_joined(lines: list[str]) -> list[str]:
    """``Thực hiện`` and ``Lò Thị Mỷ`` below it in one line, as other papers print them.

    A CMS that keeps the author in a field of its own prints the field's label before it,
    each in a block of its own (Drupal's ``field__label``).
    """
    start = max(1, len(lines) - _CREDIT_LINES)
    joined = lines[:start]
    for line in lines[start:]:
        whole = f"{joined[-1].rstrip(' :')}: {line}"
        is_named = origin(whole) or (_signature(whole) and not origin(line))
        if len(joined) > 1 and is_bare_role(joined[-1]) and is_named:
            joined[-1] = whole
        else:
            joined.append(line)
    return joined


def _without_signature(lines: list[str]) -> tuple[list[str], str | None, str | None]:
    body = list(lines)
    author = source = None
    while len(body) > 1 and not _ends_in_list(body):
        last = body[-1]
        if named := origin(last):
            source = source or named
        elif signed := _signature(last):
            # Who took the pictures has not written the text.
            author = author if is_photo_credit(last) else signed
            source = source or _origin_in_brackets(last)
        elif not (is_date_line(last) or is_masthead(last) or _is_remark(body)):
            break
        body.pop()
    if body and (credit := _CREDIT.search(body[-1])):
        source = source or credit["name"]
        body[-1] = body[-1][: credit.start()]
    return body, author, source


def _ends_in_list(lines: Sequence[str]) -> bool:
    """Whether the last line is of a list of people with their posts, who have not written it."""
    above, last = lines[-2:]
    return names_post(last) and (names_post(above) or above.endswith(":"))


def _signature(line: str) -> str | None:
    if is_masthead(line):
        return None
    name = _DAY.sub("", line)
    dated = byline(name) if name != line and " " in name else None
    if signed := byline(line) or dated or person_of_office(line):
        return signed
    return line if is_office(line) else None


def _is_remark(lines: Sequence[str]) -> bool:
    """Whether the last line says in brackets who the person named above it is."""
    return _REMARK.fullmatch(lines[-1]) is not None and _signature(lines[-2]) is not None


def _origin_in_brackets(line: str) -> str | None:
    """``Mai Nhi (Theo Báo …)`` names both."""
    match = _IN_BRACKETS.search(line)
    return origin(match[1].strip("()")) if match else None
