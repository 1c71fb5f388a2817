"""The proof of what was checked in a window of time: what stands behind a digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.completeness import pauses_between
from monitor.items import Checked, Subscription, Trouble
from monitor.store import times
from monitor.store.answers import Answers, answers_between
from monitor.store.connections import Connections
from monitor.store.rhythms import silences
from monitor.store.states import source_states_of
from monitor.store.subscriptions import scope_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from monitor.items import Pause
    from monitor.store.rows import SourceState


_ALL = Subscription()
"""Without a bound: all topics, all provinces."""


class Proofs(Connections):
    """The store's side that accounts for what was looked at."""

    def checked(
        self,
        since_at: datetime,
        until_at: datetime,
        *,
        subscription: Subscription = _ALL,
        told_too: bool = False,
        as_of: datetime | None = None,
    ) -> Checked:
        """What was looked at in a window: the proof behind a digest.

        Sources that another took over are read and not expected: they are not counted. Where
        a subscription names provinces, its sources are theirs and the national ones.
        ``too_old`` is left to the one who decides the digest. Troubles and silences are those
        of now.

        Args:
            since_at: Excluded.
            until_at: Included.
            subscription: Whose topics and provinces, and whose daily digests.
            told_too: Whether stories that stood in those are told again, and no copies.
            as_of: Now, where the window ended before; None: it ends now.
        """
        window = {
            "since": times.written(since_at),
            "until": times.written(until_at),
            "subscription": None if told_too else subscription.name,
            **scope_of(subscription),
        }
        with self.read() as db:
            states = (one for one in source_states_of(db) if one.is_expected)
            expected = [one for one in states if _is_for(one, subscription)]
            pages = db.execute(_PAGES, window).fetchone()[0]
            new = db.execute(_NEW_STORIES, window).fetchone()
            silent = silences(db, {one.key for one in expected})
            answers = answers_between(db, since_at, until_at)
            began_at = times.read(db.execute("SELECT began_at FROM watch").fetchone()[0])
        end_at = None if as_of is None else until_at
        reached = [one for one in expected if _was_reached(one, since_at, end_at, answers)]
        troubles = (_trouble(state, since_at) for state in expected)
        return Checked(
            sources=len(expected),
            reached=len(reached),
            provinces=_provinces(expected),
            provinces_reached=_provinces(reached),
            pages=pages,
            flagged=new["flagged"],
            copies=new["copies"],
            troubles=tuple(trouble for trouble in troubles if trouble is not None),
            gaps=tuple(state.name for state in expected if state.gap and state.gap.is_open),
            silent=tuple(silent),
            watched_since=began_at if began_at > since_at else None,
            pauses=_pauses(answers, max(since_at, began_at), until_at),
            as_of=as_of,
        )


# CROSS JOIN keeps SQLite from looking at every page of a source for those of a window.
_PAGES = """
WITH wanted AS (
    SELECT key FROM sources WHERE :provinces IS NULL OR province IS NULL
        OR province IN (SELECT value FROM json_each(:provinces))
)
SELECT (
    SELECT count(*) FROM articles
    WHERE found_at > :since AND found_at <= :until AND source IN wanted
) + (
    SELECT count(*) FROM skimmed_pages CROSS JOIN pages ON pages.key = skimmed_pages.page
    WHERE skimmed_pages.found_at > :since AND skimmed_pages.found_at <= :until
        AND pages.source IN wanted
)
"""
# Articles, whether one topic flags them or several. Of each story that the subscription was
# not told of one article is told, the others are copies.
_NEW_STORIES = """
WITH new AS (
    SELECT DISTINCT scores.article_id, prints.group_id, EXISTS (
        SELECT 1 FROM prints AS copy
        JOIN digest_stories AS told ON told.article_id = copy.article_id
        WHERE told.told_to = :subscription
            AND copy.group_id = prints.group_id AND copy.article_id != prints.article_id
    ) AS is_told
    FROM scores JOIN places ON places.article_id = scores.article_id
    LEFT JOIN prints ON prints.article_id = scores.article_id
    WHERE scores.flagged_at > :since AND scores.flagged_at <= :until
        AND (:topics IS NULL OR scores.topic IN (SELECT value FROM json_each(:topics)))
        AND (:provinces IS NULL OR places.province IN (SELECT value FROM json_each(:provinces)))
)
SELECT count(*) AS flagged,
    count(group_id) - count(DISTINCT CASE WHEN NOT is_told THEN group_id END) AS copies
FROM new
"""


def _is_for(state: SourceState, subscription: Subscription) -> bool:
    provinces = subscription.provinces
    return not provinces or state.province is None or state.province in provinces


def _provinces(states: Sequence[SourceState]) -> int:
    return len({state.province for state in states} - {None})


def _was_reached(
    state: SourceState, since_at: datetime, end_at: datetime | None, answers: Answers
) -> bool:
    """By its last answer, and where it answered since the window's end, by the log of crawls."""
    last_at = state.last_success_at
    if last_at is None or last_at <= since_at:
        return False
    if end_at is None or last_at <= end_at:
        return True
    return state.key in answers.sources or state.key in answers.unsure


def _pauses(answers: Answers, since_at: datetime, until_at: datetime) -> tuple[Pause, ...]:
    """None where the log does not reach back; a watch that only just began has none either."""
    if answers.known_since is None:
        return ()
    start_at = max(since_at, answers.known_since)
    return pauses_between(answers.moments, since_at=start_at, until_at=until_at)


def _trouble(state: SourceState, since_at: datetime) -> Trouble | None:
    if state.failing_since_at is not None:
        kind, detail = state.failure_kind or "stopped", state.failure_detail or ""
    elif _was_missed(state, since_at):
        kind, detail = "stopped", "was due and not crawled"
    else:
        return None
    return Trouble(
        source=state.name,
        kind=kind,
        detail=detail,
        since=state.failing_since_at,
        last_success_at=state.last_success_at,
    )


def _was_missed(state: SourceState, since_at: datetime) -> bool:
    """Whether it was due at the window's beginning and no crawl has come to it since."""
    if state.last_crawled_at is None:
        return True
    is_overdue = state.next_due_at is None or state.next_due_at <= since_at
    return is_overdue and state.last_crawled_at <= since_at
