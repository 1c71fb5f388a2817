"""The dates that entries gave for pages: heard again where a page comes without its link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.dating.witnesses import heard, witness_of
from crawler.items import Link
from monitor.store import times
from monitor.store.connections import Connections

if TYPE_CHECKING:
    import sqlite3

    from crawler.items import Article


class PageWitnesses(Connections):
    """The store's side that remembers what entries said of a page's date."""

    def with_witness(self, article: Article) -> Article:
        """The article with the date that its page's entry once gave.

        A crawl that found the page brings the witness along; a recrawl and a second reading
        of the archived response do not.
        """
        if article.witness_at is not None:
            return article
        with self.read() as db:
            row = db.execute(_LINK, (article.key,)).fetchone()
        witness = witness_of(link_of(row)) if row is not None else None
        return article if witness is None else heard(article, witness)


def link_of(row: sqlite3.Row) -> Link:
    """The link in a row of ``pages``."""
    return Link(
        source=row["source"],
        url=row["url"],
        key=row["key"],
        found_in=row["found_in"] or "",
        title=row["title"],
        dated_at=times.read_or_none(row["dated_at"]),
        dated_by=row["dated_by"],
    )


LINK_COLUMNS = "source, url, key, found_in, title, dated_at, dated_by"
"""Of ``pages``, for ``link_of``."""

_LINK = f"SELECT {LINK_COLUMNS} FROM pages WHERE key = ?"  # noqa: S608 - a constant
