"""The table of an article's figures can be copied into a report as it stands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from monitor.cli.figure_table import print_figures
from monitor.extractor.figures import find_figures
from monitor.wording import load_wording

if TYPE_CHECKING:
    import pytest

VI = load_wording("vi")
TEXT = (
    "Năm 2025, Đảng bộ xã Tân Lâm kết nạp 25 đảng viên, vượt chỉ tiêu 5 đảng viên. Chi bộ thôn"
    " Đồng Ao kết nạp 3 đảng viên. Đảng bộ xã hiện có 14 chi bộ."
)


def lines_of(text: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    figures = find_figures(text, published_on=date(2026, 11, 21))
    print_figures(figures, wording=VI)
    return [line.rstrip() for line in capsys.readouterr().out.splitlines()]


def test_each_organisation_is_named_once_above_its_figures(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = lines_of(TEXT, capsys)[1:6]
    assert [row.startswith(("Tổ chức", "Đảng bộ xã", "Chi bộ")) for row in rows] == [
        *(True, True, False, False, True)
    ]
    assert [row.split()[-1] for row in rows[1:]] == ["[1]", "[1]", "[3]", "[2]"]
    assert "14 chi bộ" in rows[3]


def test_a_row_gives_the_days_and_how_a_target_was_derived(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = lines_of(TEXT, capsys)
    assert all("01/01/2025–31/12/2025" in row for row in rows[2:4])
    assert "20 đảng viên (suy ra)" in rows[3]
    assert "suy ra: kết nạp 25, vượt 5" in rows[3]


def test_each_sentence_is_printed_once_under_the_number_of_its_rows(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sentences = [row for row in lines_of(TEXT, capsys) if row.startswith("[")]
    assert sentences == [
        "[1] Năm 2025, Đảng bộ xã Tân Lâm kết nạp 25 đảng viên, vượt chỉ tiêu 5 đảng viên.",
        "[2] Chi bộ thôn Đồng Ao kết nạp 3 đảng viên.",
        "[3] Đảng bộ xã hiện có 14 chi bộ.",
    ]


def test_a_column_that_nothing_fills_is_left_out_and_no_figures_print_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    header = lines_of("Đảng bộ xã Tân Lâm có 14 chi bộ.", capsys)[1]
    assert header.split() == ["Tổ", "chức", "Chỉ", "số", "Giá", "trị", "Câu"]
    assert lines_of("Không có số liệu.", capsys) == []


def test_a_percentage_says_of_what(capsys: pytest.CaptureFixture[str]) -> None:
    text = "Năm 2025, Đảng bộ xã Tân Lâm kết nạp 9 đảng viên, đạt 90% kế hoạch năm."
    share = next(row for row in lines_of(text, capsys) if "Tỷ lệ" in row)
    assert "đạt 90% kế hoạch năm" in share
