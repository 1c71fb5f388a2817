"""Lets go of what the settings no longer ask to keep."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from monitor.store.prunings import PRUNABLE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from monitor.watch import Watch

log = logging.getLogger(__name__)


def prunable(watch: Watch, at: datetime) -> Mapping[str, int]:
    """How many of each kind are older than they are to be kept; by its key in ``retention``."""
    return {
        what: watch.store.count_prunable(what, before=before)
        for what, before in _bounds(watch, at).items()
    }


def prune(watch: Watch, at: datetime) -> Mapping[str, int]:
    """Let go of them; how many there were.

    Args:
        watch: Whose settings hold.
        at: The present moment.

    Raises:
        StoreError: The database cannot be written; what is gone by then stays gone.
    """
    pruned = {
        what: watch.store.prune(what, before=before, now=at)
        for what, before in _bounds(watch, at).items()
    }
    told = ", ".join(f"{count} {what}" for what, count in pruned.items() if count)
    if told:
        log.info("retention: let go of %s", told)
    return pruned


def _bounds(watch: Watch, at: datetime) -> dict[str, datetime]:
    settings = watch.config.retention
    kept = {what: getattr(settings, what) for what in PRUNABLE}
    return {what: at - span for what, span in kept.items() if span is not None}
