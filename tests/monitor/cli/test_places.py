"""``search --place`` and ``figures``: what the press says of a unit by any of its names."""

from __future__ import annotations

import pytest

from tests.monitor.cli.desk import Desk, command


def titles(crawled: Desk, *arguments: str) -> list[str]:
    return [hit["title"] for hit in crawled.json("search", *arguments)]


@pytest.mark.parametrize(
    "place",
    ["huyện Phú Lương", "xã Yên Ninh, Phú Lương", "xã Yên Trạch, Thái Nguyên", "thai nguyen"],
)
def test_a_story_is_found_by_the_old_and_the_new_name_of_its_place(
    crawled: Desk, place: str
) -> None:
    [title] = titles(crawled, "--place", place, "--flagged")
    assert "Phú Lương" in title


def test_words_and_a_place_narrow_each_other(crawled: Desk) -> None:
    assert titles(crawled, "phố chợ", "--place", "phường Pleiku")
    assert titles(crawled, "phố chợ", "--place", "Cà Mau") == []


def test_the_units_that_were_meant_are_told(crawled: Desk) -> None:
    said = crawled.says("search", "--place", "xã Hợp Thành")
    assert said.startswith("Địa phương: xã Hợp Thành (Lào Cai); xã Hợp Thành (Thái Nguyên)")
    assert "thêm tên tỉnh để thu hẹp" in said
    assert said.endswith("Tìm thấy 1 bài\n")


def test_figures_are_listed_by_any_name_of_the_place(crawled: Desk) -> None:
    hits = crawled.json("figures", "xã Yên Trạch, Thái Nguyên")
    assert {hit["figure"]["org"] for hit in hits} == {"Đảng bộ xã Yên Ninh"}
    assert {hit["figure"]["place_code"] for hit in hits} == {"63-05614"}
    said = crawled.says("figures", "phường Pleiku", "--metric", "admitted")
    assert "Đảng bộ phường Hội Thương" in said
    assert said.endswith("1 số liệu\n")


def test_progress_can_be_asked_for_by_place(crawled: Desk) -> None:
    everywhere = crawled.json("progress")
    here = crawled.json("progress", "--place", "phường Pleiku")
    assert 0 < len(here) < len(everywhere)
    assert {pair["province"] for pair in here} == {"Gia Lai"}


def test_figures_can_be_narrowed_by_day(crawled: Desk) -> None:
    assert crawled.json("figures", "huyện Phú Lương", "--since", "2000-01-01")
    assert crawled.json("figures", "huyện Phú Lương", "--since", "2100-01-01") == []


def test_a_place_is_shown_with_its_district_and_what_it_is_today(crawled: Desk) -> None:
    shown = crawled.says("show", crawled.press.url("hoi-thuong"))
    assert "phường Hội Thương, thành phố Pleiku, Gia Lai · nay là phường Pleiku" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search",), "name words to find, a --place, or both"),
        (("search", "--place", "xã Hợp Thàn"), "did you mean 'xã Hợp Thành'?"),
        (("figures", "Atlantis"), "no province, district, commune or ward 'Atlantis'"),
        (("figures", "Hà Nam", "--metric", "x"), "no metric 'x'; there are admitted, target"),
    ],
)
def test_what_cannot_be_asked_is_one_line(
    crawled: Desk, arguments: tuple[str, ...], said: str
) -> None:
    done = command(*arguments, "--config", crawled.config)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
