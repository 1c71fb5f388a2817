"""The picture of a trend: a row a province, a bar a week, in two columns.

Loads Pillow, and is therefore imported by the child alone. Lengths are CSS pixels of a column
344 wide, which is a phone's less its margins; the picture has two of its own for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SCALE = 2
_WIDTH = 344
_HEAD, _ROW, _FOOT = 92, 25, 26
_BAR = 18
"""Height of the highest bar."""
_LEFT = 4
_COLOURS = 32

_PAPER, _INK, _SOFT, _RULE = "#fffdf8", "#1d1b18", "#5f5a52", "#e4dccd"
_UNWATCHED = "#efeae0"


@dataclass(frozen=True, kw_only=True)
class _Column:
    """Where one kind of count stands, and its colours."""

    key: str
    left: float
    right: float
    number_right: float
    dark: str
    """Of the latest weeks."""
    light: str
    """Of those before."""


_COLUMNS = (
    _Column(key="stories", left=102, right=178, number_right=220, dark="#9b1c1c", light="#dca9a2"),
    _Column(key="admitted", left=230, right=294, number_right=340, dark="#1f5673", light="#a3c1cf"),
)


def draw_trend(chart: Mapping[str, Any]) -> bytes:
    """A PNG of a chart, the same bytes for the same chart.

    Its paper is its own, so that it can be read on a dark page too.

    Args:
        chart: As ``monitor.render.trend.chart_of`` makes it.
    """
    rows = chart["rows"]
    sheet = _Sheet(_HEAD + _ROW * len(rows) + _FOOT)
    _head(sheet, chart)
    for number, row in enumerate(rows, 1):
        _row(sheet, chart, row, base=_HEAD + _ROW * number - 4)
    _foot(sheet, chart, top=_HEAD + _ROW * len(rows))
    return sheet.png()


class _Sheet:
    """Paper to draw on."""

    def __init__(self, height: float) -> None:
        size = _WIDTH * _SCALE, round(height * _SCALE)
        self._image = Image.new("RGB", size, _PAPER)
        self._pen = ImageDraw.Draw(self._image)

    def say(
        self,
        left: float,
        base: float,
        words: str,
        *,
        size: float,
        colour: str = _INK,
        is_bold: bool = False,
        ends_here: bool = False,
    ) -> None:
        """Words on a base line, from a point on or up to it."""
        place = left * _SCALE, base * _SCALE
        font = _font(size, is_bold=is_bold)
        self._pen.text(place, words, fill=colour, font=font, anchor="rs" if ends_here else "ls")

    def box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """A filled box; one of no height or width is not drawn."""
        edges = [round(edge * _SCALE) for edge in (left, top, right, bottom)]
        if edges[0] < edges[2] and edges[1] < edges[3]:
            self._pen.rectangle((edges[0], edges[1], edges[2] - 1, edges[3] - 1), fill=colour)

    def png(self) -> bytes:
        """With as many colours as it needs, which makes it a third as large."""
        content = BytesIO()
        self._image.quantize(_COLOURS).save(content, format="PNG", optimize=True)
        return content.getvalue()


@cache
def _font(size: float, *, is_bold: bool) -> ImageFont.FreeTypeFont:
    """DejaVu Sans, of which the package has the Latin and Vietnamese letters."""
    name = "DejaVuSans-Bold.ttf" if is_bold else "DejaVuSans.ttf"
    content = files(__package__).joinpath("fonts", name).read_bytes()
    # The other engine is not in every build of Pillow, and would draw other pixels.
    return ImageFont.truetype(BytesIO(content), size * _SCALE, layout_engine=ImageFont.Layout.BASIC)


def _head(sheet: _Sheet, chart: Mapping[str, Any]) -> None:
    sheet.say(_LEFT, 22, chart["title"], size=14, is_bold=True)
    sheet.say(_LEFT, 39, chart["span"], size=10.5, colour=_SOFT)
    sheet.say(_LEFT, 54, chart["legend"], size=10.5, colour=_SOFT)
    for column in _COLUMNS:
        right = column.number_right
        sheet.say(column.left, 84, chart[column.key], size=11.5, colour=column.dark, is_bold=True)
        sheet.say(right, 84, chart["total"], size=10.5, colour=_SOFT, ends_here=True)


def _row(sheet: _Sheet, chart: Mapping[str, Any], row: Mapping[str, Any], *, base: float) -> None:
    sheet.box(_LEFT, base + 2, _WIDTH - _LEFT, base + 2.5, _RULE)
    sheet.say(_LEFT, base - 4, row["name"], size=11.5, is_bold=row["is_bold"])
    for column in _COLUMNS:
        course = row[column.key]
        _bars(sheet, chart, course["heights"], column, base=base)
        right, total = column.number_right, course["total"]
        sheet.say(right, base - 4, total, size=11.5, is_bold=row["is_bold"], ends_here=True)


def _bars(
    sheet: _Sheet,
    chart: Mapping[str, Any],
    heights: Sequence[float],
    column: _Column,
    *,
    base: float,
) -> None:
    step = (column.right - column.left) / len(heights)
    gap = min(2.0, step / 4)
    first_recent = len(heights) - chart["recent_weeks"]
    unwatched = column.left + step * chart["unwatched_weeks"]
    sheet.box(column.left, base - _BAR, unwatched, base, _UNWATCHED)
    for number, share in enumerate(heights):
        left = column.left + number * step
        height = max(1.0, _BAR * share) if share else 0
        colour = column.dark if number >= first_recent else column.light
        sheet.box(left, base - height, left + step - gap, base, colour)


def _foot(sheet: _Sheet, chart: Mapping[str, Any], *, top: float) -> None:
    first, *others = chart["weeks"]
    for column in _COLUMNS:
        sheet.say(column.left, top + 12, first, size=10, colour=_SOFT)
        if others:
            sheet.say(column.right, top + 12, others[-1], size=10, colour=_SOFT, ends_here=True)
