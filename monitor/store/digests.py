"""Digests: which stories are new, and what was decided, frozen before it is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from monitor.errors import DigestError, InputError
from monitor.items import SOLE, Digest, Subscription
from monitor.store import times
from monitor.store.connections import Connections
from monitor.store.corrections import corrections_between
from monitor.store.rows import Issue
from monitor.store.stories import stories_between

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

    from monitor.items import Correction, Edition, Story

_DIGEST = TypeAdapter(Digest)
_ALL = Subscription()
"""Without a bound: all topics, all provinces."""


class Digests(Connections):
    """The store's side that knows digests."""

    def stories_since(
        self, since_at: datetime, until_at: datetime, *, subscription: Subscription = _ALL
    ) -> list[Story]:
        """Articles that became stories in a window and stood in no digest yet, oldest first.

        An article that was stored before and whose new text is about the topic counts from
        that text on. Of two links that led to one page only the first is told. Copies of one
        story are told as one, with the figures of all; they are not new where one of them
        stood in a digest. An article that several topics flag is one story.

        Args:
            since_at: Excluded.
            until_at: Included; not later than the clock.
            subscription: Whose topics and provinces, and whose daily digests.
        """
        # Finds are dated under the write lock. Holding it here means that none dated before
        # until_at can still be on its way and fall between this digest and the next.
        with self.write() as db:
            return stories_between(db, since_at, until_at, subscription=subscription)

    def stories_of_period(
        self, since_at: datetime, until_at: datetime, *, subscription: Subscription = _ALL
    ) -> list[Story]:
        """All that became stories in a window, told before or not; else as ``stories_since``."""
        with self.write() as db:
            return stories_between(db, since_at, until_at, subscription=subscription, told_too=True)

    def corrections_since(
        self, since_at: datetime, until_at: datetime, *, subscription: str = SOLE
    ) -> list[Correction]:
        """Figures of stories told in a digest that their papers changed in a window.

        Args:
            since_at: Excluded.
            until_at: Included.
            subscription: Whose daily digests.
        """
        with self.read() as db:
            return corrections_between(db, since_at, until_at, subscription=subscription)

    def record_digest(
        self, digest: Digest, *, deliveries: Iterable[tuple[str, str]], now: datetime
    ) -> int | None:
        """Keep a digest, its stories, and what is to be delivered, in one transaction.

        Args:
            digest: As decided; its id is not looked at.
            deliveries: Channel and recipient of each; they wait, due at once.
            now: When it is recorded.

        Returns:
            The digest's id; None when its subscription has one of that edition and day
            already, which stays as it is.
        """
        content = _DIGEST.dump_json(replace(digest, id=None)).decode()
        with self.write() as db:
            digest_id = _insert(db, digest, content, now=now)
            if digest_id is None:
                return None
            told_to = digest.subscription.name if digest.edition == "daily" else None
            stories = ((digest_id, story.article_id, told_to) for story in digest.stories)
            db.executemany(_SAVE_STORY, stories)
            copies = (copy.article_id for story in digest.stories for copy in story.copies)
            db.executemany(_SAVE_COPY, ((digest_id, one, told_to) for one in copies))
            waiting = ((digest_id, channel, recipient) for channel, recipient in deliveries)
            db.executemany(_SAVE_DELIVERY, waiting)
            return digest_id

    def load_digest(self, digest_id: int) -> Digest:
        """A digest as it was decided.

        Raises:
            InputError: No such digest.
            DigestError: It cannot be read.
        """
        digest = self._digest(f"{_WHOLE} WHERE id = ?", digest_id)
        if digest is None:
            raise InputError(f"there is no digest {digest_id} in {self.path}")
        return digest

    def digest_of(
        self, day: date, *, subscription: str = SOLE, edition: Edition = "daily"
    ) -> Digest | None:
        """The digest for a local day; None where there is none.

        Raises:
            DigestError: It cannot be read.
        """
        return self._digest(f"{_WHOLE} {_OF_DAY}", subscription, edition, day.isoformat())

    def unreadable_digests(self) -> list[Issue]:
        """Those that ``load_digest`` cannot read, oldest first."""
        with self.read() as db:
            rows = db.execute(f"{_ISSUES} ORDER BY id").fetchall()
            return [_issue(row) for row in rows if not _is_readable(db, row["id"])]

    def last_issue(self, subscription: str = SOLE, *, edition: Edition = "daily") -> Issue | None:
        """The digest whose window ends last, without what it tells; None before the first.

        It is of the latest day, but where the clock was ahead when an earlier one was made;
        its window is then the one that was put right, and not the one that it told.
        """
        with self.read() as db:
            row = db.execute(f"{_ISSUES} {_LAST}", (subscription, edition)).fetchone()
        return None if row is None else _issue(row)

    def last_digest(self, subscription: str = SOLE, *, edition: Edition = "daily") -> Digest | None:
        """That of ``last_issue``, with all it tells.

        Raises:
            DigestError: It cannot be read.
        """
        return self._digest(f"{_WHOLE} {_LAST}", subscription, edition)

    def _digest(self, sql: str, *parameters: int | str) -> Digest | None:
        with self.read() as db:
            row = db.execute(sql, parameters).fetchone()
        return None if row is None else _digest(row)


