"""Moments, days and durations as the columns hold them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

_WRITTEN = "%Y-%m-%dT%H:%M:%S.%fZ"
"""One width for all, so that comparing the texts compares the moments."""


def written(moment: datetime) -> str:
    """A moment as text in UTC, exact to the microsecond.

    Raises:
        ValueError: The moment does not know its zone.
    """
    if moment.utcoffset() is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment.astimezone(UTC).strftime(_WRITTEN).rjust(27, "0")


def written_or_none(moment: datetime | None) -> str | None:
    """The same for a moment that may be unknown."""
    return None if moment is None else written(moment)


def read(text: str) -> datetime:
    """The moment that ``written`` wrote."""
    return datetime.fromisoformat(text)


def read_or_none(text: str | None) -> datetime | None:
    """The same for a column that may be NULL."""
    return None if text is None else read(text)


def written_day_or_none(day: date | None) -> str | None:
    """A local day as YYYY-MM-DD."""
    return None if day is None else day.isoformat()


def read_day_or_none(text: str | None) -> date | None:
    """The day that ``written_day_or_none`` wrote."""
    return None if text is None else date.fromisoformat(text)


def seconds_or_none(duration: timedelta | None) -> float | None:
    """A duration as seconds."""
    return None if duration is None else duration.total_seconds()
