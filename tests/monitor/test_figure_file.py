"""The figures of a digest as a table for spreadsheets and programs."""

from __future__ import annotations

from csv import DictReader
from dataclasses import replace
from datetime import date
from io import StringIO
from zoneinfo import ZoneInfo

import pytest

from monitor.items import DERIVED, Digest, Figure, Language, Place
from monitor.render import render
from monitor.render.figure_file import figure_file
from monitor.wording import load_wording
from tests.monitor import sample_digests as samples
from tests.monitor.sample_digests import figure, story

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def written(digest: Digest, language: Language = "vi") -> str:
    return figure_file(digest, wording=load_wording(language), zone=HANOI)


def rows_of(digest: Digest, language: Language = "en") -> list[dict[str, str]]:
    return list(DictReader(StringIO(written(digest, language).removeprefix("\ufeff"))))


def only_row(*figures: Figure, **more: object) -> dict[str, str]:
    [row] = rows_of(samples.digest(story(figures=figures, **more)))
    return row


def test_excel_is_told_that_it_is_utf_8_and_the_header_is_the_readers() -> None:
    text = written(samples.full_day())
    assert text.startswith("\ufeffTổ chức,")
    assert written(samples.full_day(), "en").startswith("\ufeffOrganisation,Province,")
    assert text.count("\r\n") == 9
    assert text.endswith("\r\n")


def test_a_row_says_whose_where_how_many_when_and_who_says_so() -> None:
    told = figure(
        "admitted",
        1250,
        value_max=1300,
        qualifier="about",
        org="Đảng bộ huyện Phú Lương",
        period="9 tháng đầu năm 2024",
        period_from=date(2024, 1, 1),
        period_to=date(2024, 9, 30),
        place_code="63-168",
        evidence="Đảng bộ huyện kết nạp khoảng 1.250-1.300 đảng viên.",
    )
    assert only_row(told, title="Phú Lương, vùng đất mới") == {
        "Organisation": "Đảng bộ huyện Phú Lương",
        "Province": "Thái Nguyên",
        "District (before 7/2025)": "huyện Phú Lương",
        "Commune or ward": "",
        "Measure": "Members admitted",
        "Value": "1250",
        "To": "1300",
        "Precision": "about",
        "Unit": "đảng viên",
        "Basis": "",
        "Period": "9 tháng đầu năm 2024",
        "From day": "2024-01-01",
        "To day": "2024-09-30",
        "Note": "",
        "Title": "Phú Lương, vùng đất mới",
        "Source": "Báo Gia Lai",
        "Address": "https://baogialai.example/chuyen-1.html",
        "Published": "2026-11-20 08:15",
        "Sentence": "Đảng bộ huyện kết nạp khoảng 1.250-1.300 đảng viên.",
        "Also told in": "",
    }


def test_a_place_that_no_table_knows_is_told_as_the_story_does() -> None:
    place = Place(province="Gia Lai", province_then="Gia Lai", unit="xã Ia Lạ", district="huyện Lạ")
    row = only_row(figure("admitted", 3, org="Đảng bộ xã"), place=place)
    told = [row["Province"], row["District (before 7/2025)"], row["Commune or ward"]]
    assert told == ["Gia Lai", "huyện Lạ", "xã Ia Lạ"]


@pytest.mark.parametrize(
    ("cell", "harmless"),
    [
        ("=1+1", "'=1+1"),
        ("+84 xã", "'+84 xã"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        (" \r\n=1", "'=1"),
        ("＝1+1", "'＝1+1"),
        ('Chi bộ "A", B', 'Chi bộ "A", B'),
    ],
)
def test_no_cell_makes_a_spreadsheet_calculate(cell: str, harmless: str) -> None:
    row = only_row(figure("admitted", 1, org=cell, period=cell), title=cell, paper=cell)
    assert {row["Organisation"], row["Period"], row["Title"], row["Source"]} == {harmless}


@pytest.mark.parametrize(
    "sentence",
    [
        "Em Nguyễn Thị Hoa, sinh năm 2008, được kết nạp.",
        "Chi bộ kết nạp đồng chí Trần Văn Bình.",
    ],
)
def test_a_sentence_about_a_person_is_left_out(sentence: str) -> None:
    row = only_row(figure("admitted", 1, org="Chi bộ trường", evidence=sentence))
    assert row["Sentence"] == ""
    assert row["Value"] == "1"


def test_values_are_plain_numbers_whatever_their_size() -> None:
    values = (5_300_000, 2.5, 0.125, 12)
    figures = tuple(figure("members_total", value, org="Đảng bộ") for value in values)
    rows = rows_of(samples.digest(story(figures=figures)))
    assert [row["Value"] for row in rows] == ["5300000", "2.5", "0.125", "12"]


def test_what_was_derived_and_what_nobody_owns_is_in_the_file_too() -> None:
    rows = rows_of(
        samples.digest(
            story(
                figures=(
                    figure("target", 20, org="Đảng bộ", note=f"{DERIVED}: 31 - 11"),
                    figure("share", 2.5, unit=None, org=None),
                )
            )
        )
    )
    assert [(row["Organisation"], row["Note"], row["Unit"]) for row in rows] == [
        ("Đảng bộ", "suy ra: 31 - 11", "đảng viên"),
        ("", "", "%"),
    ]


def test_a_figure_of_two_stories_is_one_row_with_both_addresses() -> None:
    told = figure("admitted", 31, org="Đảng bộ xã Ia O", period="năm 2026")
    [row] = rows_of(samples.digest(story(1, figures=(told,)), story(2, figures=(told,))))
    assert row["Address"].endswith("chuyen-1.html")
    assert row["Also told in"].endswith("chuyen-2.html")


def test_what_only_a_copy_prints_has_the_copys_address() -> None:
    told = figure("admitted", 31, org="Đảng bộ xã", paper="Báo Phú Thọ 2")
    row = only_row(told, copies=samples.copies(2))
    assert row["Source"] == "Báo Phú Thọ 2"
    assert row["Address"].startswith("https://to2.example/")


def test_only_who_asked_for_it_gets_it_on_a_day_without_figures_too() -> None:
    day = samples.empty_day()
    asked = replace(day, subscription=replace(day.subscription, has_csv=True))
    words = load_wording("vi")
    assert render(day, wording=words, zone=HANOI).csv is None
    csv = render(asked, wording=words, zone=HANOI).csv
    assert csv is not None
    assert csv.count("\r\n") == 1
