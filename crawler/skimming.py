"""Reads of a page that is about something else no more than what it is: title and date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.items import Skimmed
from crawler.reading import find_text, read_open_page

if TYPE_CHECKING:
    from crawler.opening import OpenPage
    from crawler.reading import PageReading
    from crawler.triage import Triage


def read_if_concerned(page: OpenPage, triage: Triage) -> PageReading | None:
    """The reading of a page that may be about the topic; None for any other.

    A first look at the whole page spares most pages the search for their text. Boxes of other
    articles may hold the trigger words too, in forms that only the search tells apart: so the
    text itself is asked before more is read.

    Raises:
        ReadingError: ``challenge``, ``empty`` or ``not-article``.
    """
    # A title of its own may be a link, which the first look takes for another article's.
    if not triage.may_concern(page.tree) and not triage.holds(page.title):
        return None
    text = find_text(page)
    if text.lines and not triage.holds("\n".join((page.title, text.sapo or "", *text.lines))):
        return None
    return read_open_page(page, text)


def skim(page: OpenPage, *, source: str, key: str) -> Skimmed:
    """The cheap part of a reading, as a record.

    Args:
        page: Of which the rest is not wanted.
        source: Key of its source.
        key: ``page_key`` of the address the link named.
    """
    found = page.find_date()
    return Skimmed(
        source=source,
        url=page.url,
        key=key,
        title=page.title,
        published_at=found.at if found else None,
        published_rule=found.rule if found else None,
        published_raw=found.raw if found else None,
        has_time=found.has_time if found else False,
        fetched_at=page.fetched_at,
    )
