from __future__ import annotations

from collections import Counter

import pytest

from tests.quality.__main__ import Measured
from tests.quality.corpora import Floors, own_corpora

FLAGS = {"tp": 9, "fp": 1, "fn": 1, "precision": 0.9, "recall": 0.9, "f1": 0.9, "kind": 0.9}
FIGURES = {**FLAGS, "strict_f1": 0.8}


@pytest.mark.parametrize(
    ("floors", "fallen"),
    [
        (Floors(precision=0.9, recall=0.9, f1=0.9, strict_f1=0.8, most_false_alarms=1), 0),
        (Floors(precision=0.91), 1),
        (Floors(recall=0.91), 1),
        (Floors(f1=0.91, strict_f1=0.81), 2),
        (Floors(most_false_alarms=0), 1),
        (Floors(kind=0.95), 1),
    ],
)
def test_each_floor_that_is_not_kept_is_told(floors, fallen):
    measured = Measured(
        corpus="dev", texts=10, floors=floors, flags=FLAGS, figures=FIGURES, wrong=[]
    )
    assert len(list(measured.below())) == fallen


def test_our_own_corpora_are_large_enough_to_mean_something():
    corpora = own_corpora()
    labels = Counter(text.label for text in corpora[0].texts)
    assert labels.total() >= 150
    assert min(labels["main"], labels["none"]) >= 100
    assert sum(len(text.facts or ()) for corpus in corpora for text in corpus.texts) >= 300
    assert all(len({text.id for text in one.texts}) == len(one.texts) for one in corpora)
