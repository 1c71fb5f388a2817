"""A page before its text is read: what it is, what it is called, and when it was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from crawler.dates import FoundDate, find_date
from crawler.dating.text import VIETNAM
from crawler.errors import ReadingError
from crawler.families import Family, plan_of
from crawler.page.blocks import paragraphs
from crawler.page.kinds import is_listing, refuse_other_views
from crawler.page.parts import find_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.selectors import Selectors

_LONGEST_TITLE = 1_000
"""Characters; the longest headlines have about 200."""


@dataclass(frozen=True, kw_only=True)
class OpenPage:
    """A page of which it is known how to read it."""

    tree: HtmlElement
    """From ``crawler.page.markup.parse_page``; nobody changes it."""
    url: str
    """Where it was found, after redirects."""
    fetched_at: datetime
    """When, aware; dates ahead of it are not believed."""
    plan: Family
    title: str

    def find_date(self) -> FoundDate | None:
        """When it was published."""
        return find_date(
            self.tree,
            url=self.url,
            fetched_at=self.fetched_at,
            selectors=self.plan.date,
            title=self.title,
        )


def open_page(
    tree: HtmlElement,
    *,
    url: str,
    fetched_at: datetime,
    family_hint: str | None = None,
    selectors: Iterable[Selectors] = (),
) -> OpenPage:
    """Look at a page as far as its title.

    Args:
        tree: From ``crawler.page.markup.parse_page``; it is not changed.
        url: Where it was found, after redirects.
        fetched_at: When, aware; dates ahead of it are not believed.
        family_hint: Key of the family the source is said to use; the page decides.
        selectors: The source's own, tried before the family's on the days they hold.

    Raises:
        ReadingError: ``not-article`` for another view of a page or a listing without a
            title, ``parse`` or ``empty`` where there is no title either.
    """
    refuse_other_views(tree, url=url)
    day = fetched_at.astimezone(VIETNAM).date()
    plan = plan_of(tree, url=url, hint=family_hint, selectors=selectors, day=day)
    title = _required_title(tree, plan)
    return OpenPage(tree=tree, url=url, fetched_at=fetched_at, plan=plan, title=title)


def _required_title(tree: HtmlElement, plan: Family) -> str:
    title = find_title(tree, plan)
    if title:
        return title[:_LONGEST_TITLE]
    if is_listing(tree):
        raise ReadingError("not-article", "a listing")
    raise ReadingError("parse" if paragraphs(tree) else "empty", "no title")
