"""What the entries of a source say of their pages' dates, held against what the pages say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeVar

from crawler.dating.text import VIETNAM
from crawler.items import Article, DatedBy, Skimmed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.items import Link

Page = TypeVar("Page", bound=Article | Skimmed)

DISPUTED = timedelta(days=2)
"""A page's date and its witness may lie so far apart: papers fill their feeds the day after."""

MISLABELLED = timedelta(hours=7)
"""What a local time seems to be later where it is labelled GMT."""
_SAME = timedelta(minutes=5)
_AHEAD = timedelta(days=1)
_EARLIEST = datetime(1997, 11, 19, tzinfo=UTC)
# Some sitemaps stamp every page with the moment they are asked for.
_JUST_NOW = timedelta(minutes=10)

_RULES: dict[DatedBy, str] = {
    "feed": "feed",
    "sitemap": "sitemap",
    "lastmod": "sitemap",
    "listing": "listing",
    "json": "json",
}
_CREDIT: dict[DatedBy, int] = {"feed": 3, "json": 3, "sitemap": 2, "listing": 1, "lastmod": 0}
_DATED_FEEDS: frozenset[DatedBy] = frozenset({"feed", "json"})
"""Written by programs that know the hour, and may label it wrongly."""
# Rules that only guess: who tells the publication is believed before them.
_GUESSES = frozenset({"htmldate", "modified"})


@dataclass(frozen=True, kw_only=True)
class Witness:
    """A date that an entry gives for a page."""

    at: datetime
    """Aware UTC, as told."""
    by: DatedBy
    entry: str
    """Its URL: a wrong time zone is one feed's mistake."""

    @property
    def has_time(self) -> bool:
        """False where only the day is told, which is kept as local midnight."""
        return self.at.astimezone(VIETNAM).time() != time(0)


class Witnesses:
    """The witnesses of one source in one crawl."""

    def __init__(self) -> None:
        self._by_page: dict[str, Witness] = {}
        self._mislabelling: set[str] = set()
        self._right: set[str] = set()

    def call(self, links: Iterable[Link], *, now: datetime) -> None:
        """Take down what links say; of two that speak of one page the better one is kept.

        Args:
            links: Of one entry or several.
            now: The present moment. A feed that dates a page hours ahead of it labels local
                times as GMT.
        """
        for link in links:
            witness = witness_of(link)
            if witness is None:
                continue
            if witness.by in _DATED_FEEDS and _JUST_NOW < witness.at - now <= MISLABELLED:
                self._mislabelling.add(witness.entry)
            known = self._by_page.get(link.key)
            if known is None or _CREDIT[witness.by] > _CREDIT[known.by]:
                self._by_page[link.key] = witness

    def hear(self, page: Page) -> Page:
        """The page with its witness, and with the witness's date where it has none."""
        witness = self._by_page.get(page.key)
        if witness is None:
            return page
        self._learn(page, witness)
        is_wrong = witness.entry in self._mislabelling - self._right
        return heard(page, witness, mislabels_zone=is_wrong)

    def _learn(self, page: Page, witness: Witness) -> None:
        """See from a page that gives its time whether the feed knows its own time zone."""
        if witness.by not in _DATED_FEEDS or page.published_at is None or not page.has_time:
            return
        late = witness.at - page.published_at
        if abs(late - MISLABELLED) <= _SAME:
            self._mislabelling.add(witness.entry)
        elif abs(late) <= _SAME:
            self._right.add(witness.entry)


def witness_of(link: Link) -> Witness | None:
    """What a link says of its page's date. One that does not say how it knows is a change's."""
    if link.dated_at is None:
        return None
    return Witness(at=link.dated_at, by=link.dated_by or "lastmod", entry=link.found_in)


def heard(page: Page, witness: Witness, *, mislabels_zone: bool = False) -> Page:
    """The page with its witness heard.

    The page's own date stands; the witness's is taken where the page has none, or only one
    that was guessed and that it contradicts. A witness that cannot be true is not heard.

    Args:
        page: As read.
        witness: What the entry said.
        mislabels_zone: The entry is known to label Vietnam's time as GMT.
    """
    if not _EARLIEST <= witness.at <= page.fetched_at + _AHEAD:
        return page
    at = _true_time(witness, page.fetched_at, mislabels_zone=mislabels_zone)
    is_disputed = page.published_at is not None and _disagree(page, witness, at)
    is_guessed = page.published_rule in _GUESSES and is_disputed and witness.by != "lastmod"
    is_stamp = witness.by == "lastmod" and page.fetched_at - at <= _JUST_NOW
    if (page.published_at is None and not is_stamp) or is_guessed:
        page = replace(
            page,
            published_at=at,
            published_rule=_RULES[witness.by],
            published_raw=witness.at.isoformat(),
            has_time=witness.has_time,
        )
    if isinstance(page, Article):
        return replace(page, witness_at=witness.at, is_date_disputed=is_disputed)
    return page


def _true_time(witness: Witness, fetched_at: datetime, *, mislabels_zone: bool) -> datetime:
    is_ahead = witness.by in _DATED_FEEDS and witness.at > fetched_at + _JUST_NOW
    if witness.has_time and (mislabels_zone or is_ahead):
        return witness.at - MISLABELLED
    return witness.at


def _disagree(page: Article | Skimmed, witness: Witness, at: datetime) -> bool:
    """Whether they are too far apart; a change after the publication is no contradiction."""
    assert page.published_at is not None
    if witness.by == "lastmod" and at >= page.published_at:
        return False
    if page.has_time and witness.has_time:
        return abs(at - page.published_at) > DISPUTED
    days = at.astimezone(VIETNAM).date() - page.published_at.astimezone(VIETNAM).date()
    return abs(days) > DISPUTED
