"""Reads stored articles again, from the archive where it has them, and tells what changes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from w3lib.encoding import http_content_type_encoding

from crawler.dating.witnesses import MISLABELLED, Witness, heard
from crawler.errors import ReadingError
from crawler.items import Article
from monitor.errors import ArchiveError
from monitor.items import Reading
from monitor.store import StoredArticle
from monitor.store.rereads import store_reread

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from monitor.items import Figure, Label
    from monitor.warc import ArchivedResponse
    from monitor.watch import Watch

_PER_TRANSACTION = 100
"""Articles written at once: a crawl that wants to store waits for some milliseconds only."""


@dataclass(frozen=True, kw_only=True)
class Reread:
    """An article as it is stored, and as it is read now."""

    before: StoredArticle
    article: Article
    reading: Reading
    is_from_archive: bool
    """False where only the stored text could be scored again."""
    trouble: str | None = None
    """Why the archived response gave no article, where there is one."""

    @property
    def is_gained(self) -> bool:
        """Whether it becomes a story of some topic."""
        return any(after != "none" == before for before, after in self.labels.values())

    @property
    def is_lost(self) -> bool:
        """Whether it is a story of some topic no longer."""
        return any(before != "none" == after for before, after in self.labels.values())

    @property
    def has_new_label(self) -> bool:
        """Whether some topic makes something else of it."""
        return any(before != after for before, after in self.labels.values())

    @property
    def labels(self) -> dict[str, tuple[Label, Label]]:
        """By topic, what it was and is; none where it was or is not scored for it."""
        before: dict[str, Label] = {one.topic: one.score.label for one in self.before.scores}
        after: dict[str, Label] = {key: one.label for key, one in self.reading.scores.items()}
        topics = dict.fromkeys((*before, *after))
        return {key: (before.get(key, "none"), after.get(key, "none")) for key in topics}

    @property
    def has_new_title(self) -> bool:
        """Whether it is called otherwise."""
        return self.article.title != self.before.article.title

    @property
    def has_new_date(self) -> bool:
        """Whether another day, or another time of day, is read."""
        return _date_of(self.article) != _date_of(self.before.article)

    @property
    def has_new_text(self) -> bool:
        """Whether sapo or body differ."""
        return _text_of(self.article) != _text_of(self.before.article)

    @property
    def has_new_place(self) -> bool:
        """Whether it is about another place; how well that one is known may change in silence."""
        return _place_of(self.reading) != _place_of(self.before)

    @property
    def lost_figures(self) -> tuple[Figure, ...]:
        """Figures that are no longer read, in their order."""
        return _without(self.before.figures, self.reading.figures)

    @property
    def gained_figures(self) -> tuple[Figure, ...]:
        """Figures that were not read before, in their order."""
        return _without(self.reading.figures, self.before.figures)

    @property
    def is_telling(self) -> bool:
        """Whether a reader would see the change."""
        return bool(
            self.has_new_label
            or self.has_new_title
            or self.has_new_date
            or self.has_new_text
            or self.has_new_place
            or self.lost_figures
            or self.gained_figures
        )

    @property
    def is_change(self) -> bool:
        """Whether anything is to be written: also reasons, bylines, the rule of a date."""
        stored = replace(self.before.article, fetched_at=self.article.fetched_at)
        return (
            self.article != stored
            or dict(self.reading.scores) != {one.topic: one.score for one in self.before.scores}
            or self.reading.place != self.before.place
            or self.reading.figures != self.before.figures
        )


def reread(watch: Watch, article_id: int) -> Reread:
    """Read and score one article again, without the network; nothing is written.

    Raises:
        InputError: No such article.
        StoreError: The database cannot be read.
    """
    before = watch.store.article(article_id)
    article, trouble = _read_again(watch, before)
    text = article or before.article
    return Reread(
        before=before,
        article=text,
        reading=watch.extract(text),
        is_from_archive=article is not None,
        trouble=trouble,
    )


def write_rereads(watch: Watch, rereads: Sequence[Reread], *, now: datetime) -> int:
    """Write what was read again; how many articles were written.

    One that a crawl has fetched anew meanwhile is left as that crawl stored it.

    Raises:
        StoreError: The database cannot be written; what was written before stays.
    """
    starts = range(0, len(rereads), _PER_TRANSACTION)
    return sum(
        _write(watch, rereads[start : start + _PER_TRANSACTION], now=now) for start in starts
    )


def _write(watch: Watch, rereads: Sequence[Reread], *, now: datetime) -> int:
    with watch.store.write() as db:
        return sum(
            store_reread(
                db,
                one.before,
                article=one.article,
                reading=one.reading,
                now=now,
            )
            for one in rereads
        )


def _read_again(watch: Watch, before: StoredArticle) -> tuple[Article | None, str | None]:
    """The article in the archived response, or why there is none."""
    if before.archived is None:
        return None, None
    try:
        response = watch.archive.read(before.archived)
        if response.key != before.article.key:
            return None, f"another page is archived there: {response.url}"
        return _article_in(watch, before, response), None
    except (ArchiveError, ReadingError) as error:
        return None, str(error)


def _article_in(watch: Watch, before: StoredArticle, response: ArchivedResponse) -> Article:
    # Loaded late: readers of pages take 10 MB, which the service never needs.
    from crawler.reading import read_page, to_article

    source = watch.sources.get(before.article.source)
    reading = read_page(
        response.raw.body,
        url=response.url,
        fetched_at=response.fetched_at,
        encoding=http_content_type_encoding(response.raw.header("Content-Type")),
        family_hint=source.family if source else None,
        selectors=source.selectors if source else (),
    )
    article = to_article(
        reading,
        source=before.article.source,
        url=before.article.url,
        key=before.article.key,
        fetched_at=before.article.fetched_at,
    )
    return _with_witness(watch, article, before.article)


def _with_witness(watch: Watch, article: Article, before: Article) -> Article:
    """The article with what the entry said of its date when it was found."""
    at = before.witness_at
    if at is None:
        return article
    by = watch.store.dated_by(before.key) or "lastmod"
    # What was known of the entry's time zone shows in the date that was taken from it.
    mislabels_zone = by == "feed" and before.published_at == at - MISLABELLED
    return heard(article, Witness(at=at, by=by, entry=""), mislabels_zone=mislabels_zone)


def _date_of(article: Article) -> tuple[datetime | None, bool]:
    return article.published_at, article.has_time


def _text_of(article: Article) -> tuple[str | None, str]:
    return article.sapo, article.body


def _place_of(read: Reading | StoredArticle) -> tuple[str | None, ...]:
    return read.place.province, read.place.province_then, read.place.unit


def _without(figures: Iterable[Figure], others: Iterable[Figure]) -> tuple[Figure, ...]:
    known = Counter(map(_said, others))
    left: list[Figure] = []
    for figure in figures:
        if known[_said(figure)]:
            known[_said(figure)] -= 1
        else:
            left.append(figure)
    return tuple(left)


def _said(figure: Figure) -> tuple[object, ...]:
    """What a figure says, wherever in the text it stands."""
    return (
        figure.metric,
        figure.value,
        figure.value_max,
        figure.unit,
        figure.qualifier,
        figure.basis,
        figure.period,
        figure.org,
    )
