"""Renders a letter of alerts: short, the news first, the same words for every channel."""

from __future__ import annotations

import hashlib
from html import escape
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from monitor.items import Letter
from monitor.render.plain import one_line, shorten
from monitor.render.proof import failure_in_words

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from monitor.items import Alert, Notice
    from monitor.wording import Wording

_REASON_UNITS = 160
_NAME_UNITS = 100
_MOST_LINES = 10
"""Of one heading: with three of them a chat message stays under 4,096 units."""

_TEMPLATES = Environment(
    loader=PackageLoader("monitor", "templates"),
    autoescape=select_autoescape(enabled_extensions=("html.j2",), default=False),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

Section = tuple[str, list[str]]
"""A heading and its lines."""


def render_notice(notice: Notice, *, wording: Wording, zone: ZoneInfo) -> Letter:
    """Put a notice into the operator's words.

    Args:
        notice: As it was decided.
        wording: The operator's language.
        zone: The operator's.
    """
    local = notice.at.astimezone(zone)
    sections = _sections(notice, wording=wording, zone=zone)
    close = wording.say("notice.test" if notice.is_test else "notice.close")
    subject = _subject(notice, wording)
    html = _TEMPLATES.get_template("notice.html.j2").render(
        language=wording.language, subject=subject, sections=sections, close=close
    )
    return Letter(
        digest_id=0,
        day=local.date(),
        issue=f"alert-{local:%Y-%m-%dT%H%M%S}-{_fingerprint(notice)}",
        language=wording.language,
        dated_at=local,
        subject=subject,
        html=html,
        text=_text(subject, sections, close),
        messages=(_message(subject, sections, close),),
    )


def alert_line(alert: Alert, *, wording: Wording, zone: ZoneInfo) -> str:
    """What is wrong, since when, and the way out, in one line."""
    fields = {
        name: shorten(one_line(value), _NAME_UNITS) if isinstance(value, str) else value
        for name, value in alert.fields.items()
    }
    fields["reason"] = shorten(one_line(str(alert.fields.get("reason", ""))), _REASON_UNITS)
    if alert.kind == "source":
        kind, detail = str(fields["failure_kind"]), str(fields["failure_detail"])
        fields["reason"] = failure_in_words(kind, detail, wording=wording)
    if alert.kind == "job":
        fields["job"] = job_in_words(str(fields["job"]), wording=wording)
    since = wording.say("trouble.since", moment=wording.moment(alert.since_at, zone))
    return f"{wording.say(f'alert.{alert.kind}', **fields)} ({since})"


def job_in_words(job: str, *, wording: Wording) -> str:
    """A job of the service: ``digest of gia-lai`` is the job of one subscription."""
    name, _, subject = job.partition(" of ")
    key = f"service.job.{name}"
    said = wording.say(key) if key in wording else name
    return f"{said} {subject}".strip()


def _subject(notice: Notice, wording: Wording) -> str:
    if notice.is_test:
        return wording.say("notice.subject.test")
    if notice.new:
        return wording.say("notice.subject.new", count=len(notice.new))
    if notice.still:
        return wording.say("notice.subject.still", count=len(notice.still))
    return wording.say("notice.subject.over", count=len(notice.over))


def _sections(notice: Notice, *, wording: Wording, zone: ZoneInfo) -> list[Section]:
    sections = []
    for name in ("new", "still", "over"):
        alerts = getattr(notice, name)
        if alerts:
            lines = [alert_line(one, wording=wording, zone=zone) for one in alerts[:_MOST_LINES]]
            left = len(alerts) - len(lines)
            lines += [wording.say("notice.more", count=left)] if left else []
            sections.append((wording.say(f"notice.{name}"), lines))
    return sections


def _text(subject: str, sections: list[Section], close: str) -> str:
    parts = [
        f"{heading}\n" + "\n".join(f"- {line}" for line in lines) for heading, lines in sections
    ]
    return "\n\n".join((subject, *parts, close)) + "\n"


def _message(subject: str, sections: list[Section], close: str) -> str:
    parts = [
        f"<b>{escape(heading)}</b>\n" + "\n".join(f"• {escape(line)}" for line in lines)
        for heading, lines in sections
    ]
    return "\n\n".join((f"<b>{escape(subject)}</b>", *parts, escape(close)))


def _fingerprint(notice: Notice) -> str:
    """Tells apart letters of one second: files and Message-IDs are named by it."""
    told = ((one.kind, one.subject) for one in (*notice.new, *notice.still, *notice.over))
    return hashlib.sha256(repr((notice.at, *told)).encode()).hexdigest()[:6]
