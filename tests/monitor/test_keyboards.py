from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.render import render
from monitor.render.keyboards import (
    Page,
    Press,
    page_data,
    press_data,
    read_data,
    stories_of,
    topic_sign,
    verdict_keyboard,
)
from monitor.render.telegram import MOST_BUTTONS
from monitor.wording import load_wording
from tests.monitor import sample_digests as samples
from tests.monitor.sample_digests import story

WORDING = load_wording("vi")
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def press(number: int = 1, verdict: str = "right", article: int = 10) -> Press:
    return Press(
        verdict=verdict,  # type: ignore[arg-type]  # one of the two
        number=number,
        article_id=article,
        label="part",
        topic=topic_sign("dang-vien"),
    )


@given(st.integers(1, 9_999), st.integers(1, 2**59), st.sampled_from(["right", "wrong"]))
def test_what_is_pressed_is_read_again_and_short_enough(
    number: int, article: int, verdict: str
) -> None:
    meant = press(number, verdict, article)
    assert read_data(press_data(meant)) == meant
    assert len(press_data(meant).encode()) <= 64


@given(st.integers(0, 999), st.booleans())
def test_a_page_is_read_again(number: int, stories_only: bool) -> None:
    page = Page(number=number, stories_only=stories_only)
    assert read_data(page_data(page)) == page


@pytest.mark.parametrize("data", ["", "vr.1.2.m", "vx.1.2.m.00000000", "vr.1.٢.m.00000000", "p"])
def test_what_is_none_of_ours_is_not_read(data: str) -> None:
    assert read_data(data) is None


def test_the_word_that_counts_is_seen_on_its_button() -> None:
    sign = topic_sign("dang-vien")
    stories = [press(1, article=10), press(2, article=11), press(3, article=12)]
    keyboard = verdict_keyboard(
        stories, {(10, sign): "right", (12, sign): "wrong"}, wording=WORDING
    )

    assert [[one.text for one in row] for row in keyboard] == [
        ["1 ✅ đúng", "1 ✗ sai", "2 ✓ đúng", "2 ✗ sai"],
        ["3 ✓ đúng", "3 ❌ sai"],
    ]
    assert stories_of(one.data for row in keyboard for one in row) == stories


def test_each_story_has_its_buttons_under_the_message_it_stands_in() -> None:
    letter = render(samples.digest(*(story(n) for n in range(30))), wording=WORDING, zone=HANOI)

    assert len(letter.keyboards) == len(letter.messages) > 1
    seen = []
    for message, keyboard in zip(letter.messages, letter.keyboards, strict=True):
        for one in stories_of(button.data for row in keyboard for button in row):
            assert f"<b>{one.number}. <a href=" in message
            seen.append((one.number, one.article_id))
    assert [number for number, _ in seen] == list(range(1, 31))
    assert len({article for _, article in seen}) == 30


def test_many_titles_are_spread_over_messages_with_buttons_enough_for_all() -> None:
    letter = render(samples.long_day(400), wording=WORDING, zone=HANOI)
    counts = [sum(map(len, keyboard)) for keyboard in letter.keyboards]
    assert max(counts) <= MOST_BUTTONS
    assert sum(counts) > 200


def test_an_empty_day_has_nothing_to_press() -> None:
    letter = render(samples.empty_day(), wording=WORDING, zone=HANOI)
    assert set(letter.keyboards) == {()}
