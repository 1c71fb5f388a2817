"""Main, part or none: told by place, by paragraph and by figures of speech."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from monitor.extractor.terms.calibration import Calibration, Curve
from monitor.extractor.terms.naming import is_one_of_several
from monitor.extractor.text import fold
from monitor.extractor.topic import score
from monitor.topics import load_topic
from tests.quality.calibrate import Point, fit_curve

TOPIC = load_topic()
CASES = yaml.safe_load(
    Path(__file__).with_name("topic_kind_cases.yaml").read_text(encoding="utf-8")
)
HARVEST = "Vụ này cả xã gặt được hơn ba nghìn tấn lúa, giá bán cao hơn năm ngoái một chút."


def label(title: str, *paragraphs: str) -> str:
    return score(title, body="\n\n".join(paragraphs), topic=TOPIC).label


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["title"],
            marks=pytest.mark.xfail(strict=True, reason="known to be judged wrongly")
            if case.get("missed")
            else (),
        )
        for case in CASES
    ],
)
def test_a_story_told_indirectly_is_judged_as_a_reader_would(case: dict[str, str]) -> None:
    found = score(case["title"], sapo=case.get("sapo"), body=case.get("body", ""), topic=TOPIC)
    assert found.is_flagged == (case["label"] != "none"), found.reasons


def test_a_paragraph_of_its_own_is_a_part_and_one_sentence_in_passing_is_none() -> None:
    passing = "Trong năm, Đảng bộ xã kết nạp 9 đảng viên."
    own = f"{passing} Bảy quần chúng khác đang học lớp bồi dưỡng nhận thức về Đảng."
    assert label("Được mùa", HARVEST, own, HARVEST) == "part"
    assert label("Được mùa", HARVEST, f"{HARVEST} {passing}", HARVEST) == "none"
    assert label("Được mùa", HARVEST, passing, HARVEST) == "none"


def test_a_section_may_be_printed_sentence_by_sentence() -> None:
    lines = (
        "Trong năm, Đảng bộ xã kết nạp 9 đảng viên.",
        "Bảy quần chúng khác đang học lớp bồi dưỡng nhận thức về Đảng.",
    )
    assert label("Được mùa", HARVEST, *lines, HARVEST) == "part"
    assert label("Được mùa", HARVEST, lines[0], HARVEST, HARVEST) == "none"


def test_one_sentence_that_names_and_counts_is_a_part_of_a_report_about_the_party_only() -> None:
    words = "Về phát triển đảng viên, cả năm kết nạp 9 đảng viên, vượt kế hoạch."
    rest = [HARVEST] * 6
    assert label("Đảng ủy xã tổng kết năm", *rest, words, *rest) == "part"
    assert label("Được mùa", *rest, words, *rest) == "none"


@pytest.mark.parametrize(
    ("title", "sapo", "expected"),
    [
        ("Gieo hạt giống đỏ ở Mường Tè", None, "main"),
        ("Gieo hạt giống đỏ ở Mường Tè", "Chi bộ bản giúp từng người trẻ.", "main"),
        ("Gieo hạt giống đỏ ở Mường Tè", "Ba tay vợt trẻ của huyện vừa đoạt giải.", "none"),
        ("Gieo hạt giống đỏ cho điền kinh Mường Tè", None, "none"),
        ("Gieo hạt giống đỏ cho Đảng từ phong trào bóng chuyền", None, "main"),
    ],
)
def test_a_figure_of_speech_counts_where_the_story_says_whom_it_means(
    title: str, sapo: str | None, expected: str
) -> None:
    assert score(title, sapo=sapo, topic=TOPIC).label == expected


def test_a_story_about_another_countrys_party_is_void_in_every_sentence() -> None:
    words = "Nhiệm kỳ qua kết nạp 70.000 đảng viên mới. Năm nay kết nạp thêm 9.000 đảng viên."
    assert label("Đảng Nhân dân Cách mạng Lào họp", HARVEST, words) == "none"
    assert label("Đảng bộ tỉnh họp", HARVEST, words) != "none"


@pytest.mark.parametrize(
    ("title", "words", "expected"),
    [
        ("Phường X: Thu ngân sách, phát triển đảng viên đều vượt", "phát triển", True),
        ("Đảng ủy xã Gia Canh bàn việc thu ngân sách và phát triển đảng viên", "phát triển", True),
        ("Chăm lo trưởng thôn, nhất là bồi dưỡng kết nạp Đảng", "bồi dưỡng", True),
        ("Phát triển đảng viên, giữ kỷ cương", "phát triển", False),
        ("Vượt khó, phát triển đảng viên", "phát triển", False),
        ("Xã Vĩnh Tường, tỉnh Phú Thọ phát triển đảng viên", "phát triển", False),
        ("Trước ngày nhập ngũ, sáu thanh niên vào Đảng", "vào đảng", False),
        ("Cô giáo bản xa và con đường vào Đảng", "con đường", False),
    ],
)
def test_a_title_says_whether_the_topic_is_one_of_several(
    title: str, words: str, expected: bool
) -> None:
    folded = fold(title)
    assert is_one_of_several(folded, folded.index(words)) is expected


def test_what_a_story_lacks_is_told() -> None:
    body = f"{HARVEST}\n\n{HARVEST} Trong năm, xã kết nạp 9 đảng viên.\n\n{HARVEST}"
    near = score("Được mùa", body=body, topic=TOPIC).shortfall
    assert near is not None
    assert near.points == pytest.approx(2.5)
    assert near.lacks == ("head", "section")
    voided = score("Thu hồi quyết định kết nạp Đảng", topic=TOPIC).shortfall
    assert voided is not None
    assert voided.lacks == ("vetoed",)


@pytest.mark.parametrize("title", ["Kết nạp đảng viên", "Giá lúa tăng"])
def test_flagged_stories_and_those_without_a_find_lack_nothing(title: str) -> None:
    assert score(title, topic=TOPIC).shortfall is None


def test_the_value_rises_with_the_points_and_keeps_the_border_at_one_half() -> None:
    curves = Calibration(
        flagged=Curve(at_border=0.4, per_point=0.3), left_out=Curve(at_border=0.6, per_point=1.0)
    )
    left_out = [curves.value(margin, is_flagged=False) for margin in (-900, -4, -1, -0.1, 3)]
    flagged = [curves.value(margin, is_flagged=True) for margin in (0, 1, 4, 900)]
    assert [*left_out, *flagged] == sorted([*left_out, *flagged])
    assert left_out[0] == 0
    assert left_out[-1] < 0.5 <= flagged[0]
    assert flagged[-1] == 1


def test_a_curve_is_fitted_to_what_readers_say() -> None:
    drawn = Curve(at_border=0.7, per_point=0.8)
    points = [
        Point(margin / 4, is_topic, share)
        for margin in range(-20, 21)
        for is_topic, share in (
            (True, 100 * drawn.chance(margin / 4)),
            (False, 100 * (1 - drawn.chance(margin / 4))),
        )
    ]
    fitted = fit_curve(points)
    assert fitted.at_border == pytest.approx(0.7, abs=0.02)
    assert fitted.per_point == pytest.approx(0.8, abs=0.03)
