"""``mark`` and what it leads to: ``show``, ``mark --list`` and ``eval --marked``."""

from __future__ import annotations

import pytest

from tests.monitor.cli.desk import Desk, command

FLAGGED, PLAIN = "hoi-thuong", "vn-son-la"


@pytest.fixture(scope="module")
def marked(copied: Desk) -> Desk:
    """One flag right, one wrong."""
    copied.run("mark", copied.press.url(FLAGGED), "right")
    number = str(copied.shown(PLAIN)["id"])
    copied.run("mark", number, "wrong", "--note", "chỉ nhắc qua")
    return copied


def test_marks_are_listed_newest_first_and_shown(marked: Desk) -> None:
    marks = marked.json("mark", "--list")
    assert [(one["url"], one["verdict"], one["note"]) for one in marks] == [
        (marked.press.url(PLAIN), "wrong", "chỉ nhắc qua"),
        (marked.press.url(FLAGGED), "right", None),
    ]
    assert "chỉ nhắc qua" in marked.says("mark", "--list")
    assert marked.shown(PLAIN)["mark"]["verdict"] == "wrong"
    assert "Đánh giá của người đọc: đúng" in marked.says("show", marked.press.url(FLAGGED))


def test_eval_measures_by_the_marks_and_names_the_terms_that_misfired(marked: Desk) -> None:
    result = marked.json("eval", "--marked")
    assert list(result) == ["flags", "figures", "wrong", "terms"]
    assert (result["flags"]["tp"], result["flags"]["fp"]) == (1, 1)
    assert result["wrong"] == [marked.press.url(PLAIN)]
    reasons = marked.shown(PLAIN)["score"]["reasons"]
    terms = {one["term"] for one in reasons if one["weight"] > 0}
    assert {one["term"] for one in result["terms"]} == terms
    assert all(term in marked.says("eval", "--marked") for term in terms)


@pytest.mark.parametrize(
    "arguments",
    [
        ("mark",),
        ("mark", "1"),
        ("mark", "1", "perhaps"),
        ("mark", "99999", "right"),
        ("mark", "--list", "1"),
        ("eval",),
        ("eval", "texts.jsonl", "--marked"),
    ],
)
def test_what_cannot_be_done_is_one_line(copied: Desk, arguments: tuple[str, ...]) -> None:
    done = command(*arguments, "--config", copied.config)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_a_reprint_is_shown_with_its_original_and_told_once(crawled: Desk) -> None:
    [copy] = crawled.shown("vn-na-bien-gioi")["copies"]
    assert (copy["url"], copy["is_original"]) == (crawled.press.url("na-bien-gioi"), True)
    shown = crawled.says("show", crawled.press.url("vn-na-bien-gioi"))
    assert "Cũng đăng trên Báo Nghệ An (mô phỏng) (bản gốc): http" in shown
    digest = crawled.json("digest", "--preview")
    papers = [one["paper"] for one in digest["stories"] if "phên giậu" in one["title"]]
    assert papers == ["Báo Nghệ An (mô phỏng)"]
