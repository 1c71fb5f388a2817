from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.pagetext import read_text
from monitor.extractor.figures import find_figures
from monitor.extractor.grammar.numbers import parse_digits
from monitor.extractor.text import fold
from monitor.items import Figure
from monitor.press.library import load_stories

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
HOME = Path(__file__).with_name("cases")
HELD_OUT = ("held_out.yaml", "held_out_later.yaml")
SHARED = Path(__file__).parents[4] / "shared"
# A floor may rise and never falls silently.
# Measured on the founding articles: 48 found of 48, 48 strict, 1 wrong.
FOUNDING_FLOORS = {"found": 47, "strict": 46, "wrong": 2}
# Measured on the cases the rules were written with: 0.996 and 0.996.
OWN_FLOORS = {"f1": 0.98, "strict_f1": 0.97, "periods": 0.97, "days": 0.97}
# Measured on the simulated press: 126 found of 126, 123 strict, none wrong.
PRESS_FLOORS = {"found": 125, "strict": 122, "wrong": 1}
PRESS_DAY = datetime(2026, 11, 21, tzinfo=UTC)
# Measured on texts that no rule was written for: 0.962 and 0.936; the first of them gave 0.913
# and 0.796 when they were written.
HELD_OUT_FLOORS = {"f1": 0.95, "strict_f1": 0.92}


def load(path: Path) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return cases


HELD = [case for name in HELD_OUT for case in load(HOME / name)]
CASES = [
    case for path in sorted(HOME.glob("*.yaml")) if path.name not in HELD_OUT for case in load(path)
]


@dataclass(frozen=True)
class Tally:
    """Found against gold: right, right in qualifier and organisation too, wrong, missed."""

    right: int
    strict: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed)

    @property
    def strict_f1(self) -> float:
        return 2 * self.strict / (2 * self.right + self.wrong + self.missed)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right,
            self.strict + other.strict,
            self.wrong + other.wrong,
            self.missed + other.missed,
        )


def tally(found: tuple[Figure, ...], gold: list[dict[str, Any]]) -> Tally:
    left = list(gold)
    right = strict = 0
    for figure in found:
        same = [fact for fact in left if is_same(figure, fact)]
        if same:
            best = max(same, key=lambda fact: agrees_strictly(figure, fact))
            left.remove(best)
            right += 1
            strict += agrees_strictly(figure, best)
    return Tally(right, strict, len(found) - right, len(left))


def is_same(figure: Figure, fact: dict[str, Any]) -> bool:
    upper = fact.get("max", fact.get("value_max"))
    said = (figure.metric, figure.value, figure.value_max)
    return said == (fact["metric"], fact["value"], upper)


def agrees_strictly(figure: Figure, fact: dict[str, Any]) -> bool:
    is_org_right = "org" not in fact or fold(fact["org"] or "") == fold(figure.org or "")
    return is_org_right and figure.qualifier == fact.get("qualifier", "exact")


def text_of(case: dict[str, Any]) -> str:
    text: str = case["text"]
    if case.get("form") == "nfd":
        return unicodedata.normalize("NFD", text)
    return text.replace(" ", "\u00a0") if case.get("form") == "nbsp" else text


def read_case(case: dict[str, Any]) -> tuple[Figure, ...]:
    published_on = case.get("published_on")
    return find_figures(text_of(case), title=case.get("title"), published_on=published_on)


def name_of(case: dict[str, Any]) -> str:
    name: str = case.get("id") or f"{case['phrasing']}: {case['text'][:50]}"
    return name


def pairs_of(case: dict[str, Any]) -> Iterator[tuple[Figure, dict[str, Any]]]:
    """Figures that are right, each beside the gold figure it was counted for."""
    left = list(case["figures"])
    for figure in read_case(case):
        same = [fact for fact in left if is_same(figure, fact)]
        if same:
            best = max(same, key=lambda fact: agrees_strictly(figure, fact))
            left.remove(best)
            yield figure, best


@pytest.mark.parametrize("case", [c for c in CASES if "gap" not in c], ids=name_of)
def test_each_labelled_text_gives_its_figures_and_no_other(case: dict[str, Any]) -> None:
    found = read_case(case)
    result = tally(found, case["figures"])
    assert (result.wrong, result.missed) == (0, 0), found
    assert result.strict == result.right, found
    gold_basis = sorted(str(fact.get("basis")) for fact in case["figures"])
    assert sorted(str(figure.basis) for figure in found) == gold_basis


def total_of(cases: list[dict[str, Any]]) -> Tally:
    return sum((tally(read_case(c), c["figures"]) for c in cases), Tally(0, 0, 0, 0))


