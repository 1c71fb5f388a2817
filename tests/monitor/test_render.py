from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from lxml import html as lxml_html

from monitor.items import DERIVED, Checked, Digest, Figure, Letter
from monitor.render import render
from monitor.render.figures import value_in_words
from monitor.wording import Language, load_wording
from tests.monitor import sample_digests as samples
from tests.monitor.sample_digests import figure, story

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def _letter(digest: Digest, language: Language = "vi") -> Letter:
    told = samples.in_english(digest) if language == "en" else digest
    return render(told, wording=load_wording(language), zone=HANOI)


def _page(letter: Letter) -> HtmlElement:
    return lxml_html.document_fromstring(letter.html)


def _words(letter: Letter) -> str:
    return " ".join(_page(letter).text_content().split())


def test_the_subject_counts_the_stories() -> None:
    assert _letter(samples.full_day()).subject == (
        "Điểm báo 21/11/2026: 9 tin về phát triển đảng viên"
    )
    assert _letter(samples.digest(story()), "en").subject == (
        "Điểm báo 21 Nov 2026: 1 story on party membership development"
    )


def test_the_subject_of_an_empty_day_says_so() -> None:
    assert _letter(samples.empty_day()).subject == (
        "Điểm báo 21/11/2026: không có tin mới về phát triển đảng viên"
    )


def test_header_and_summary_open_every_form() -> None:
    letter = _letter(samples.full_day())

    for form in (_words(letter), letter.text, letter.messages[0]):
        assert "Thứ Bảy, 21/11/2026" in form
        assert "9 tin ở 6 tỉnh, thành phố · 8 số liệu" in form


def test_provinces_stand_in_the_order_of_the_digest_and_the_unknown_last() -> None:
    letter = _letter(samples.full_day())
    headings = [heading.text_content() for heading in _page(letter).iter("h2")]

    assert headings == [
        "An Giang",
        "Cà Mau",
        "Đắk Lắk",
        "Đồng Nai",
        "Gia Lai",
        "Huế",
        "Toàn quốc / chưa rõ tỉnh",
        "Đã kiểm tra",
    ]


def test_a_story_tells_paper_time_place_label_reasons_and_origin() -> None:
    letter = _letter(samples.full_day())

    for form in (_words(letter), letter.text):
        assert "Báo Gia Lai · 08:15, 20/11/2026 · phường Thống Nhất · trọng tâm" in form
        assert "Vì sao: “hạt giống đỏ” (tiêu đề), “quần chúng ưu tú” (thân bài)" in form
        assert "Nguồn gốc: Báo Quân đội nhân dân" in form
        assert "“Từ đầu năm đến nay, toàn Đảng bộ đã kết nạp được 31 đảng viên mới.”" in form


def test_a_day_without_a_time_is_told_without_one_and_the_old_province_is_named() -> None:
    letter = _letter(samples.full_day())

    assert "Báo Gia Lai · 30/06/2025 · khi đó là Bình Định · một phần" in letter.text


@pytest.mark.parametrize(
    ("language", "word"), [("vi", "ngày đăng chưa chắc"), ("en", "date uncertain")]
)
def test_a_disputed_date_is_marked_with_a_word(language: Language, word: str) -> None:
    for is_disputed in (True, False):
        digest = samples.digest(story(is_date_disputed=is_disputed))
        letter = render(digest, wording=load_wording(language), zone=HANOI)
        for form in (_words(letter), letter.text, *letter.messages):
            assert (word in form) is is_disputed


def test_a_day_without_a_time_is_the_papers_day_wherever_the_reader_is() -> None:
    published = datetime(2026, 11, 19, 17, tzinfo=UTC)
    digest = samples.digest(story(published_at=published, has_time=False))
    letter = render(digest, wording=load_wording("vi"), zone=ZoneInfo("America/New_York"))

    assert "20/11/2026 · trọng tâm" in letter.text


