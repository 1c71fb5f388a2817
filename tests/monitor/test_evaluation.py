from __future__ import annotations

import pytest

from monitor.evaluation import GoldFigure, JudgedLabel, evaluate_figures, evaluate_flags, misfires
from monitor.items import Figure, Label, Reason, Score


def admitted(value: float, **facts: object) -> Figure:
    return Figure(metric="admitted", value=value, evidence="…", start=0, end=1, **facts)


def test_main_and_part_are_both_flagged():
    result = evaluate_flags(
        [
            JudgedLabel(id="a", found="main", gold="part"),
            JudgedLabel(id="b", found="part", gold="none"),
            JudgedLabel(id="c", found="none", gold="main"),
            JudgedLabel(id="d", found="none", gold="none"),
        ]
    )
    assert (result.tp, result.fp, result.fn) == (1, 1, 1)
    assert (result.precision, result.recall, result.f1) == (0.5, 0.5, 0.5)
    assert result.wrong == ("b", "c")


def test_nothing_to_find_and_nothing_found_is_perfect():
    assert evaluate_flags([]).f1 == 1.0
    assert evaluate_figures({}, {}).strict_f1 == 1.0


def test_a_gold_figure_is_matched_once():
    result = evaluate_figures(
        {"a": [admitted(31), admitted(31)]}, {"a": [GoldFigure(metric="admitted", value=31)]}
    )
    assert (result.tp, result.fp, result.fn) == (1, 1, 0)


def test_two_equal_gold_figures_want_two_found_ones():
    gold = [GoldFigure(metric="admitted", value=5), GoldFigure(metric="admitted", value=5)]
    result = evaluate_figures({"a": [admitted(5)]}, {"a": gold})
    assert (result.tp, result.fn) == (1, 1)


@pytest.mark.parametrize(
    "gold",
    [
        GoldFigure(metric="target", value=8, value_max=9),
        GoldFigure(metric="admitted", value=7, value_max=9),
        GoldFigure(metric="admitted", value=8),
    ],
)
def test_metric_value_and_range_must_agree(gold):
    assert evaluate_figures({"a": [admitted(8, value_max=9)]}, {"a": [gold]}).tp == 0


def test_a_figure_of_another_text_is_wrong_and_leaves_its_own_missed():
    gold = {"b": [GoldFigure(metric="admitted", value=8)]}
    result = evaluate_figures({"a": [admitted(8)]}, gold)
    assert (result.tp, result.fp, result.fn) == (0, 1, 1)


def test_the_strict_score_asks_for_qualifier_and_folded_organisation():
    gold = {
        "a": [
            GoldFigure(metric="admitted", value=8, qualifier="over", org="Huyện uỷ Phú Lương"),
            GoldFigure(metric="admitted", value=9, qualifier="over"),
            GoldFigure(metric="admitted", value=10, org="Đảng bộ xã"),
        ]
    }
    found = [
        admitted(8, qualifier="over", org="huyện ủy  Phú Lương"),
        admitted(9),
        admitted(10, org="Đảng bộ phường"),
    ]
    result = evaluate_figures({"a": found}, gold)
    assert result.f1 == 1.0
    assert result.strict_tp == 1
    assert result.strict_f1 == pytest.approx(1 / 3)


def scored(label: Label, **weights: float) -> Score:
    reasons = tuple(
        Reason(term=term, weight=weight, where="body", sentence="…")
        for term, weight in weights.items()
    )
    return Score(label=label, value=0.5, reasons=reasons)


def test_terms_that_spoke_for_wrong_flags_are_ranked_by_stories():
    judged = [
        (scored("main", oath=2.0, source=1.0, sport=-1.0), "none"),
        (scored("part", oath=2.0), "none"),
        (scored("main", source=1.0), "main"),
    ]
    assert [(one.term, one.wrong, one.right, one.weight) for one in misfires(judged)] == [
        ("oath", 2, 0, 4.0),
        ("source", 1, 1, 1.0),
    ]


def test_of_a_story_that_was_left_out_wrongly_the_vetoes_misfired():
    judged = [(scored("none", oath=2.0, sport=-3.0), "main"), (scored("none", sport=-3.0), "none")]
    assert [(one.term, one.wrong, one.right) for one in misfires(judged)] == [("sport", 1, 1)]


def test_where_all_is_right_nothing_misfired():
    assert misfires([(scored("main", oath=2.0), "part")]) == []


def test_an_organisation_that_the_text_leaves_open_is_not_judged():
    gold = {
        "a": [
            GoldFigure(metric="admitted", value=8, is_org_judged=False),
            GoldFigure(metric="admitted", value=8, org="Đảng bộ xã"),
        ]
    }
    found = [admitted(8, org="Đảng bộ xã"), admitted(8, org="Chi bộ thôn Đông")]
    assert evaluate_figures({"a": found}, gold).strict_tp == 2
    assert evaluate_figures({"a": [*found[1:], admitted(8)]}, gold).strict_tp == 1
