"""Where a site puts its pages: slugs, article paths, section paths."""

from __future__ import annotations

import hashlib
import re
import zlib
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from monitor.extractor.text import without_marks

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.press.items import Profile, Story

_IGNORED = re.compile(r"^(?:utm_\w+|fbclid|page|p)$")
_FIRST_SECTION = 589


def slug(title: str) -> str:
    """The title as an address writes it: ``Tin mới`` is ``tin-moi``."""
    return re.sub(r"[^a-z0-9]+", "-", without_marks(title)).strip("-")


def number(story_id: str) -> int:
    """A stable six-digit article number."""
    return 100_000 + zlib.crc32(story_id.encode()) % 800_000


def article_path(profile: Profile, story: Story, published_at: datetime) -> str:
    """Path (and query) of a story; ``published_at`` is in the site's local time."""
    return profile.article_path.format(
        slug=slug(story.title),
        number=number(story.id),
        hex=hashlib.sha256(story.id.encode()).hexdigest()[:7],
        section=story.section,
        section_number=section_number(profile, story.section),
        month=f"{published_at:%Y%m}",
    )


def section_path(profile: Profile, section: str) -> str:
    """Path (and query) of a section's listing."""
    return profile.section_path.format(
        section=section, section_number=section_number(profile, section)
    )


def section_number(profile: Profile, section: str) -> int:
    """The number under which a query-addressed site files a section."""
    return _FIRST_SECTION + list(profile.sections).index(section)


def identity(profile: Profile, target: str) -> str:
    """The page a request means: tracking and paging parameters do not change it."""
    parts = urlsplit(target)
    if not profile.query_addressed:
        return parts.path
    pairs = [(name, value) for name, value in parse_qsl(parts.query) if not _IGNORED.match(name)]
    return f"{parts.path}?{urlencode(pairs)}" if pairs else parts.path


def page_number(target: str) -> int:
    """The page of a listing asked for by ``page`` or ``p``, from 1."""
    query = dict(parse_qsl(urlsplit(target).query))
    asked = query.get("page", query.get("p", "1"))
    return max(1, int(asked)) if asked.isdecimal() else 1
