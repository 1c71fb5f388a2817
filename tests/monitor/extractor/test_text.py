from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.extractor.text import fold, fold_with_offsets, nfc, sentences, without_marks

VIETNAMESE = st.text(
    alphabet="aăâbcđeêghiklmnoôơpqrstuưvxy ẠảỦỷ012589.,;:()\n\u0300\u0301\u0309\u0323"
    "\u00a0\u200b–“”",
    max_size=80,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Huyện uỷ", "huyện ủy"),
        ("HOÀ BÌNH", "hòa bình"),
        ("khoẻ", "khỏe"),
        ("quý II", "quý ii"),
        ("TP\u00a0Phủ Lý", "tp phủ lý"),
        ("2020–2025", "2020-2025"),
        ("đảng\u200b viên", "đảng viên"),
        ("“vào Đảng”", '"vào đảng"'),
        ("\u00d0ẢNG VIÊN, \u00f0ảng viên", "đảng viên, đảng viên"),
    ],
)
def test_spellings_of_one_word_fold_to_one_form(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert fold(unicodedata.normalize("NFD", written)) == folded


def test_the_mark_of_a_following_vowel_is_not_moved_inside_a_longer_syllable() -> None:
    assert fold("toán loại thuyết") == "toán loại thuyết"


def test_text_without_marks_is_what_people_type_in_a_hurry() -> None:
    assert without_marks("Đảng uỷ xã Hòa Mỹ") == "dang uy xa hoa my"


@given(VIETNAMESE)
@settings(max_examples=150)
def test_offsets_lead_back_to_the_characters_a_folded_piece_came_from(text: str) -> None:
    folded = fold_with_offsets(text)
    assert len(folded.starts) == len(folded.text) + 1
    assert list(folded.starts) == sorted(folded.starts)
    start, end = folded.span(0, len(folded.text))
    assert fold(folded.original[start:end]) == folded.text


@given(VIETNAMESE)
@settings(max_examples=150)
def test_folding_knows_no_difference_between_composed_and_decomposed_letters(text: str) -> None:
    composed = nfc(text)
    assert fold(composed) == fold(unicodedata.normalize("NFD", composed))


@given(VIETNAMESE)
@settings(max_examples=100)
def test_a_sentence_is_the_text_between_its_offsets(text: str) -> None:
    for sentence in sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip()


def test_stops_in_abbreviations_and_numbers_end_no_sentence() -> None:
    text = "Đảng bộ TP. Phủ Lý có 9.550 đảng viên. Năm 2020, kết nạp được 5. Hết."
    assert [sentence.text for sentence in sentences(text)] == [
        "Đảng bộ TP. Phủ Lý có 9.550 đảng viên.",
        "Năm 2020, kết nạp được 5.",
        "Hết.",
    ]


def test_a_line_break_ends_a_sentence_and_a_quotation_mark_belongs_to_it() -> None:
    text = "Chi bộ nói: “Đã kết nạp.”\nTít khác"
    assert [sentence.text for sentence in sentences(text)] == [
        "Chi bộ nói: “Đã kết nạp.”",
        "Tít khác",
    ]
