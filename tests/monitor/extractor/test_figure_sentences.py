"""What is read in one sentence or two."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.extractor.figures import find_figures


def test_a_derived_target_says_how_it_was_derived() -> None:
    text = "Năm 2022, Đảng bộ xã Cẩm Lý kết nạp 25 đảng viên, vượt chỉ tiêu 5 đảng viên."
    target = next(figure for figure in find_figures(text) if figure.metric == "target")
    assert target.value == 20
    assert target.note == "suy ra: kết nạp 25, vượt 5"


def test_a_period_of_the_paragraph_holds_for_its_next_sentence_only() -> None:
    text = (
        "Năm 2021, Đảng bộ xã Tân Lâm kết nạp 9 đảng viên. Đảng bộ xã chuyển đảng chính thức cho"
        " 7 đồng chí.\n\nĐảng bộ xã có 240 đảng viên."
    )
    assert [figure.period for figure in find_figures(text)] == ["năm 2021", "năm 2021", None]


def test_a_year_after_publication_is_a_plan() -> None:
    text = "Năm 2027, Đảng bộ xã Tân Lâm kết nạp 9 đảng viên."
    metrics = [f.metric for f in find_figures(text, published_on=date(2026, 11, 21))]
    assert metrics == ["target"]


def test_the_headline_names_the_body_that_the_text_calls_toan_huyen() -> None:
    figures = find_figures(
        "Năm 2020, toàn huyện kết nạp 51 đảng viên.", title="Huyện Sông Lũng tạo nguồn kết nạp Đảng"
    )
    assert [figure.org for figure in figures] == ["Đảng bộ huyện Sông Lũng"]


def test_names_of_the_admitted_reach_no_field_but_the_evidence() -> None:
    text = (
        "Chi bộ thôn Nà Sản kết nạp 2 đảng viên gồm: Hoàng Thị Mận, sinh năm 2001; Lò Văn Đoàn,"
        " lớp 12A3."
    )
    figures = find_figures(text)
    assert [figure.value for figure in figures] == [2]
    fields = " ".join(str((f.org, f.period, f.unit, f.note)) for f in figures)
    assert "Mận" not in fields
    assert "2001" not in fields


def test_a_table_run_together_is_no_sentence() -> None:
    assert find_figures("Đảng bộ xã Tân Lâm kết nạp " + "12 đảng viên, " * 300) == ()


PIECES = st.sampled_from(
    [
        *(
            "Đảng bộ xã Tân Lâm",
            "toàn huyện",
            "Chi bộ",
            "kết nạp được",
            "phấn đấu",
            "trong đó",
            "(",
            ")",
        ),
        *(
            "12",
            "5/10",
            "6,7",
            "8,5 ngàn",
            "3%",
            "trở lên",
            "đảng viên",
            "quần chúng",
            "nữ",
            ",",
            ";",
        ),
        *(
            "năm 2022",
            "đến nay",
            "từ đầu năm đến hết tháng 4-2023",
            "chỉ tiêu cả năm",
            "quý 2 năm ngoái",
            "vượt chỉ tiêu",
            "lớp bồi dưỡng nhận thức về Đảng",
            "tổng số",
            ".",
        ),
        *(
            "chi bộ trực thuộc",
            "mới",
            "mỗi năm",
            "cùng",
            "và",
            "lên",
            "chưa",
            "\n",
            "các",
            "TP.",
            "-",
        ),
    ]
)


@given(st.lists(PIECES, max_size=25))
@settings(max_examples=200, deadline=None)
def test_any_jumble_of_the_grammars_words_is_read_without_failing(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for figure in find_figures(text, published_on=date(2026, 11, 21)):
        assert not (figure.period_from and figure.period_to) or (
            figure.period_from <= figure.period_to
        )
        assert text[figure.start : figure.end] == figure.evidence
        assert figure.value_max is None or figure.value_max > figure.value
