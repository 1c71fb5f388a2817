"""Reads of a page that is about something else no more than what it is: title and date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.dates import find_date
from crawler.dating.text import VIETNAM
from crawler.families import plan_of
from crawler.items import Skimmed
from crawler.page.kinds import refuse_other_views
from crawler.reading import require_title

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from lxml.html import HtmlElement

    from crawler.selectors import Selectors


def skim_tree(
    tree: HtmlElement,
    *,
    source: str,
    url: str,
    key: str,
    fetched_at: datetime,
    family_hint: str | None = None,
    selectors: Iterable[Selectors] = (),
) -> Skimmed:
    """The cheap part of a reading, as a record.

    Args:
        tree: From ``crawler.page.markup.parse_page``; it is not changed.
        source: Key of its source.
        url: Where the page was found, after redirects.
        key: ``page_key`` of the address the link named.
        fetched_at: When, aware UTC; dates ahead of it are not believed.
        family_hint: Key of the family the source is said to use; the page decides.
        selectors: The source's own, tried before the family's on the days they hold.

    Raises:
        ReadingError: ``not-article`` for another view of a page or a listing without a
            title, ``parse`` or ``empty`` where there is no title either.
    """
    refuse_other_views(tree, url=url)
    day = fetched_at.astimezone(VIETNAM).date()
    plan = plan_of(tree, url=url, hint=family_hint, selectors=selectors, day=day)
    title = require_title(tree, plan)
    found = find_date(tree, url=url, fetched_at=fetched_at, selectors=plan.date, title=title)
    return Skimmed(
        source=source,
        url=url,
        key=key,
        title=title,
        published_at=found.at if found else None,
        published_rule=found.rule if found else None,
        published_raw=found.raw if found else None,
        has_time=found.has_time if found else False,
        fetched_at=fetched_at,
    )
