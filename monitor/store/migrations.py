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
    from collections.abc import Iterator

    from sqlite_utils import Database

MIGRATIONS = Migrations(SET)


@MIGRATIONS(name=NAMES[0])
def first_tables(db: Database) -> None:
    """Sources, pages, articles, digests and the search index."""
    for script in (schema.SOURCES, schema.ARTICLES, schema.DIGESTS, schema.SEARCH):
        for statement in _statements(script):
            db.execute(statement)


@MIGRATIONS(name=NAMES[1])
def skimmed_and_archived(db: Database) -> None:
    """Pages that are known by their title alone, and where raw responses lie."""
    for statement in _statements(schema_changes.SKIMMED + schema_changes.ARCHIVED):
        db.execute(statement)


@MIGRATIONS(name=NAMES[2])
def date_witnesses(db: Database) -> None:
    """What entries say of pages' dates, and where the pages contradict them."""
    for statement in _statements(schema_changes.DATE_WITNESSES):
        db.execute(statement)


@MIGRATIONS(name=NAMES[3])
def figure_days(db: Database) -> None:
    """The periods of figures as days."""
    for statement in _statements(schema_changes.FIGURE_DAYS):
        db.execute(statement)


@MIGRATIONS(name=NAMES[4])
def categories(db: Database) -> None:
    """The sections that pages stand in."""
    for statement in _statements(schema_changes.CATEGORIES):
        db.execute(statement)


@MIGRATIONS(name=NAMES[5])
def copies(db: Database) -> None:
    """Sketches and groups of stories, and corrected figures."""
    for statement in _statements(schema_changes.COPIES):
        db.execute(statement)


@MIGRATIONS(name=NAMES[6])
def marks(db: Database) -> None:
    """What readers say of flags."""
    for statement in _statements(schema_changes.MARKS):
        db.execute(statement)


@MIGRATIONS(name=NAMES[7])
def revisits(db: Database) -> None:
    """When pages are looked at again, withdrawals, and what sites were asked for."""
    for statement in _statements(schema_changes.REVISITS):
        db.execute(statement)


@MIGRATIONS(name=NAMES[8])
def units(db: Database) -> None:
    """The units that articles and figures are about."""
    for statement in _statements(schema_changes.PLACES):
        db.execute(statement)


@MIGRATIONS(name=NAMES[9])
def backfills(db: Database) -> None:
    """How far looking back has come."""
    for statement in _statements(schema_changes.BACKFILLS):
        db.execute(statement)


@MIGRATIONS(name=NAMES[10])
def shortfalls(db: Database) -> None:
    """How far stories that are not flagged are from it."""
    for statement in _statements(schema_changes.SHORTFALLS):
        db.execute(statement)


@MIGRATIONS(name=NAMES[11])
def discovery(db: Database) -> None:
    """What is remembered of the ways to new pages."""
    for statement in _statements(schema_changes.DISCOVERY):
        db.execute(statement)


@MIGRATIONS(name=NAMES[12])
def topics(db: Database) -> None:
    """Scores and marks of several topics."""
    for statement in _statements(schema_subscriptions.TOPICS):
        db.execute(statement)


@MIGRATIONS(name=NAMES[13])
def subscriptions(db: Database) -> None:
    """Digests of several subscriptions and editions."""
    for statement in _statements(schema_subscriptions.SUBSCRIPTIONS):
        db.execute(statement)


@MIGRATIONS(name=NAMES[14])
def retention(db: Database) -> None:
    """Articles whose text was let go of."""
    for statement in _statements(schema_changes.RETENTION):
        db.execute(statement)


@MIGRATIONS(name="alerts")
def alerts(db: Database) -> None:
    """What an operator was told outside the digest."""
    for statement in _statements(schema_operations.ALERTS):
        db.execute(statement)


@MIGRATIONS(name="parts_in_doubt")
def parts_in_doubt(db: Database) -> None:
    """Which parts of a delivery may not have arrived."""
    for statement in _statements(schema_operations.PARTS_IN_DOUBT):
        db.execute(statement)


@MIGRATIONS(name="pruned_at")
def pruned_at(db: Database) -> None:
    """When the texts of articles were let go of."""
    for statement in _statements(schema_operations.PRUNED_AT):
        db.execute(statement)


@MIGRATIONS(name="chats")
def chats(db: Database) -> None:
    """What is remembered of Telegram's bots and chats."""
    for statement in _statements(schema_changes.CHATS):
        db.execute(statement)


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