@pytest.mark.parametrize(
    ("found", "vietnamese", "english"),
    [
        (figure("admitted", 31), "31 đảng viên", "31 đảng viên"),
        (figure("members_total", 9550, qualifier="over"), "trên 9.550 đảng viên", "over 9,550 đ"),
        (figure("target", 20, qualifier="at_least"), "từ 20 đảng viên trở lên", "at least 20 đ"),
        (figure("admitted", 50, qualifier="about"), "khoảng 50 đảng viên", "about 50 đảng viên"),
        (figure("admitted", 50, qualifier="nearly"), "gần 50 đảng viên", "nearly 50 đảng viên"),
        (figure("target", 8, value_max=9.0), "8–9 đảng viên", "8–9 đảng viên"),
        (
            figure("target", 100, qualifier="at_least", basis="per_year"),
            "mỗi năm từ 100 đảng viên trở lên",
            "at least 100 đảng viên a year",
        ),
        (figure("share", 2.5, unit="%"), "2,5%", "2.5%"),
        (figure("share", 2.5, unit=None), "2,5%", "2.5%"),
        (figure("cells", 13, unit=None), "13", "13"),
        (
            figure("target", 20, note=f"{DERIVED}: 31 - 11"),
            "20 đảng viên (suy ra)",
            "20 đảng viên (derived)",
        ),
    ],
)
def test_a_figure_is_written_with_its_qualifier(
    found: Figure, vietnamese: str, english: str
) -> None:
    assert value_in_words(found, wording=load_wording("vi")) == vietnamese
    assert value_in_words(found, wording=load_wording("en")).startswith(english)


def test_figures_stand_in_a_table_under_their_organisations() -> None:
    page = _page(_letter(samples.full_day()))
    (table,) = (
        table
        for table in page.xpath("//table[not(@role)]")
        if "phường Thống Nhất" in table.text_content()
    )
    rows = [[cell.text_content() for cell in row] for row in table.iter("tr")]

    assert rows == [
        ["Chỉ số", "Giá trị", "Kỳ"],
        ["Đảng bộ phường Thống Nhất"],
        ["Kết nạp đảng viên", "31 đảng viên", "giai đoạn 2021-2025"],
        ["Chỉ tiêu kết nạp", "từ 20 đảng viên trở lên", "giai đoạn 2021-2025"],
        ["Tổng số đảng viên", "trên 9.550 đảng viên", "đến nay"],
        ["Số chi bộ", "13 chi bộ", ""],
        ["Chi bộ Trường THPT"],
        ["Chỉ tiêu kết nạp", "mỗi năm 8–9 đảng viên", ""],
        ["Không nêu tổ chức"],
        ["Tỷ lệ", "gần 2,5%", ""],
    ]


def test_a_story_with_very_many_figures_says_how_many_are_left() -> None:
    figures = tuple(figure("admitted", number, org="Đảng bộ tỉnh") for number in range(20))
    letter = _letter(samples.digest(story(figures=figures)))

    assert "và 8 số liệu khác trong bài" in letter.text
    assert "và 8 số liệu khác trong bài" in _words(letter)
    assert "và 12 số liệu khác trong bài" in letter.messages[0]


def test_an_empty_day_proves_that_it_looked() -> None:
    letter = _letter(samples.empty_day())

    for form in (_words(letter), " ".join(letter.text.split()), letter.messages[-1]):
        assert "Không tìm thấy tin mới nào về phát triển đảng viên." in form
        assert "34/34 tỉnh đã kiểm tra" in form
        assert "không nguồn nào lỗi · 412 bài mới · 0 liên quan" in form
        assert "Tin tìm thấy từ 07:00, 20/11/2026 đến 07:00, 21/11/2026." in form


def test_failing_sources_are_named_with_kind_and_times() -> None:
    letter = _letter(samples.day_with_failures())

    for form in (_words(letter), " ".join(letter.text.split()), letter.messages[-1]):
        assert "việc kiểm tra chưa trọn vẹn: 115/118 nguồn trả lời" in form
        assert "3 nguồn lỗi" in form
        assert "máy chủ báo lỗi (HTTP 503)" in form
        assert "từ 10:10, 19/11/2026 · lần cuối đọc được: 09:40, 19/11/2026" in form
        assert "từ 08:00, 02/10/2026 · chưa lần nào đọc được" in form
        assert "1 tin liên quan không đưa vào vì đăng đã lâu." in form


