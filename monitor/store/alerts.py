"""Alerts: what an operator was told outside the digest, and what is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from monitor.items import Alert
from monitor.store import times
from monitor.store.connections import Connections
from monitor.store.deliveries import ALL_DELIVERIES, delivery_in

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

    from monitor.items import Delivery

_FIELDS = TypeAdapter(dict[str, str | int])


class Alerts(Connections):
    """The store's side that knows alerts."""

    def alerts(self) -> list[Alert]:
        """All that were ever opened, the longest open first."""
        with self.read() as db:
            return [_alert(row) for row in db.execute(_ALL)]

    def keep_alerts(self, alerts: Iterable[Alert]) -> None:
        """Write alerts down as they are now, in the place of what was known of them."""
        with self.write() as db:
            db.executemany(_KEEP, (_row(one) for one in alerts))

    def last_undelivered(self, fresh_from: datetime) -> list[tuple[Delivery, datetime]]:
        """Each recipient's last delivery, where it did not arrive, and when it was recorded.

        Args:
            fresh_from: What was recorded since then and waits is on its way, and not looked at.
        """
        with self.read() as db:
            rows = db.execute(f"{ALL_DELIVERIES} {_LAST_UNDELIVERED}", (times.written(fresh_from),))
            return [(delivery_in(row), times.read(row["recorded_at"])) for row in rows]


_ALL = "SELECT * FROM alerts ORDER BY since_at, kind, subject"
_KEEP = """
INSERT INTO alerts
VALUES (:kind, :subject, :since_at, :opened_at, :fields, :told_at, :over_since_at, :closed_at)
ON CONFLICT (kind, subject) DO UPDATE SET
    since_at = excluded.since_at, opened_at = excluded.opened_at, fields = excluded.fields,
    told_at = excluded.told_at, over_since_at = excluded.over_since_at,
    closed_at = excluded.closed_at
"""
_LAST_UNDELIVERED = """
WHERE state != 'sent' AND deliveries.id IN (
    SELECT max(deliveries.id) FROM deliveries JOIN digests ON digests.id = deliveries.digest_id
    WHERE deliveries.state IN ('sent', 'refused', 'unclear') OR digests.recorded_at <= ?
    GROUP BY channel, recipient
)
ORDER BY deliveries.id
"""


def _alert(row: sqlite3.Row) -> Alert:
    return Alert(
        kind=row["kind"],
        subject=row["subject"],
        since_at=times.read(row["since_at"]),
        opened_at=times.read(row["opened_at"]),
        fields=_FIELDS.validate_json(row["fields"]),
        told_at=times.read_or_none(row["told_at"]),
        over_since_at=times.read_or_none(row["over_since_at"]),
        closed_at=times.read_or_none(row["closed_at"]),
    )


def _row(alert: Alert) -> dict[str, str | None]:
    return {
        "kind": alert.kind,
        "subject": alert.subject,
        "since_at": times.written(alert.since_at),
        "opened_at": times.written(alert.opened_at),
        "fields": _FIELDS.dump_json(dict(alert.fields)).decode(),
        "told_at": times.written_or_none(alert.told_at),
        "over_since_at": times.written_or_none(alert.over_since_at),
        "closed_at": times.written_or_none(alert.closed_at),
    }
