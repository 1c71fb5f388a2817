"""Whatever order articles come in, the same texts are kept and the same one is current."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.store import Store
from tests.monitor.store.builders import (
    HOUR,
    MINUTE,
    NOON,
    article,
    failure,
    gone,
    ingest,
    link,
    report,
    source,
    url_of,
)

if TYPE_CHECKING:
    from crawler.items import Article, Record
    from monitor.store import StoredArticle


def test_an_article_is_stored_with_all_its_fields(store: Store) -> None:
    whole = article(
        sapo="Sapo.",
        author="Nguyễn An",
        published_raw="20/11/2026",
        original_source="TTXVN",
        family="onecms",
    )
    bare = article("hai", published_at=None, published_rule=None, has_time=False)
    ingest(store, whole, bare)
    assert store.article(whole.key).article == whole
    assert store.article(bare.key).article == bare


def test_a_changed_text_becomes_current_and_the_old_one_a_revision(store: Store) -> None:
    first = article(body="Bản đầu.")
    second = article(body="Bản sửa.", fetched_at=NOON + HOUR)
    ingest(store, first, second)
    stored = store.article(first.url)
    assert stored.article == second
    assert [revision.article for revision in stored.revisions] == [first]


def test_an_older_text_that_comes_late_does_not_become_current(store: Store) -> None:
    ingest(store, article(body="Bản sửa, kết nạp.", fetched_at=NOON + HOUR))
    ingest(store, article(body="Bản đầu."))
    stored = store.article(url_of("mot"))
    assert stored.article.body == "Bản sửa, kết nạp."
    assert stored.score.is_flagged
    assert [revision.article.body for revision in stored.revisions] == ["Bản đầu."]


def test_a_text_that_comes_back_is_kept_once_with_its_whole_span(store: Store) -> None:
    first, between = article(body="A"), article(body="B", fetched_at=NOON + HOUR)
    again = replace(first, fetched_at=NOON + 2 * HOUR)
    ingest(store, first, between, again)
    stored = store.article(first.url)
    assert stored.article == first
    assert stored.seen_at == NOON + 2 * HOUR
    assert [revision.article for revision in stored.revisions] == [between]


def test_the_same_text_with_a_better_date_keeps_the_better_date(store: Store) -> None:
    ingest(store, article(published_at=None, published_rule=None))
    ingest(store, article(fetched_at=NOON + HOUR))
    stored = store.article(url_of("mot"))
    assert stored.article.published_at == NOON - HOUR
    assert stored.revisions == ()


def test_a_revision_that_loses_the_topic_is_no_story_any_more(store: Store) -> None:
    ingest(store, article(body="Lễ kết nạp."))
    assert len(store.article(url_of("mot")).figures) == 2
    ingest(store, article(body="Tin khác.", fetched_at=NOON + HOUR))
    stored = store.article(url_of("mot"))
    assert (stored.flagged_at, stored.figures, stored.place.unit) == (None, (), None)


versions = st.builds(
    lambda page, body, minute: article(page, body=body, fetched_at=NOON + minute * MINUTE),
    st.sampled_from(["mot", "hai"]),
    st.sampled_from(["A", "B kết nạp", "C"]),
    st.integers(0, 3),
)
others = st.sampled_from(
    [link("mot"), link("hai"), gone("mot"), failure("hai"), report(), report("khac", entries=())]
)


@settings(max_examples=30, deadline=None)
@given(st.lists(versions, min_size=1, max_size=6), st.lists(others, max_size=4), st.data())
def test_any_order_and_repetition_gives_the_same_articles(
    articles: list[Article], extras: list[Record], data: st.DataObject
) -> None:
    once: list[Record] = [*articles]
    shuffled = data.draw(st.permutations([*articles, *extras, *articles]))
    assert stored_after(once) == stored_after(shuffled)


def stored_after(records: list[Record]) -> list[StoredArticle]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder) / "any.sqlite3", now=NOON) as store,
    ):
        store.sync_sources([source(), source("khac")], now=NOON)
        ingest(store, *records)
        pages = sorted({record.url for record in records if record.record == "article"})
        # Ids follow the order of arrival; a page may be gone besides.
        return [replace(store.article(url), id=0, state="read") for url in pages]
