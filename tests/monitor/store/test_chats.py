"""What Telegram says is heard once; a press is kept with its update or not at all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from monitor.ingest import Ingest
from monitor.store.marks import Word
from tests.monitor.store.builders import (
    IRRELEVANT,
    MINUTE,
    NOON,
    SENTENCE,
    TOPIC,
    article,
    extract,
    report,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.items import Verdict
    from monitor.store import Store

BOT = "12345"


@pytest.fixture
def told(store: Store) -> Store:
    """A store with one story, number 1."""
    batch = Ingest(store, extract=extract, clock=lambda: NOON)
    batch.add(article(body=SENTENCE))
    batch.add(report())
    batch.finish(now=NOON)
    return store


def says(verdict: Verdict, topic: str = TOPIC) -> Callable[[str], Word | None]:
    def word_of(key: str) -> Word | None:
        if key != topic:
            return None
        return Word(article_id=1, topic=key, label="main", verdict=verdict)

    return word_of


def test_an_update_is_heard_once_and_those_before_it_not_at_all(store: Store) -> None:
    assert store.last_heard(BOT, now=NOON) is None
    assert store.hear(BOT, 7, now=NOON)
    assert not store.hear(BOT, 7, now=NOON)
    assert not store.hear(BOT, 6, now=NOON)
    assert store.last_heard(BOT, now=NOON) == 7
    assert store.last_heard("another", now=NOON) is None


def test_after_a_quiet_week_the_next_update_may_have_any_number(store: Store) -> None:
    store.hear(BOT, 7_000, now=NOON)
    later = NOON + timedelta(days=7)
    assert store.last_heard(BOT, now=later) is None
    assert store.hear(BOT, 12, now=later)
    assert not store.hear(BOT, 12, now=later + MINUTE)


def test_the_last_word_counts_whoever_says_it(told: Store) -> None:
    first = told.hear_word(BOT, 1, article_id=1, word_of=says("right"), now=NOON)
    again = told.hear_word(BOT, 2, article_id=1, word_of=says("right"), now=NOON + MINUTE)
    other = told.hear_word(BOT, 3, article_id=1, word_of=says("wrong"), now=NOON + 2 * MINUTE)

    assert [one and one.before for one in (first, again, other)] == [None, "right", "right"]
    (mark,) = told.marks()
    assert (mark.verdict, mark.gold, mark.marked_at) == ("wrong", "none", NOON + 2 * MINUTE)
    assert told.verdicts([1, 2]) == {(1, TOPIC): "wrong"}


def test_the_same_word_again_leaves_a_note_from_the_command_line(told: Store) -> None:
    told.mark(1, "right", note="tin đúng", now=NOON)
    told.hear_word(BOT, 1, article_id=1, word_of=says("right"), now=NOON + MINUTE)
    assert told.marks()[0].note == "tin đúng"
    told.hear_word(BOT, 2, article_id=1, word_of=says("wrong"), now=NOON + MINUTE)
    assert told.marks()[0].note is None


def test_an_update_that_comes_again_does_not_undo_a_later_word(told: Store) -> None:
    told.hear_word(BOT, 1, article_id=1, word_of=says("right"), now=NOON)
    told.hear_word(BOT, 2, article_id=1, word_of=says("wrong"), now=NOON)
    told.hear_word(BOT, 1, article_id=1, word_of=says("right"), now=NOON)
    assert told.verdicts([1]) == {(1, TOPIC): "wrong"}


def test_a_word_on_what_is_not_there_changes_nothing_and_is_heard(told: Store) -> None:
    assert told.hear_word(BOT, 1, article_id=99, word_of=says("right"), now=NOON) is None
    strange = says("right", topic="another")
    assert told.hear_word(BOT, 2, article_id=1, word_of=strange, now=NOON) is None
    assert told.marks() == []
    assert told.last_heard(BOT, now=NOON) == 2


def test_a_word_is_about_the_flag_as_it_was_told(told: Store) -> None:
    """Wrong, said of a story that is none any more, does not make it one."""
    batch = Ingest(told, extract=lambda _: IRRELEVANT, clock=lambda: NOON + MINUTE)
    batch.add(article(body="Nội dung khác hẳn.", fetched_at=NOON + MINUTE))
    batch.finish(now=NOON + MINUTE)
    assert told.article("1").score.label == "none"

    told.hear_word(BOT, 1, article_id=1, word_of=says("wrong"), now=NOON + MINUTE)
    assert told.marks()[0].gold == "none"


def test_a_group_that_moved_is_known_by_both_ids(store: Store) -> None:
    assert store.chat_now("-5") == "-5"
    store.move_chat("-5", to="-1005")
    store.move_chat("-5", to="-1005")
    assert (store.chat_now("-5"), store.chat_now("-1005")) == ("-1005", "-1005")
    assert store.moved_chats() == {"-5": "-1005"}


def test_a_menu_is_remembered_beside_what_was_heard(store: Store) -> None:
    store.hear(BOT, 7, now=NOON)
    assert store.bot_commands(BOT) is None
    store.set_bot_commands(BOT, "abc")
    assert store.bot_commands(BOT) == "abc"
    assert store.last_heard(BOT, now=NOON) == 7
