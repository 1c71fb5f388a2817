"""The five articles the project began with, in the markup of their sites, boxes and all."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from monitor.extractor.text import nfc
from tests.crawler.frozen import Build, FrozenPage, PageSpec
from tests.crawler.frozen.items import HANOI, Block, Story
from tests.crawler.frozen.library import load_sides
from tests.crawler.frozen.readers import diembao
from tests.crawler.frozen.scores import joined, occurrences, score_page

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
PUBLISHED = datetime(2023, 4, 11, 9, 5, tzinfo=HANOI)

_CREDIT = re.compile(r"Ảnh: [^.]+$")

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.exists(), reason="../shared is not there"),
]


@dataclass(frozen=True, kw_only=True)
class Site:
    """How an article's site prints it."""

    skin: str
    url: str
    variant: str
    dateline: str = ""
    source: str | None = None
    has_time: bool = True


SITES = {
    "hoi-thuong": Site(
        skin="zce",
        variant="2026",
        url="https://baogialai.com.vn/phuong-hoi-thuong-post121204.html",
        dateline="(GLO)- ",
    ),
    "phu-ly": Site(
        skin="hanam", variant="2020", url="https://baohanam.com.vn/xay-dung-dang/phu-ly-71204.html"
    ),
    "thuy-xuan": Site(
        skin="ward",
        variant="2023",
        url="https://thuyxuan.thuathienhue.gov.vn/?gd=12&cn=84&tc=5120",
        source="Tinhuytthue.vn",
        has_time=False,
    ),
    "phu-luong": Site(
        skin="vietnam_vn",
        variant="2023",
        url="https://www.vietnam.vn/phu-luong-quan-tam-phat-trien-dang-vien",
        source="Báo Thái Nguyên",
    ),
    "hop-thanh": Site(
        skin="zce",
        variant="lc-photo",
        url="https://baolaocai.vn/quan-tam-phat-trien-dang-vien-post361204.html",
        dateline="LCĐT - ",
    ),
}


@pytest.mark.parametrize("article", SITES)
def test_a_founding_article_is_read_whole_and_alone(article: str) -> None:
    gold = _gold(article)
    page = _replica(gold, SITES[article])
    spec = page.spec
    told = diembao(page.body, url=spec.url, fetched_at=spec.fetched, encoding=None)
    score = score_page(article, told, page.expected)
    assert score.f1 >= 0.98, score
    assert not score.leaks
    assert score.day
    assert score.title
    assert score.original_source
    words = joined(told.text)
    assert not [line for line in gold["not_in_body"] if occurrences(line, words)]
    assert words.endswith(joined(gold["body_ends"]))


def _gold(article: str) -> dict[str, Any]:
    articles = json.loads((SEEDS / "gold.json").read_text("utf-8"))
    return next(each for each in articles if each["id"] == article)


def _replica(gold: dict[str, Any], site: Site) -> FrozenPage:
    """The article as its site prints it, beside every line that stood beside it."""
    blocks, strays = _parts(gold, site)
    story = Story(
        id=gold["id"],
        title=gold["title"],
        sapo=None,
        author=gold["author"] or "",
        category="Xây dựng Đảng",
        tags=("đảng viên",),
        blocks=blocks,
    )
    lines = [*gold["not_in_body"], *strays]
    build = Build(stories={story.id: story}, texts=dict.fromkeys(load_sides(), lines))
    return build.page(_spec(gold, site))


def _spec(gold: dict[str, Any], site: Site) -> PageSpec:
    return PageSpec(
        key=gold["id"],
        skin=site.skin,
        variant=site.variant,
        url=site.url,
        paper=gold["source"],
        story=gold["id"],
        published=PUBLISHED,
        has_time=site.has_time,
        fetched=datetime(2026, 11, 20, 9, 30, tzinfo=HANOI),
        author=bool(gold["author"]),
        dateline=site.dateline or None,
        source=site.source,
        padding=40,
    )


def _parts(gold: dict[str, Any], site: Site) -> tuple[tuple[Block, ...], list[str]]:
    """The article's blocks, and the lines that followed it.

    A caption stands twice in a row, or names its photographer.
    """
    text = (SEEDS / gold["file"]).read_text("utf-8")
    start = text.index(gold["body_starts"])
    end = text.index(gold["body_ends"]) + len(gold["body_ends"])
    body = text[start:end].removeprefix(site.dateline)
    blocks = tuple(
        Block(
            kind="photo" if len(list(same)) > 1 or _CREDIT.search(nfc(line)) else "text", text=line
        )
        for line, same in groupby(_lines(body))
    )
    return blocks, _lines(text[end:])


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
