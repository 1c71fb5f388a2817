"""No word that the reading takes from a page escapes the first look, wherever it stands."""

from __future__ import annotations

from functools import cache
from itertools import count
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from crawler.errors import ReadingError
from crawler.opening import OpenPage, open_page
from crawler.page.markup import parse_page
from crawler.reading import find_text
from crawler.skimming import read_if_concerned
from crawler.triage import Triage
from tests.crawler.frozen import Build, load_specs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from tests.crawler.frozen import FrozenPage, PageSpec

SPECS = tuple(spec for spec in load_specs() if not spec.refusal)
NOT_SHOWN = frozenset(("script", "style", "noscript", "template"))
LEAST_TAKEN = 2


@cache
def built(spec: PageSpec) -> FrozenPage:
    return Build().page(spec)


def opened(tree: HtmlElement, page: FrozenPage) -> OpenPage:
    return open_page(tree, url=page.spec.url, fetched_at=page.spec.fetched)


def marked(tree: HtmlElement) -> Iterator[str]:
    """Give each text of a page, in place, a word that stands nowhere else."""
    words = map("wq{}zq".format, count())
    for element in tree.iter(etree.Element):
        if element.tag in NOT_SHOWN:
            continue
        for name in ("text", "tail"):
            if (text := getattr(element, name)) and text.strip():
                word = next(words)
                setattr(element, name, f"{text.rstrip()} {word} ")
                yield word


def taken_text(page: OpenPage) -> str:
    text = find_text(page)
    return "\n".join((page.title, text.sapo or "", *text.lines))


def passes_first_look(page: OpenPage, triage: Triage) -> bool:
    return triage.may_concern(page.tree) or triage.holds(page.title)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.key)
def test_every_word_that_a_reading_takes_keeps_its_page(spec: PageSpec) -> None:
    page = built(spec)
    tree = parse_page(page.body, encoding=spec.label)
    words = list(marked(tree))
    try:
        read = opened(tree, page)
        text = taken_text(read)
    except ReadingError:
        pytest.skip("with other words it is another page")
    taken = [word for word in words if word in text]
    assert len(taken) >= LEAST_TAKEN
    assert [word for word in taken if not passes_first_look(read, Triage([word]))] == []
    assert read_if_concerned(read, Triage(taken[-1:])) is not None


def test_a_word_in_a_box_of_other_articles_alone_brings_no_reading() -> None:
    spared = 0
    for spec in SPECS:
        page = built(spec)
        read = opened(parse_page(page.body, encoding=spec.label), page)
        text = taken_text(read).casefold()
        beside = Triage(line for line in page.expected.beside if line.casefold() not in text)
        assert read_if_concerned(read, beside) is None, spec.key
        spared += passes_first_look(read, beside)
    assert spared > len(SPECS) / 2
