"""The steps by which a database comes up to date.

A step that was ever released is never edited: a change is a new step. Whoever changes a
table with sqlite-utils' ``transform`` must create its triggers again in the same step: it
drops them without a word, and the search index would stand still.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from sqlite_utils import Migrations

from monitor.store import schema, schema_changes, schema_operations, schema_subscriptions
from monitor.store.steps import NAMES, SET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlite_utils import Database

MIGRATIONS = Migrations(SET)

_SCRIPTS = {
    # Sources, pages, articles, digests and the search index.
    "first_tables": schema.SOURCES + schema.ARTICLES + schema.DIGESTS + schema.SEARCH,
    # Pages that are known by their title alone, and where raw responses lie.
    "skimmed_and_archived": schema_changes.SKIMMED + schema_changes.ARCHIVED,
    # What entries say of pages' dates, and where the pages contradict them.
    "date_witnesses": schema_changes.DATE_WITNESSES,
    # The periods of figures as days.
    "figure_days": schema_changes.FIGURE_DAYS,
    # The sections that pages stand in.
    "categories": schema_changes.CATEGORIES,
    # Sketches and groups of stories, and corrected figures.
    "copies": schema_changes.COPIES,
    # What readers say of flags.
    "marks": schema_changes.MARKS,
    # When pages are looked at again, withdrawals, and what sites were asked for.
    "revisits": schema_changes.REVISITS,
    # The units that articles and figures are about.
    "units": schema_changes.PLACES,
    # How far looking back has come.
    "backfills": schema_changes.BACKFILLS,
    # How far stories that are not flagged are from it.
    "shortfalls": schema_changes.SHORTFALLS,
    # What is remembered of the ways to new pages.
    "discovery": schema_changes.DISCOVERY,
    # Scores and marks of several topics.
    "topics": schema_subscriptions.TOPICS,
    # Digests of several subscriptions and editions.
    "subscriptions": schema_subscriptions.SUBSCRIPTIONS,
    # Articles whose text was let go of.
    "retention": schema_changes.RETENTION,
    # What an operator was told outside the digest.
    "alerts": schema_operations.ALERTS,
    # Which parts of a delivery may not have arrived.
    "parts_in_doubt": schema_operations.PARTS_IN_DOUBT,
    # When the texts of articles were let go of.
    "pruned_at": schema_operations.PRUNED_AT,
    # What is remembered of Telegram's bots and chats.
    "chats": schema_changes.CHATS,
}
"""What each step does, by its name."""


def _step(script: str) -> Callable[[Database], None]:
    def take(db: Database) -> None:
        for statement in _statements(script):
            db.execute(statement)

    return take


def _statements(script: str) -> Iterator[str]:
    """The single statements of a script, triggers whole.

    ``executescript`` would commit the transaction a migration runs in.
    """
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


for _name in NAMES:
    MIGRATIONS(name=_name)(_step(_SCRIPTS[_name]))
