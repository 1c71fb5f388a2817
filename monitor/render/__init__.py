"""Renders a digest for every channel: mail in HTML and plain text, and chat messages."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from monitor.editions import issue_of
from monitor.items import Letter
from monitor.render.cuts import cut_corrections, cut_stories, cut_troubles
from monitor.render.plain import wrap
from monitor.render.telegram import telegram_messages
from monitor.render.view import DigestView, view_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from monitor.items import Digest
    from monitor.wording import Wording

HTML_BYTES = 98_000
"""Bound of the HTML mail: Gmail hides what comes after 102 KB."""

_CORRECTIONS = 20
"""Corrected figures told one by one."""

_TROUBLES = 40
"""Failing sources named one by one; when the network is down all of them fail."""

_TEMPLATES = Environment(
    loader=PackageLoader("monitor", "templates"),
    autoescape=select_autoescape(enabled_extensions=("html.j2",), default=False),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_TEMPLATES.filters["wrap"] = wrap


def render(digest: Digest, *, wording: Wording, zone: ZoneInfo) -> Letter:
    """Put a digest into the reader's words.

    The plain text holds everything. HTML and chat messages name at most 40 failing
    sources and 20 corrected figures; where the HTML would grow beyond ``HTML_BYTES``, the
    stories with the lowest scores are given there by their titles only, then left out, and
    the reader is told how many. The chat messages follow the HTML.

    Args:
        digest: As it was decided; one that is not recorded yet is rendered with id 0.
        wording: The reader's language.
        zone: The reader's.
    """
    whole = view_of(digest, wording=wording, zone=zone)
    bounded = cut_troubles(whole, _TROUBLES, wording=wording)
    bounded = cut_corrections(bounded, _CORRECTIONS, wording=wording)
    fitting, html = _fitting(bounded, partial(_fill, "digest.html.j2", wording=wording), wording)
    return Letter(
        digest_id=digest.id or 0,
        day=digest.day,
        issue=_issue(digest),
        language=wording.language,
        dated_at=datetime.combine(digest.day, digest.subscription.hour, tzinfo=zone),
        subject=whole.subject,
        html=html,
        text=_fill("digest.txt.j2", whole, wording=wording),
        messages=telegram_messages(fitting, wording=wording),
    )


def _issue(digest: Digest) -> str:
    issue = issue_of(digest.day, digest.edition, digest.period)
    return f"test-{issue}" if digest.is_test else issue


def _fill(template: str, view: DigestView, *, wording: Wording) -> str:
    return _TEMPLATES.get_template(template).render(
        view=view, say=wording.say, language=wording.language
    )


def _fitting(
    view: DigestView, fill: Callable[[DigestView], str], wording: Wording
) -> tuple[DigestView, str]:
    """The fullest digest whose page is small enough, and that page.

    The steps go from nothing shown, over ever more titles, to ever more stories in full;
    each step makes the page larger, so the last that fits is found by halving.
    """
    stories = sum(len(section.stories) for section in view.sections)
    low, high = 0, 2 * stories
    best = _at_step(view, high, stories, wording)
    page = fill(best)
    if len(page.encode()) <= HTML_BYTES:
        return best, page
    while low < high - 1:
        middle = (low + high) // 2
        candidate = _at_step(view, middle, stories, wording)
        filled = fill(candidate)
        if len(filled.encode()) <= HTML_BYTES:
            low, best, page = middle, candidate, filled
        else:
            high = middle
    return best, page


def _at_step(view: DigestView, step: int, stories: int, wording: Wording) -> DigestView:
    shown, in_full = min(step, stories), max(0, step - stories)
    return cut_stories(view, in_full=in_full, shown=shown, wording=wording)
