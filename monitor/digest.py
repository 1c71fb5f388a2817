"""Decides a digest: whether one is due, for which day, and in which order its stories stand."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from monitor.items import Checked, Correction, Digest, Story, Withdrawal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = dict.fromkeys((0x300, 0x301, 0x303, 0x309, 0x323))
"""Grave, acute, tilde, hook, dot below; the other marks make letters of their own."""


def due_day(
    now: datetime,
    *,
    hour: time,
    zone: ZoneInfo,
    last_day: date | None,
    watching_since: datetime,
) -> date | None:
    """The day a digest is due for, or None.

    It is the day of the latest slot that has passed. After downtime the days between are
    not made up one by one: that digest's window reaches back to the last one.

    Args:
        now: Aware.
        hour: Local time of the daily slot.
        zone: Where ``hour`` is meant.
        last_day: Day of the last digest, sent or not; None before the first. Tomorrow's, by a
            clock that was set back since, is waited for; one further off is the mistake of a
            clock, and would leave days without any.
        watching_since: When the watch began, aware; slots up to then are nobody's.
    """
    local = now.astimezone(zone)
    day = local.date()
    if slot_at(day, hour=hour, zone=zone) > now:
        day -= timedelta(days=1)
    if last_day is not None and day <= last_day <= local.date() + timedelta(days=1):
        return None
    return day if slot_at(day, hour=hour, zone=zone) > watching_since else None


def next_slot_at(now: datetime, *, hour: time, zone: ZoneInfo, last_day: date | None) -> datetime:
    """The instant of the next digest, in UTC.

    Args:
        now: Aware.
        hour: Local time of the daily slot.
        zone: Where ``hour`` is meant.
        last_day: Day of the last digest, which may have been made before its hour.
    """
    day = now.astimezone(zone).date()
    if slot_at(day, hour=hour, zone=zone) <= now or (last_day is not None and last_day >= day):
        day += timedelta(days=1)
    return slot_at(day, hour=hour, zone=zone)


def slot_at(day: date, *, hour: time, zone: ZoneInfo) -> datetime:
    """The instant of a day's slot, in UTC."""
    return datetime.combine(day, hour, tzinfo=zone).astimezone(UTC)


def decide(
    stories: Sequence[Story],
    *,
    day: date,
    since_at: datetime,
    until_at: datetime,
    checked: Checked,
    oldest_at: datetime | None = None,
    provinces: Sequence[str] = (),
    corrections: Sequence[Correction] = (),
    withdrawals: Sequence[Withdrawal] = (),
) -> Digest:
    """Choose a day's stories and put them in order.

    Args:
        stories: Found after ``since_at`` and not after ``until_at``, in any order; what is
            not flagged is left out.
        day: The local day it is for.
        since_at: End of the last digest's window, or the beginning of the watch.
        until_at: End of this one's.
        checked: What was looked at in the window.
        oldest_at: Stories published before are counted and not shown, and so are undated ones
            that were found by looking back; None shows all.
        provinces: Reading order; provinces it does not name follow by the Vietnamese
            alphabet, and stories of no known province come last.
        corrections: Figures of stories told before that changed in the window.
        withdrawals: Stories told before that were taken off in the window.

    Returns:
        A digest without an id, to be recorded before it is sent.
    """
    ranks = {province: rank for rank, province in enumerate(provinces)}
    flagged = [story for story in stories if story.score.is_flagged]
    fresh = [story for story in flagged if not _is_before(story, oldest_at)]
    ordered = sorted(fresh, key=lambda story: (_province_key(story, ranks), _merit_key(story)))
    return Digest(
        id=None,
        day=day,
        since_at=since_at,
        until_at=until_at,
        stories=tuple(ordered),
        checked=replace(checked, too_old=checked.too_old + len(flagged) - len(fresh)),
        corrections=tuple(corrections),
        withdrawals=tuple(withdrawals),
    )


def _is_before(story: Story, oldest_at: datetime | None) -> bool:
    if oldest_at is None:
        return False
    if story.published_at is None:
        return story.is_backfilled
    return story.published_at < oldest_at


def by_province(stories: Sequence[Story]) -> list[tuple[str | None, list[Story]]]:
    """Stories under their provinces, both in the order given, the unknown province last."""
    groups: dict[str | None, list[Story]] = {}
    for story in stories:
        groups.setdefault(story.place.province, []).append(story)
    nowhere = groups.pop(None, None)
    return [*groups.items(), *([(None, nowhere)] if nowhere else [])]


def best_first(stories: Sequence[Story]) -> list[Story]:
    """Stories by score, the newer first among equals, whatever their province."""
    return sorted(stories, key=_merit_key)


def _merit_key(story: Story) -> tuple[float, float, int]:
    shown_at = story.published_at or story.found_at
    return -story.score.value, -shown_at.timestamp(), story.article_id


def _province_key(story: Story, ranks: dict[str, int]) -> tuple[int, int, list[int]]:
    province = story.place.province
    if province is None:
        return 1, 0, []
    return 0, ranks.get(province, len(ranks)), _alphabetical(province)


def _alphabetical(name: str) -> list[int]:
    """Sort key of the Vietnamese alphabet: ă after a, đ after d, tones ignored."""
    bare = unicodedata.normalize("NFD", name.lower()).translate(_TONES)
    letters = unicodedata.normalize("NFC", bare)
    return [_ALPHABET.find(letter) for letter in letters]