def test_a_day_on_which_nothing_answered_does_not_claim_that_nothing_happened() -> None:
    blind = Checked(sources=118, reached=0, provinces=34, provinces_reached=0, pages=0, flagged=0)
    letter = _letter(samples.digest(checked=blind))

    assert letter.subject == "Điểm báo 21/11/2026: chưa kiểm tra được nguồn nào"
    assert "chưa thể nói là không có tin" in letter.text
    assert "Không tìm thấy" not in letter.text


def test_an_unknown_kind_of_failure_is_named_as_it_is() -> None:
    trouble = replace(samples.TROUBLES[0], kind="gremlins")
    letter = _letter(samples.digest(checked=replace(samples.ALL_WELL, troubles=(trouble,))))

    assert "lỗi khác (gremlins)" in letter.text


def test_titles_are_escaped_and_lead_out_only() -> None:
    wicked = story(
        title='<script>alert("1")</script> & bạn',
        sentence="Câu <b>đậm</b> & dấu đây.",
        paper="Báo <i>X</i>",
        url='https://bao.example/?a=1&b="><script>',
    )
    letter = _letter(samples.digest(wicked))
    page = _page(letter)

    assert not page.xpath("//script|//i")
    assert page.xpath("//a/@href") == ['https://bao.example/?a=1&b="><script>']
    assert '<script>alert("1")</script> & bạn' in page.text_content()
    assert "<script" not in letter.messages[0]
    assert "<script>alert" in letter.text


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "ftp://bao.example/x", "https://", "https://a b/"],
)
def test_only_web_addresses_become_links(url: str) -> None:
    letter = _letter(samples.digest(story(url=url)))

    assert not _page(letter).xpath("//a")
    assert "<a" not in letter.messages[0]
    assert url not in letter.text


def test_control_characters_and_direction_marks_are_dropped() -> None:
    letter = _letter(samples.digest(story(title="Kết\x00 nạp\n\u202eđảng\ud800 viên")))

    for form in (letter.html, letter.text, letter.messages[0]):
        assert "Kết nạp đảng viên" in form


def test_a_quotation_that_is_the_title_again_is_left_out() -> None:
    letter = _letter(samples.digest(story(title="Xã Ia O có chi bộ mới", sentence="")))
    same = _letter(
        samples.digest(story(title="Xã Ia O có chi bộ mới", sentence="Xã Ia O có chi bộ mới."))
    )

    assert not _page(letter).xpath("//blockquote")
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
    (quoted,) = _page(_letter(samples.digest(story(sentence=sentence)))).xpath("//blockquote")

    assert quoted.text_content() == quotation


def test_the_page_asks_for_nothing_from_outside() -> None:
    page = _page(_letter(samples.full_day()))

    assert not page.xpath("//img|//script|//link|//iframe|//@src|//@background|//@onload")
    assert not re.search(r"url\(|@import", _letter(samples.full_day()).html)


def test_the_page_names_its_language_and_that_of_what_the_papers_print() -> None:
    page = _page(_letter(samples.full_day(), "en"))

    assert page.get("lang") == "en"
    assert {quoted.get("lang") for quoted in page.iter("blockquote")} == {"vi"}
    assert {link.get("lang") for link in page.iter("a")} == {"vi"}


def test_the_english_digest_speaks_english() -> None:
    letter = _letter(samples.day_with_failures(), "en")

    assert "Saturday, 21 November 2026" in letter.text
    assert "115 of 118 sources" in letter.text
    assert "1 story on the topic was left out" in letter.text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_plain_text_fits_its_columns(language: Language) -> None:
    letter = _letter(samples.full_day(), language)
    lines = [line for line in letter.text.splitlines() if "https://" not in line]

    assert max(map(len, lines)) <= 78
    assert not [line for line in letter.text.splitlines() if line != line.rstrip()]


def test_a_digest_that_is_not_recorded_yet_can_be_previewed() -> None:
    letter = _letter(replace(samples.full_day(), id=None))

    assert (letter.digest_id, letter.day) == (0, samples.DAY)


def test_rendering_twice_gives_the_same_letter() -> None:
    assert _letter(samples.full_day()) == _letter(samples.full_day())


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
    letter = _letter(replace(samples.full_day(), checked=checked))
    for form in (_words(letter), letter.text):
        assert said in " ".join(form.split())
