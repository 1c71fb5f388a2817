"""Pages of CMS that nobody saw while the reading was written are read right too."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from tests.crawler.frozen.items import HANOI, Expected
from tests.crawler.frozen.readers import diembao
from tests.crawler.frozen.scores import PageScore, score_page

HOME = Path(__file__).parent / "written_last"
FETCHED = datetime(2026, 11, 20, 9, 30, tzinfo=HANOI)


@pytest.fixture(scope="module", params=["radio", "commune"])
def score(request: pytest.FixtureRequest) -> PageScore:
    body = (HOME / f"{request.param}.html").read_bytes()
    raw = json.loads((HOME / f"{request.param}.json").read_text("utf-8"))
    expected = Expected(
        sha256=sha256(body).hexdigest(),
        title=raw["title"],
        sapo=raw["sapo"],
        body=tuple(raw["body"]),
        author=raw["author"],
        published=raw["published"],
        original_source=raw["original_source"],
        beside=tuple(raw["beside"]),
    )
    told = diembao(body, url=raw["url"], fetched_at=FETCHED, encoding=None)
    return score_page(request.param, told, expected)


def test_the_whole_article_and_nothing_else_is_read(score: PageScore) -> None:
    assert score.refusal is None
    assert score.leaks == ()
    assert score.f1 >= 0.98


def test_its_sapo_is_kept_once(score: PageScore) -> None:
    assert score.sapo


def test_its_title_and_minute_of_publication_are_found(score: PageScore) -> None:
    assert score.title
    assert score.day
    assert score.minute


def test_its_origin_is_named(score: PageScore) -> None:
    assert score.original_source
