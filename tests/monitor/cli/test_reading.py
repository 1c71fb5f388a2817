"""``read`` and ``eval``: what the pipeline makes of pages that are not stored."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from monitor.items import Figure, Place, Reason
from tests.monitor.cli.desk import Desk, command, command_json

if TYPE_CHECKING:
    from pathlib import Path

STORY = "hoi-thuong"
KEYS = [
    "url",
    "title",
    "sapo",
    "published_at",
    "published_rule",
    "author",
    "body",
    "original_source",
    "label",
    "score",
    "reasons",
    "figures",
    "place",
]
"""What other programs build on; more may follow."""

TEXT = """\
Xã Đăk Pxi kết nạp thêm đảng viên
Thứ Tư, 18/11/2026 - 09:05

Từ đầu năm 2026 đến nay, Đảng bộ xã Đăk Pxi đã kết nạp 21 đảng viên, đạt 105% kế hoạch.

Xã mở hai lớp bồi dưỡng nhận thức về Đảng cho quần chúng ưu tú.
"""


def names(kind: type[Figure | Place | Reason]) -> list[str]:
    return [one.name for one in fields(kind)]


def assert_it_is_the_story(found: Any, crawled: Desk) -> None:
    published = crawled.press.article(STORY)
    assert list(found)[: len(KEYS)] == KEYS
    assert found["url"] == crawled.press.url(STORY)
    assert found["title"] == published.story.title
    assert found["sapo"]
    assert found["published_at"].startswith(f"{published.published_at:%Y-%m-%dT%H:%M}")
    assert found["published_rule"]
    assert found["author"] == published.story.author
    assert (found["label"], found["original_source"]) == ("main", None)
    assert 0.5 < found["score"] <= 1
    assert found["place"]["unit"]


@pytest.fixture(scope="module")
def saved(crawled: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page as a browser saves it."""
    path = tmp_path_factory.mktemp("saved") / "bai.html"
    path.write_bytes(httpx.get(crawled.press.url(STORY), trust_env=False).content)
    return path


def test_a_saved_page_is_read_as_the_crawl_reads_it(crawled: Desk, saved: Path) -> None:
    found = command_json("read", saved, "--url", crawled.press.url(STORY))
    assert_it_is_the_story(found, crawled)
    stored = crawled.shown(STORY)["article"]
    assert (found["title"], found["body"]) == (stored["title"], stored["body"])


def test_figures_reasons_and_place_have_the_fields_of_their_words(
    crawled: Desk, saved: Path
) -> None:
    found = command_json("read", saved, "--url", crawled.press.url(STORY))
    text = f"{found['sapo']}\n\n{found['body']}"
    assert found["figures"]
    for figure in found["figures"]:
        assert list(figure) == names(Figure)
        assert figure["evidence"] == text[figure["start"] : figure["end"]]
    assert all(list(reason) == names(Reason) for reason in found["reasons"])
    assert list(found["place"]) == names(Place)


def test_a_page_is_fetched_by_its_address_and_not_stored(crawled: Desk) -> None:
    before = crawled.json("status")["counts"]
    assert_it_is_the_story(crawled.json("read", crawled.press.url(STORY)), crawled)
    assert crawled.json("status")["counts"] == before


def test_plain_text_is_read_without_an_address(tmp_path: Path) -> None:
    page = tmp_path / "bai.txt"
    page.write_text(TEXT, encoding="utf-8")
    done = command("read", page, "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert list(found)[: len(KEYS)] == KEYS
    assert found["url"] is None
    assert found["title"] == "Xã Đăk Pxi kết nạp thêm đảng viên"
    assert found["published_at"].startswith("2026-11-18T02:05")
    assert found["published_raw"] == "Thứ Tư, 18/11/2026 - 09:05"
    assert found["has_time"] is True
    assert found["label"] == "main"
    assert next((one["metric"], one["value"]) for one in found["figures"]) == ("admitted", 21)


def test_a_reading_for_people_is_in_their_language(tmp_path: Path) -> None:
    page = tmp_path / "bai.txt"
    page.write_text(TEXT, encoding="utf-8")
    done = command("read", page, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Tiêu đề: Xã Đăk Pxi kết nạp thêm đảng viên" in done.stdout
    assert "Mức liên quan: trọng tâm" in done.stdout
    assert "Ngày đăng: 09:05, 18/11/2026 (text: Thứ Tư, 18/11/2026 - 09:05)" in done.stdout
    assert "Kết nạp đảng viên" in done.stdout
    assert "Đảng bộ xã Đăk Pxi" in done.stdout


def jsonl(path: Path, *rows: dict[str, object]) -> Path:
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    return path


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    title = "Phường Hội Phú kết nạp đảng viên"
    body = "Trong quý III, Đảng bộ phường Hội Phú đã kết nạp 9 đảng viên."
    return jsonl(
        tmp_path / "texts.jsonl",
        {"id": "right", "title": title, "text": body, "label": "main", "url": "of no interest"},
        {"id": "other", "title": "Giá cà phê tăng", "text": "Giá tăng.", "label": "none"},
        {"id": "missed", "title": "Giá tiêu giảm", "text": "Giá giảm.", "label": "part"},
        {"id": "too-many", "title": title, "text": body, "label": "none"},
    )


def test_an_evaluation_counts_flags_and_names_the_wrong_ones(texts: Path) -> None:
    found = command_json("eval", texts)
    assert list(found) == ["flags", "figures", "wrong"]
    assert found["flags"] == {
        "tp": 1,
        "fp": 1,
        "fn": 1,
        "precision": 0.5,
        "recall": 0.5,
        "f1": 0.5,
        "kind": 1.0,
    }
    assert found["wrong"] == ["missed", "too-many"]


def test_an_evaluation_counts_figures_where_there_is_gold(texts: Path) -> None:
    admitted = {"metric": "admitted", "value": 9, "org": "Đảng bộ phường Hội Phú"}
    total = {"metric": "members_total", "value": 300}
    gold = jsonl(texts.with_name("gold.jsonl"), {"id": "right", "facts": [admitted, total]})
    figures = command_json("eval", texts, "--figures", gold)["figures"]
    assert figures == {
        "tp": 1,
        "fp": 0,
        "fn": 1,
        "precision": 1.0,
        "recall": 0.5,
        "f1": 0.6667,
        "strict_f1": 0.6667,
    }


def test_an_evaluation_for_people_is_a_table(texts: Path) -> None:
    done = command("eval", texts)
    assert done.returncode == 0, done.stderr
    assert "precision" in done.stdout
    assert "wrong: missed, too-many" in done.stdout
