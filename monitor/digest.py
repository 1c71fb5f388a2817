"""Decides a digest: which stories it tells, and in which order they stand."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.items import Checked, Correction, Digest, Story, Withdrawal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = dict.fromkeys((0x300, 0x301, 0x303, 0x309, 0x323))
"""Grave, acute, tilde, hook, dot below; the other marks make letters of their own."""


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
