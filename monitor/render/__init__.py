"""Renders a digest for every channel: mail in HTML and plain text, and chat messages."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from monitor.editions import issue_of
from monitor.items import Letter, Picture
from monitor.render.cuts import cut_corrections, cut_troubles
from monitor.render.figure_file import figure_file
from monitor.render.fitting import SHORT_TEXT_BYTES, TEXT_BYTES, fitting, room_for_page
from monitor.render.telegram import telegram_messages
from monitor.render.templates import filled
from monitor.render.trend import with_picture
from monitor.render.view import DigestView, view_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from monitor.items import Digest
    from monitor.wording import Wording

_CORRECTIONS = 20
"""Corrected figures told one by one."""

_TROUBLES = 40
"""Failing sources named one by one; when the network is down all of them fail."""


def render(
    digest: Digest, *, wording: Wording, zone: ZoneInfo, picture: bytes | None = None
) -> Letter:
    """Put a digest into the reader's words.

    Page and plain text hold everything. For a mail both name at most 40 failing sources and
    20 corrected figures; where it would grow beyond ``MAIL_BYTES``, the stories with the lowest
    scores are given by their titles only, then left out, and so are their figures in the
    table; the reader is told how many. The chat messages follow the mail's page.

    Args:
        digest: As it was decided; one that is not recorded yet is rendered with id 0.
        wording: The reader's language.
        zone: The reader's.
        picture: Its trend as PNG, drawn from ``monitor.render.trend.chart_of``; None leaves
            the trend to words and numbers.
    """
    image = _picture(picture)
    whole = _with_picture(view_of(digest, wording=wording, zone=zone), image)
    shown, mail_html, mail_text = _fitted(whole, image, wording)
    messages, keyboards = telegram_messages(shown, wording=wording)
    return Letter(
        digest_id=digest.id or 0,
        day=digest.day,
        issue=_issue(digest),
        language=wording.language,
        dated_at=datetime.combine(digest.day, digest.subscription.hour, tzinfo=zone),
        subject=whole.subject,
        html=_fill("digest.html.j2", whole, wording=wording),
        text=_fill("digest.txt.j2", whole, wording=wording),
        messages=messages,
        keyboards=keyboards,
        subscription=digest.subscription.name,
        edition=digest.edition,
        mail_html=mail_html,
        mail_text=mail_text,
        picture=image if whole.trend is not None else None,
        csv=_csv(digest, wording=wording, zone=zone),
    )


def _fitted(
    whole: DigestView, image: Picture | None, wording: Wording
) -> tuple[DigestView, str, str]:
    """What a mail has room for, and its page and text."""
    bounded = cut_troubles(whole, _TROUBLES, wording=wording)
    bounded = cut_corrections(bounded, _CORRECTIONS, wording=wording)
    fill_page = partial(_fill, "digest.html.j2", wording=wording)
    fill_text = partial(_fill, "digest.txt.j2", wording=wording)
    png = image.png if image is not None else b""
    _, text = fitting(bounded, fill_text, most_bytes=TEXT_BYTES, wording=wording)
    room = room_for_page(text, png)
    shown, page = fitting(bounded, fill_page, most_bytes=room, wording=wording)
    if shown is bounded:
        return shown, page, text
    _, text = fitting(bounded, fill_text, most_bytes=SHORT_TEXT_BYTES, wording=wording)
    room = room_for_page(text, png)
    shown, page = fitting(bounded, fill_page, most_bytes=room, wording=wording)
    return shown, page, text


def _picture(png: bytes | None) -> Picture | None:
    """Named by what it shows: the same in every copy of a mail (RFC 2392)."""
    if png is None:
        return None
    return Picture(content_id=f"{hashlib.sha256(png).hexdigest()[:24]}@diembao", png=png)


def _with_picture(view: DigestView, picture: Picture | None) -> DigestView:
    if picture is None or view.trend is None:
        return view
    return replace(view, trend=with_picture(view.trend, picture.content_id))


def _csv(digest: Digest, *, wording: Wording, zone: ZoneInfo) -> str | None:
    """Also of a day without figures: a program that waits for the file finds its header."""
    if not digest.subscription.has_csv:
        return None
    return figure_file(digest, wording=wording, zone=zone)


def _issue(digest: Digest) -> str:
    issue = issue_of(digest.day, digest.edition, digest.period)
    return f"test-{issue}" if digest.is_test else issue


def _fill(template: str, view: DigestView, *, wording: Wording) -> str:
    return filled(template, view=view, say=wording.say, language=wording.language)
