"""The table of units: its numbers by the resolutions, successions that are known, spellings."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.extractor.gazetteer import provinces
from monitor.extractor.gazetteer.asking import asked_for, nearest_name
from monitor.extractor.gazetteer.spelling import name_key, plain_key
from monitor.extractor.gazetteer.table import BEFORE, TODAY, Unit, parse_table, table

UNITS = table().units
COMMUNES_OF_2021_MERGED_SINCE = 567
NAMES = sorted({unit.name for unit in UNITS.values()})


def the(title: str, *, within: str, era: str = BEFORE) -> Unit:
    """The one unit of a title in a province or district."""
    kind, _, name = title.partition(" ")
    named = [unit for unit in table().named(name) if (unit.era, unit.kind) == (era, kind)]
    wider = {unit: (table().district_of(unit), table().province_of(unit)) for unit in named}
    found = [unit for unit in named if within in {one.name for one in wider[unit] if one}]
    assert len(found) == 1, found
    return found[0]


def test_there_are_as_many_units_today_as_the_resolutions_say():
    today = Counter(u.kind for u in UNITS.values() if u.era == TODAY and u.tier == "commune")
    assert today == {"xã": 2621, "phường": 687, "đặc khu": 13}
    names = [u.name for u in UNITS.values() if u.era == TODAY and u.tier == "province"]
    assert set(names) == set(provinces.READING_ORDER)
    assert len(names) == 34


def test_there_were_as_many_before_as_the_statistics_say():
    last_day = date(2025, 6, 30)
    before = Counter(u.tier for u in UNITS.values() if u.until == last_day)
    assert before == {"province": 63, "district": 696, "commune": 10035}
    gone = Counter(u.tier for u in UNITS.values() if u.until and u.until < last_day)
    assert gone["commune"] == COMMUNES_OF_2021_MERGED_SINCE


def test_every_unit_of_the_last_day_became_something_of_today():
    last = [u for u in UNITS.values() if u.until == date(2025, 6, 30)]
    assert all(table().today(unit) for unit in last)
    codes = {code for unit in UNITS.values() for code in (*unit.within, *unit.into)}
    assert codes <= UNITS.keys()


def test_nearly_all_that_went_before_have_a_known_heir():
    gone = [u for u in UNITS.values() if u.era == BEFORE and not table().today(u)]
    assert len(gone) <= 4


def test_every_unit_of_today_came_from_somewhere():
    assert all(table().formers.get(u.code) for u in UNITS.values() if u.era == TODAY)


def test_the_provinces_of_the_table_merged_as_ours_did():
    for unit in UNITS.values():
        if unit.tier == "province" and unit.era == BEFORE:
            assert [one.name for one in table().today(unit)] == [provinces.today(unit.name)]


def test_hop_thanh_is_eight_communes_before_the_mergers_and_two_since():
    found = Counter(unit.era for unit in table().named("Hợp Thành"))
    assert found == {BEFORE: 8, TODAY: 2}


@pytest.mark.parametrize(
    ("title", "within", "today"),
    [
        ("xã Hợp Thành", "Phú Lương", ["xã Hợp Thành"]),
        ("xã Hợp Thành", "Triệu Sơn", ["xã Hợp Tiến"]),
        ("xã Hợp Thành", "Cao Lộc", ["phường Kỳ Lừa"]),
        ("xã Yên Ninh", "Phú Lương", ["xã Yên Trạch"]),
        ("phường Hội Thương", "Pleiku", ["phường Pleiku"]),
        ("phường Bến Nghé", "TP. Hồ Chí Minh", ["phường Sài Gòn"]),
        ("phường Trúc Bạch", "Hà Nội", ["phường Ba Đình"]),
        ("xã Nhơn Châu", "Quy Nhơn", ["xã Nhơn Châu"]),
        ("huyện Côn Đảo", "Bà Rịa - Vũng Tàu", ["đặc khu Côn Đảo"]),
        ("huyện Trường Sa", "Khánh Hòa", ["đặc khu Trường Sa"]),
        ("huyện Hoàng Sa", "Đà Nẵng", ["đặc khu Hoàng Sa"]),
        ("huyện Vân Đồn", "Quảng Ninh", ["đặc khu Vân Đồn"]),
        ("xã Tân Hiệp", "Hội An", ["xã Tân Hiệp"]),
    ],
)
def test_known_successions(title, within, today):
    assert [unit.title for unit in table().today(the(title, within=within))] == today


def test_one_that_went_early_is_followed_to_today():
    commune = the("xã Hợp Thành", within="Yên Thành")
    assert commune.until == date(2025, 2, 28)
    assert [UNITS[code].era for code in commune.into] == [BEFORE]
    assert [unit.era for unit in table().today(commune)] == [TODAY]


def test_a_district_was_called_otherwise_on_another_day():
    district = next(u for u in UNITS.values() if u.name == "Việt Yên" and u.tier == "district")
    assert district.title_on(date(2022, 5, 1)) == "huyện Việt Yên"
    assert district.title_on(date(2025, 5, 1)) == "thị xã Việt Yên"


def test_a_commune_lay_in_another_district_on_another_day():
    ward = the("phường Thủy Xuân", within="Thuận Hóa")
    days = date(2023, 4, 11), date(2025, 4, 11)
    assert [table().district_of(ward, day).title for day in days] == [
        "thành phố Huế",
        "quận Thuận Hóa",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà Bình", "Hòa Bình"),
        ("Lý Nhân", "Lí Nhân"),
        ("Đăk Hà", "Đắk Hà"),
        ("Đak Đoa", "Đắc Đoa"),
        ("Krông Pắc", "Krông Pắk"),
        ("A-yun", "A Yun"),
        ("Mù Cang Chải", "Mù Căng Chải"),
        ("Buôn Mê Thuột", "Buôn Ma Thuột"),
        ("Ea H’leo", "Ea H'Leo"),
        ("Phan Rang-Tháp Chàm", "Phan Rang – Tháp Chàm"),
        ("05", "5"),
        ("IV", "4"),
        ("HỢP THÀNH", "hợp\u00a0thành"),
    ],
)
def test_spellings_of_one_name_have_one_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Hợp Thành", "Hợp Thạnh"), ("Tân Tiến", "Tân Tiên"), ("5", "15")]
)
def test_other_names_have_other_keys(one, other):
    assert name_key(one) != name_key(other)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(NAMES),
    st.sampled_from(["NFC", "NFD"]),
    st.sampled_from([str, str.upper, str.lower, str.title]),
    st.sampled_from([" ", "\u00a0", "  "]),
)
def test_a_name_is_found_however_it_is_typed(name, form, case, space):
    typed = unicodedata.normalize(form, case(name)).replace(" ", space)
    assert name_key(typed) == name_key(name)
    assert table().named(typed) == table().named(name)
    assert plain_key(typed) == plain_key(name)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_be_asked_for(text):
    asked = asked_for(text)
    assert bool(asked.units) == bool(asked.codes)
    nearest_name(text)


def codes(query: str) -> frozenset[str]:
    return asked_for(query).codes


def test_a_name_without_marks_asks_for_the_same():
    assert codes("huyen phu luong") == codes("huyện Phú Lương") != frozenset()
    assert codes("xa hop thanh, thai nguyen") == codes("xã Hợp Thành (Thái Nguyên)")
    assert codes("hop thanh phu luong") == codes("xã Hợp Thành, huyện Phú Lương")


def test_an_old_province_holds_what_it_became_and_nothing_else():
    asked = codes("Bắc Kạn")
    assert the("xã Chợ Đồn", within="Thái Nguyên", era=TODAY).code in asked
    assert the("xã Hợp Thành", within="Thái Nguyên", era=TODAY).code not in asked
    assert asked < codes("tỉnh Thái Nguyên")


def test_a_commune_of_today_holds_what_it_was_made_of():
    today = the("xã Yên Trạch", within="Thái Nguyên", era=TODAY)
    before = the("xã Yên Ninh", within="Phú Lương")
    assert {today.code, before.code} <= codes("xã Yên Trạch, Thái Nguyên")
    assert {today.code, before.code} <= codes("xã Yên Ninh, huyện Phú Lương")
    assert {today.code, before.code} <= codes("huyện Phú Lương")


def test_a_commune_is_not_its_whole_district():
    district = the("huyện Phú Lương", within="Thái Nguyên")
    assert district.code not in codes("xã Phú Lương, Thái Nguyên")


@pytest.mark.parametrize("query", ["Atlantis", "", "xã", "xã Hợp Thành, Cà Mau", "!?"])
def test_what_is_nowhere_is_not_found(query):
    assert asked_for(query).units == ()


def test_a_slip_is_told_the_name_that_was_meant():
    assert nearest_name("huyện Phú Lươn") == "phường Phú Lương"
    assert nearest_name("Atlantis") is None


def test_a_table_is_read_from_its_text():
    text = "# about\n[34\t2025-07-01\t]\n19\ttỉnh\tThái Nguyên\n05632\txã\tHợp Thành\t19\n"
    text += "[63\t\t2025-06-30]\n19\ttỉnh\tThái Nguyên\t\t19\n168\thuyện\tPhú Lương\t19\n"
    text += "05638\txã\tHợp Thành\t168\t05632\tthị trấn Cũ\n"
    small = parse_table(text)
    [town] = small.named("Cũ")
    assert (town.code, town.kinds) == ("63-05638", {"xã", "thị trấn"})
    assert [unit.code for unit in small.today(small.units["63-168"])] == ["34-05632"]
    assert small.units["34-05632"].since == date(2025, 7, 1)
