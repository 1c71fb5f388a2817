"""``search``, ``show``, ``status`` and ``sources`` on a crawled watch."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.monitor.cli.desk import Desk, command

if TYPE_CHECKING:
    from tests.monitor.cli.desk import Desk


def found(crawled: Desk, *words: str) -> list[Any]:
    hits: list[Any] = crawled.json("search", *words, "--limit", "100")
    return hits


@pytest.mark.parametrize(
    "words",
    [
        "Những hạt giống đỏ nơi phên giậu",
        "nhung hat giong do noi phen giau",
        unicodedata.normalize("NFD", "Những hạt giống đỏ nơi phên giậu"),
        "NHỮNG HẠT GIỐNG ĐỎ",
        '"giong do noi phen"',
    ],
)
def test_words_are_found_in_any_spelling(crawled: Desk, words: str) -> None:
    ids = {hit["url"] for hit in found(crawled, words)}
    assert ids == {crawled.press.url("na-bien-gioi"), crawled.press.url("vn-na-bien-gioi")}


@pytest.mark.parametrize(("new", "old"), [("Hòa", "Hoà"), ("Thủy Xuân", "Thuỷ Xuân")])
def test_both_places_of_the_tone_mark_find_the_same(crawled: Desk, new: str, old: str) -> None:
    hits = found(crawled, new)
    assert hits
    assert hits == found(crawled, old)


def test_a_hit_has_these_keys(crawled: Desk) -> None:
    [hit] = found(crawled, "Hội Thương", "phố chợ")
    assert list(hit) == [
        "article_id",
        "url",
        "title",
        "source",
        "paper",
        "province",
        "published_at",
        "has_time",
        "found_at",
        "topic",
        "label",
        "value",
        "excerpt",
        "place",
        "copies",
    ]
    assert (hit["source"], hit["province"], hit["label"]) == ("bao-gia-lai", "Gia Lai", "main")


def test_a_search_can_be_narrowed(crawled: Desk) -> None:
    every = found(crawled, "đảng viên")
    flagged = found(crawled, "đảng viên", "--flagged")
    own = found(crawled, "đảng viên", "--source", "bao-nghe-an")
    assert 0 < len(flagged) < len(every)
    assert {hit["label"] for hit in flagged} <= {"main", "part"}
    assert {hit["source"] for hit in own} == {"bao-nghe-an"}
    assert len(crawled.json("search", "đảng viên", "--limit", "2")) == 2


def test_a_search_for_people_is_a_list_with_numbers_to_show(crawled: Desk) -> None:
    said = crawled.says("search", "nơi phên giậu", "--source", "bao-nghe-an")
    [hit] = found(crawled, "nơi phên giậu", "--source", "bao-nghe-an")
    assert said.split()[0] == str(hit["article_id"])
    assert "Báo Nghệ An (mô phỏng)" in said
    assert said.endswith("Tìm thấy 1 bài\n")


def test_nothing_found_is_no_mistake(crawled: Desk) -> None:
    assert crawled.says("search", "khôngcótừnày") == "Tìm thấy 0 bài\n"
    assert found(crawled, "!?") == []


def test_an_article_is_shown_by_number_and_by_address(crawled: Desk) -> None:
    by_address = crawled.shown("na-bien-gioi")
    assert crawled.json("show", str(by_address["id"])) == by_address
    assert (by_address["state"], by_address["paper"]) == ("read", "Báo Nghệ An (mô phỏng)")
    assert by_address["score"]["reasons"]
    said = crawled.says("show", str(by_address["id"]))
    assert "Tiêu đề: Những hạt giống đỏ nơi phên giậu" in said
    assert by_address["score"]["reasons"][0]["term"] in said
    assert "Kết nạp đảng viên" in said
    assert "Đảng bộ xã Mường Lằm" in said


def test_the_status_counts_what_is_watched_and_stored(crawled: Desk) -> None:
    status = crawled.json("status")
    assert list(status) == [
        "service",
        "watching_since",
        "counts",
        "failing",
        "gaps",
        "last_digest",
        "next_digest_at",
        "digests",
        "undelivered",
        "moved_chats",
        "runs",
        "sources",
        "backfills",
    ]
    counts = status["counts"]
    assert counts["watched"] == 10
    assert counts["pages_by_state"] == {"read": len(crawled.press.truth())}
    assert (status["failing"], status["undelivered"]) == ([], [])
    assert {key for run in status["runs"] for key in run["sources"]} == set(crawled.press.sites)
    said = crawled.says("status")
    assert f"{counts['articles']} bài trong kho, {counts['flagged']} bài liên quan" in said
    assert "Chưa có bản điểm báo nào" in said
    assert "Bản kế tiếp: 07:00, " in said


def test_the_status_tells_when_each_source_is_visited_next(crawled: Desk) -> None:
    plans = crawled.json("status")["sources"]
    assert {plan["key"] for plan in plans} == set(crawled.press.sites)
    moments = [datetime.fromisoformat(plan["next_visit_at"]) for plan in plans]
    assert moments == sorted(moments)
    for plan in plans:
        assert 0 < plan["requests_today"] < plan["requests_per_day"] == 1_500
        assert plan["interval"] is None
    portal = next(plan for plan in plans if plan["key"] == "phuong-thuy-xuan")
    paper = next(plan for plan in plans if plan["key"] == "bao-gia-lai")
    assert portal["articles_per_day"] < paper["articles_per_day"]
    said = crawled.says("status")
    [line] = [line for line in said.splitlines() if line.startswith("Báo Gia Lai")]
    assert f"{paper['requests_today']}/1.500" in line
    assert "theo nhịp đăng bài" in line


def test_the_sources_are_listed_one_a_line(crawled: Desk) -> None:
    listed = crawled.json("sources")
    assert {one["source"]["key"] for one in listed} == set(crawled.press.sites)
    assert all(one["state"]["last_success_at"] for one in listed)
    lines = crawled.says("sources").splitlines()
    assert len(lines) == 1 + len(crawled.press.sites)
    [ward] = [line for line in lines if "phuong-thuy-xuan" in line]
    assert "Trang thông tin phường Thủy Xuân (mô phỏng)" in ward


def test_every_address_is_listed_with_its_certainty_and_last_answer(crawled: Desk) -> None:
    said = crawled.says("sources", "--addresses", "--province", "Quảng Ninh")
    feed, listing = said.splitlines()[1:3]
    assert "/rss/news/xay-dung-dang.rss" in feed
    assert "nội dung không đúng loại" in feed
    assert "đã kiểm tra" in listing


def test_an_unknown_province_is_told(crawled: Desk) -> None:
    done = command("sources", "--province", "Hà Nam", "--config", crawled.config)
    assert done.returncode == 2
    assert "no source in a province 'Hà Nam'" in done.stderr


def test_the_language_of_people_can_be_english(crawled: Desk) -> None:
    english = crawled.folder / "english.yaml"
    settings = crawled.config.read_text("utf-8")
    english.write_text(f"language: en\n{settings}", encoding="utf-8")
    status = command("status", "--config", english).stdout
    digest = " ".join(command("digest", "--config", english).stdout.split())
    check = command("config", "check", "--config", english).stdout
    assert status.startswith("Watching 10 sources since ")
    assert "No digest yet" in status
    assert "New articles a day (expected)" in status
    assert "by its rhythm" in status
    assert check.startswith("Settings are good: 9 provinces, 10 sources")
    assert "PARTY MEMBERSHIP DEVELOPMENT" in digest
    assert "9 of 9 provinces checked · 10 of 10 sources answered" in digest
    assert "Hội Thương bền bỉ phát triển đảng viên giữa phố chợ" in digest
