"""Delivers recorded digests: each recipient on its own, nothing twice, nothing forgotten."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.errors import (
    DeliveryError,
    DigestError,
    PermanentRefusal,
    TemporaryRefusal,
    UnclearOutcome,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from monitor.channels import Channel
    from monitor.items import Delivery, Digest, Letter
    from monitor.store import Store

log = logging.getLogger(__name__)

LONGEST_PAUSE = timedelta(hours=6)
"""Between two tries of one delivery: an outage over night ends before the working day."""


@dataclass(frozen=True)
class Patience:
    """How long a delivery is tried."""

    first_pause: timedelta
    give_up_after: timedelta

    def next_try_at(
        self, *, attempts: int, now: datetime, asked: timedelta | None = None
    ) -> datetime:
        """When to try again after ``attempts`` failures, not before the pause asked for."""
        doubled: timedelta = self.first_pause * 2 ** min(attempts - 1, 20)
        return now + max(min(doubled, LONGEST_PAUSE), asked or timedelta())


class _Handover:
    """Commits every step of one delivery before the channel goes on."""

    def __init__(self, store: Store, delivery: Delivery) -> None:
        self._store = store
        self._delivery_id = delivery.id
        self.parts_done = delivery.parts_done
        self.is_open = False
        """Whether a part was begun and not confirmed."""

    def begin(self) -> None:
        self.is_open = True
        self._store.set_delivery(self._delivery_id, state="handing-over")

    def confirm(self) -> None:
        self.parts_done += 1
        self.is_open = False
        self._store.set_delivery(self._delivery_id, state="waiting", parts_done=self.parts_done)


class _Repetition(_Handover):
    """Hands over the parts in doubt, one at a time."""

    def __init__(self, store: Store, delivery: Delivery) -> None:
        super().__init__(store, delivery)
        self._left = list(delivery.repeats)

    def send(self, channel: Channel, letter: Letter, recipient: str) -> None:
        """Send each of them, and nothing before or after it."""
        for part in tuple(self._left):
            self.parts_done = part - 1
            channel.send(replace(letter, messages=letter.messages[:part]), recipient, self)

    def confirm(self) -> None:
        self.parts_done += 1
        self.is_open = False
        self._left.remove(self.parts_done)
        self._store.set_delivery(self._delivery_id, state="waiting", parts_in_doubt=self._left)


class Outbox:
    """Sends what is due.

    Only one process may deliver at a time; the caller holds the lock that ensures it.
    """

    def __init__(
        self,
        store: Store,
        *,
        channels: Mapping[str, Channel],
        render: Callable[[Digest], Letter],
        patience: Patience,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._channels = channels
        self._render = render
        self._patience = patience
        self._clock = clock

    def recover(self) -> None:
        """Settle deliveries that a crash left between a hand-over and its answer.

        The last byte was on its way, so the reader most likely has the part: it is not
        sent again. Parts after it are; a channel that can repeat starts it again.
        """
        for delivery in self._store.deliveries(state="handing-over"):
            channel = self._channels.get(delivery.channel)
            if channel is not None and channel.can_repeat:
                self._store.set_delivery(delivery.id, state="waiting", next_try_at=self._clock())
                continue
            self._settle_unclear(delivery, "stopped between hand-over and answer")

    def deliver_due(self) -> int:
        """Try every delivery whose time has come; how many arrived."""
        arrived = 0
        for delivery in self._store.due_deliveries(self._clock()):
            arrived += self._try(delivery)
        return arrived

    def _try(self, delivery: Delivery) -> bool:
        channel = self._channels.get(delivery.channel)
        if channel is None:
            reason = f"the settings no longer name {delivery.channel}"
            self._store.set_delivery(delivery.id, state="refused", error=reason)
            return False
        try:
            digest = self._store.load_digest(delivery.digest_id)
        except DigestError as error:
            log.error("not delivered by %s to %s: %s", delivery.channel, delivery.recipient, error)
            self._store.set_delivery(delivery.id, state="refused", error=str(error))
            return False
        handover = _Handover(self._store, delivery)
        try:
            if delivery.repeats:
                handover = repetition = _Repetition(self._store, delivery)
                repetition.send(channel, self._render(digest), delivery.recipient)
            else:
                channel.send(self._render(digest), delivery.recipient, handover)
        except DeliveryError as error:
            self._note_failure(delivery, digest, error, parts_done=handover.parts_done)
            return False
        except Exception as error:
            # One delivery's job ends here: a channel's own mistake harms no other recipient.
            log.exception("%s to %s failed", delivery.channel, delivery.recipient)
            kind = UnclearOutcome if handover.is_open else TemporaryRefusal
            mistake = kind(f"{type(error).__name__}: {error}")
            self._note_failure(delivery, digest, mistake, parts_done=handover.parts_done)
            return False
        self._store.set_delivery(
            delivery.id,
            state="unclear" if delivery.doubt else "sent",
            sent_at=self._clock(),
            attempts=delivery.attempts + 1,
        )
        log.info("digest %s delivered by %s to %s", digest.day, channel.name, delivery.recipient)
        return True

    def _note_failure(
        self, delivery: Delivery, digest: Digest, error: DeliveryError, *, parts_done: int
    ) -> None:
        log.warning(
            "digest %s not delivered by %s to %s: %s",
            digest.day,
            delivery.channel,
            delivery.recipient,
            error,
        )
        now, attempts = self._clock(), delivery.attempts + 1
        if isinstance(error, UnclearOutcome):
            self._settle_unclear(delivery, str(error), parts_done=parts_done)
        elif isinstance(error, PermanentRefusal):
            self._store.set_delivery(
                delivery.id, state="refused", error=str(error), attempts=attempts
            )
        elif now - digest.until_at > self._patience.give_up_after:
            reason = f"given up after {attempts} tries: {error}"
            self._store.set_delivery(delivery.id, state="refused", error=reason, attempts=attempts)
        else:
            asked = error.retry_after if isinstance(error, TemporaryRefusal) else None
            self._store.set_delivery(
                delivery.id,
                state="waiting",
                error=str(error),
                attempts=attempts,
                next_try_at=self._patience.next_try_at(attempts=attempts, now=now, asked=asked),
            )

    def _settle_unclear(
        self, delivery: Delivery, reason: str, *, parts_done: int | None = None
    ) -> None:
        """Count the part in doubt as arrived; what follows it is still to be sent."""
        if delivery.parts_in_doubt and delivery.doubt is None:
            self._settle_repetition(delivery, reason)
            return
        done = (delivery.parts_done if parts_done is None else parts_done) + 1
        parts = self._parts(delivery) or done
        doubt = f"part {done} may not have arrived: {reason}"
        log.warning("%s to %s: %s", delivery.channel, delivery.recipient, doubt)
        doubt = f"{delivery.doubt}; {doubt}" if delivery.doubt else doubt
        self._store.set_delivery(
            delivery.id,
            state="unclear" if done >= parts else "waiting",
            doubt=doubt,
            parts_in_doubt=(*delivery.parts_in_doubt, done),
            parts_done=done,
            attempts=delivery.attempts + 1,
            next_try_at=self._clock(),
        )

    def _settle_repetition(self, delivery: Delivery, reason: str) -> None:
        """Sent again, and in doubt again; what was confirmed meanwhile is in doubt no more."""
        [now] = [one for one in self._store.deliveries(delivery.digest_id) if one.id == delivery.id]
        parts = ", ".join(map(str, now.parts_in_doubt))
        doubt = f"part {parts} may not have arrived, sent again: {reason}"
        log.warning("%s to %s: %s", delivery.channel, delivery.recipient, doubt)
        attempts = delivery.attempts + 1
        self._store.set_delivery(delivery.id, state="unclear", doubt=doubt, attempts=attempts)

    def _parts(self, delivery: Delivery) -> int | None:
        """How many hand-overs the delivery takes; None where nobody can tell any more."""
        channel = self._channels.get(delivery.channel)
        if channel is None:
            return None
        try:
            return channel.parts(self._render(self._store.load_digest(delivery.digest_id)))
        except Exception:
            # One delivery's job ends here: what cannot be rendered harms no other recipient.
            log.exception("digest %d cannot be rendered", delivery.digest_id)
            return None
