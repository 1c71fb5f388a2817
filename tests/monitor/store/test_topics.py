"""One article, several topics: scored for each, listed once, told once, marked for each."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from monitor.errors import InputError
from monitor.ingest import Ingest
from monitor.items import Checked, Digest, Score, Subscription
from monitor.store import Store
from monitor.store.migrations import MIGRATIONS
from monitor.store.opening import APPLICATION_ID
from monitor.store.steps import NAMES
from tests.monitor.store.builders import (
    FLAGGED,
    HOUR,
    IRRELEVANT,
    NOON,
    SENTENCE,
    TOPIC,
    article,
    source,
    url_of,
)

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from crawler.items import Article
    from monitor.items import Reading

BADGES = "huy-hieu"
NONE = Score(label="none", value=0.1)
PART = Score(label="part", value=0.6)
MAIN = Score(label="main", value=0.95)


def extract(read: Article) -> Reading:
    """Members by "kết nạp", badges by "huy hiệu"."""
    about = FLAGGED if "kết nạp" in read.body else IRRELEVANT
    badges = MAIN if "huy hiệu" in read.title else PART if "huy hiệu" in read.body else NONE
    return replace(about, scores={**about.scores, BADGES: badges})


def ingest(store: Store, *articles: Article, now: datetime = NOON) -> int:
    batch = Ingest(store, extract=extract, clock=lambda: now)
    for one in articles:
        batch.add(one)
    return batch.finish(now=now).flagged


@pytest.fixture
def read(store: Store) -> Store:
    """One article of each topic, one of both, one of none."""
    ingest(
        store,
        article("ket-nap", body=SENTENCE),
        article("huy-hieu", body="Trao huy hiệu."),
        article("ca-hai", title="Trao huy hiệu và kết nạp", body=f"{SENTENCE} Trao huy hiệu."),
        article("khac"),
    )
    return store


def by(topics: tuple[str, ...], name: str = "ai-do") -> Subscription:
    return Subscription(name=name, topics=topics)


def digest_of(store: Store, subscription: Subscription, *, day: int = 21) -> Digest:
    return Digest(
        id=None,
        day=date(2026, 11, day),
        subscription=subscription,
        since_at=NOON - HOUR,
        until_at=NOON,
        stories=tuple(store.stories_since(NOON - HOUR, NOON, subscription=subscription)),
        checked=Checked(sources=1, reached=1, provinces=1, provinces_reached=1, pages=0, flagged=0),
    )


def test_an_article_is_scored_for_each_topic_and_the_strongest_leads(read: Store) -> None:
    both = read.article(url_of("ca-hai"))
    assert [(one.topic, one.score.value) for one in both.scores] == [(BADGES, 0.95), (TOPIC, 0.9)]
    assert (both.topic, both.score, both.flagged_at) == (BADGES, MAIN, NOON)
    alone = read.article(url_of("ket-nap"))
    assert [(one.topic, one.flagged_at) for one in alone.scores] == [(TOPIC, NOON), (BADGES, None)]


def test_lists_show_an_article_once_whatever_the_number_of_topics(read: Store) -> None:
    assert len(read.latest(limit=10)) == 4
    assert len(read.latest(limit=10, flagged_only=True)) == 3
    assert [hit.topic for hit in read.search("huy hieu", limit=10)] == [BADGES, BADGES]
    counts = read.counts()
    assert (counts.articles, counts.flagged) == (4, 3)
    assert counts.flagged_by_topic == {TOPIC: 2, BADGES: 2}


def test_a_list_can_be_asked_for_one_topic_and_shows_what_that_makes_of_it(read: Store) -> None:
    hits = read.latest(limit=10, flagged_only=True, topic=TOPIC)
    assert [(hit.url, hit.label, hit.value) for hit in hits] == [
        (url_of("ca-hai"), "main", 0.9),
        (url_of("ket-nap"), "main", 0.9),
    ]
    [hit] = read.search("huy hieu", limit=10, flagged_only=True, topic=TOPIC)
    assert (hit.url, hit.topic) == (url_of("ca-hai"), TOPIC)


def test_an_article_of_two_topics_is_one_story_and_one_flag(store: Store) -> None:
    assert ingest(store, article(title="huy hiệu", body=SENTENCE)) == 1
    [story] = store.stories_since(NOON - HOUR, NOON)
    assert (story.topics, story.score) == ((BADGES, TOPIC), MAIN)
    checked = store.checked(NOON - HOUR, NOON)
    assert (checked.flagged, checked.copies) == (1, 0)


def test_a_subscription_is_told_of_its_topics_with_their_scores(read: Store) -> None:
    members = read.stories_since(NOON - HOUR, NOON, subscription=by((TOPIC,)))
    assert [(one.url, one.topics, one.score.value) for one in members] == [
        (url_of("ket-nap"), (TOPIC,), 0.9),
        (url_of("ca-hai"), (TOPIC,), 0.9),
    ]
    badges = read.stories_since(NOON - HOUR, NOON, subscription=by((BADGES,)))
    assert [one.url for one in badges] == [url_of("huy-hieu"), url_of("ca-hai")]
    assert read.checked(NOON - HOUR, NOON, subscription=by((BADGES,))).flagged == 2
    assert read.stories_since(NOON - HOUR, NOON, subscription=by(("khac",))) == []


def test_a_story_that_another_topic_flags_later_is_not_told_again(store: Store) -> None:
    ingest(store, article(body=SENTENCE))
    reader = by((TOPIC, BADGES))
    assert store.record_digest(digest_of(store, reader), deliveries=[], now=NOON) is not None
    later = article(title="huy hiệu", body=SENTENCE, fetched_at=NOON + HOUR)
    assert ingest(store, later, now=NOON + HOUR) == 0
    window = (NOON, NOON + 2 * HOUR)
    assert store.stories_since(*window, subscription=reader) == []
    [story] = store.stories_since(*window, subscription=by((BADGES,), "nguoi-khac"))
    assert story.found_at == NOON + HOUR


def test_a_topic_that_is_read_for_no_more_does_not_lead(read: Store) -> None:
    batch = Ingest(read, extract=lambda _: IRRELEVANT, clock=lambda: NOON)
    batch.add(article("huy-hieu", body="Đã sửa.", fetched_at=NOON + HOUR))
    batch.finish(now=NOON)
    assert [one.topic for one in read.article(url_of("huy-hieu")).scores] == [TOPIC]


def test_marks_are_one_a_topic(read: Store) -> None:
    both = read.article(url_of("ca-hai")).id
    read.mark(both, "wrong", topic=TOPIC, now=NOON)
    read.mark(both, "right", topic=BADGES, now=NOON)
    read.mark(both, "right", topic=TOPIC, note="nghĩ lại", now=NOON + HOUR)
    marks = {one.topic: (one.verdict, one.gold) for one in read.marks()}
    assert marks == {TOPIC: ("right", "main"), BADGES: ("right", "main")}
    assert read.article(both).mark == next(one for one in read.marks() if one.topic == BADGES)
    with pytest.raises(InputError, match="not scored for 'khac'"):
        read.mark(both, "right", topic="khac", now=NOON)


OLD = f"""
INSERT INTO watch VALUES (1, '2026-11-01T00:00:00.000000Z');
INSERT INTO articles (id, page, found_at, source, url, title, body, has_time, digest,
    fetched_at, seen_at)
