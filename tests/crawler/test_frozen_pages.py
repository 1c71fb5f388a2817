"""The reading of frozen pages does not fall below what it once reached."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import lxml.html
import pytest

from tests.crawler.frozen import EXPECTED_HOME, Build, FrozenPage, load_expected, load_specs
from tests.crawler.frozen.readers import diembao
from tests.crawler.frozen.scores import (
    PageScore,
    Told,
    glued,
    joined,
    occurrences,
    score_page,
    score_set,
    worst,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

FLOORS = {
    "f1": 0.995,
    "sapo": 0.99,
    "sapo_apart": 0.99,
    "day": 0.99,
    "minute": 0.99,
    "title": 0.99,
    "author": 0.985,
    "original_source": 0.985,
}
"""Least means over all article pages. Raise one when the reading got better; lower none."""

MOST_LEAKED_LINES = 0
LEAST_RIGHT_REFUSALS = 17
LEAST_F1_OF_A_PAGE = 0.97

SCRIPTED = frozenset({"quangngai"})
"""Skins whose body stands in a script, where no plain reader of markup finds it."""


@dataclass(frozen=True, kw_only=True)
class Examination:
    """All frozen pages, read once."""

    scores: tuple[PageScore, ...]
    refused: Mapping[str, str | None]
    """What became of the pages that give no article, by key."""

    def report(self) -> str:
        """The means and the worst pages."""
        lines = [f"{name} {mean}" for name, mean in asdict(score_set(self.scores)).items()]
        pages = [f"{page.f1:.3f} {page.key}: {page.faults}" for page in worst(self.scores)]
        return "\n".join(["", *lines, "worst pages:", *pages])


@pytest.fixture(scope="session")
def frozen_pages() -> tuple[FrozenPage, ...]:
    build = Build()
    return tuple(build.page(spec) for spec in load_specs())


@pytest.fixture(scope="session")
def articles(frozen_pages: tuple[FrozenPage, ...]) -> tuple[FrozenPage, ...]:
    return tuple(page for page in frozen_pages if not page.spec.refusal)


@pytest.fixture(scope="session")
def examination(frozen_pages: tuple[FrozenPage, ...]) -> Examination:
    told = {page.spec.key: _read(page) for page in frozen_pages}
    return Examination(
        scores=tuple(
            score_page(page.spec.key, told[page.spec.key], load_expected(page.spec.key))
            for page in frozen_pages
            if not page.spec.refusal
        ),
        refused={p.spec.key: told[p.spec.key].refusal for p in frozen_pages if p.spec.refusal},
    )


def test_every_page_is_the_one_that_was_frozen(frozen_pages: tuple[FrozenPage, ...]) -> None:
    frozen = {path.stem for path in EXPECTED_HOME.glob("*.json")}
    assert frozen == {page.spec.key for page in frozen_pages}
    changed = [page.spec.key for page in frozen_pages if page.expected != _frozen(page)]
    assert not changed, "look at them, then: python -m tests.crawler.frozen write"


def test_every_expected_paragraph_stands_on_its_page(articles: tuple[FrozenPage, ...]) -> None:
    for page in articles:
        if page.spec.skin in SCRIPTED:
            continue
        visible = joined(_visible(page))
        texts = (page.expected.title, page.expected.sapo, *page.expected.body)
        for text in filter(None, texts):
            assert occurrences(text, visible), f"{page.spec.key} does not print {text!r}"


def test_no_line_from_beside_an_article_stands_in_one(articles: tuple[FrozenPage, ...]) -> None:
    for page in articles:
        letters = glued("\n".join((page.expected.sapo or "", *page.expected.body)))
        strays = [line for line in page.expected.beside if glued(line) in letters]
        assert not strays, page.spec.key
        assert page.expected.beside, f"nothing stands beside {page.spec.key}"


def test_the_set_holds_every_family_and_topic(articles: tuple[FrozenPage, ...]) -> None:
    assert len(articles) >= 72
    assert len({page.spec.skin for page in articles}) >= 20
    assert sum(page.spec.skin.startswith("unknown/") for page in articles) >= 10
    assert sum("đảng viên" in "".join(page.expected.body) for page in articles) >= 24


@pytest.mark.parametrize("mean", FLOORS)
def test_the_mean_does_not_fall(mean: str, examination: Examination) -> None:
    measured = asdict(score_set(examination.scores))[mean]
    assert measured >= FLOORS[mean], examination.report()


def test_no_more_lines_from_beside_articles_leak(examination: Examination) -> None:
    leaked = score_set(examination.scores).leaked_lines
    assert leaked <= MOST_LEAKED_LINES, examination.report()


def test_no_page_is_read_worse_than_the_worst_was(examination: Examination) -> None:
    least = min(page.f1 for page in examination.scores)
    assert least >= LEAST_F1_OF_A_PAGE, examination.report()


def test_pages_without_an_article_are_refused_for_the_right_reason(
    frozen_pages: tuple[FrozenPage, ...], examination: Examination
) -> None:
    wanted = {page.spec.key: page.spec.refusal for page in frozen_pages if page.spec.refusal}
    wrong = {
        key: f"{kind} expected, got {examination.refused[key] or 'an article'}"
        for key, kind in wanted.items()
        if examination.refused[key] != kind
    }
    assert len(wanted) - len(wrong) >= LEAST_RIGHT_REFUSALS, wrong


def _read(page: FrozenPage) -> Told:
    spec = page.spec
    return diembao(page.body, url=spec.url, fetched_at=spec.fetched, encoding=spec.label)


def _frozen(page: FrozenPage) -> object:
    path = EXPECTED_HOME / f"{page.spec.key}.json"
    return load_expected(page.spec.key) if path.exists() else None


def _visible(page: FrozenPage) -> str:
    """All text of a page, by a parser that is told the charset; blocks are kept apart."""
    charset = "cp1258" if page.spec.charset == "windows-1258" else "utf-8"
    text = page.body.decode(charset).replace("</html>", "")
    tree = lxml.html.document_fromstring(text)
    for element in tree.iter("p", "div", "td", "li", "br", "h1", "h2", "h3", "section"):
        element.text = f"\n{element.text or ''}"
        element.tail = f"\n{element.tail or ''}"
    return str(tree.xpath("string()"))
