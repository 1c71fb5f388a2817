"""A place in a reader's words: as it was called, and what it is today."""

from __future__ import annotations

import pytest

from monitor.extractor.places import place_of
from monitor.items import Place
from monitor.render.places import place_in_full, place_parts
from monitor.wording import load_wording

VIETNAMESE, ENGLISH = load_wording("vi"), load_wording("en")

WARD = Place(
    province="Gia Lai",
    province_then="Gia Lai",
    unit="phường Hội Thương",
    district="thành phố Pleiku",
    today=("phường Pleiku",),
    code="63-23566",
)
DISTRICT = Place(
    province="Thái Nguyên",
    province_then="Thái Nguyên",
    unit="huyện Phú Lương",
    today=("xã Phú Lương", "xã Yên Trạch", "xã Hợp Thành", "xã Vô Tranh"),
    code="63-168",
)


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (WARD, "phường Hội Thương, thành phố Pleiku, Gia Lai · nay là phường Pleiku"),
        (
            DISTRICT,
            "huyện Phú Lương, Thái Nguyên · nay thuộc xã Phú Lương và 3 xã, phường khác",
        ),
        (
            Place(
                province="Ninh Bình",
                province_then="Hà Nam",
                unit="xã A",
                today=("xã B", "xã C"),
                code="63-1",
            ),
            "xã A, Ninh Bình · nay thuộc xã B, xã C · khi đó là Hà Nam",
        ),
        (
            Place(province="Lào Cai", province_then="Lào Cai", unit="xã A", today=("xã A",)),
            "xã A, Lào Cai",
        ),
        (
            Place(
                province="Gia Lai",
                province_then="Gia Lai",
                unit="xã A-yun",
                today=("xã Ayun",),
                code="34-23798",
            ),
            "xã A-yun, Gia Lai",
        ),
        (Place(province="Hà Nội", province_then="Hà Nội"), "Hà Nội"),
        (Place(province=None, province_then=None), ""),
    ],
)
def test_a_line_names_the_unit_its_province_and_what_it_is_today(place: Place, line: str) -> None:
    assert place_in_full(place, wording=VIETNAMESE) == line


def test_an_open_name_lists_where_it_may_be() -> None:
    found = place_of(
        title="Xã Hợp Thành",
        body="",
        source_province=None,
        source_place=None,
        published_on=None,
    )
    line = place_in_full(found, wording=VIETNAMESE)
    assert line == (
        "xã Hợp Thành · chưa rõ là nơi nào trong 2 nơi cùng tên"
        " · xã Hợp Thành, Lào Cai; xã Hợp Thành, Thái Nguyên"
    )


def test_a_digest_leaves_the_province_to_its_heading() -> None:
    assert list(place_parts(WARD, wording=ENGLISH)) == [
        "phường Hội Thương, thành phố Pleiku",
        "now phường Pleiku",
    ]
    assert list(place_parts(DISTRICT, wording=ENGLISH))[1] == (
        "now xã Phú Lương and 3 more communes or wards"
    )
