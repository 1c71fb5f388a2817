"""Renders a letter of alerts: short, the news first, the same words for every channel."""

from __future__ import annotations

import hashlib
from html import escape
from typing import TYPE_CHECKING

from monitor.items import Letter
from monitor.render.plain import one_line, shorten, utf16_units
from monitor.render.proof import failure_in_words
from monitor.render.templates import filled

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from monitor.items import Alert, Notice
    from monitor.wording import Wording

_REASON_UNITS = 160
_NAME_UNITS = 100
_MOST_LINES = 10
"""Under one heading."""
_LONGEST_MESSAGE = 4096
"""UTF-16 units of a chat message (Bot API, sendMessage); its markup is not counted there."""

_FEWER = range(_MOST_LINES, -1, -1)
"""Down to the headings alone."""

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
    lines = _Lines(notice, wording=wording, zone=zone)
    sections = lines.sections(_MOST_LINES)
    close = wording.say("notice.test" if notice.is_test else "notice.close")
    subject = _subject(notice, wording)
    messages = (_message(subject, lines.sections(most), close) for most in _FEWER)
    html = filled(
        "notice.html.j2", language=wording.language, subject=subject, sections=sections, close=close
    )
    return Letter(
        digest_id=0,
        day=local.date(),
        issue=f"alert-{local:%Y-%m-%dT%H%M%S}-{_fingerprint(notice)}",
        subscription="alerts",  # in a mail program a thread and a list of their own
        language=wording.language,
        dated_at=local,
        subject=subject,
        html=html,
        text=_text(subject, sections, close),
        messages=(next(one for one in messages if utf16_units(one) <= _LONGEST_MESSAGE),),
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


class _Lines:
    """The lines of a notice by heading, each put into words once."""

    def __init__(self, notice: Notice, *, wording: Wording, zone: ZoneInfo) -> None:
        self._wording = wording
        self._counts = {name: len(getattr(notice, name)) for name in ("new", "still", "over")}
        self._lines = {
            name: [
                alert_line(one, wording=wording, zone=zone)
                for one in getattr(notice, name)[:_MOST_LINES]
            ]
            for name in self._counts
        }

    def sections(self, most: int) -> list[Section]:
        """At most so many lines under each heading, and how many are left out."""
        sections = []
        for name, count in self._counts.items():
            lines = self._lines[name][:most]
            left = count - len(lines)
            lines = [*lines, self._wording.say("notice.more", count=left)] if left else lines
            if lines:
                sections.append((self._wording.say(f"notice.{name}"), lines))
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
