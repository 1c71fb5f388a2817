"""What a reader meets of figures: in words, under a story, in the table."""

from __future__ import annotations

import pytest

from monitor.items import DERIVED, Figure, Letter, Place
from monitor.render.figures import value_in_words
from monitor.wording import load_wording
from tests.monitor import sample_digests as samples
from tests.monitor.letters import letter_of, page_of, words_of
from tests.monitor.sample_digests import figure, story


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


def test_figures_stand_under_their_story_by_organisation() -> None:
    (first, *_) = page_of(letter_of(samples.full_day())).xpath(
        "//h3[@id='t5']/following-sibling::div"
    )
    lines = [" ".join(line.text_content().split()) for line in first.iter("p")]

    assert lines == [
        "Đảng bộ phường Thống Nhất Kết nạp đảng viên: 31 đảng viên (giai đoạn 2021-2025) "
        "Chỉ tiêu kết nạp: từ 20 đảng viên trở lên (giai đoạn 2021-2025) "
        "Tổng số đảng viên: trên 9.550 đảng viên (đến nay) Số chi bộ: 13 chi bộ",
        "Chi bộ Trường THPT Chỉ tiêu kết nạp: mỗi năm 8–9 đảng viên",
        "Không nêu tổ chức Tỷ lệ: gần 2,5%",
    ]


def _table(letter: Letter) -> list[list[str]]:
    (table,) = page_of(letter).xpath("//table[not(@role)]")
    for line_break in table.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    return [[" ".join(cell.text_content().split()) for cell in row] for row in table.iter("tr")]


def test_the_figures_of_the_day_stand_in_a_table_with_the_story_that_tells_them() -> None:
    assert _table(letter_of(samples.full_day())) == [
        ["Tổ chức", "Giá trị", "Tin"],
        ["Đồng Nai"],
        [
            "Đảng ủy các khu công nghiệp tỉnh Đồng Nai",
            "128 quần chúng Học lớp nhận thức về Đảng · 9 tháng đầu năm 2026",
            "4",
        ],
        ["Gia Lai"],
        [
            "Đảng bộ phường Thống Nhất",
            "31 đảng viên Kết nạp đảng viên · giai đoạn 2021-2025",
            "5",
        ],
        ["từ 20 đảng viên trở lên Chỉ tiêu kết nạp · giai đoạn 2021-2025", "5"],
        ["trên 9.550 đảng viên Tổng số đảng viên · đến nay", "5"],
        ["13 chi bộ Số chi bộ", "5"],
        ["Chi bộ Trường THPT phường Thống Nhất", "mỗi năm 8–9 đảng viên Chỉ tiêu kết nạp", "5"],
        ["Đảng bộ xã Ia O", "gần 240 đảng viên Tổng số đảng viên", "6"],
    ]


def test_the_plain_text_has_the_table_too() -> None:
    text = letter_of(samples.full_day()).text

    assert "BẢNG SỐ LIỆU\n" in text
    assert (
        "\n  Chi bộ Trường THPT (phường Thống Nhất)\n"
        "    - Chỉ tiêu kết nạp: mỗi năm 8–9 đảng viên [5]\n"
    ) in text


def test_a_figure_that_several_stories_tell_stands_in_the_table_once() -> None:
    told = figure("admitted", 31, org="Đảng bộ xã Ia O", period="năm 2026")
    other = figure("admitted", 32, org="Đảng bộ xã Ia O", period="năm 2026")
    twice = story(1, figures=(told,)), story(2, figures=(told, other), value=0.5)

    assert _table(letter_of(samples.digest(*twice)))[2:] == [
        ["Đảng bộ xã Ia O", "31 đảng viên Kết nạp đảng viên · năm 2026", "1, 2"],
        ["32 đảng viên Kết nạp đảng viên · năm 2026", "2"],
    ]


def test_a_number_in_the_table_leads_to_its_story_in_the_mail() -> None:
    page = page_of(letter_of(samples.full_day()))

    for link in page.xpath("//td/a"):
        (heading,) = page.xpath(f"//*[@id='{link.get('href')[1:]}']")
        assert heading.text_content().strip().startswith(f"{link.text}. ")


def test_an_organisation_stands_under_the_province_its_unit_is_in_today() -> None:
    nationwide = story(
        province=None, figures=(figure("admitted", 5, org="Đảng bộ", place_code="63-164"),)
    )

    assert ["Thái Nguyên"] in _table(letter_of(samples.digest(nationwide)))


def test_a_day_without_named_figures_has_no_table() -> None:
    letter = letter_of(samples.digest(story(figures=(figure("share", 2.5, org=None),))))

    assert "Bảng số liệu" not in letter.html
    assert "BẢNG SỐ LIỆU" not in letter.text


def test_a_story_with_very_many_figures_says_how_many_are_left() -> None:
    figures = tuple(figure("admitted", number, org="Đảng bộ tỉnh") for number in range(20))
    letter = letter_of(samples.digest(story(figures=figures)))

    assert "và 8 số liệu khác trong bài" in letter.text
    assert "và 8 số liệu khác trong bài" in words_of(letter)
    assert "và 12 số liệu khác trong bài" in letter.messages[0]


@pytest.mark.parametrize(
    ("org", "place", "said"),
    [
        ("Đảng bộ TP Phủ Lý", "thành phố Phủ Lý", "Đảng bộ TP Phủ Lý"),
        ("Đảng bộ Công an", "thành phố Phủ Lý", "Đảng bộ Công an thành phố Phủ Lý"),
        ("Chi bộ khu phố 1", "phường 1", "Chi bộ khu phố 1 phường 1"),
    ],
)
def test_a_place_is_told_unless_the_organisations_name_says_it(
    org: str, place: str, said: str
) -> None:
    where = Place(province="Ninh Bình", province_then="Hà Nam", unit=place)
    told = story(place=where, figures=(figure("admitted", 5, org=org),))

    assert _table(letter_of(samples.digest(told)))[2][0] == said
