"""The steps by which a database comes up to date.

A step that was ever released is never edited: a change is a new step. Whoever changes a
table with sqlite-utils' ``transform`` must create its triggers again in the same step: it
drops them without a word, and the search index would stand still.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from sqlite_utils import Migrations

from monitor.store import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

MIGRATIONS = Migrations("diembao")

NAMES = ("first_tables",)
"""Of all steps, in order; a file that knows others was made by a newer diembao."""


@MIGRATIONS(name=NAMES[0])
def first_tables(db: Database) -> None:
    """Sources, pages, articles, digests and the search index."""
    for script in (schema.SOURCES, schema.ARTICLES, schema.DIGESTS, schema.SEARCH):
        for statement in _statements(script):
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
