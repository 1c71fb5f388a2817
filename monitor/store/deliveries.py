"""Deliveries: one digest to one recipient by one channel, and where each stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.errors import InputError
from monitor.items import Delivery
from monitor.store import times
from monitor.store.connections import Connections

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from monitor.items import DeliveryState


class Deliveries(Connections):
    """The store's side that knows deliveries."""

    def deliveries(
        self, digest_id: int | None = None, state: DeliveryState | None = None
    ) -> list[Delivery]:
        """Deliveries of a digest, in a state, or all, in the order they were recorded."""
        with self.read() as db:
            rows = db.execute(_SELECTED, {"digest_id": digest_id, "state": state})
            return [_delivery(row) for row in rows]

    def due_deliveries(self, now: datetime) -> list[Delivery]:
        """Waiting deliveries whose time has come, in the order they were recorded."""
        with self.read() as db:
            return [_delivery(row) for row in db.execute(_DUE, (times.written(now),))]

    def set_delivery(
        self,
        delivery_id: int,
        *,
        state: DeliveryState,
        error: str | None = None,
        doubt: str | None = None,
        next_try_at: datetime | None = None,
        parts_done: int | None = None,
        attempts: int | None = None,
        sent_at: datetime | None = None,
    ) -> None:
        """Note where a delivery stands; on disk when this returns.

        Args:
            delivery_id: Which.
            state: Its new state.
            error: What the last try met; None clears it.
            doubt: Which part may not have arrived; None keeps what was noted.
            next_try_at: When to try again; None is at once while it waits, else never.
            parts_done: None keeps the number.
            attempts: None keeps the number.
            sent_at: None keeps the time.

        Raises:
            InputError: No such delivery.
        """
        columns = {
            "id": delivery_id,
            "state": state,
            "error": error,
            "doubt": doubt,
            "next_try_at": times.written_or_none(next_try_at),
            "parts_done": parts_done,
            "attempts": attempts,
            "sent_at": times.written_or_none(sent_at),
        }
        with self.write() as db:
            if not db.execute(_UPDATE, columns).rowcount:
                raise InputError(f"there is no delivery {delivery_id} in {self.path}")


_SELECTED = """
SELECT * FROM deliveries
WHERE (:digest_id IS NULL OR digest_id = :digest_id) AND (:state IS NULL OR state = :state)
ORDER BY id
"""
_DUE = """
SELECT * FROM deliveries
WHERE state = 'waiting' AND (next_try_at IS NULL OR next_try_at <= ?)
ORDER BY id
"""
_UPDATE = """
UPDATE deliveries SET
    state = :state, error = :error, next_try_at = :next_try_at,
    doubt = coalesce(:doubt, doubt),
    parts_done = coalesce(:parts_done, parts_done), attempts = coalesce(:attempts, attempts),
    sent_at = coalesce(:sent_at, sent_at)
WHERE id = :id
"""


def _delivery(row: sqlite3.Row) -> Delivery:
    return Delivery(
        id=row["id"],
        digest_id=row["digest_id"],
        channel=row["channel"],
        recipient=row["recipient"],
        state=row["state"],
        attempts=row["attempts"],
        next_try_at=times.read_or_none(row["next_try_at"]),
        parts_done=row["parts_done"],
        error=row["error"],
        doubt=row["doubt"],
        sent_at=times.read_or_none(row["sent_at"]),
    )
