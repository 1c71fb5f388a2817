from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.extractor.gazetteer import provinces
from monitor.extractor.gazetteer.mentions import find_units
from monitor.extractor.gazetteer.province_points import province_named_in
from monitor.extractor.places import find_place, place_of

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def place(title="", body="", province=None, unit=None, on=date(2023, 4, 11)):
    return place_of(
        title=title, body=body, source_province=province, source_place=unit, published_on=on
    )


def test_there_are_34_provinces_now_and_there_were_63():
    assert len(provinces.READING_ORDER) == 34
    assert (
        len({provinces.then(name, BEFORE) for name in provinces.NAMES} - {"Thừa Thiên Huế"}) == 63
    )
    assert {provinces.then(name, AFTER) for name in provinces.NAMES} == set(provinces.READING_ORDER)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Hà Nam", "Ninh Bình"),
        ("tỉnh Hoà Bình", "Phú Thọ"),
        ("TPHCM", "TP. Hồ Chí Minh"),
        ("TP.HCM", "TP. Hồ Chí Minh"),
        ("thành phố Hồ Chí Minh", "TP. Hồ Chí Minh"),
        ("Bà Rịa-Vũng Tàu", "TP. Hồ Chí Minh"),
        ("BR-VT", "TP. Hồ Chí Minh"),
        ("Thừa Thiên - Huế", "Huế"),
        ("TP. Huế", "Huế"),
        ("Đăk Nông", "Lâm Đồng"),
        ("DAK LAK", "Đắk Lắk"),
        ("Thủ đô Hà Nội", "Hà Nội"),
        ("Hợp Thành", None),
        ("", None),
    ],
)
def test_common_names_lead_to_todays_province(written, name):
    assert provinces.today(written) == name


@pytest.mark.parametrize(
    ("written", "day", "name"),
    [
        ("Hà Nam", BEFORE, "Hà Nam"),
        ("Hà Nam", AFTER, "Ninh Bình"),
        ("Ninh Bình", BEFORE, "Ninh Bình"),
        ("Huế", date(2024, 12, 31), "Thừa Thiên Huế"),
        ("Thừa Thiên Huế", date(2025, 1, 1), "Huế"),
        ("Atlantis", AFTER, None),
    ],
)
def test_a_province_bears_the_name_of_its_day(written, day, name):
    assert provinces.then(written, day) == name


def test_a_place_keeps_the_name_of_its_time_and_gets_todays():
    ward = place(
        title="Phường Thanh Sơn kết nạp 12 đảng viên",
        body="Đảng bộ phường Thanh Sơn, TP Phủ Lý có 410 đảng viên.",
        province="Hà Nam",
        on=date(2022, 6, 1),
    )
    assert (ward.province, ward.province_then) == ("Ninh Bình", "Hà Nam")
    assert ward.unit == "phường Thanh Sơn"


def test_a_province_that_kept_its_name_has_it_twice():
    district = place(
        title="Đồng Hỷ chăm lo phát triển đảng viên",
        body="Toàn huyện Đồng Hỷ kết nạp 140 đảng viên.",
        province="Thái Nguyên",
    )
    assert (district.province, district.province_then) == ("Thái Nguyên", "Thái Nguyên")
    assert district.unit == "huyện Đồng Hỷ"


def test_the_text_makes_a_merged_papers_province_exact():
    story = place(body="Năm 2022, tỉnh Nam Định có thêm 2.000 đảng viên.", province="Ninh Bình")
    assert (story.province, story.province_then) == ("Ninh Bình", "Nam Định")


def test_a_national_source_leaves_the_province_to_the_text():
    story = place(
        title="Kết nạp đảng viên ở Pleiku", body="TP. Pleiku (tỉnh Gia Lai) có 20 chi bộ."
    )
    assert story.province == "Gia Lai"


def test_a_city_names_its_province():
    assert place(body="Chiều 3/4, Thành ủy Buôn Ma Thuột sơ kết quý I.").province == "Đắk Lắk"


@pytest.mark.parametrize("dash", ["-", " - ", "–", " – "])
def test_a_province_of_two_names_is_read_with_any_dash(dash):
    story = place(body=f"Báo cáo của Tỉnh ủy Bà Rịa{dash}Vũng\u00a0Tàu")
    assert story.province_then == "Bà Rịa - Vũng Tàu"


