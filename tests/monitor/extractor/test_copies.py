"""Reprints are recognised however they are edited; template stories are not taken for them."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.extractor.copies import (
    LEAST_SHARED_VALUES,
    SKETCH_VALUES,
    Print,
    is_copy,
    sketch,
)
from monitor.press.library import load_stories
from tests.monitor.extractor.reprinted import (
    LEAD,
    ORIGINAL,
    OTHER_WARD,
    REPRINTS,
    ceremony,
    text,
)

WHOLE = Print(text(*ORIGINAL))


def are_copies(one: str, other: str) -> bool:
    """Verified from either side, and found by the sketches."""
    first, second = Print(one), Print(other)
    assert is_copy(first, second) == is_copy(second, first)
    return is_copy(first, second)


@pytest.mark.parametrize("kind", REPRINTS)
def test_an_edited_reprint_is_a_copy(kind: str) -> None:
    assert are_copies(text(*ORIGINAL), REPRINTS[kind])


@pytest.mark.parametrize(("one", "other"), [*combinations(REPRINTS, 2)])
def test_two_edited_reprints_share_enough_of_their_sketches(one: str, other: str) -> None:
    shared = set(sketch(Print(REPRINTS[one]))) & set(sketch(Print(REPRINTS[other])))
    assert len(shared) >= LEAST_SHARED_VALUES


def test_ceremonies_of_two_wards_are_two_stories() -> None:
    assert not are_copies(ceremony(), OTHER_WARD)


@pytest.mark.parametrize(
    "twin",
    [
        ceremony("Vĩnh Hưng", cell="Chi bộ Tổ dân phố Cầu Đá", guest="Đàm Thu Nguyệt"),
        ceremony(numbers=(2, 35, 70, 1188, 43), day="28/11"),
        ceremony(cell="Chi bộ Công an phường", numbers=(1, 32, 64, 1185, 43), day="15/11"),
    ],
    ids=["only the names differ", "only the figures differ", "another cell of the same ward"],
)
def test_a_template_filled_in_otherwise_is_another_story(twin: str) -> None:
    assert not are_copies(ceremony(), twin)


def test_a_ceremony_printed_twice_is_one_story() -> None:
    assert are_copies(ceremony(), text(LEAD, ceremony()))


def test_a_roundup_joins_none_of_its_stories() -> None:
    stories = text(*ORIGINAL[:4]), ceremony(), OTHER_WARD
    assert not any(are_copies(one, text(*stories)) for one in stories)


def test_a_caption_is_never_a_copy() -> None:
    caption = "Đảng viên trẻ xã Lâm Thao giúp dân dựng lại nhà sau bão, ảnh chụp sáng chủ nhật."
    assert not are_copies(caption, caption)
    assert sketch(Print(caption)) == ()


def test_of_the_simulated_press_only_its_reprints_are_copies() -> None:
    stories = [one for shelf in load_stories() for one in shelf]
    prints = {
        one.id: Print(text(one.sapo or "", *(block.text for block in one.body))) for one in stories
    }
    found = {pair for pair in combinations(prints, 2) if is_copy(*map(prints.__getitem__, pair))}
    assert found == {("na-bien-gioi", "vn-na-bien-gioi"), ("dl-buon-lang", "vn-buon-lang")}


def test_a_sketch_is_the_same_on_every_machine() -> None:
    values = sketch(WHOLE)
    assert len(values) == SKETCH_VALUES
    assert values == tuple(sorted(values))
    assert values[:2] == (-9113992583187982494, -8871543378717112724)


def test_spelling_does_not_change_a_sketch() -> None:
    upper = text(*ORIGINAL).upper().replace("HÒA", "HOÀ").replace("ỦY", "UỶ")
    assert sketch(Print(upper)) == sketch(WHOLE)


@settings(max_examples=60, deadline=None)
@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    are_copies(one, other)


@settings(max_examples=40, deadline=None)
@example(kept=[0, 1, 2, 3, 4], lost=[28, 95, 98], has_lead=False)
@example(kept=[0, 1, 2, 3, 4], lost=[28, 95, 98], has_lead=True)
@given(
    st.sets(st.integers(0, len(ORIGINAL) - 1), min_size=5).map(sorted),
    st.lists(st.integers(0, 120), max_size=6),
    st.booleans(),
)
def test_a_paragraph_cut_and_some_words_lost_leave_a_copy(
    kept: list[int], lost: list[int], has_lead: bool
) -> None:
    words = text(*(ORIGINAL[number] for number in kept)).split(" ")
    edited = " ".join(word for number, word in enumerate(words) if number not in set(lost))
    assert are_copies(text(*ORIGINAL), text(LEAD, edited) if has_lead else edited)
