"""What is told to people: Subscription, Checked, Trend, Digest, Letter, Delivery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

from monitor.items.stories import Correction, Story, Withdrawal

Language = Literal["vi", "en"]

Edition = Literal[
    "daily",  # what is new since the last one; a story stands in one of them only
    "weekly",  # all of the week before, on Mondays
    "monthly",  # all of the month before, on its successor's first day
]

SOLE = "default"
"""Name of the subscription of a watch that names none."""


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """Who is told of what, when, and in which language; the recipients stand in the settings."""

    name: str = SOLE
    provinces: tuple[str, ...] = ()
    """Today's names; empty: all, and what is of no known province."""
    topics: tuple[str, ...] = ()
    """Keys; empty: all that are stored."""
    language: Language = "vi"
    hour: time = time(7, 0)
    """Local time of all its editions."""
    editions: tuple[Edition, ...] = ("daily",)
    has_csv: bool = False
    """Whether its figures go along as a table for programs."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """Whole local days, both ends included."""

    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class TrendRow:
    """One province in one week."""

    province: str | None
    """Today's name; None: told of none, or of the whole country."""
    week: date
    """Its Monday."""
    stories: int
    """Stories of the topic published in it; copies are one."""
    admitted: float
    """New members told of in it: see ``monitor.trends``."""


@dataclass(frozen=True, kw_only=True)
class Trend:
    """Stories and admissions by province and week."""

    weeks: tuple[date, ...]
    """Mondays, the oldest first, without gaps."""
    rows: tuple[TrendRow, ...]
    """By week, then province in reading order, the unknown one last; none for nothing."""
    last_day: date | None = None
    """What was told after it is not counted: the last week may not be over. None: it is."""
    watched_since: date | None = None
    """When the watch began; None where it was recorded before that was kept."""


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """A source that could not be checked."""

    source: str
    """Name, for readers."""
    kind: str
    """``crawler.items.FailureKind`` of its last failure."""
    detail: str
    since: datetime | None
    """First failure after the last success."""
    last_success_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Silence:
    """A source that answers and has had nothing new for longer than it ever would."""

    source: str
    """Name, for readers."""
    since: datetime
    """When its last article came."""
    expected: int
    """Articles it would have published since, by its rhythm and the calendar."""


@dataclass(frozen=True, kw_only=True)
class Pause:
    """A time in which no source was read."""

    since: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What was looked at between two digests: the proof that an empty day is empty."""

    sources: int
    """Watched sources."""
    reached: int
    """Of them, those of which at least one entry answered."""
    provinces: int
    """Provinces with a watched source."""
    provinces_reached: int
    pages: int
    """New pages read."""
    flagged: int
    """Of them, stories of the topic."""
    too_old: int = 0
    """Flagged stories left out because they were published long before they were found."""
    copies: int = 0
    """Flagged stories that only print again what this digest or an earlier one tells."""
    troubles: tuple[Trouble, ...] = ()
    gaps: tuple[str, ...] = ()
    """Names of sources that were reached and may have shown more than what was found."""
    silent: tuple[Silence, ...] = ()
    """The longest missed first."""
    recovered: tuple[str, ...] = ()
    """Names of sources that the last digest told of as failing or silent."""
    watched_since: datetime | None = None
    """When the watch began, where that was after the window's beginning, or after all of it."""
    pauses: tuple[Pause, ...] = ()
    """Long times of the window in which no source was read, the earliest first."""
    as_of: datetime | None = None
    """When sources were found in trouble or silent, where that is after the window's end."""


@dataclass(frozen=True, kw_only=True)
class Digest:
    """A press review, decided and frozen before it is sent."""

    id: int | None
    """Row id; None until it is recorded."""
    day: date
    """The local day it is for, whose slot it fills."""
    subscription: Subscription = Subscription()
    """Whom it is for, as it was then."""
    edition: Edition = "daily"
    period: Period | None = None
    """The days that a weekly or monthly edition looks back on; None for a daily one."""
    topics: Mapping[str, str] = field(default_factory=dict)
    """What its topics are called in its language, by their keys; empty where it was recorded
    when a watch had one topic and one language."""
    since_at: datetime
    until_at: datetime
    """Stories found after ``since_at`` and not after ``until_at``."""
    stories: tuple[Story, ...]
    """Best first within a province, provinces in reading order; in weekly and monthly editions
    all of the period, those told before included."""
    checked: Checked
    corrections: tuple[Correction, ...] = ()
    """Figures of stories told before that their papers changed since, oldest first."""
    withdrawals: tuple[Withdrawal, ...] = ()
    """Stories told before that their papers took off since, oldest first."""
    trend: Trend | None = None
    """Of weekly and monthly editions."""
    is_test: bool = False
    """Whether it only tries whether letters arrive."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """An image that travels within a letter."""

    content_id: str
    """What the page calls it by: ``<img src="cid:…">`` (RFC 2392)."""
    png: bytes


@dataclass(frozen=True, kw_only=True)
class Button:
    """Something to press under a chat message."""

    text: str
    data: str
    """What comes back when it is pressed: 1 to 64 bytes (Bot API, InlineKeyboardButton)."""


Keyboard = tuple[tuple[Button, ...], ...]
"""Rows of buttons; empty for none."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A digest rendered for every channel."""

    digest_id: int
    day: date
    issue: str
    """Tells it from others of its subscription: ``2026-11-21``, ``2026-W47``, ``2026-11``."""
    language: Language
    dated_at: datetime
    """The slot it was made for, in the reader's zone."""
    subject: str
    html: str
    """A page with everything."""
    text: str
    """The same in plain text."""
    messages: tuple[str, ...]
    """For chats: HTML of Telegram's subset, each under 4,096 UTF-16 units."""
    keyboards: tuple[Keyboard, ...] = ()
    """One under each of ``messages``; none at all where nobody shall press anything."""
    subscription: str = SOLE
    """Name; with the edition what the letter is an issue of."""
    edition: Edition = "daily"
    mail_html: str | None = None
    """The page as a mail has room for it; None: all of it."""
    mail_text: str | None = None
    """The same of the text."""
    picture: Picture | None = None
    """What the page shows."""
    csv: str | None = None
    """The figures as a table for programs; None where it was not asked for."""


DeliveryState = Literal[
    "waiting",  # to be sent at next_try_at
    "handing-over",  # the last byte is on its way; found so after a crash it is unclear
    "sent",
    "refused",  # for good
    "unclear",  # it may have arrived; sent again only by hand
]


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One digest to one recipient by one channel."""

    id: int
    digest_id: int
    subscription: str
    """Name; with the next two what the digest is."""
    edition: Edition
    day: date
    channel: str
    recipient: str
    """Mail address, chat id, or folder."""
    state: DeliveryState
    attempts: int
    next_try_at: datetime | None
    parts_done: int = 0
    """Messages of ``Letter.messages`` that were confirmed."""
    error: str | None = None
    """What the last try met."""
    doubt: str | None = None
    """Which part may not have arrived, and why."""
    parts_in_doubt: tuple[int, ...] = ()
    """Their numbers, from 1."""
    sent_at: datetime | None = None

    @property
    def repeats(self) -> tuple[int, ...]:
        """The parts that are to be sent again, and no other: somebody asked for it."""
        return self.parts_in_doubt if self.state == "waiting" and self.doubt is None else ()