VALUES (1, '{article().key}', '2026-11-20T01:00:00.000000Z', 'bao-gia-lai', '{article().url}',
    'Bài cũ', 'Kết nạp.', 0, 'x', '2026-11-20T01:00:00.000000Z', '2026-11-20T01:00:00.000000Z');
INSERT INTO scores (article_id, topic, label, value, reasons, flagged_at)
VALUES (1, 'Phát triển đảng viên', 'main', 0.9, '[]', '2026-11-20T01:00:00.000000Z');
INSERT INTO places (article_id, province) VALUES (1, 'Gia Lai');
INSERT INTO marks VALUES (1, 'wrong', 'main', 'nhầm', '2026-11-20T02:00:00.000000Z');
INSERT INTO digests VALUES (3, '2026-11-20', '2026-11-19T00:00:00.000000Z',
    '2026-11-20T02:00:00.000000Z', '2026-11-20T02:00:00.000000Z', ':content');
INSERT INTO digest_stories VALUES (1, 3);
INSERT INTO deliveries (id, digest_id, channel, recipient, state, attempts, parts_done)
VALUES (5, 3, 'email', 'an@example.vn', 'waiting', 2, 1),
    (6, 3, 'file', 'outbox', 'sent', 1, 1);
"""
OLD_CONTENT = (
    '{"id": null, "day": "2026-11-20", "since_at": "2026-11-19T00:00:00Z",'
    ' "until_at": "2026-11-20T02:00:00Z", "stories": [], "checked": {"sources": 1, "reached": 1,'
    ' "provinces": 1, "provinces_reached": 1, "pages": 0, "flagged": 1}}'
)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of one topic and one digest, with a letter that waits."""
    path = tmp_path / "cu.sqlite3"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    MIGRATIONS.apply(Database(connection), stop_before=NAMES[NAMES.index("topics")])
    connection.execute(
        "INSERT INTO sources (key, name, kind, home, watched) VALUES (?, ?, 'paper', '', 1)",
        ("bao-gia-lai", "Bao Gia Lai"),
    )
    connection.execute(
        "INSERT INTO pages (key, url, source, found_at, state) VALUES (?, ?, ?, ?, 'read')",
        (article().key, article().url, "bao-gia-lai", "2026-11-20T01:00:00.000000Z"),
    )
    connection.executescript(OLD.replace(":content", OLD_CONTENT))
    connection.close()
    return path


def test_a_database_of_one_topic_and_one_digest_goes_on(old: Path) -> None:
    with Store.open(old, now=NOON) as store:
        store.sync_sources([source()], now=NOON)
        store.sync_topics({TOPIC: "Phát triển đảng viên", BADGES: "Huy hiệu Đảng"})
        store.sync_subscriptions(["default", "gia-lai"])
        stored = store.article(1)
        assert (stored.topic, stored.digest_id, stored.score.label) == (TOPIC, 3, "main")
        assert stored.mark is not None
        assert (stored.mark.topic, stored.mark.note) == (TOPIC, "nhầm")
        last = store.last_digest()
        assert last is not None
        assert (last.id, last.edition, last.subscription.name) == (3, "daily", "default")
        [waiting] = store.due_deliveries(NOON)
        assert (waiting.id, waiting.attempts, waiting.parts_done) == (5, 2, 1)
        assert (waiting.subscription, waiting.day) == ("default", date(2026, 11, 20))
        window = (NOON - timedelta(days=9), NOON)
        assert store.stories_since(*window, subscription=by((TOPIC,), "default")) == []
        assert len(store.stories_since(*window, subscription=by((TOPIC,), "gia-lai"))) == 1
        with store.read() as db:
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []
            assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_a_topic_gets_its_key_once_and_keeps_it_when_its_file_renames_it(old: Path) -> None:
    with Store.open(old, now=NOON) as store:
        store.sync_topics({TOPIC: "Phát triển đảng viên"})
        store.sync_topics({TOPIC: "Kết nạp đảng viên", "moi": "Phát triển đảng viên"})
        assert store.article(1).topic == TOPIC
