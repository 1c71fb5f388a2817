"""What a digest's proof may claim: when sources were read in its window, and when none was."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from monitor.items import Pause

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


LONGEST_PAUSE = timedelta(hours=12)
"""Between two crawls of a watch that runs: a night's rest of slow sources is shorter."""


def pauses_between(
    crawled: Iterable[datetime], *, since_at: datetime, until_at: datetime
) -> tuple[Pause, ...]:
    """Times within a window in which no source was read, the earliest first.

    Args:
        crawled: When a crawl that read any source began or ended, in any order.
        since_at: The window's beginning, or that of the watch where it is later.
        until_at: Its end.
    """
    inside = sorted(at for at in crawled if since_at < at < until_at)
    moments = (since_at, *inside, until_at)
    return tuple(
        Pause(since=before, until=after)
        for before, after in pairwise(moments)
        if after - before > LONGEST_PAUSE
    )
