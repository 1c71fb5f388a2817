"""Another reading of what is stored, put in the place of the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.store import times
from monitor.store.prints import store_print
from monitor.store.readings import store_reading
from monitor.store.texts import replace_text

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from crawler.items import Article
    from monitor.items import Reading
    from monitor.store.article_rows import StoredArticle


def store_reread(
    db: sqlite3.Connection,
    before: StoredArticle,
    *,
    article: Article,
    reading: Reading,
    now: datetime,
) -> bool:
    """Keep what was read from an article's stored response or text.

    An old text that differs becomes a revision. A story that stood in a digest is not new
    again, whatever its label was in between.

    Args:
        db: In a transaction.
        before: As the article was when it was read again.
        article: As it is read now.
        reading: What the extractor makes of it.
        now: When it became a story, if it just did.

    Returns:
        Whether it was kept: not where a crawl has stored another text meanwhile.
    """
    row = db.execute("SELECT digest, seen_at FROM articles WHERE id = ?", (before.id,)).fetchone()
    if row is None or tuple(row) != (before.article.digest, times.written(before.seen_at)):
        return False
    replace_text(db, before.id, article)
    store_reading(db, before.id, reading, now=now)
    store_print(db, before.id)
    return True
