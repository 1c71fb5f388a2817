"""The figures of a digest as comma-separated values, for spreadsheets and programs."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from monitor.quotation import may_be_quoted
from monitor.render.plain import one_line
from monitor.render.stories import PRESS_ZONE
from monitor.tabulation import tabled_figures

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from monitor.items import Digest, Figure, Story
    from monitor.tabulation import TabledFigure
    from monitor.wording import Wording

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads a file in the old code page of Windows, which garbles Vietnamese."""

COLUMNS = (
    "organisation",
    "province",
    "district",
    "commune",
    "metric",
    "value",
    "value_to",
    "qualifier",
    "unit",
    "basis",
    "period",
    "from",
    "to",
    "note",
    "title",
    "paper",
    "address",
    "published",
    "sentence",
    "other_addresses",
)
"""``csv.column.…`` of the wording says them to the reader."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What makes a spreadsheet calculate a cell (OWASP, "CSV Injection"), in full width too."""


def figure_file(digest: Digest, *, wording: Wording, zone: ZoneInfo) -> str:
    """A table with a header in the reader's language and a row a figure.

    It holds every figure of the digest, those whose organisation is not named included.
    Values are plain numbers with a point, days are ISO 8601: what programs read. Text that a
    spreadsheet would take for a formula begins with an apostrophe. A sentence about a person
    is left out.

    Returns:
        Text as RFC 4180 asks for, with CRLF, after a byte order mark.
    """
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(wording.say(f"csv.column.{column}") for column in COLUMNS)
    for one in tabled_figures(digest):
        writer.writerow(map(_harmless, _cells(one, wording=wording, zone=zone)))
    return BYTE_ORDER_MARK + text.getvalue()


def _cells(one: TabledFigure, *, wording: Wording, zone: ZoneInfo) -> Sequence[str]:
    figure, locality, (story, *others) = one.figure, one.locality, one.stories
    return (
        figure.org or "",
        locality.province or "",
        locality.district or "",
        locality.commune or "",
        wording.say(f"metric.{figure.metric}"),
        _number(figure.value),
        _number(figure.value_max),
        wording.say(f"csv.qualifier.{figure.qualifier}"),
        _unit(figure),
        wording.say("csv.per_year") if figure.basis == "per_year" else "",
        figure.period or "",
        _day(figure.period_from),
        _day(figure.period_to),
        figure.note or "",
        story.title,
        figure.paper or story.paper,
        _address(figure, story),
        _published(story, zone),
        figure.evidence if may_be_quoted(figure.evidence) else "",
        " ".join(other.url for other in others),
    )


def _harmless(cell: str) -> str:
    line = one_line(cell)
    return f"'{line}" if line.startswith(_FORMULA_STARTS) else line


def _number(value: float | None) -> str:
    """In figures without an exponent, whole numbers without a fraction."""
    if value is None:
        return ""
    return f"{value:.0f}" if value == int(value) else f"{value:.6f}".rstrip("0")


def _unit(figure: Figure) -> str:
    return figure.unit or ("%" if figure.metric == "share" else "")


def _address(figure: Figure, story: Story) -> str:
    """Of the paper that prints the figure."""
    return next((copy.url for copy in story.copies if copy.paper == figure.paper), story.url)


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _published(story: Story, zone: ZoneInfo) -> str:
    """Day and time in the reader's zone; a day without a time is the paper's."""
    if story.published_at is None:
        return ""
    if story.has_time:
        return f"{story.published_at.astimezone(zone):%Y-%m-%d %H:%M}"
    return f"{story.published_at.astimezone(PRESS_ZONE):%Y-%m-%d}"