def test_all_labelled_texts_together_keep_the_floors() -> None:
    total = total_of(CASES)
    assert total.f1 >= OWN_FLOORS["f1"], total
    assert total.strict_f1 >= OWN_FLOORS["strict_f1"], total


def test_texts_no_rule_was_written_for_keep_their_floors() -> None:
    total = total_of(HELD)
    assert total.f1 >= HELD_OUT_FLOORS["f1"], total
    assert total.strict_f1 >= HELD_OUT_FLOORS["strict_f1"], total


def test_periods_are_read_as_written_and_as_days() -> None:
    periods, days = [], []
    for figure, fact in (pair for case in CASES for pair in pairs_of(case)):
        if "period" in fact:
            periods.append(fold(figure.period or "") == fold(fact["period"]))
        if "from" in fact or "to" in fact:
            told = (figure.period_from, figure.period_to)
            days.append(told == (fact.get("from"), fact.get("to")))
    assert len(periods) >= 130
    assert len(days) >= 90
    assert sum(periods) / len(periods) >= OWN_FLOORS["periods"]
    assert sum(days) / len(days) >= OWN_FLOORS["days"]


def test_every_known_trap_is_shown_in_three_texts() -> None:
    shown = [phrasing for case in CASES for phrasing in case["phrasing"]]
    assert all(shown.count(phrasing) >= 3 for phrasing in range(22))
    assert len(CASES) >= 150
    assert sum(len(case["figures"]) for case in CASES) >= 300
    assert sum(not case["figures"] for case in CASES) >= 40
    assert {case.get("form") for case in CASES} == {None, "nfd", "nbsp"}


def test_a_part_is_never_added_to_its_whole_nor_to_another_part() -> None:
    """Every number a figure gives is printed in its sentence, or was derived from an excess."""
    for case in CASES:
        for figure in read_case(case):
            printed = {parse_digits(n) for n in _DIGITS.findall(figure.evidence)}
            is_printed = figure.value in printed or figure.value < 100
            is_multiplied = "ngàn" in fold(figure.evidence) or "nghìn" in fold(figure.evidence)
            assert is_printed or is_multiplied or figure.is_derived, figure


def test_contradictions_in_a_text_are_marked_and_nothing_else_is() -> None:
    for case in CASES:
        notes = [figure.note or "" for figure in read_case(case)]
        contradicts = any(note.startswith("mâu thuẫn") for note in notes)
        assert contradicts == case.get("contradicts", False), case["text"]


def test_evidence_is_the_original_text_whatever_its_unicode_form() -> None:
    for case in CASES:
        text = text_of(case)
        for figure in read_case(case):
            assert text[figure.start : figure.end] == figure.evidence
            for written in (figure.org, figure.period, figure.unit):
                assert written is None or unicodedata.is_normalized("NFC", written)


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


def test_the_simulated_press_gives_its_figures() -> None:
    """Written by somebody who did not know the rules; they were mended by it since."""
    total = Tally(0, 0, 0, 0)
    for story in (story for shelf in load_stories() for story in shelf if story.label != "none"):
        blocks = [block.text for block in story.body if block.kind != "photo"]
        text = "\n".join([story.sapo, *blocks] if story.sapo else blocks)
        published_on = (PRESS_DAY - story.age).date()
        found = find_figures(text, title=story.title, published_on=published_on)
        total += tally(found, [asdict(figure) for figure in story.figures])
    assert total.right >= PRESS_FLOORS["found"], total
    assert total.strict >= PRESS_FLOORS["strict"], total
    assert total.wrong <= PRESS_FLOORS["wrong"], total


def founding_articles() -> list[dict[str, Any]]:
    path = SHARED / "seeds" / "gold.json"
    if not path.exists():
        pytest.skip("the shared corpus is not here")
    articles: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return articles


@pytest.mark.shared
def test_the_founding_articles_give_their_figures() -> None:
    total = Tally(0, 0, 0, 0)
    for article in founding_articles():
        page = read_text((SHARED / "seeds" / article["file"]).read_text(encoding="utf-8"))
        text = "\n".join(part for part in (page.sapo, page.body) if part)
        total += tally(find_figures(text, title=page.title), article["facts"])
    assert total.right >= FOUNDING_FLOORS["found"], total
    assert total.strict >= FOUNDING_FLOORS["strict"], total
    assert total.wrong <= FOUNDING_FLOORS["wrong"], total


@pytest.mark.shared
def test_texts_without_the_topic_give_almost_no_figures() -> None:
    path = SHARED / "corpus" / "negatives.jsonl"
    if not path.exists():
        pytest.skip("the shared corpus is not here")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found = [find_figures(row["text"] or "", title=row["title"]) for row in rows]
    assert sum(map(len, found)) <= 2
