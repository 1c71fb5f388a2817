"""Looks after a watch for its operator: gathers facts, keeps alerts, sends the letters."""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor import alerts
from monitor.alerts import Pace
from monitor.channels.configured import alert_channels
from monitor.conditions import Thresholds, conditions
from monitor.errors import DeliveryError, NoticeError, UnclearOutcome
from monitor.facts import facts_of
from monitor.render.notices import render_notice
from monitor.wording import load_wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from monitor.channels import Channel
    from monitor.items import Letter, Notice
    from monitor.vitals import Vitals
    from monitor.watch import Watch

log = logging.getLogger(__name__)

REST = timedelta(minutes=5)
"""After a letter that no channel took."""


class Lookout:
    """Tells the operator what needs a person, if the settings name somebody.

    An alert is noted as told after a channel took its letter: a crash between the two gives
    that letter once more. What cannot be noted, because the database takes nothing in, is not
    sent either; the log, ``status`` and ``/readyz`` tell of that.

    Args:
        vitals: The troubles of the service's jobs.
        monotonic: Measures rests.
    """

    def __init__(self, vitals: Vitals, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._vitals = vitals
        self._monotonic = monotonic
        self._rests_until = 0.0
        self._refused = ""

    def look(self, watch: Watch, *, awake_since_at: datetime) -> None:
        """Look once.

        Args:
            watch: Whose settings hold.
            awake_since_at: Since when the service has run without a break.

        Raises:
            NoticeError: Something is to be told, and no channel takes it.
            StoreError: The database cannot be read or written.
        """
        settings = watch.config.alerts
        if settings.channels is None:
            return
        facts = facts_of(watch, self._vitals, awake_since_at=awake_since_at)
        decision = alerts.decide(
            watch.store.alerts(),
            conditions(facts, _thresholds(watch)),
            now=facts.at,
            pace=Pace(repeat=settings.repeat, pause=settings.pause),
        )
        if decision.alerts:
            watch.store.keep_alerts(decision.alerts)
        if decision.notice is not None:
            self._tell(watch, decision.notice)

    def _tell(self, watch: Watch, notice: Notice) -> None:
        if self._monotonic() < self._rests_until:
            raise NoticeError(self._refused)
        refusals = send_notice(watch, notice)
        if refusals and all(refusals.values()):
            self._rests_until = self._monotonic() + REST.total_seconds()
            self._refused = "no channel takes an alert: " + "; ".join(
                filter(None, refusals.values())
            )
            raise NoticeError(self._refused)
        watch.store.keep_alerts(alerts.told(notice))
        counts = (len(notice.new), len(notice.still), len(notice.over))
        log.info("alerts told: %d new, %d that last, %d over", *counts)


def send_notice(
    watch: Watch, notice: Notice, *, only: str | None = None
) -> Mapping[tuple[str, str], str | None]:
    """Send a letter of alerts to everybody that the settings name.

    Args:
        watch: Whose settings hold.
        notice: What is to be told.
        only: A channel; None is all.

    Returns:
        By channel and recipient why it was not taken; None where it was, or may have been.
    """
    letter = render_notice(
        notice,
        wording=load_wording(watch.config.alerts.language or watch.config.language),
        zone=watch.config.zone,
    )
    return {
        (name, to): _refusal(channel, letter, to)
        for name, channel in alert_channels(watch.config, moved=watch.store).items()
        if only in (None, name)
        for to in channel.recipients
    }


class _OneTry:
    """A hand-over that nothing remembers: a notice has one part and is small."""

    parts_done = 0

    def begin(self) -> None:
        """Nothing to note."""

    def confirm(self) -> None:
        """The part is done."""
        self.parts_done += 1


def _refusal(channel: Channel, letter: Letter, recipient: str) -> str | None:
    try:
        channel.send(letter, recipient, _OneTry())
    except UnclearOutcome as error:
        log.warning(
            "the alert may not have arrived by %s at %s: %s", channel.name, recipient, error
        )
    except DeliveryError as error:
        log.warning("alert not delivered by %s to %s: %s", channel.name, recipient, error)
        return f"{channel.name} to {recipient}: {error}"
    except Exception as error:
        # One delivery's job ends here: a channel's own mistake harms no other recipient.
        log.exception("%s to %s failed", channel.name, recipient)
        return f"{channel.name} to {recipient}: {type(error).__name__}"
    return None


def _thresholds(watch: Watch) -> Thresholds:
    settings = watch.config.alerts
    return Thresholds(
        source_failures=settings.source_failures,
        free_mb=max(settings.free_mb, watch.config.service.least_free_mb),
        late=settings.late,
        crawl_silence=settings.crawl_silence,
    )
