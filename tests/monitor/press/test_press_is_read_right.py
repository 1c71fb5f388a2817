"""What is read of the simulated press does not fall below what a digest needs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.benchmarks.reading_pages import press_pages
from tests.crawler.frozen.readers import diembao
from tests.crawler.frozen.scores import PageScore, score_page, score_set, worst

LEAST_F1, LEAST_SAPO, LEAST_DAY = 0.98, 0.99, 0.99


@pytest.fixture(scope="module")
def scores() -> Sequence[PageScore]:
    return [
        score_page(
            page.spec.key,
            diembao(page.body, url=page.spec.url, fetched_at=page.spec.fetched, encoding=None),
            page.expected,
        )
        for page in press_pages()
    ]


def test_the_reading_reaches_its_floors(scores: Sequence[PageScore]) -> None:
    reached = score_set(scores)
    faults = {page.key: page.faults for page in worst(scores)}
    assert reached.f1 >= LEAST_F1, faults
    assert reached.sapo >= LEAST_SAPO, faults
    assert reached.day >= LEAST_DAY, faults


def test_no_headline_from_beside_an_article_leaks(scores: Sequence[PageScore]) -> None:
    assert {page.key: page.leaks for page in scores if page.leaks} == {}