_WAY_OUT = "it was recorded by another version, or is damaged; `diembao doctor` says what to do"

_SAVE_DIGEST = """
INSERT INTO digests (subscription, edition, day, since_at, until_at, recorded_at, content)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (subscription, edition, day) DO NOTHING
"""
_SAVE_STORY = "INSERT INTO digest_stories (digest_id, article_id, told_to) VALUES (?, ?, ?)"
# It may have stood in an earlier one, as what was told then.
_SAVE_COPY = """
INSERT OR IGNORE INTO digest_stories (digest_id, article_id, told_to) VALUES (?, ?, ?)
"""
_WHOLE = "SELECT id, subscription, edition, day, content FROM digests"
_ISSUES = """
SELECT id, subscription, edition, day, until_at,
    iif(json_valid(content), json_array_length(content, '$.stories'), NULL) AS stories
FROM digests
"""
_OF_DAY = "WHERE subscription = ? AND edition = ? AND day = ?"
_LAST = "WHERE subscription = ? AND edition = ? ORDER BY until_at DESC, day DESC LIMIT 1"
_SAVE_DELIVERY = """
INSERT INTO deliveries (digest_id, channel, recipient, state) VALUES (?, ?, ?, 'waiting')
"""


def _digest(row: sqlite3.Row) -> Digest:
    try:
        return replace(_DIGEST.validate_json(row["content"]), id=row["id"])
    except ValueError as error:  # pydantic's
        name = f"digest {row['id']} ({row['subscription']}, {row['edition']}, {row['day']})"
        raise DigestError(f"{name} cannot be read; {_WAY_OUT}") from error


def _is_readable(db: sqlite3.Connection, digest_id: int) -> bool:
    try:
        _digest(db.execute(f"{_WHOLE} WHERE id = ?", (digest_id,)).fetchone())
    except DigestError:
        return False
    return True


def _issue(row: sqlite3.Row) -> Issue:
    return Issue(
        id=row["id"],
        subscription=row["subscription"],
        edition=row["edition"],
        day=date.fromisoformat(row["day"]),
        until_at=times.read(row["until_at"]),
        stories=row["stories"] or 0,
    )


def _insert(db: sqlite3.Connection, digest: Digest, content: str, *, now: datetime) -> int | None:
    moments = (digest.since_at, digest.until_at, now)
    issue = (digest.subscription.name, digest.edition, digest.day.isoformat())
    cursor = db.execute(_SAVE_DIGEST, (*issue, *map(times.written, moments), content))
    return cursor.lastrowid if cursor.rowcount else None
