"""Gives stored pages the identity that their addresses have by now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.urls import moved_sites, page_key

if TYPE_CHECKING:
    import sqlite3

    from crawler.items import Source

_PAGES = "SELECT key FROM pages WHERE key LIKE ?"
# All that a change of the rules may concern: hosts for phones, and decorations of the path and
# of the query. The rest, nearly all, is not even read.
_DECORATED = ("m.%", "mobile.%", "amp.%", "wap.%", "%?%", "%;%", "%/(%", "%-bai/%", "%-in/%")


def rekey_decorated(db: sqlite3.Connection) -> int:
    """Give pages the keys that ``crawler.urls.page_key`` gives them now; how many changed.

    To be called in a transaction.
    """
    keys = {row[0] for pattern in _DECORATED for row in db.execute(_PAGES, (pattern,))}
    return sum(_rename(db, key, page_key(key)) for key in sorted(keys))


def rekey_moved(db: sqlite3.Connection, source: Source) -> int:
    """Bring pages of former sites under the home where they stand now; how many were.

    To be called in a transaction.
    """
    moved = moved_sites(source)
    count = 0
    for site in moved:
        # The first characters after a host that are not part of it.
        rows = db.execute("SELECT key FROM pages WHERE key >= ? AND key < ?", (site, f"{site}@"))
        keys = [row[0] for row in rows if row[0][len(site) :][:1] in ("/", "?", "")]
        count += sum(_rename(db, key, page_key(key, moved=moved)) for key in keys)
    return count


def _rename(db: sqlite3.Connection, old: str, new: str) -> bool:
    """Change a key; where the page is stored under the new one too, both rows stay."""
    if old == new or db.execute("SELECT 1 FROM pages WHERE key = ?", (new,)).fetchone():
        return False
    db.execute("PRAGMA defer_foreign_keys = ON")  # until the end of this transaction
    for table, column in (("pages", "key"), ("articles", "page"), ("skimmed_pages", "page")):
        statement = f"UPDATE {table} SET {column} = ? WHERE {column} = ?"  # noqa: S608 - constants
        db.execute(statement, (new, old))
    return True
