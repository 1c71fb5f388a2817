"""Corrected figures and withdrawn stories in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.render.figures import value_in_words
from monitor.render.plain import SEPARATOR, name_of, one_line, safe_link, shorten

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from monitor.items import Correction, Withdrawal
    from monitor.wording import Wording

_TITLE_UNITS = 200
_ORG_UNITS = 120
_PERIOD_UNITS = 60


@dataclass(frozen=True, kw_only=True)
class CorrectionView:
    """One corrected figure or withdrawn story, in words."""

    title: str
    """Of the story."""
    link: str | None
    paper: str
    line: str
    """Organisation, measure, period, and both values; or that the page was taken off."""


def withdrawal_view(withdrawal: Withdrawal, *, wording: Wording, zone: ZoneInfo) -> CorrectionView:
    """What a reader gets of a story that its paper took off."""
    moment = wording.moment(withdrawal.gone_at, zone)
    return CorrectionView(
        title=shorten(one_line(withdrawal.title), _TITLE_UNITS),
        link=safe_link(withdrawal.url),
        paper=name_of(withdrawal.paper),
        line=wording.say("correction.withdrawn", moment=moment),
    )


def correction_view(correction: Correction, *, wording: Wording) -> CorrectionView:
    """What a reader gets of a correction."""
    return CorrectionView(
        title=shorten(one_line(correction.title), _TITLE_UNITS),
        link=safe_link(correction.url),
        paper=name_of(correction.paper),
        line=correction_line(correction, wording=wording),
    )


def correction_line(correction: Correction, *, wording: Wording) -> str:
    """Organisation, measure, period, and both values of a corrected figure."""
    figure = correction.after
    parts = [
        shorten(one_line(figure.org or ""), _ORG_UNITS),
        wording.say(f"metric.{figure.metric}"),
        shorten(one_line(figure.period or ""), _PERIOD_UNITS),
    ]
    return wording.say(
        "correction.line",
        figure=SEPARATOR.join(part for part in parts if part),
        before=value_in_words(correction.before, wording=wording),
        after=value_in_words(correction.after, wording=wording),
    )
