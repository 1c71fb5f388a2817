"""Pages from stories and templates: the bytes, and what a reader takes from them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tests.crawler.frozen import junk, spelling
from tests.crawler.frozen.items import Expected, FrozenPage, PageSpec, Story
from tests.crawler.frozen.library import load_sides, load_stories
from tests.crawler.frozen.sides import Sides

if TYPE_CHECKING:
    from collections.abc import Mapping

_SKINS = Path(__file__).parent / "skins"
_WEEKDAYS = ("hai", "ba", "tư", "năm", "sáu", "bảy")


@dataclass(frozen=True)
class Build:
    """All that pages are built from, read once."""

    stories: Mapping[str, Story] = field(default_factory=load_stories)
    texts: Mapping[str, list[str]] = field(default_factory=load_sides)

    def page(self, spec: PageSpec) -> FrozenPage:
        """A page and what is expected of it."""
        sides = Sides(spec.key, self.texts, spec.fetched, spec.topical_boxes)
        html = self._html(spec, sides)
        body = spelling.windows_1258(html) if spec.charset == "windows-1258" else html.encode()
        sha256 = hashlib.sha256(body).hexdigest()
        if spec.refusal or spec.story is None:
            expected = Expected(sha256=sha256, refusal=spec.refusal)
        else:
            expected = _expected(spec, self.stories[spec.story], sides, sha256=sha256)
        return FrozenPage(spec=spec, body=body, expected=expected)

    def _html(self, spec: PageSpec, sides: Sides) -> str:
        story = self.stories[spec.story] if spec.story else None
        template = _environment.get_template(f"{spec.skin}.html")
        return template.render(
            page=spec,
            story=story,
            author=story.author if story and spec.author else None,
            number=int(hashlib.sha256(spec.key.encode()).hexdigest()[:6], 16),
            host=spec.url.split("/")[2],
            when=spec.published,
            now=spec.fetched,
            t=spelling.Speller(spec.traits),
            sides=sides,
            sections=junk.SECTIONS,
            script=lambda kilobytes: Markup(junk.script(spec.key, kilobytes)),
            style=lambda kilobytes: Markup(junk.style(spec.key, kilobytes)),
            c=lambda index: junk.name(spec.key, index),
        )


def _expected(spec: PageSpec, story: Story, sides: Sides, *, sha256: str) -> Expected:
    return Expected(
        sha256=sha256,
        title=story.title,
        sapo=story.sapo,
        body=tuple(text for block in story.blocks for text in block.paragraphs),
        author=story.author if spec.author else None,
        published=_published(spec),
        original_source=spec.source,
        beside=tuple(sides.given),
    )


def _published(spec: PageSpec) -> str | None:
    if spec.published is None:
        return None
    return spec.published.strftime("%Y-%m-%dT%H:%M" if spec.has_time else "%Y-%m-%d")


def _weekday(day: datetime) -> str:
    """``Thứ tư``, ``Chủ nhật``."""
    return "Chủ nhật" if day.weekday() == 6 else f"Thứ {_WEEKDAYS[day.weekday()]}"


def _weekday_number(day: datetime) -> str:
    """``Thứ 4``, ``Chủ nhật``."""
    return "Chủ nhật" if day.weekday() == 6 else f"Thứ {day.weekday() + 2}"


def _american(day: datetime) -> str:
    """``11/21/2023 9:28:56 AM``."""
    return f"{day.month}/{day.day}/{day:%Y} {day.hour % 12 or 12}:{day:%M:%S} {day:%p}"


def _utc(day: datetime) -> datetime:
    return day.astimezone(UTC)


def _entities(text: str) -> Markup:
    return Markup(spelling.entities(str(Markup.escape(text))))


def _json(value: object) -> Markup:
    text = json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
    return Markup(text)


def _environment_of_skins() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_SKINS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        weekday=_weekday,
        weekday_number=_weekday_number,
        american=_american,
        utc=_utc,
        entities=_entities,
        json=_json,
        f=lambda day, form: day.strftime(form),
    )
    return environment


_environment = _environment_of_skins()
