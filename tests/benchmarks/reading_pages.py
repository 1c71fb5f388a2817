"""The pages that readers are measured on: frozen ones, the press's, and a day's mix."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.fold import fold
from monitor.press import Press
from tests.benchmarks.library import NOW
from tests.crawler.frozen import Build, Expected, FrozenPage, PageSpec, load_specs
from tests.crawler.frozen.items import HANOI, Story

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.press.items import Published
    from monitor.press.site import Site

MIX_RELEVANT = 0.04
"""Share of a provincial paper's pages that are of the topic."""
MIX_TOUCHING = 0.03
"""Share of those whose own text is about something else and holds a word of the topic, as that
of 2.7 % of 2,000 ordinary articles does."""
MIX_SKINS = ("zce", "onecms", "mediatech", "site_id", "content_fck", "ptitle", "unknown/a")
MIX_PADDING, MIX_ROWS = 30, 54
"""Kilobytes of scripts and styles, and articles listed below: both bring a page to the usual
80-100 kB and 1,000 elements."""
MIX_TOPICAL_BOXES = 10
"""Of so many pages about something else, one names stories of the topic beside its own."""


def article_pages() -> dict[str, list[FrozenPage]]:
    """All article pages with what is expected of them, by the set they belong to."""
    build = Build()
    frozen = [build.page(spec) for spec in load_specs() if not spec.refusal]
    return {"frozen": frozen, "press": press_pages()}


def press_pages() -> list[FrozenPage]:
    """Every article of the simulated press. Authors and sources are not examined there."""
    press = Press(now=NOW)
    try:
        return [
            _press_page(site, article) for site in press.sites.values() for article in site.articles
        ]
    finally:
        press.close()


def mixed_pages(count: int, *, trigger_words: Iterable[str]) -> list[FrozenPage]:
    """A day's pages: most about something else, in the weight and the markup of real ones."""
    build = Build()
    papers = [spec for spec in load_specs() if spec.skin in MIX_SKINS and not spec.refusal]
    long = Build(stories={story.id: story for story in _long_stories(build, count, trigger_words)})
    return [
        long.page(
            replace(
                papers[number % len(papers)],
                key=f"mix-{number}",
                story=story,
                padding=MIX_PADDING,
                rows=MIX_ROWS,
                topical_boxes=number % MIX_TOPICAL_BOXES == 0,
            )
        )
        for number, story in enumerate(long.stories)
    ]


def _long_stories(build: Build, count: int, trigger_words: Iterable[str]) -> Iterator[Story]:
    """So many stories of 400-900 words, each of three frozen ones.

    The first are of the topic, the next touch it in passing.
    """
    touches = re.compile("|".join(map(re.escape, trigger_words)))
    topical = [story for story in build.stories.values() if "đảng" in _folded(story)]
    rest = [story for story in build.stories.values() if "đảng" not in _folded(story)]
    touching = [story for story in rest if touches.search(_folded(story))]
    others = [story for story in rest if not touches.search(_folded(story))]
    first_touching = round(count * MIX_RELEVANT)
    first_other = first_touching + round(count * MIX_TOUCHING)
    for number in range(count):
        if number < first_touching:
            first = topical[number % len(topical)]
        else:
            among = touching if number < first_other else others
            first = among[number % len(among)]
        more = (others[(number + step) % len(others)] for step in (7, 11))
        blocks = first.blocks + tuple(block for story in more for block in story.blocks)
        yield replace(first, id=f"{first.id}-{number}", blocks=blocks)


def _folded(story: Story) -> str:
    text = " ".join(text for block in story.blocks for text in block.paragraphs)
    return fold(f"{story.title} {story.sapo} {text}")


def _press_page(site: Site, article: Published) -> FrozenPage:
    body = site.answer(article.path, {}).body
    html = body.decode()
    has_time = _prints_time(article.published_at, html)
    spec = PageSpec(
        key=article.story.id,
        skin=site.profile.skin,
        url=site.base_url + article.path,
        paper=site.profile.brand,
        published=article.published_at.astimezone(HANOI),
        has_time=has_time,
        fetched=NOW,
    )
    expected = Expected(
        sha256=hashlib.sha256(body).hexdigest(),
        title=article.story.title,
        sapo=article.story.sapo,
        body=tuple(block.text for block in article.story.body if block.kind != "photo"),
        published=f"{spec.published:{'%Y-%m-%dT%H:%M' if has_time else '%Y-%m-%d'}}",
        beside=_beside(site, article),
    )
    return FrozenPage(spec=spec, body=body, expected=expected)


def _prints_time(moment: datetime, html: str) -> bool:
    """Whether the page bears the hour and minute, here or in UTC, in any of its forms.

    Midnight is no time: sites print it where they know only the day.
    """
    local = moment.astimezone(HANOI)
    if (local.hour, local.minute) == (0, 0):
        return False
    return any(f"{moment.astimezone(zone):%H:%M}" in html for zone in (HANOI, UTC))


def _beside(site: Site, article: Published) -> tuple[str, ...]:
    """Headlines of the site's other stories, but for those that the text itself holds."""
    story = article.story
    own = " ".join([story.title, story.sapo or "", *(block.text for block in story.body)])
    titles = {other.story.title for other in site.articles if other.path != article.path}
    return tuple(sorted(title for title in titles if title not in own))