def test_the_sources_province_outweighs_a_neighbour_in_passing():
    body = "Đoàn cán bộ Quảng Ninh đến học tập kinh nghiệm của xã An Phú, tỉnh Lạng Sơn."
    assert place(body=body, province="Lạng Sơn").province == "Lạng Sơn"


def test_a_reprint_about_another_province_is_placed_there():
    story = place(
        title="Tỉnh Cà Mau kết nạp 1.900 đảng viên",
        body="Theo Tỉnh ủy Cà Mau, đó là kết quả của nhiều đề án.",
        province="Lạng Sơn",
    )
    assert story.province == "Cà Mau"


@pytest.mark.parametrize(
    "text",
    [
        "Các nước châu Á - Thái Bình Dương họp bàn",
        "Đoàn TNCS Hồ Chí Minh và chuyện của tuổi trẻ, học tập Hồ Chí Minh",
        "Phường Thái Bình làm đường Điện Biên Phủ",
        "Đảng bộ xã, phường, thị trấn và các huyện",
        "yêu chuộng hòa bình",
    ],
)
def test_lookalikes_place_nothing(text):
    assert place(body=text).province is None


def test_a_kind_alone_names_no_unit():
    assert list(find_units("Đảng bộ xã có 19 chi bộ, huyện giao chỉ tiêu cho phường.")) == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Bí thư Đảng ủy phường Lê Hồng Phong Trần Văn An nói", "phường Lê Hồng Phong"),
        ("Thành ủy TP. Vinh Nguyễn Thị Mai", "TP. Vinh"),
        ("Đảng ủy phường Móng Cái 3 sơ kết", "phường Móng Cái 3"),
        ("Đảng bộ xã Ia Mơ 3 chi bộ mới", "xã Ia Mơ"),
        ("chi bộ phường 12 họp", "phường 12"),
        ("về huyện Ea H’leo công tác", "huyện Ea H’leo"),
    ],
)
def test_a_units_name_ends_where_another_begins(text, unit):
    assert [found.written for found in find_units(text)] == [unit]


def test_a_title_in_capitals_is_read_too():
    assert place(title="ĐẢNG BỘ XÃ TÂN LẬP, TỈNH BÌNH PHƯỚC KẾT NẠP").province == "Đồng Nai"


def test_a_ward_portal_speaks_for_its_ward():
    story = place(title="Lễ kết nạp đảng viên", province="Huế", unit="phường Thủy Xuân")
    assert (story.province_then, story.unit) == ("Thừa Thiên Huế", "phường Thủy Xuân")


@pytest.mark.parametrize(
    ("source", "province"),
    [
        ("Báo Thái Nguyên", "Thái Nguyên"),
        ("baohanam.com.vn", "Hà Nam"),
        ("Báo và Phát thanh, Truyền hình Gia Lai", "Gia Lai"),
        ("Hànộimới", "Hà Nội"),
        ("TTXVN", None),
        (None, None),
    ],
)
def test_a_papers_name_tells_its_province(source, province):
    assert province_named_in(source) == province


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.sampled_from([None, "Hà Nam", "Huế", "nowhere"]))
def test_any_text_is_placed_consistently(text, province):
    found = place(title=text, body=text, province=province, on=AFTER)
    assert found.province == found.province_then
    assert found.province is None or found.province in provinces.READING_ORDER


@pytest.mark.parametrize(
    ("organisation", "code"),
    [
        ("Đảng bộ xã Yên Ninh", "63-05614"),
        ("Đảng bộ huyện Phú Lương", "63-168"),
        ("Huyện uỷ Phú Lương", "63-168"),
        ("Đảng bộ huyện", "63-168"),
        ("Đảng bộ tỉnh", "63-19"),
        ("Tỉnh ủy Thái Nguyên", "63-19"),
        ("Đảng bộ xã", None),
        ("Đảng bộ Trường THPT Phú Lương", None),
        ("Chi bộ xóm Đồng Danh", None),
        ("Đảng bộ các xã Yên Ninh, Phú Đô", None),
        ("Đảng bộ Bệnh viện Đa khoa tỉnh", None),
    ],
)
def test_an_organisation_is_of_the_unit_it_names(organisation, code):
    found = find_place(
        title="Phú Lương thêm đảng viên",
        body="Huyện ủy Phú Lương giao chỉ tiêu; xã Yên Ninh đã đạt.",
        source_province="Thái Nguyên",
        source_place=None,
        published_on=BEFORE,
    )
    assert found.code_of(organisation) == code
