"""A reader's word on a flag is kept, once an article, and says what label is wanted."""

from __future__ import annotations

import pytest

from monitor.ingest import Ingest
from monitor.items import Verdict
from monitor.store import Store
from tests.monitor.store.builders import HOUR, NOON, SENTENCE, article, extract, report, url_of


@pytest.fixture
def read(store: Store) -> Store:
    """One story, and one article off the topic."""
    batch = Ingest(store, extract=extract, clock=lambda: NOON)
    batch.add(article("tin", body=SENTENCE))
    batch.add(article("khac"))
    batch.add(report())
    return store


@pytest.mark.parametrize(
    ("page", "verdict", "gold"),
    [("tin", "right", "main"), ("tin", "wrong", "none"), ("khac", "wrong", "main")],
)
def test_a_mark_says_what_the_flag_should_be(
    read: Store, page: str, verdict: Verdict, gold: str
) -> None:
    mark = read.mark(read.article(url_of(page)).id, verdict, note="đã xem", now=NOON)
    assert (mark.gold, mark.note, mark.marked_at) == (gold, "đã xem", NOON)
    assert read.article(url_of(page)).mark == mark


def test_the_last_word_counts_and_the_newest_mark_stands_first(read: Store) -> None:
    first, second = (read.article(url_of(page)).id for page in ("tin", "khac"))
    read.mark(first, "wrong", now=NOON)
    read.mark(second, "right", now=NOON + HOUR)
    read.mark(first, "right", now=NOON + 2 * HOUR)
    assert [(one.article_id, one.verdict) for one in read.marks()] == [
        (first, "right"),
        (second, "right"),
    ]
