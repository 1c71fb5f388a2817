"""Deliveries: one digest to one recipient by one channel, and where each stands."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from monitor.errors import InputError
from monitor.items import Delivery
from monitor.store import times
from monitor.store.connections import Connections

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection
    from datetime import datetime

    from monitor.items import DeliveryState


class Deliveries(Connections):
    """The store's side that knows deliveries."""

    def deliveries(
        self, digest_id: int | None = None, state: DeliveryState | None = None
    ) -> list[Delivery]:
        """Deliveries of a digest, in a state, or all, in the order they were recorded."""
        with self.read() as db:
            rows = db.execute(
                f"{ALL_DELIVERIES} {_SELECTED}", {"digest_id": digest_id, "state": state}
            )
            return [delivery_in(row) for row in rows]

    def due_deliveries(self, now: datetime) -> list[Delivery]:
        """Waiting deliveries whose time has come, in the order they were recorded."""
        with self.read() as db:
            return [
                delivery_in(row)
                for row in db.execute(f"{ALL_DELIVERIES} {_DUE}", (times.written(now),))
            ]

    def retry_deliveries(self, ids: Collection[int] = ()) -> list[int]:
        """Let deliveries be tried at once, whatever their last try met.

        Of one whose arrival is unclear only the parts in doubt are sent again, and its reader
        may get those twice: it must be asked for by its number.

        Args:
            ids: Which; empty: all that wait or were refused.

        Returns:
            Numbers of those that wait now, in the order they were recorded.

        Raises:
            InputError: No such delivery, or one that was sent or is being handed over.
        """
        with self.write() as db:
            rows = db.execute("SELECT id, state FROM deliveries ORDER BY id").fetchall()
            states: dict[int, DeliveryState] = {row["id"]: row["state"] for row in rows}
            for one in ids:
                _check_can_be_retried(one, states.get(one))
            chosen = [
                one
                for one, state in states.items()
                if one in ids or (not ids and state in ("waiting", "refused"))
            ]
            db.executemany(_RETRY, ((one,) for one in chosen))
            return chosen

    def set_delivery(
        self,
        delivery_id: int,
        *,
        state: DeliveryState,
        error: str | None = None,
        doubt: str | None = None,
        parts_in_doubt: Collection[int] | None = None,
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
            parts_in_doubt: Their numbers; None keeps them.
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
            "parts_in_doubt": None if parts_in_doubt is None else json.dumps([*parts_in_doubt]),
            "next_try_at": times.written_or_none(next_try_at),
            "parts_done": parts_done,
            "attempts": attempts,
            "sent_at": times.written_or_none(sent_at),
        }
        with self.write() as db:
            if not db.execute(_UPDATE, columns).rowcount:
                raise InputError(f"there is no delivery {delivery_id} in {self.path}")


ALL_DELIVERIES = """
SELECT deliveries.*, digests.subscription, digests.edition, digests.day, digests.recorded_at
FROM deliveries JOIN digests ON digests.id = deliveries.digest_id
"""
_SELECTED = """
WHERE (:digest_id IS NULL OR digest_id = :digest_id) AND (:state IS NULL OR state = :state)
ORDER BY deliveries.id
"""
_DUE = """
WHERE state = 'waiting' AND (next_try_at IS NULL OR next_try_at <= ?)
ORDER BY deliveries.id
"""
_RETRY = """
UPDATE deliveries SET
    next_try_at = NULL, doubt = iif(state = 'unclear', NULL, doubt),
    parts_done = iif(state = 'unclear' AND parts_in_doubt = '[]', 0, parts_done),
    state = 'waiting'
WHERE id = ?
"""
_UPDATE = """
UPDATE deliveries SET
    state = :state, error = :error, next_try_at = :next_try_at,
    doubt = coalesce(:doubt, doubt), parts_in_doubt = coalesce(:parts_in_doubt, parts_in_doubt),
    parts_done = coalesce(:parts_done, parts_done), attempts = coalesce(:attempts, attempts),
    sent_at = coalesce(:sent_at, sent_at)
WHERE id = :id
"""


def _check_can_be_retried(delivery_id: int, state: DeliveryState | None) -> None:
    if state is None:
        raise InputError(f"there is no delivery {delivery_id}; `diembao deliveries` lists them")
    if state in ("sent", "handing-over"):
        raise InputError(f"delivery {delivery_id} is {state} already and is not sent again")


def delivery_in(row: sqlite3.Row) -> Delivery:
    """The delivery in a row of ``ALL_DELIVERIES``."""
    return Delivery(
        id=row["id"],
        digest_id=row["digest_id"],
        subscription=row["subscription"],
        edition=row["edition"],
        day=date.fromisoformat(row["day"]),
        channel=row["channel"],
        recipient=row["recipient"],
        state=row["state"],
        attempts=row["attempts"],
        next_try_at=times.read_or_none(row["next_try_at"]),
        parts_done=row["parts_done"],
        error=row["error"],
        doubt=row["doubt"],
        parts_in_doubt=tuple(json.loads(row["parts_in_doubt"])),
        sent_at=times.read_or_none(row["sent_at"]),
    )
