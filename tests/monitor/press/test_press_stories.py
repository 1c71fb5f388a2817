"""The stories and the truth about them, and the watch that is written for them."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
import yaml

from crawler.sources import load_sources
from monitor.config import load_config
from monitor.extractor.text import fold
from monitor.items import Label, Metric, Qualifier
from monitor.press import library, write_watch

if TYPE_CHECKING:
    from monitor.press import Press, Story

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
FOUNDING = ("hoi-thuong", "phu-ly", "thuy-xuan", "phu-luong", "hop-thanh")
RUN = 12
"""Words in a row that two texts share only where one copied the other."""

PRINTED, KEPT_BACK = library.load_stories()
STORIES = {story.id: story for story in (*PRINTED, *KEPT_BACK)}


def full_text(story: Story) -> str:
    return "\n\n".join([story.title, story.sapo or "", *(block.text for block in story.body)])


def test_ids_are_unique_and_the_truth_knows_no_other_stories() -> None:
    assert len(STORIES) == len(PRINTED) + len(KEPT_BACK)
    truths = yaml.safe_load(Path(library.__file__).with_name("truth.yaml").read_text("utf-8"))
    assert set(truths) == set(STORIES)


def test_there_is_enough_of_everything() -> None:
    labels = Counter(story.label for story in PRINTED)
    assert labels["main"] >= 14
    assert labels["part"] >= 3
    assert labels["none"] >= 55


def test_figures_stand_only_in_stories_of_the_topic_and_use_known_words() -> None:
    for story in STORIES.values():
        assert story.label in get_args(Label)
        assert bool(story.figures) == (story.label != "none"), story.id
        for figure in story.figures:
            assert figure.metric in get_args(Metric)
            assert figure.qualifier in get_args(Qualifier)


def test_every_figure_can_be_read_in_its_story_as_digits_a_word_or_a_difference() -> None:
    derived = {("hoi-thuong", 20.0), ("na-bien-gioi", 15.0), ("vn-na-bien-gioi", 15.0)}
    for story in STORIES.values():
        numbers = set(_numbers(full_text(story)))
        for figure in story.figures:
            assert figure.value in numbers or (story.id, float(figure.value)) in derived, (
                story.id,
                figure,
            )


def test_every_organisation_named_in_the_truth_stands_in_its_story() -> None:
    for story in STORIES.values():
        text = fold(full_text(story))
        for figure in story.figures:
            assert figure.org is None or fold(figure.org) in text, (story.id, figure.org)


def test_most_stories_are_of_the_last_three_days_and_some_are_older() -> None:
    old = [story for story in PRINTED if story.age > timedelta(days=3)]
    assert 2 <= len(old) <= len(PRINTED) // 10
    assert any(story.age > timedelta(days=30) and story.label == "main" for story in old)


def test_some_headlines_of_the_topic_never_say_party_member() -> None:
    silent = [s for s in PRINTED if s.label == "main" and "đảng viên" not in fold(s.title)]
    assert len(silent) >= 5


def test_copies_carry_the_words_and_the_figures_of_their_original() -> None:
    for copy, original in (("vn-na-bien-gioi", "na-bien-gioi"), ("vn-buon-lang", "dl-buon-lang")):
        assert STORIES[copy].body == STORIES[original].body
        assert STORIES[copy].figures == STORIES[original].figures
        assert STORIES[copy].site != STORIES[original].site


def test_the_served_truth_covers_every_served_article(press: Press) -> None:
    rows = press.truth()
    served = {
        site.base_url + article.path for site in press.sites.values() for article in site.articles
    }
    assert {row.url for row in rows} == served
    assert {row.id for row in rows} == {story.id for story in PRINTED}


def test_the_seeds_of_the_watch_name_every_site_and_its_entries(
    press: Press, tmp_path: Path
) -> None:
    config = load_config(write_watch(tmp_path / "watch", press))
    assert config.crawl.allow_loopback
    seeds = load_sources(config.seeds)
    assert {source.key for source in seeds.sources} == set(press.sites)
    assert {source.province for source in seeds.sources} >= {"Gia Lai", "Lào Cai", None}
    assert all(source.entries for source in seeds.sources)
    thuy_xuan = next(source for source in seeds.sources if source.key == "phuong-thuy-xuan")
    assert (thuy_xuan.kind, thuy_xuan.place) == ("portal", "phường Thủy Xuân")


@pytest.mark.shared
def test_the_five_founding_stories_carry_the_48_figures_of_the_founding_articles() -> None:
    gold = {each["id"]: each for each in json.loads(_shared("gold.json"))}
    counts = []
    for key in FOUNDING:
        wanted = [_key(fact) for fact in gold[key]["facts"]]
        assert Counter(_key(vars(figure)) for figure in STORIES[key].figures) == Counter(wanted)
        assert STORIES[key].label == gold[key]["label"]
        counts.append(len(wanted))
    assert sum(counts) == 48


@pytest.mark.shared
def test_the_founding_stories_are_told_in_words_of_their_own() -> None:
    originals = {run for key in FOUNDING for run in _runs(_shared(f"{key}.txt"))}
    for story in STORIES.values():
        assert not originals & set(_runs(full_text(story))), story.id


def _shared(name: str) -> str:
    path = SEEDS / name
    if not path.exists():
        pytest.skip("the shared texts are not here")
    return path.read_text(encoding="utf-8")


def _key(figure: dict[str, object]) -> tuple[object, ...]:
    names = ("metric", "value", "value_max", "qualifier", "basis", "period", "org")
    return tuple(figure[name] for name in names)


def _runs(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", fold(text))
    return [tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)]


def _numbers(text: str) -> list[float]:
    written = re.findall(r"\d+(?:\.\d{3})*(?:,\d+)?", text)
    return [float(number.replace(".", "").replace(",", ".")) for number in written]
