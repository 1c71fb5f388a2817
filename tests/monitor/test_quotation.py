from __future__ import annotations

import pytest

from monitor.items import Reason, Score
from monitor.quotation import names_a_person, sentence_that_matters
from tests.monitor.sample_digests import figure

TITLE = "Xã Ia O chăm lo kết nạp đảng viên"
STRONG = "Xã xác định tạo nguồn từ quần chúng ưu tú là việc phải làm hằng tháng."
COUNTED = "Mười tháng qua, Đảng bộ xã kết nạp 12 đảng viên, đạt chỉ tiêu được giao."


def _score(*sentences: str | tuple[str, float]) -> Score:
    pairs = [(one, 3.0) if isinstance(one, str) else one for one in sentences]
    reasons = tuple(
        Reason(term="kết nạp", weight=weight, where="body", sentence=sentence)
        for sentence, weight in pairs
    )
    return Score(label="main", value=0.9, reasons=reasons)


def test_the_strongest_sentence_is_quoted() -> None:
    weaker = "Nhiều chi bộ thôn đã thay đổi nếp sinh hoạt từ đầu năm."

    assert sentence_that_matters(_score(weaker, (STRONG, 6.0)), (), title=TITLE) == STRONG


def test_a_sentence_with_an_admission_figure_goes_before_a_stronger_one() -> None:
    found = (figure("admitted", 12, evidence=COUNTED),)

    assert sentence_that_matters(_score((STRONG, 9.0)), found, title=TITLE) == COUNTED


def test_the_size_of_an_organisation_alone_does_not_outweigh_a_reason() -> None:
    size = "Đảng bộ xã hiện có 240 đảng viên ở 12 chi bộ trực thuộc."
    found = (figure("members_total", 240, evidence=size),)

    assert sentence_that_matters(_score(STRONG), found, title=TITLE) == STRONG


def test_a_figure_within_a_reasons_sentence_counts_for_that_sentence() -> None:
    found = (figure("admitted", 12, evidence="Đảng bộ xã kết nạp 12 đảng viên"),)

    assert sentence_that_matters(_score((STRONG, 9.0), COUNTED), found, title=TITLE) == COUNTED


def test_the_title_is_not_repeated_where_there_is_another_sentence() -> None:
    assert sentence_that_matters(_score((TITLE + ".", 9.0), STRONG), (), title=TITLE) == STRONG


def test_a_veto_is_no_reason_to_quote() -> None:
    veto = "Trước đó, một chi bộ khác bị nhắc nhở vì kết nạp sai quy trình."

    assert sentence_that_matters(_score((veto, -4.0), STRONG), (), title=TITLE) == STRONG


def test_a_sentence_that_names_nobody_goes_before_one_that_names_a_new_member() -> None:
    naming = "Chi bộ kết nạp quần chúng ưu tú Rơ Mah Hlan trong tháng này, nâng số lên 9."
    found = (figure("admitted", 1, evidence=naming),)

    assert sentence_that_matters(_score((naming, 9.0), STRONG), found, title=TITLE) == STRONG


@pytest.mark.parametrize(
    "private",
    [
        "Chi bộ kết nạp em Ksor Bé, sinh năm 2008, vào Đảng.",
        "Chi bộ kết nạp Ksor Bé (2008) và Siu Thư (SN 2007) vào Đảng.",
        "Người trẻ nhất là Ksor Bé, 18 tuổi, vừa đứng vào hàng ngũ của Đảng.",
        "Đảng viên mới là học sinh lớp 12A1 của trường.",
        "Đồng chí ấy sinh ngày 3/2/2007, được kết nạp hôm qua.",
    ],
)
def test_birth_years_ages_and_classes_are_never_quoted(private: str) -> None:
    assert sentence_that_matters(_score((private, 9.0)), (), title=TITLE) == ""


@pytest.mark.parametrize(
    "public",
    [
        "Toàn tỉnh kết nạp 1.200 đảng viên dưới 30 tuổi trong năm nay.",
        "Có 3 học sinh lớp 12 và 4 giáo viên được kết nạp trong đợt này.",
        "Trường giới thiệu 20 học sinh năm 2026, trong đó 6 em được kết nạp.",
        "Dịp này, 14 đảng viên nhận Huy hiệu 30 năm tuổi Đảng.",
        "Trong giai đoạn (2021-2025), xã kết nạp được 31 đảng viên mới.",
    ],
)
def test_ages_and_classes_of_nobody_in_particular_are_no_secret(public: str) -> None:
    assert sentence_that_matters(_score(public), (), title=TITLE) == public


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Chi bộ kết nạp đồng chí Rơ Mah Hlan vào sáng nay.", True),
        ("Hai đảng viên mới: Ksor Bé, Siu Thư.", True),
        ("Đồng chí Rơ Mah Hlan, Bí thư Đảng ủy xã, nói về cách làm.", False),
        ("Đồng chí Rơ Mah Hlan - Phó Bí thư Thường trực nói về cách làm.", False),
        ("Các đồng chí đã được giúp đỡ tận tình.", False),
        ("Đoàn viên Thanh niên được học lớp nhận thức về Đảng.", False),
        ("Đảng bộ xã Ia Grai kết nạp 12 quần chúng.", False),
    ],
)
def test_people_are_told_from_offices_and_organisations(sentence: str, names: bool) -> None:
    assert names_a_person(sentence) is names


def test_a_story_without_reasons_and_figures_is_not_quoted() -> None:
    assert sentence_that_matters(_score(), (), title=TITLE) == ""
