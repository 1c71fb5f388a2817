"""What a reader meets of what was looked at and what was not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.items import Checked
from tests.monitor import sample_digests as samples
from tests.monitor.letters import letter_of, words_of


def test_an_empty_day_proves_that_it_looked() -> None:
    letter = letter_of(samples.empty_day())

    for form in (words_of(letter), " ".join(letter.text.split()), letter.messages[-1]):
        assert "Không tìm thấy tin mới nào về phát triển đảng viên." in form
        assert "34/34 tỉnh đã kiểm tra" in form
        assert "không nguồn nào lỗi · 412 bài mới · 0 liên quan" in form
        assert "Tin tìm thấy từ 07:00, 20/11/2026 đến 07:00, 21/11/2026." in form


def test_failing_sources_are_named_with_kind_and_times() -> None:
    letter = letter_of(samples.day_with_failures())

    for form in (words_of(letter), " ".join(letter.text.split()), letter.messages[-1]):
        assert "việc kiểm tra chưa trọn vẹn: 115/118 nguồn trả lời" in form
        assert "3 nguồn lỗi" in form
        assert "máy chủ báo lỗi (HTTP 503)" in form
        assert "từ 10:10, 19/11/2026 · lần cuối đọc được: 09:40, 19/11/2026" in form
        assert "từ 08:00, 02/10/2026 · chưa lần nào đọc được" in form
        assert "1 tin liên quan không đưa vào vì đăng đã lâu." in form


def test_a_day_on_which_nothing_answered_does_not_claim_that_nothing_happened() -> None:
    blind = Checked(sources=118, reached=0, provinces=34, provinces_reached=0, pages=0, flagged=0)
    letter = letter_of(samples.digest(checked=blind))

    assert letter.subject == "Điểm báo 21/11/2026: chưa kiểm tra được nguồn nào"
    assert "chưa thể nói là không có tin" in letter.text
    assert "Không tìm thấy" not in letter.text


def test_an_unknown_kind_of_failure_is_named_as_it_is() -> None:
    trouble = replace(samples.TROUBLES[0], kind="gremlins")
    letter = letter_of(samples.digest(checked=replace(samples.ALL_WELL, troubles=(trouble,))))

    assert "lỗi khác (gremlins)" in letter.text


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("Báo A",), "Có thể còn sót bài ở Báo A: danh sách"),
        (("A", "B", "C", "D", "E"), "Có thể còn sót bài ở 5 nguồn: danh sách"),
    ],
)
def test_the_proof_names_sources_that_may_have_shown_more(
    names: tuple[str, ...], said: str
) -> None:
    checked = replace(samples.ALL_WELL, gaps=names)
    letter = letter_of(replace(samples.full_day(), checked=checked))
    for form in (words_of(letter), letter.text):
        assert said in " ".join(form.split())
