from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from monitor.render import render
from monitor.wording import Language, load_wording
from tests.monitor import sample_digests as samples
from tests.monitor.letters import HANOI, letter_of, page_of, words_of
from tests.monitor.sample_digests import story


def test_the_subject_counts_the_stories() -> None:
    assert letter_of(samples.full_day()).subject == (
        "Điểm báo 21/11/2026: 9 tin về phát triển đảng viên"
    )
    assert letter_of(samples.digest(story()), "en").subject == (
        "Điểm báo 21 Nov 2026: 1 story on party membership development"
    )


def test_the_subject_of_an_empty_day_says_so() -> None:
    assert letter_of(samples.empty_day()).subject == (
        "Điểm báo 21/11/2026: không có tin mới về phát triển đảng viên"
    )


def test_header_and_summary_open_every_form() -> None:
    letter = letter_of(samples.full_day())

    for form in (words_of(letter), letter.text, letter.messages[0]):
        assert "Thứ Bảy, 21/11/2026" in form
        assert "9 tin ở 6 tỉnh, thành phố · 8 số liệu" in form


def test_provinces_stand_in_the_order_of_the_digest_and_the_unknown_last() -> None:
    letter = letter_of(samples.full_day())
    headings = [heading.text_content() for heading in page_of(letter).iter("h2")]

    assert headings == [
        "An Giang",
        "Cà Mau",
        "Đắk Lắk",
        "Đồng Nai",
        "Gia Lai",
        "Huế",
        "Toàn quốc / chưa rõ tỉnh",
        "Bảng số liệu",
        "Đã kiểm tra",
    ]


def test_a_story_tells_paper_time_place_label_reasons_and_origin() -> None:
    letter = letter_of(samples.full_day())

    for form in (words_of(letter), letter.text):
        assert "Báo Gia Lai · 08:15, 20/11/2026 · phường Thống Nhất · trọng tâm" in form
        assert "Vì sao: “hạt giống đỏ” (tiêu đề), “quần chúng ưu tú” (thân bài)" in form
        assert "Nguồn gốc: Báo Quân đội nhân dân" in form
        assert "“Từ đầu năm đến nay, toàn Đảng bộ đã kết nạp được 31 đảng viên mới.”" in form


def test_a_day_without_a_time_is_told_without_one_and_the_old_province_is_named() -> None:
    letter = letter_of(samples.full_day())

    assert "Báo Gia Lai · 30/06/2025 · khi đó là Bình Định · một phần" in letter.text


@pytest.mark.parametrize(
    ("language", "word"), [("vi", "ngày đăng chưa chắc"), ("en", "date uncertain")]
)
def test_a_disputed_date_is_marked_with_a_word(language: Language, word: str) -> None:
    for is_disputed in (True, False):
        digest = samples.digest(story(is_date_disputed=is_disputed))
        letter = render(digest, wording=load_wording(language), zone=HANOI)
        for form in (words_of(letter), letter.text, *letter.messages):
            assert (word in form) is is_disputed


def test_a_day_without_a_time_is_the_papers_day_wherever_the_reader_is() -> None:
    published = datetime(2026, 11, 19, 17, tzinfo=UTC)
    digest = samples.digest(story(published_at=published, has_time=False))
    letter = render(digest, wording=load_wording("vi"), zone=ZoneInfo("America/New_York"))

    assert "20/11/2026 · trọng tâm" in letter.text


def test_a_quotation_that_is_the_title_again_is_left_out() -> None:
    letter = letter_of(samples.digest(story(title="Xã Ia O có chi bộ mới", sentence="")))
    same = letter_of(
        samples.digest(story(title="Xã Ia O có chi bộ mới", sentence="Xã Ia O có chi bộ mới."))
    )

    assert not page_of(letter).xpath("//blockquote")
    assert same.html == letter.html


@pytest.mark.parametrize(
    ("sentence", "quotation"),
    [
        ("Chi bộ vui.", "“Chi bộ vui.”"),
        ("“Chi bộ vui.”", "“Chi bộ vui.”"),
        ("“Chi bộ vui.", "“Chi bộ vui.”"),
        ("“Vui lắm” là lời của chi bộ.", "“Vui lắm” là lời của chi bộ."),
    ],
)
def test_quotation_marks_are_not_doubled(sentence: str, quotation: str) -> None:
    (quoted,) = page_of(letter_of(samples.digest(story(sentence=sentence)))).xpath("//blockquote")

    assert quoted.text_content() == quotation


def test_the_page_names_its_language_and_that_of_what_the_papers_print() -> None:
    page = page_of(letter_of(samples.full_day(), "en"))

    assert page.get("lang") == "en"
    assert {quoted.get("lang") for quoted in page.iter("blockquote")} == {"vi"}
    assert set(page.xpath("//a[starts-with(@href, 'http')]/@lang")) == {"vi"}


def test_the_english_digest_speaks_english() -> None:
    letter = letter_of(samples.day_with_failures(), "en")

    assert "Saturday, 21 November 2026" in letter.text
    assert "115 of 118 sources" in letter.text
    assert "1 story on the topic was left out" in letter.text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_plain_text_fits_its_columns(language: Language) -> None:
    letter = letter_of(samples.full_day(), language)
    lines = [line for line in letter.text.splitlines() if "https://" not in line]

    assert max(map(len, lines)) <= 78
    assert not [line for line in letter.text.splitlines() if line != line.rstrip()]


def test_a_digest_that_is_not_recorded_yet_can_be_previewed() -> None:
    letter = letter_of(replace(samples.full_day(), id=None))

    assert (letter.digest_id, letter.day) == (0, samples.DAY)


def test_rendering_twice_gives_the_same_letter() -> None:
    assert letter_of(samples.full_day()) == letter_of(samples.full_day())
