"""Pages of a site: what its template needs, and the template filled."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from monitor.press import addresses, spelling
from monitor.press.items import Block, BlockKind, Profile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.press.items import Published

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
PAGE_LENGTH = 12
"""Articles on one page of a listing."""
BOX_LENGTH = 6
"""Articles in one side box."""

_WEEKDAYS = ("hai", "ba", "tư", "năm", "sáu", "bảy")


@dataclass(frozen=True, kw_only=True)
class ArticleView:
    """A published story as a template sees it; times are local."""

    url: str
    path: str
    number: int
    title: str
    sapo: str | None
    blocks: tuple[Block, ...]
    author: str | None
    section: str
    section_title: str
    section_path: str
    published: datetime
    modified: datetime
    reprint_of: str | None
    picture: str

    def of_kind(self, kind: BlockKind) -> list[str]:
        """Texts of the blocks of one kind."""
        return [block.text for block in self.blocks if block.kind == kind]


@dataclass(frozen=True, kw_only=True)
class ListingView:
    """A page of a listing."""

    title: str
    path: str
    articles: tuple[ArticleView, ...]
    number: int
    last: int


@dataclass(frozen=True, kw_only=True)
class Boxes:
    """Other articles beside one."""

    newest: tuple[ArticleView, ...]
    related: tuple[ArticleView, ...]
    most_read: tuple[ArticleView, ...]


@dataclass(frozen=True)
class Skin:
    """A site's template with all it needs to know of the site."""

    profile: Profile
    base_url: str

    @cached_property
    def sections(self) -> dict[str, str]:
        """Paths of the section listings by title."""
        return {
            title: addresses.section_path(self.profile, key)
            for key, title in self.profile.sections.items()
        }

    def view(self, article: Published) -> ArticleView:
        """A published story in the site's own spelling."""
        story, profile = article.story, self.profile
        return ArticleView(
            url=self.base_url + article.path,
            path=article.path,
            number=article.number,
            title=spelling.title_as_printed(story.title, profile.habits),
            sapo=spelling.as_printed(story.sapo, profile.habits, index=1) if story.sapo else None,
            blocks=tuple(self._printed(block, index) for index, block in enumerate(story.body)),
            author=story.author,
            section=story.section,
            section_title=profile.sections[story.section],
            section_path=addresses.section_path(profile, story.section),
            published=article.published_at.astimezone(HANOI),
            modified=article.modified_at.astimezone(HANOI),
            reprint_of=story.reprint_of,
            picture=f"/anh/{article.number}.svg",
        )

    def article(self, article: Published, others: Sequence[Published], *, now: datetime) -> str:
        """An article's page; ``others`` are newest first, for the side boxes."""
        view = self.view(article)
        return self._render("article", now=now, article=view, boxes=self._boxes(view, others))

    def listing(
        self, title: str, path: str, articles: Sequence[Published], *, number: int, now: datetime
    ) -> str:
        """A page of a listing, ``number`` from 1."""
        start = (number - 1) * PAGE_LENGTH
        listing = ListingView(
            title=title,
            path=path,
            articles=tuple(self.view(each) for each in articles[start : start + PAGE_LENGTH]),
            number=number,
            last=max(1, -(-len(articles) // PAGE_LENGTH)),
        )
        return self._render("listing", now=now, listing=listing)

    def plain(self, article: Published) -> str:
        """The page for printing."""
        template = _environment.get_template("print.html")
        return template.render(article=self.view(article), profile=self.profile)

    def _printed(self, block: Block, index: int) -> Block:
        text = spelling.as_printed(block.text, self.profile.habits, index=index)
        return Block(kind=block.kind, text=text)

    def _boxes(self, article: ArticleView, others: Sequence[Published]) -> Boxes:
        views = [self.view(other) for other in others]
        return Boxes(
            newest=tuple(views[:BOX_LENGTH]),
            related=tuple(sorted(views, key=lambda v: v.section != article.section)[:BOX_LENGTH]),
            most_read=tuple(sorted(views, key=lambda v: v.number)[:BOX_LENGTH]),
        )

    def _render(
        self, kind: Literal["article", "listing"], *, now: datetime, **views: object
    ) -> str:
        template = _environment.get_template(self.profile.skin)
        return template.render(
            kind=kind,
            profile=self.profile,
            base_url=self.base_url,
            sections=self.sections,
            now=now.astimezone(HANOI),
            **views,
        )


def picture(number: int) -> bytes:
    """A coloured placeholder for a photo."""
    hue = zlib.crc32(str(number).encode()) % 360
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360">'
        f'<rect width="640" height="360" fill="hsl({hue} 40% 70%)"/></svg>'
    ).encode()


def _weekday(day: datetime) -> str:
    """``Thứ tư``, ``Chủ nhật``."""
    return "Chủ nhật" if day.weekday() == 6 else f"Thứ {_WEEKDAYS[day.weekday()]}"


def _weekday_number(day: datetime) -> str:
    """``Thứ 4``, ``Chủ nhật``."""
    return "Chủ nhật" if day.weekday() == 6 else f"Thứ {day.weekday() + 2}"


def _american(day: datetime) -> str:
    """``11/21/2023 9:28:56 AM``, the form of one CMS's metas."""
    return f"{day.month}/{day.day}/{day:%Y} {day.hour % 12 or 12}:{day:%M:%S} {day:%p}"


def _utc(day: datetime) -> datetime:
    return day.astimezone(UTC)


def _entities(text: str) -> Markup:
    """Letters outside ASCII as numeric entities, twice safe and hard to read."""
    escaped = escape(text)
    return Markup(  # noqa: S704 - escaped just before
        "".join(c if c.isascii() else f"&#x{ord(c):X};" for c in escaped)
    )


def _environment_of_skins() -> Environment:
    environment = Environment(
        loader=PackageLoader("monitor.press", "skins"),
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
    )
    return environment


_environment = _environment_of_skins()
