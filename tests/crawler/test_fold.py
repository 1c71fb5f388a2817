from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.fold import fold, plain, spellings, unspaced

SYLLABLES = (
    "hoà",
    "hòa",
    "khoẻ",
    "uỷ",
    "ủy",
    "quý",
    "tuý",
    "ưu tú",
    "hoàng",
    "đảng",
    "ðảng",
    "o",
    "à",
)
TEXTS = st.lists(
    st.one_of(st.sampled_from((*SYLLABLES, " ", "\xa0", "\u00ad")), st.text(max_size=3)),
    max_size=8,
).map("".join)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("HOÀ BÌNH", "hòa bình"),
        ("Ðảng uỷ", "đảng ủy"),
        ("Ɖảng viên", "đảng viên"),
        ("đảng\u00a0vi\u00adên", "đảng viên"),
        (unicodedata.normalize("NFD", "kết nạp"), "kết nạp"),
        ("Quý, hoàng, thuở", "quý, hoàng, thuở"),
        ("“Mầm đỏ” – ươm", '"mầm đỏ" - ươm'),
    ],
)
def test_one_word_has_one_spelling(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("words", "also"),
    [("đảng ủy", "đảng uỷ"), ("hòa bình", "hoà bình"), ("ưu tú", "ưu tu"), ("y tế", "ý tế")],
)
def test_words_are_spelled_out_in_every_placement_of_the_tone(words: str, also: str) -> None:
    assert {words, also} <= spellings(words)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.data())
def test_what_a_folded_text_holds_stands_in_the_plain_one_in_some_spelling(
    text: str, data: st.DataObject
) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded)))
    end = data.draw(st.integers(start, len(folded)))
    words = folded[start:end]

    assert any(spelled in plain(text) for spelled in spellings(words))


@settings(max_examples=300, deadline=None)
@given(st.text("ae đĐÐɖả\u0309\u0323\u200b\u00ad\n\u00a0“–İ", max_size=20))
def test_without_spaces_a_text_is_the_plain_one_all_the_same(text: str) -> None:
    assert unspaced(text) == "".join(plain(text).split())
